"""Counts: their lines, what was said of them, schedules, classes, rules, and what was last counted (expand).

Follows 0022.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = (
    "count_settings",
    "count_schedule",
    "sku_class",
    "stock_count",
    "count_counter",
    "last_counted",
    "count_line",
    "count_tally",
)


def upgrade() -> None:
    op.create_table(
        "count_settings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=False),
        sa.Column("tolerance_percent", sa.Numeric(), nullable=True),
        sa.Column("tolerance_value", sa.Numeric(), nullable=True),
        sa.Column("approve_above", sa.Numeric(), nullable=True),
        sa.Column("suspicious_percent", sa.Numeric(), nullable=False),
        sa.Column("abc_by", sa.Text(), nullable=False),
        sa.Column("abc_days", sa.Integer(), nullable=False),
        sa.Column("a_share", sa.Numeric(), nullable=False),
        sa.Column("b_share", sa.Numeric(), nullable=False),
        sa.CheckConstraint("abc_by IN ('revenue', 'margin', 'quantity')", name=op.f("count_settings_abc_by_known")),
        sa.CheckConstraint(
            "0 < a_share AND a_share < b_share AND b_share < 100", name=op.f("count_settings_shares_in_order")
        ),
        sa.CheckConstraint("abc_days BETWEEN 7 AND 1098", name=op.f("count_settings_abc_days_fit")),
        sa.CheckConstraint("approve_above >= 0", name=op.f("count_settings_limit_not_negative")),
        sa.CheckConstraint("counters IN (1, 2)", name=op.f("count_settings_counters_one_or_two")),
        sa.CheckConstraint("suspicious_percent > 0", name=op.f("count_settings_suspicion_positive")),
        sa.CheckConstraint(
            "tolerance_percent >= 0 AND tolerance_value >= 0", name=op.f("count_settings_tolerance_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("count_settings_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("count_settings_pkey")),
    )
    op.create_table(
        "count_schedule",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("abc", sa.Text(), nullable=True),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("bin_id", sa.Uuid(), nullable=True),
        sa.Column("value_above", sa.Numeric(), nullable=True),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), server_default=sa.text("50"), nullable=False),
        sa.Column("counters", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("blind", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("last_run_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(method = 'class') = (abc IS NOT NULL) AND abc IN ('A', 'B', 'C')", name=op.f("count_schedule_class_named")
        ),
        sa.CheckConstraint(
            "(method = 'high_value') = (value_above IS NOT NULL)", name=op.f("count_schedule_value_named")
        ),
        sa.CheckConstraint("(method = 'zone') = (bin_id IS NOT NULL)", name=op.f("count_schedule_zone_named")),
        sa.CheckConstraint(
            "method IN ('class', 'high_value', 'zone', 'sample', 'suspicion')", name=op.f("count_schedule_method_known")
        ),
        sa.CheckConstraint(
            "value_above >= 0 AND value_above < 'Infinity'", name=op.f("count_schedule_value_not_negative")
        ),
        sa.CheckConstraint("counters IN (1, 2)", name=op.f("count_schedule_counters_one_or_two")),
        sa.CheckConstraint("every_days BETWEEN 1 AND 3660", name=op.f("count_schedule_every_days_fit")),
        sa.CheckConstraint("most BETWEEN 1 AND 10000", name=op.f("count_schedule_most_fits")),
        sa.ForeignKeyConstraint(
            ["organization_id", "bin_id"],
            ["bin.organization_id", "bin.id"],
            name=op.f("count_schedule_organization_id_bin_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("count_schedule_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("count_schedule_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("count_schedule_pkey")),
    )
    op.create_table(
        "sku_class",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("abc", sa.Text(), nullable=False),
        sa.Column("xyz", sa.Text(), nullable=True),
        sa.Column("figure", sa.Numeric(), nullable=False),
        sa.Column("classed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("abc IN ('A', 'B', 'C')", name=op.f("sku_class_abc_known")),
        sa.CheckConstraint("xyz IN ('X', 'Y', 'Z')", name=op.f("sku_class_xyz_known")),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("sku_class_organization_id_sku_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("sku_class_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "sku_id", name=op.f("sku_class_pkey")),
    )
    op.create_table(
        "stock_count",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="planned", nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("scope", postgresql.JSONB(), nullable=False),
        sa.Column("blind", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("counters", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("submitted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("approved_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("posted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("posted_by", sa.Text(), nullable=True),
        sa.Column("posting_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("lines", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("accurate", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("uncosted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("expected_value", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("net_value", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("absolute_value", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(status = 'posted') = (posted_at IS NOT NULL)", name=op.f("stock_count_posted_has_a_date")),
        sa.CheckConstraint("kind IN ('full', 'cycle')", name=op.f("stock_count_kind_known")),
        sa.CheckConstraint(
            "status IN ('planned', 'counting', 'review', 'approved', 'posted', 'cancelled')",
            name=op.f("stock_count_status_known"),
        ),
        sa.CheckConstraint("counters IN (1, 2)", name=op.f("stock_count_counters_one_or_two")),
        sa.ForeignKeyConstraint(
            ["organization_id", "schedule_id"],
            ["count_schedule.organization_id", "count_schedule.id"],
            name=op.f("stock_count_organization_id_schedule_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("stock_count_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("stock_count_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("stock_count_pkey")),
        sa.UniqueConstraint("organization_id", "number", name="stock_count_number_key"),
    )
    op.create_index(
        "stock_count_posted_idx",
        "stock_count",
        ["organization_id", "posted_at"],
        unique=False,
        postgresql_where=sa.text("posted_at IS NOT NULL"),
    )
    op.create_index("stock_count_schedule_idx", "stock_count", ["organization_id", "schedule_id"], unique=False)
    op.create_table(
        "count_counter",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("counter_id", sa.Uuid(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "count_id"],
            ["stock_count.organization_id", "stock_count.id"],
            name=op.f("count_counter_organization_id_count_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("count_counter_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "count_id", "counter_id", name=op.f("count_counter_pkey")),
    )
    op.create_table(
        "last_counted",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("bin_id", sa.Uuid(), nullable=True),
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("counted_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("difference", sa.Numeric(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "bin_id"],
            ["bin.organization_id", "bin.id"],
            name=op.f("last_counted_organization_id_bin_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "count_id"],
            ["stock_count.organization_id", "stock_count.id"],
            name=op.f("last_counted_organization_id_count_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("last_counted_organization_id_sku_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("last_counted_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("last_counted_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("last_counted_pkey")),
        sa.UniqueConstraint(
            "organization_id",
            "sku_id",
            "warehouse_id",
            "bin_id",
            name="last_counted_place_key",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "count_line",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("bin_id", sa.Uuid(), nullable=True),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("lot", sa.Text(), nullable=True),
        sa.Column("serial_id", sa.Uuid(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("found", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("round", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("planned", sa.Numeric(), nullable=False),
        sa.Column("expected", sa.Numeric(), nullable=True),
        sa.Column("late", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Numeric(), nullable=True),
        sa.Column("counted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("difference", sa.Numeric(), nullable=True),
        sa.Column("unit_cost", sa.Numeric(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'counted') <= (counted IS NOT NULL)", name=op.f("count_line_counted_has_a_quantity")
        ),
        sa.CheckConstraint("counted >= 0 AND counted < 'Infinity'", name=op.f("count_line_counted_not_negative")),
        sa.CheckConstraint(
            "status IN ('open', 'recount', 'counted', 'left_out')", name=op.f("count_line_status_known")
        ),
        sa.CheckConstraint("why IN ('differ', 'moved', 'tolerance', 'asked')", name=op.f("count_line_why_known")),
        sa.CheckConstraint("round >= 1", name=op.f("count_line_round_from_one")),
        sa.ForeignKeyConstraint(
            ["organization_id", "bin_id"],
            ["bin.organization_id", "bin.id"],
            name=op.f("count_line_organization_id_bin_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "count_id"],
            ["stock_count.organization_id", "stock_count.id"],
            name=op.f("count_line_organization_id_count_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "lot_id"],
            ["lot.organization_id", "lot.id"],
            name=op.f("count_line_organization_id_lot_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "serial_id"],
            ["serial.organization_id", "serial.id"],
            name=op.f("count_line_organization_id_serial_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("count_line_organization_id_sku_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("count_line_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("count_line_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("count_line_pkey")),
    )
    op.create_index("count_line_of_count_idx", "count_line", ["organization_id", "count_id", "place"], unique=False)
    op.create_index(
        "count_line_open_key",
        "count_line",
        [
            "organization_id",
            "sku_id",
            "warehouse_id",
            "bin_id",
            sa.literal_column("lower(lot)"),
            sa.literal_column("lower(serial)"),
        ],
        unique=True,
        postgresql_where=sa.text("open"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("count_line_sku_idx", "count_line", ["organization_id", "sku_id", "warehouse_id"], unique=False)
    op.create_table(
        "count_tally",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Uuid(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("expected", sa.Numeric(), nullable=False),
        sa.Column("seen_first", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("pieces_seen", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("counted_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("quantity >= 0 AND quantity < 'Infinity'", name=op.f("count_tally_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["organization_id", "line_id"],
            ["count_line.organization_id", "count_line.id"],
            name=op.f("count_tally_organization_id_line_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("count_tally_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("count_tally_pkey")),
        sa.UniqueConstraint("organization_id", "line_id", "round", "counter_id", name="count_tally_counter_key"),
    )
    protect(op, *TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
