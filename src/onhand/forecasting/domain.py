"""What people are told about a forecast: why it is what it is. No library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NEW_ITEM_DAYS = 28


@dataclass(frozen=True, slots=True)
class History:
    """What a forecast was made from."""

    first: date
    last: date
    selling_days: int
    stockout_days: int
    bulk_days: int


def notes(history: History, today: date, *, tested: bool) -> list[str]:
    """What is special about this history, as sentences; nothing when nothing is."""
    said = []
    if not history.selling_days:
        said.append("It has not sold yet, so nothing is expected.")
    elif (history.last - history.first).days < NEW_ITEM_DAYS:
        said.append(f"It has sold for less than {NEW_ITEM_DAYS} days: expect surprises.")
    if history.stockout_days:
        said.append(f"{_days(history.stockout_days)} out of stock count as unknown, not as days without demand.")
    if history.bulk_days:
        said.append(f"{_days(history.bulk_days)} with unusually large orders are left out of the typical day.")
    if (today - history.last).days > 1:
        said.append(f"The history ends on {history.last.isoformat()}, so the forecast starts there.")
    if not tested:
        said.append("The history is too short for a backtest, so there is no score yet.")
    return said


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def verdict(rmsse: float | None, naive_rmsse: float | None, *, naive_used: bool) -> str:
    """Whether this very series was forecast better than by repeating last week."""
    if rmsse is None or naive_rmsse is None:
        return "untested"
    if naive_used:
        return "naive"
    return "better" if rmsse < naive_rmsse else "worse"
