"""The new checks of levels hold for the rows that were there before (contract).

Follows 0012.
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CHECKS = ("placed_fits", "uncosted_fits", "value_not_negative", "cost_method_known")


def upgrade() -> None:
    for name in CHECKS:
        op.execute(f"ALTER TABLE level VALIDATE CONSTRAINT level_{name}")


def downgrade() -> None:
    """A valid check is a check: there is nothing to take back."""
