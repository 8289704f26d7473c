"""Schedules of counts. Migration 0024 makes this table."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference

TRUE, ONE = text("true"), text("1")


class CountSchedule(Entity, Stamped, Base):
    """Which items are counted how often. A job makes the count when something is due."""

    __tablename__ = "count_schedule"
    __table_args__ = (
        reference("warehouse", "warehouse_id"),
        reference("bin", "bin_id"),
        CheckConstraint("method IN ('class', 'high_value', 'zone', 'sample', 'suspicion')", name="method_known"),
        CheckConstraint("(method = 'class') = (abc IS NOT NULL) AND abc IN ('A', 'B', 'C')", name="class_named"),
        CheckConstraint("(method = 'zone') = (bin_id IS NOT NULL)", name="zone_named"),
        CheckConstraint("(method = 'high_value') = (value_above IS NOT NULL)", name="value_named"),
        CheckConstraint("value_above >= 0 AND value_above < 'Infinity'", name="value_not_negative"),
        CheckConstraint("every_days BETWEEN 1 AND 3660", name="every_days_fit"),
        CheckConstraint("most BETWEEN 1 AND 10000", name="most_fits"),
        CheckConstraint("counters IN (1, 2)", name="counters_one_or_two"),
    )
    name: Mapped[str]
    method: Mapped[str]
    abc: Mapped[str | None]
    warehouse_id: Mapped[UUID | None]
    bin_id: Mapped[UUID | None]
    value_above: Mapped[Decimal | None] = mapped_column(Numeric)
    every_days: Mapped[int]
    most: Mapped[int] = mapped_column(server_default=text("50"))
    counters: Mapped[int] = mapped_column(server_default=ONE)
    blind: Mapped[bool] = mapped_column(server_default=TRUE)
    active: Mapped[bool] = mapped_column(server_default=TRUE)
    last_run_at: Mapped[datetime | None]
