from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onhand.demand import Floats
from onhand.forecasting import series
from onhand.forecasting.series import Days

TODAY = date(2026, 3, 2)
NUMBERS = st.integers(0, 9)
MOVED = st.dictionaries(st.integers(1, 120), st.tuples(NUMBERS, st.integers(0, 3), st.integers(-9, 12)), max_size=25)
LEVELS = st.lists(st.tuples(MOVED, st.booleans()), min_size=1, max_size=4)
Level = tuple[dict[int, tuple[int, int, int]], bool]


def days_of(levels: list[Level]) -> Days:
    """Levels as days ago → sold, returned, otherwise; and whether stock is recorded as it happens."""
    found = sorted(
        (row, series.day_number(TODAY) - ago, *moved) for row, (m, _) in enumerate(levels) for ago, moved in m.items()
    )
    rows, days, *units = np.array(found, dtype=np.float64).reshape(-1, 5).T
    sold, returned, other = (column.astype(np.float32) for column in units)
    live = np.array([live for _, live in levels])
    return Days(rows.astype(np.int64), days.astype(np.int64), sold, returned, other, live)


def out_of_stock(level: Level, first: date, through: date) -> list[bool]:
    """Day by day, as one would tell it: begun and ended empty and nothing sold."""
    moved, live = level
    if not moved:
        return [False] * ((through - first).days + 1)
    stock, ends = 0, {}
    start = TODAY - timedelta(days=max(moved))
    for ahead in range((TODAY - start).days + 1):
        sold, returned, other = moved.get((TODAY - start).days - ahead, (0, 0, 0))
        stock += other + returned - sold
        ends[start + timedelta(days=ahead)] = (stock <= 0, sold > 0)
    filled = [day for day, (empty, _) in ends.items() if not empty]
    waits = timedelta(days=1 + series.WAITING_DAYS if live else 0)
    given_up = max(filled) + timedelta(days=1) + waits if filled else TODAY + timedelta(days=1)
    told = []
    for ahead in range((through - first).days + 1):
        day = first + timedelta(days=ahead)
        before, after = ends.get(day - timedelta(days=1), (False, False)), ends.get(day, (False, False))
        told.append(before[0] and after[0] and not after[1] and day < given_up)
    return told


def found_missing(days: Days, first: date, through: date) -> list[list[bool]]:
    missing = series.history(days, through, TODAY, (), first).missing
    length = (through - first).days + 1
    return [[False] * length] * days.levels if missing is None else missing.tolist()


@settings(deadline=None)
@given(LEVELS, st.integers(0, 5))
def test_days_out_of_stock_are_those_that_a_walk_through_the_days_finds(levels: list[Level], ended: int) -> None:
    first, through = TODAY - timedelta(days=100), TODAY - timedelta(days=ended)
    expected = [out_of_stock(level, first, through) for level in levels]
    assert found_missing(days_of(levels), first, through) == expected


@settings(deadline=None)
@given(LEVELS, LEVELS)
def test_what_came_in_bit_by_bit_is_what_is_read_at_once(earlier: list[Level], later: list[Level]) -> None:
    count = min(len(earlier), len(later))
    both = []
    for (before, _), (after, live) in zip(earlier[:count], later[:count], strict=True):
        added = {day: np.add(before.get(day, (0, 0, 0)), after.get(day, (0, 0, 0))) for day in before | after}
        both.append(({day: (int(a), int(b), int(c)) for day, (a, b, c) in added.items()}, live))
    merged, whole = series.merged(days_of(earlier[:count]), days_of(later[:count])), days_of(both)
    for name in ("rows", "days", "sold", "returned", "other", "live"):
        assert getattr(merged, name).tolist() == getattr(whole, name).tolist()


@settings(deadline=None)
@given(LEVELS)
def test_what_is_packed_comes_back(levels: list[Level]) -> None:
    days = days_of(levels)
    records = series.packed(days)
    again = series.unpacked(days.first_days, np.array([len(one) for one in records]), b"".join(records), days.live)
    for name in ("rows", "days", "sold", "returned", "other", "live"):
        assert getattr(again, name).tolist() == getattr(days, name).tolist()


@settings(deadline=None)
@given(LEVELS, st.data())
def test_some_levels_and_pages_of_levels_are_those_of_the_whole(levels: list[Level], data: st.DataObject) -> None:
    days = days_of(levels)
    cut = data.draw(st.integers(0, len(levels)))
    parts = [days.take(np.arange(cut)), days.take(np.arange(cut, len(levels)))]
    joined = series.below(parts)
    for name in ("rows", "days", "sold", "returned", "other", "live"):
        assert getattr(joined, name).tolist() == getattr(days, name).tolist()


@pytest.mark.parametrize(
    ("sales", "last"),
    [
        ([], 1),
        ([0], 0),
        ([1], 1),
        ([0, 1], 1),
        ([0, 5], 1),
        ([0, 400], 0),
        ([400], 400),
        ([8], 1),
        ([9], 9),
    ],
)
def test_today_is_history_only_when_nothing_else_sold_lately(sales: list[int], last: int) -> None:
    days = np.array([series.day_number(TODAY) - ago for ago in sales], dtype=np.int64)
    assert series.last_day(series.last_sales(days, TODAY), TODAY) == TODAY - timedelta(days=last)


def test_a_history_is_cut_to_two_years_and_keeps_what_was_in_stock_before() -> None:
    level: Level = ({900: (0, 0, 5), 10: (5, 0, 0), 3: (0, 0, 2)}, True)
    found = series.history(days_of([level]), TODAY - timedelta(days=1), TODAY, ())
    assert found.days == series.HISTORY_DAYS
    assert found.missing is not None
    assert np.flatnonzero(found.missing[0]).tolist() == [found.days - ahead for ahead in (9, 8, 7, 6, 5, 4)]


def units(values: Floats) -> list[float]:
    return [float(value) for value in values]


def test_over_all_warehouses_a_day_is_out_of_stock_only_where_every_one_was() -> None:
    one: Level = ({20: (0, 0, 3), 10: (3, 0, 0), 2: (0, 0, 1)}, True)
    other: Level = ({20: (0, 0, 3), 6: (3, 1, -1), 1: (0, 0, 1)}, True)
    found = series.together(days_of([one, other]), TODAY - timedelta(days=1), TODAY, ())
    assert units(found.sold.sum(axis=1)) == [6.0]
    assert found.returned is not None
    assert units(found.returned.sum(axis=1)) == [1.0]
    assert found.missing is not None
    assert np.flatnonzero(found.missing[0]).tolist() == [found.days - ago for ago in (5, 4, 3)]
