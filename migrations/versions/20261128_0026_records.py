"""What imports of records change, saved mappings, external ids of SKUs, remedies beside refused rows (expand).

Follows 0024.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.execute("ALTER TABLE import_fault ADD COLUMN fix text NOT NULL DEFAULT ''")
    make_changes()
    make_mappings()
    make_external_ids()
    protect(op, "import_change", "import_mapping", "external_id")


def make_changes() -> None:
    op.create_table(
        "import_change",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("action IN ('create', 'change')", name=op.f("import_change_action_is_known")),
        sa.CheckConstraint("(action = 'create') = (before IS NULL)", name=op.f("import_change_change_has_a_before")),
        sa.ForeignKeyConstraint(
            ["organization_id", "run_id"],
            ["import_run.organization_id", "import_run.id"],
            name=op.f("import_change_organization_id_run_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "run_id", "line", name=op.f("import_change_pkey")),
    )


def make_mappings() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("import_mapping_name_not_empty")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("import_mapping_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("import_mapping_pkey")),
    )
    op.create_index(
        "import_mapping_name_key", "import_mapping", ["organization_id", "kind", sa.text("lower(name)")], unique=True
    )
    op.create_index("import_mapping_fingerprint_idx", "import_mapping", ["organization_id", "fingerprint"])


def make_external_ids() -> None:
    op.create_table(
        "external_id",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("value <> ''", name=op.f("external_id_value_not_empty")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("external_id_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("external_id_organization_id_sku_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "value", name=op.f("external_id_pkey")),
    )
    op.create_index("external_id_sku_idx", "external_id", ["organization_id", "sku_id"])


def downgrade() -> None:
    for table in ("external_id", "import_mapping", "import_change"):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE import_fault DROP COLUMN fix")
