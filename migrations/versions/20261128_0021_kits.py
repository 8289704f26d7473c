"""Kits, and what order lines hold of them (expand).

Follows 0027. An allocation without a part is of its line's own SKU, as all were before.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0021"
down_revision = "0027"
branch_labels = None
depends_on = None

GUARDS = Path(__file__).parents[1] / "sql" / "kits" / "guards.sql"
TABLES = ("kit_component", "kit_part", "order_line_part")


def upgrade() -> None:
    make_kits()
    make_line_parts()
    protect(op, *TABLES)
    op.execute(GUARDS.read_text(encoding="utf-8"))


def make_kits() -> None:
    op.create_table(
        "kit_component",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kit_id", sa.Uuid(), nullable=False),
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name=op.f("kit_component_quantity_positive")),
        sa.CheckConstraint("kit_id <> component_id", name=op.f("kit_component_not_itself")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("kit_component_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "kit_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("kit_component_organization_id_kit_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "component_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("kit_component_organization_id_component_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "kit_id", "component_id", name=op.f("kit_component_pkey")),
    )
    op.create_index("kit_component_component_idx", "kit_component", ["organization_id", "component_id"], unique=False)
    op.create_table(
        "kit_part",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kit_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name=op.f("kit_part_quantity_positive")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("kit_part_organization_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id", "kit_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("kit_part_organization_id_kit_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("kit_part_organization_id_sku_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "kit_id", "sku_id", name=op.f("kit_part_pkey")),
    )
    op.create_index("kit_part_sku_idx", "kit_part", ["organization_id", "sku_id"], unique=False)


def make_line_parts() -> None:
    op.create_table(
        "order_line_part",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name=op.f("order_line_part_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["sales_order.organization_id", "sales_order.id"],
            name=op.f("order_line_part_organization_id_order_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "line_id"],
            ["order_line.organization_id", "order_line.id"],
            name=op.f("order_line_part_organization_id_line_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("order_line_part_organization_id_sku_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("order_line_part_pkey")),
    )
    op.create_index("order_line_part_order_idx", "order_line_part", ["organization_id", "order_id"], unique=False)
    op.create_index("order_line_part_line_idx", "order_line_part", ["organization_id", "line_id"], unique=False)
    op.create_index("order_line_part_sku_idx", "order_line_part", ["organization_id", "sku_id"], unique=False)
    op.add_column("order_allocation", sa.Column("part_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "order_allocation_organization_id_part_id_fkey",
        "order_allocation",
        "order_line_part",
        ["organization_id", "part_id"],
        ["organization_id", "id"],
        ondelete="CASCADE",
        postgresql_not_valid=True,  # there are none yet, and the table is not read through while orders come in
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER level_of_kit ON level")
    op.execute("DROP TRIGGER kit_with_stock ON kit_component")
    op.execute("DROP FUNCTION refuse_level_of_kit")
    op.execute("DROP FUNCTION refuse_kit_with_stock")
    op.drop_constraint("order_allocation_organization_id_part_id_fkey", "order_allocation", type_="foreignkey")
    op.drop_column("order_allocation", "part_id")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
