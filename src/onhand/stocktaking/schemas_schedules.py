"""What the API of count schedules, of what is due and of accuracy takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Amount, Body, Code, Name, Out, Quantity, unsent
from onhand.stocktaking.schemas import Abc, Counters

Every = Annotated[int, Field(ge=1, le=3_660)]
Most = Annotated[int, Field(ge=1, le=10_000)]


class CountScheduleIn(Body):
    """Which items are counted how often: a class, what is worth much, a bin or zone, a sample, what looks wrong."""

    name: Name
    method: Literal["class", "high_value", "zone", "sample", "suspicion"]
    every_days: Every
    most: Most = 50
    abc: Abc | None = None
    warehouse: Code | None = None
    bin: Code | None = None
    value_above: Amount | None = None
    counters: Counters = 1
    blind: bool = True
    active: bool = True


class CountScheduleChange(Body):
    """The fields to change; another method is another schedule."""

    name: Name = unsent()
    every_days: Every = unsent()
    most: Most = unsent()
    value_above: Amount = unsent()
    counters: Counters = unsent()
    blind: bool = unsent()
    active: bool = unsent()


class CountScheduleRow(Out):
    """A schedule."""

    id: UUID
    name: str
    method: str
    abc: str | None
    warehouse: str | None
    bin: str | None
    value_above: Quantity | None
    every_days: int
    most: int
    counters: int
    blind: bool
    active: bool
    last_run_at: datetime | None
    created_at: datetime
    updated_at: datetime


class CountDueRow(Out):
    """An item that is to be counted. `days_over` is null when it never was counted."""

    id: str
    sku: str
    sku_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    on_hand: Quantity
    value: Quantity | None
    abc: str
    schedule: str
    schedule_id: UUID
    every_days: int
    last_counted_at: datetime | None
    due_on: date
    days_over: int | None
    due: bool
    being_counted: bool


class CountDueIn(Body):
    """Where, and at most how many items."""

    warehouse: Code
    most: Most = 50


class CountMonthOut(Out):
    """How accurate counts found the stock in a month: per cent of lines, and of value."""

    month: date
    counts: int
    lines: int
    accurate: int
    expected_value: Quantity
    absolute_value: Quantity
    net_value: Quantity
    by_lines: Quantity | None
    by_value: Quantity | None


class CountAccuracyOut(Out):
    """Inventory record accuracy, month by month and over all of them."""

    months: list[CountMonthOut]
    overall: CountMonthOut | None
    currency: str
