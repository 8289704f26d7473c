"""Demand by day, what each run learnt from it, and the forecasts that followed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import REAL, BigInteger, CheckConstraint, Index, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, reference

WEEK = ARRAY(REAL)


class DemandSeries(Owned, Base):
    """One SKU at one warehouse on the days when it moved, brought up to date from the ledger before each run.

    `days` holds records of 16 bytes: day (from `first_day` on), units sold, returned, and moved otherwise; see
    `series.RECORD`. `seen_id` is the newest movement in them: one level's movements get rising numbers under its lock,
    so what is above it is what is new. `live`: whether the last movement, at `moved_at`, was recorded when it happened.
    """

    __tablename__ = "demand_series"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        CheckConstraint("length(days) > 0 AND mod(length(days), 16) = 0", name="days_are_records"),
        {"postgresql_with": {"fillfactor": 70}},
    )
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    days: Mapped[bytes]
    seen_id: Mapped[int] = mapped_column(BigInteger)
    moved_at: Mapped[datetime]
    live: Mapped[bool]
    built_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ForecastRun(Entity, Base):
    """What was learnt from the whole past: shared week, weights per class, how far demand strays, scores.

    A run of kind `all` is renewed by the nights that follow, until they learn anew: `as_of`, `series`, `seconds`, the
    closed days in `learnt` and `renewed_at`, when the last of them began, are theirs.
    """

    __tablename__ = "forecast_run"
    __table_args__ = (
        CheckConstraint("kind IN ('all', 'one')", name="kind_is_known"),
        Index("forecast_run_recent_idx", "organization_id", "kind", "created_at"),
    )
    kind: Mapped[str]
    version: Mapped[str]
    as_of: Mapped[date]
    series: Mapped[int]
    learnt: Mapped[dict[str, Any]]
    seconds: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    renewed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Forecast(Entity, Base):
    """The latest forecast of one SKU by one algorithm, at one warehouse or (null) everywhere.

    What is stored is the state that every day, sum and quantile follows from; see `demand.Batch`. Scores are those
    of the newest backtest, which each series has once a week. Half of a page is left free: every night changes every
    row in place, without touching an index.
    """

    __tablename__ = "forecast"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        reference("forecast_run", "run_id"),
        CheckConstraint("horizon_days BETWEEN 1 AND 365", name="horizon_in_range"),
        CheckConstraint("cardinality(week || typical || centre || profile) = 28", name="weeks_have_seven_days"),
        Index(
            "forecast_current_key",
            "organization_id",
            "sku_id",
            "warehouse_id",
            "algorithm",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        {"postgresql_with": {"fillfactor": 45}},
    )
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID | None]
    algorithm: Mapped[str]
    run_id: Mapped[UUID]
    demand_class: Mapped[str]
    first_day: Mapped[date]
    horizon_days: Mapped[int]
    history_from: Mapped[date]
    selling_days: Mapped[int]
    stockout_days: Mapped[int]
    bulk_days: Mapped[int]
    week: Mapped[list[float]] = mapped_column(WEEK)
    typical: Mapped[list[float]] = mapped_column(WEEK)
    centre: Mapped[list[float]] = mapped_column(WEEK)
    profile: Mapped[list[float]] = mapped_column(WEEK)
    variance: Mapped[float] = mapped_column(REAL)
    chance: Mapped[float] = mapped_column(REAL)
    kind: Mapped[int]
    mean_per_day: Mapped[float] = mapped_column(REAL)
    mae: Mapped[float | None] = mapped_column(REAL)
    rmse: Mapped[float | None] = mapped_column(REAL)
    rmsse: Mapped[float | None] = mapped_column(REAL)
    mase: Mapped[float | None] = mapped_column(REAL)
    wape: Mapped[float | None] = mapped_column(REAL)
    bias: Mapped[float | None] = mapped_column(REAL)
    naive_rmsse: Mapped[float | None] = mapped_column(REAL)
    naive_wape: Mapped[float | None] = mapped_column(REAL)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
