"""Photos and documents (expand).

Follows 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attachment_content",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("used_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("attachment_content_digest_is_sha256")),
        sa.CheckConstraint("size > 0", name=op.f("attachment_content_size_positive")),
        sa.CheckConstraint(
            "(width IS NULL) = (height IS NULL)", name=op.f("attachment_content_width_and_height_together")
        ),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("attachment_content_pixels_positive")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("attachment_content_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "digest", name=op.f("attachment_content_pkey")),
    )
    op.create_table(
        "attachment",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('photo', 'document')", name=op.f("attachment_kind_is_known")),
        sa.CheckConstraint("name <> ''", name=op.f("attachment_name_not_empty")),
        sa.CheckConstraint("position >= 0", name=op.f("attachment_position_not_negative")),
        sa.ForeignKeyConstraint(
            ["organization_id", "digest"],
            ["attachment_content.organization_id", "attachment_content.digest"],
            name="attachment_content_fkey",
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("attachment_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("attachment_pkey")),
        sa.UniqueConstraint("organization_id", "owner_kind", "owner_id", "digest", name="attachment_once_key"),
        sa.UniqueConstraint(
            "organization_id",
            "owner_kind",
            "owner_id",
            "kind",
            "position",
            name="attachment_position_key",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("attachment_content_idx", "attachment", ["organization_id", "digest"], unique=False)
    protect(op, "attachment_content", "attachment")


def downgrade() -> None:
    op.drop_table("attachment")
    op.drop_table("attachment_content")
