"""Orders (expand).

Follows 0003.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HISTORY = Path(__file__).parents[1] / "sql" / "sales" / "history.sql"
FUNCTIONS = ("undo_history", "record_history", "add_up_history")
TABLES = (
    "order_counter",
    "sales_order",
    "order_line",
    "order_allocation",
    "order_charge",
)

ONE_OWNER = """SELECT pg_restore_attribute_stats('schemaname', 'onhand', 'relname', '{table}',
    'attname', 'organization_id', 'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real)"""


def upgrade() -> None:
    make_orders()
    make_parts()
    protect(op, *TABLES)
    for table in TABLES:  # see sql/ledger/statistics.sql: so that the first import reads by the right index
        op.execute(ONE_OWNER.format(table=table))
    op.execute(HISTORY.read_text(encoding="utf-8"))


def make_orders() -> None:
    op.create_table(
        "order_counter",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("order_counter_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("order_counter_pkey")),
    )
    op.create_table(
        "sales_order",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("on_hold", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("backordered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("source", sa.Text(), server_default="manual", nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), server_default="manual", nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("order_date", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("items", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("discount", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("tax", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("shipping", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("other", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("fees", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("total", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("shipping_address", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("billing_address", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("tracking", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("shipped_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("cancelled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("sales_order_cancelled_has_a_date")
        ),
        sa.CheckConstraint("source IN ('manual', 'channel', 'import')", name=op.f("sales_order_source_is_known")),
        sa.CheckConstraint(
            "status IN ('pending', 'processing', 'partial', 'shipped', 'delivered', 'cancelled', 'returned')",
            name=op.f("sales_order_status_is_known"),
        ),
        sa.CheckConstraint(
            "(channel_id IS NULL) OR (external_id IS NOT NULL)", name=op.f("sales_order_channel_names_its_order")
        ),
        sa.CheckConstraint("total = items - discount + tax + shipping + other", name=op.f("sales_order_total_adds_up")),
        sa.ForeignKeyConstraint(
            ["organization_id", "customer_id"],
            ["customer.organization_id", "customer.id"],
            name=op.f("sales_order_organization_id_customer_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("sales_order_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("sales_order_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("sales_order_pkey")),
        sa.UniqueConstraint("organization_id", "number", name="sales_order_number_key"),
    )
    op.create_index(
        "sales_order_channel_external_key",
        "sales_order",
        ["organization_id", "channel_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("channel_id IS NOT NULL"),
    )
    op.create_index(
        "sales_order_customer_idx", "sales_order", ["organization_id", "customer_id", "order_date"], unique=False
    )
    op.create_index("sales_order_date_idx", "sales_order", ["organization_id", "order_date", "id"], unique=False)
    op.create_index("sales_order_external_idx", "sales_order", ["organization_id", "external_id"], unique=False)
    op.create_index(
        "sales_order_external_key",
        "sales_order",
        ["organization_id", "channel", "external_id"],
        unique=True,
        postgresql_where=sa.text("channel_id IS NULL"),
    )
    op.create_index(
        "sales_order_group_idx",
        "sales_order",
        ["organization_id", "group_id"],
        unique=False,
        postgresql_where=sa.text("group_id IS NOT NULL"),
    )
    op.create_index("sales_order_status_idx", "sales_order", ["organization_id", "status", "order_date"], unique=False)
    op.create_index(
        "sales_order_waiting_idx",
        "sales_order",
        ["organization_id", "order_date"],
        unique=False,
        postgresql_where=sa.text("backordered"),
    )


def make_parts() -> None:
    op.create_table(
        "order_line",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("unit_price", sa.Numeric(), nullable=False),
        sa.Column("discount", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=True),
        sa.Column("allocated", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("shipped", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("cancelled", sa.Numeric(), server_default="0", nullable=False),
        sa.Column(
            "waiting",
            sa.Boolean(),
            sa.Computed("quantity > allocated + shipped + cancelled", persisted=True),
            nullable=False,
        ),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("quantity <> 0 AND quantity < 'Infinity'", name=op.f("order_line_quantity_not_zero")),
        sa.CheckConstraint(
            "allocated + shipped + cancelled <= greatest(quantity, 0)", name=op.f("order_line_parts_fit")
        ),
        sa.CheckConstraint(
            "allocated >= 0 AND shipped >= 0 AND cancelled >= 0", name=op.f("order_line_parts_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["sales_order.organization_id", "sales_order.id"],
            name=op.f("order_line_organization_id_order_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "seller_id"],
            ["seller.organization_id", "seller.id"],
            name=op.f("order_line_organization_id_seller_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("order_line_organization_id_sku_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("order_line_pkey")),
    )
    op.create_index(
        "order_line_group_idx",
        "order_line",
        ["organization_id", "group_id"],
        unique=False,
        postgresql_where=sa.text("group_id IS NOT NULL"),
    )
    op.create_index("order_line_order_idx", "order_line", ["organization_id", "order_id", "position"], unique=False)
    op.create_index("order_line_sku_idx", "order_line", ["organization_id", "sku_id"], unique=False)
    op.create_index(
        "order_line_waiting_idx",
        "order_line",
        ["organization_id", "sku_id"],
        unique=False,
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        "order_allocation",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("shipped", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("released", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "quantity > 0 AND shipped >= 0 AND released >= 0", name=op.f("order_allocation_parts_not_negative")
        ),
        sa.CheckConstraint("shipped + released <= quantity", name=op.f("order_allocation_parts_fit")),
        sa.ForeignKeyConstraint(
            ["organization_id", "line_id"],
            ["order_line.organization_id", "order_line.id"],
            name=op.f("order_allocation_organization_id_line_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["sales_order.organization_id", "sales_order.id"],
            name=op.f("order_allocation_organization_id_order_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("order_allocation_organization_id_warehouse_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("order_allocation_pkey")),
    )
    op.create_index("order_allocation_line_idx", "order_allocation", ["organization_id", "line_id"], unique=False)
    op.create_index("order_allocation_order_idx", "order_allocation", ["organization_id", "order_id"], unique=False)
    op.create_table(
        "order_charge",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('shipping', 'tax', 'discount', 'fee', 'other')", name=op.f("order_charge_kind_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["sales_order.organization_id", "sales_order.id"],
            name=op.f("order_charge_organization_id_order_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("order_charge_pkey")),
    )
    op.create_index(
        "order_charge_group_idx",
        "order_charge",
        ["organization_id", "group_id"],
        unique=False,
        postgresql_where=sa.text("group_id IS NOT NULL"),
    )
    op.create_index("order_charge_order_idx", "order_charge", ["organization_id", "order_id"], unique=False)


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
