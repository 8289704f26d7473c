"""Replenishment (expand).

Follows 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("reorder_policy",)


def upgrade() -> None:
    op.create_table(
        "reorder_policy",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("manual_point", sa.Numeric(), nullable=True),
        sa.Column("manual_quantity", sa.Numeric(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("review_days", sa.Integer(), server_default=sa.text("7"), nullable=False),
        sa.Column("service_level", sa.Numeric(), server_default=sa.text("0.95"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("point", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("safety_stock", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("up_to", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("expected", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("demand_limit", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("review_mean", sa.Numeric(), server_default=sa.text("0"), nullable=False),
        sa.Column("lead_days_used", sa.Integer(), server_default=sa.text("7"), nullable=False),
        sa.Column("minimum_quantity", sa.Numeric(), server_default=sa.text("1"), nullable=False),
        sa.Column("pack_size", sa.Numeric(), server_default=sa.text("1"), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("selling_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("history_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("week", postgresql.ARRAY(sa.REAL()), server_default=sa.text("'{0,0,0,0,0,0,0}'"), nullable=False),
        sa.Column("forecast_from", sa.Date(), nullable=True),
        sa.Column("computed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("cardinality(week) = 7", name=op.f("reorder_policy_week_has_seven_days")),
        sa.CheckConstraint(
            "lead_days BETWEEN 0 AND 730 AND review_days BETWEEN 1 AND 365", name=op.f("reorder_policy_days_in_range")
        ),
        sa.CheckConstraint(
            "manual_point >= 0 AND manual_quantity > 0", name=op.f("reorder_policy_manual_not_negative")
        ),
        sa.CheckConstraint("minimum_quantity > 0 AND pack_size > 0", name=op.f("reorder_policy_order_sizes_positive")),
        sa.CheckConstraint(
            "point >= 0 AND safety_stock >= 0 AND up_to >= point", name=op.f("reorder_policy_levels_in_order")
        ),
        sa.CheckConstraint("service_level BETWEEN 0.5 AND 0.98", name=op.f("reorder_policy_service_level_calibrated")),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("reorder_policy_organization_id_sku_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "supplier_id"],
            ["supplier.organization_id", "supplier.id"],
            name=op.f("reorder_policy_organization_id_supplier_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("reorder_policy_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("reorder_policy_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("reorder_policy_pkey")),
        sa.UniqueConstraint("organization_id", "sku_id", "warehouse_id", name="reorder_policy_level_key"),
    )
    protect(op, *TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
