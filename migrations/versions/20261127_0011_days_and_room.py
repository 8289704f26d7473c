"""Demand by the days that moved; room for rows that change every night (expand and contract).

Follows 0010. Demand is read from the ledger, so the old rows are dropped and the next night reads them again: no run
has been renewed since it was made. What other versions of the code want of `demand_series` is gone with it; planning
stands still until the worker is of this version.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)


def make_series(*columns: sa.Column[Any] | sa.CheckConstraint) -> None:
    op.create_table(
        "demand_series",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        *columns,
        sa.Column("built_at", MOMENT, server_default=sa.text("now()"), nullable=False),
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
    protect(op, "demand_series")


def upgrade() -> None:
    # Nothing is lost: it is read from the ledger again.
    op.execute("-- squawk-ignore ban-drop-table\nDROP TABLE demand_series")
    make_series(
        sa.Column("days", sa.LargeBinary(), nullable=False),
        sa.Column("seen_id", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "length(days) > 0 AND mod(length(days), 16) = 0", name=op.f("demand_series_days_are_records")
        ),
    )
    # Existing runs: everything moved since.
    op.execute("ALTER TABLE forecast_run ADD COLUMN renewed_at timestamptz NOT NULL DEFAULT '1970-01-01 00:00+00'")
    op.execute("ALTER TABLE forecast_run ALTER COLUMN renewed_at SET DEFAULT now()")
    op.execute("ALTER TABLE demand_series SET (fillfactor = 70)")
    op.execute("ALTER TABLE forecast SET (fillfactor = 45)")
    op.execute("ALTER TABLE reorder_policy SET (fillfactor = 45)")
    # Dropping takes an instant; nothing but planning and its pages waits for it.
    for index in ("forecast_recent_idx", "forecast_run_idx"):
        op.execute(f"-- squawk-ignore require-concurrent-index-deletion\nDROP INDEX {index}")
    # What was recorded since last night. A partitioned table has no CONCURRENTLY; each partition is read once.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX movement_recorded_at_idx ON movement USING brin (recorded_at)"
    )


def downgrade() -> None:
    op.execute("DROP INDEX movement_recorded_at_idx")
    op.create_index("forecast_recent_idx", "forecast", ["organization_id", "created_at", "id"], unique=False)
    op.create_index("forecast_run_idx", "forecast", ["organization_id", "run_id"], unique=False)
    op.execute("ALTER TABLE reorder_policy RESET (fillfactor)")
    op.execute("ALTER TABLE forecast RESET (fillfactor)")
    op.execute("ALTER TABLE forecast_run DROP COLUMN renewed_at")
    op.execute("DROP TABLE demand_series")
    make_series(
        sa.Column("sold", sa.LargeBinary(), nullable=False),
        sa.Column("returned", sa.LargeBinary(), nullable=True),
        sa.Column("missing", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(missing) * 4 = length(sold)", name=op.f("demand_series_missing_fits")),
        sa.CheckConstraint("length(returned) = length(sold)", name=op.f("demand_series_returned_fits")),
        sa.CheckConstraint("mod(length(sold), 4) = 0", name=op.f("demand_series_sold_is_float32")),
    )
