"""Which orders the crew sends, and which have arrived, by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKING = timedelta(seconds=90)
ON_THE_ROAD = timedelta(minutes=6)
AT_ONCE = 25  # in one round: a backlog is worked off, and nobody else waits for it
LEFT_OPEN = 5  # so that whoever visits finds something to ship


@dataclass(frozen=True, slots=True)
class Task:
    """An order that waits for the crew's next hand, and since when."""

    order_id: str
    since: datetime


def to_ship(waiting: Sequence[Task], now: datetime) -> list[str]:
    """Those that came in long enough ago, oldest first, and never the last few."""
    spare = max(len(waiting) - LEFT_OPEN, 0)
    return due(waiting, now - PACKING)[:spare]


def to_deliver(shipped: Sequence[Task], now: datetime) -> list[str]:
    """Those that left long enough ago, oldest first."""
    return due(shipped, now - ON_THE_ROAD)


def due(tasks: Sequence[Task], moment: datetime) -> list[str]:
    """As many of those that wait since this moment or longer as one round holds, oldest first."""
    ready = sorted((task for task in tasks if task.since <= moment), key=lambda task: task.since)
    return [task.order_id for task in ready[:AT_ONCE]]
