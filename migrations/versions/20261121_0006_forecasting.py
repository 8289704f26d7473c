"""Forecasting (expand).

Follows 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "demand_series",
    "forecast_run",
    "forecast",
)


def upgrade() -> None:
    op.create_table(
        "demand_series",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("sold", sa.LargeBinary(), nullable=False),
        sa.Column("returned", sa.LargeBinary(), nullable=True),
        sa.Column("missing", sa.LargeBinary(), nullable=True),
        sa.Column("built_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("length(missing) * 4 = length(sold)", name=op.f("demand_series_missing_fits")),
        sa.CheckConstraint("length(returned) = length(sold)", name=op.f("demand_series_returned_fits")),
        sa.CheckConstraint("mod(length(sold), 4) = 0", name=op.f("demand_series_sold_is_float32")),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("demand_series_organization_id_sku_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("demand_series_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("demand_series_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "sku_id", "warehouse_id", name=op.f("demand_series_pkey")),
    )
    op.create_table(
        "forecast_run",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("learnt", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('all', 'one')", name=op.f("forecast_run_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("forecast_run_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("forecast_run_pkey")),
    )
    op.create_index("forecast_run_recent_idx", "forecast_run", ["organization_id", "kind", "created_at"], unique=False)
    op.create_table(
        "forecast",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("demand_class", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("history_from", sa.Date(), nullable=False),
        sa.Column("selling_days", sa.Integer(), nullable=False),
        sa.Column("stockout_days", sa.Integer(), nullable=False),
        sa.Column("bulk_days", sa.Integer(), nullable=False),
        sa.Column("week", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("typical", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("centre", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("profile", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("variance", sa.REAL(), nullable=False),
        sa.Column("chance", sa.REAL(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("mean_per_day", sa.REAL(), nullable=False),
        sa.Column("mae", sa.REAL(), nullable=True),
        sa.Column("rmse", sa.REAL(), nullable=True),
        sa.Column("rmsse", sa.REAL(), nullable=True),
        sa.Column("mase", sa.REAL(), nullable=True),
        sa.Column("wape", sa.REAL(), nullable=True),
        sa.Column("bias", sa.REAL(), nullable=True),
        sa.Column("naive_rmsse", sa.REAL(), nullable=True),
        sa.Column("naive_wape", sa.REAL(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "cardinality(week || typical || centre || profile) = 28",
            name=op.f("forecast_weeks_have_seven_days"),
        ),
        sa.CheckConstraint("horizon_days BETWEEN 1 AND 365", name=op.f("forecast_horizon_in_range")),
        sa.ForeignKeyConstraint(
            ["organization_id", "run_id"],
            ["forecast_run.organization_id", "forecast_run.id"],
            name=op.f("forecast_organization_id_run_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("forecast_organization_id_sku_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("forecast_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("forecast_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("forecast_pkey")),
    )
    op.create_index(
        "forecast_current_key",
        "forecast",
        ["organization_id", "sku_id", "warehouse_id", "algorithm"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("forecast_recent_idx", "forecast", ["organization_id", "created_at", "id"], unique=False)
    op.create_index("forecast_run_idx", "forecast", ["organization_id", "run_id"], unique=False)
    protect(op, *TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
