"""Sums of sales and kept figures (expand).

Follows 0008.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SUMS = Path(__file__).parents[1] / "sql" / "analytics" / "sales_sums.sql"
# operation → (what the trigger is shown, the changes as signed rows)
OPERATIONS = {
    "insert": ("NEW TABLE AS new_lines", "SELECT 1 AS sign, n.* FROM new_lines n"),
    "delete": ("OLD TABLE AS old_lines", "SELECT -1 AS sign, o.* FROM old_lines o"),
    "update": (
        "OLD TABLE AS old_lines NEW TABLE AS new_lines",
        "SELECT 1 AS sign, n.* FROM new_lines n UNION ALL SELECT -1, o.* FROM old_lines o",
    ),
}
TABLES = ("sales_day", "sku_sales_day", "figure")

ONE_OWNER = """SELECT pg_restore_attribute_stats('schemaname', 'onhand', 'relname', '{table}',
    'attname', 'organization_id', 'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real)"""


def upgrade() -> None:
    make_tables()
    protect(op, *TABLES)
    for table in TABLES:  # see sql/ledger/statistics.sql: so that the first import reads by the right index
        op.execute(ONE_OWNER.format(table=table))
    template = SUMS.read_text(encoding="utf-8")
    for operation, (transition, changes) in OPERATIONS.items():
        op.execute(template.format(operation=operation, transition=transition, changes=changes))


def make_tables() -> None:
    op.create_table(
        "sales_day",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("orders", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("units", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("amount", sa.Numeric(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("sales_day_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "day", "channel", "currency", name=op.f("sales_day_pkey")),
    )
    op.create_table(
        "sku_sales_day",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("units", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("amount", sa.Numeric(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("sku_sales_day_organization_id_sku_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "day", "sku_id", "currency", name=op.f("sku_sales_day_pkey")),
    )
    op.create_table(
        "figure",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("computed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("took_ms >= 0", name=op.f("figure_took_not_negative")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("figure_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "name", "key", name=op.f("figure_pkey")),
    )


def downgrade() -> None:
    for operation in OPERATIONS:
        op.execute(f"DROP TRIGGER order_line_sums_{operation} ON order_line")
        op.execute(f"DROP FUNCTION keep_sales_sums_{operation}")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
