"""What is counted how often, as pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

Method = Literal["class", "high_value", "zone", "sample", "suspicion"]


def months_back(day: date, months: int) -> date:
    """The first day of the month so many months before the day's own."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


CLASSES = ("A", "B", "C")
USUAL_DAYS = {"A": 30, "B": 91, "C": 365}


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """Counts to come: which items, how often, how many at once."""

    name: str
    method: Method
    every_days: int
    most: int = 50
    abc: str | None = None
    warehouse_id: UUID | None = None
    bin_id: UUID | None = None
    value_above: Decimal | None = None
    counters: int = 1
    blind: bool = True
    active: bool = True


def usual_schedules() -> list[NewSchedule]:
    """A monthly, B quarterly, C yearly, what is worth much monthly, and what looks wrong daily."""
    classes = [NewSchedule(f"Class {abc}", "class", USUAL_DAYS[abc], abc=abc) for abc in CLASSES]
    dear = NewSchedule("High value", "high_value", 30, value_above=Decimal(1000))
    return [*classes, dear, NewSchedule("What looks wrong", "suspicion", 1)]
