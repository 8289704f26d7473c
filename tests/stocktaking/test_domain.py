"""What is counted how often, as pure functions."""

from __future__ import annotations

from datetime import date

from onhand.stocktaking.domain import months_back, usual_schedules


def test_schedules_begin_as_usual() -> None:
    found = {one.abc or one.method: one.every_days for one in usual_schedules()}
    assert found == {"A": 30, "B": 91, "C": 365, "high_value": 30, "suspicion": 1}


def test_months_are_counted_back_over_the_turn_of_the_year() -> None:
    assert months_back(date(2026, 3, 31), 0) == date(2026, 3, 1)
    assert months_back(date(2026, 3, 31), 3) == date(2025, 12, 1)
    assert months_back(date(2026, 1, 1), 13) == date(2024, 12, 1)
