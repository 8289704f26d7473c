from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.analytics.domain import (
    Period,
    PeriodName,
    Renewal,
    Sale,
    Sold,
    by_channel,
    change,
    period_named,
    renewal,
    series,
    total,
)

TODAY = date(2026, 11, 21)


def sale(day: date, amount: int, channel: str = "till") -> Sale:
    return Sale(day, channel, "GBP", Sold(Decimal(amount), Decimal(1), 1))


@pytest.mark.parametrize(
    ("name", "first", "days"),
    [("7d", date(2026, 11, 15), 7), ("30d", date(2026, 10, 23), 30), ("90d", date(2026, 8, 24), 90),
     ("12m", date(2025, 11, 22), 365)],
)  # fmt: skip
def test_a_period_ends_today_and_is_compared_with_as_many_days_before(name: PeriodName, first: date, days: int) -> None:
    period = period_named(name, TODAY)
    assert (period.first, period.last, period.days) == (first, TODAY, days)
    assert (period.before.last, period.before.days) == (first - timedelta(1), days)


def test_twelve_months_to_a_leap_day_begin_after_the_last_of_february() -> None:
    assert period_named("12m", date(2028, 2, 29)).first == date(2027, 3, 1)


def test_days_of_nothing_are_in_the_series() -> None:
    period = Period("custom", date(2026, 3, 1), date(2026, 3, 3))
    shown = series([sale(date(2026, 3, 1), 5), sale(date(2026, 3, 1), 2), sale(date(2026, 3, 3), 1)], period)
    assert [(day.day, int(sold.amount), sold.orders) for day, sold in shown] == [(1, 7, 2), (2, 0, 0), (3, 1, 1)]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(-50, 50)), max_size=30), st.sampled_from(["week", "month"]))
def test_weeks_and_months_hold_all_that_the_days_hold(sold: list[tuple[int, int]], grain: str) -> None:
    period = Period("custom", date(2026, 1, 15), date(2026, 1, 15) + timedelta(400))
    sales = [sale(period.first + timedelta(ahead), amount) for ahead, amount in sold]
    grouped = series(sales, period, "week" if grain == "week" else "month")
    assert sum((each for _, each in grouped), Sold()) == total(sales)
    assert [start for start, _ in grouped] == sorted({start for start, _ in grouped})


def test_channels_come_with_the_most_first() -> None:
    sales = [sale(TODAY, 1, "a"), sale(TODAY, 5, "b"), sale(TODAY, 1, "a")]
    assert [(name, int(sold.amount)) for name, sold in by_channel(sales).items()] == [("b", 5), ("a", 2)]


@pytest.mark.parametrize(
    ("now", "before", "expected"), [(15, 10, "50.0"), (5, 15, "-66.7"), (5, 0, None), (5, -1, None)]
)
def test_growth_is_told_only_from_something(now: int, before: int, expected: str | None) -> None:
    grown = change(Decimal(now), Decimal(before))
    assert (grown and str(grown)) == expected


@pytest.mark.parametrize(
    ("took", "age", "expected"),
    [(10, 0, "now"), (100, 2, "stands"), (100, 4, "now"), (1_000, 29, "stands"), (1_000, 31, "background"),
     (60_000, 299, "stands"), (60_000, 301, "background"), (60_000, 36 * 3_600 + 1, "now")],
)  # fmt: skip
def test_the_slower_a_figure_the_longer_it_stands(took: int, age: int, expected: Renewal) -> None:
    assert renewal(took, timedelta(seconds=age)) == expected
