"""What an audit row is about, by name (expand).

Follows 0009. Rows written before have none: a log is never rewritten.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("subject", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("audit_entry", "subject")
