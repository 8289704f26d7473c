"""The rules of counting, as pure functions."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.counting.domain import (
    NEXT,
    Figure,
    Rules,
    Status,
    Told,
    Viewer,
    may_become,
    needs_approval,
    shows_expected,
    summed,
    verdict,
)

D = Decimal
LOOSE = Rules(tolerance_percent=None)
quantities = st.decimals(min_value=0, max_value=1_000, places=2)


def told(quantity: str, expected: str, late: str = "0", *, moved: bool = False) -> Told:
    return Told(D(quantity), D(expected), D(late), moved)


def test_every_status_says_what_may_follow() -> None:
    assert set(NEXT) == set(get_args(Status))
    ends = [status for status, after in NEXT.items() if not after]
    assert ends == ["posted", "cancelled"]
    assert not may_become("planned", "posted")


def test_what_was_written_down_late_is_no_difference() -> None:
    assert told("9", "10", "-1").difference == 0
    assert told("9", "10").difference == -1


def test_a_line_waits_until_enough_have_counted_it() -> None:
    assert verdict([], 1, 1, LOOSE, None).status == "open"
    assert verdict([told("9", "10")], 1, 2, LOOSE, None).status == "open"
    assert verdict([told("9", "10")], 2, 2, LOOSE, None).status == "counted"  # a second round needs one


def test_two_who_differ_are_not_believed_and_stock_that_moved_between_them_is_no_difference() -> None:
    apart = verdict([told("9", "10"), told("10", "10")], 1, 2, LOOSE, None)
    assert (apart.status, apart.why) == ("recount", "differ")
    between = verdict([told("10", "10"), told("7", "7")], 1, 2, LOOSE, None)  # three were sold in between
    assert between.status == "counted"


def test_much_off_is_counted_again_by_per_cent_or_by_value() -> None:
    strict = Rules(tolerance_percent=D(10), tolerance_value=D(50))
    assert verdict([told("9", "10")], 1, 1, strict, D(3)).status == "counted"
    assert verdict([told("8", "10")], 1, 1, strict, D(3)).why == "tolerance"
    assert verdict([told("99", "100")], 1, 1, strict, D(60)).why == "tolerance"
    assert verdict([told("99", "100")], 1, 1, strict, None).status == "counted"
    assert verdict([told("1", "0")], 1, 1, strict, None).why == "tolerance"  # anything where nothing was expected


def test_stock_that_moved_during_the_count_casts_doubt_only_on_a_difference() -> None:
    assert verdict([told("9", "10", moved=True)], 1, 1, LOOSE, None).why == "moved"
    assert verdict([told("10", "10", moved=True)], 1, 1, LOOSE, None).status == "counted"


@given(st.lists(st.tuples(quantities, quantities), min_size=1, max_size=3), st.integers(1, 3), st.integers(1, 2))
def test_a_verdict_never_hides_a_counter_who_was_wanted(
    said: list[tuple[Decimal, Decimal]], round_: int, counters: int
) -> None:
    lines = [Told(quantity, expected) for quantity, expected in said]
    found = verdict(lines, round_, counters, Rules(), D(1))
    if found.status == "counted":
        assert found.told == lines[-1]
        if round_ == 1:
            assert len({one.difference for one in lines}) == 1
    assert (found.why is not None) == (found.status == "recount")


def test_accuracy_is_by_lines_and_by_value() -> None:
    summary = summed([Figure(D(10), D(0), D(5)), Figure(D(10), D(-2), D(5)), Figure(D(4), D(1), None)])
    assert (summary.lines, summary.accurate, summary.uncosted) == (3, 1, 1)
    assert (summary.expected_value, summary.net_value, summary.absolute_value) == (D(100), D(-10), D(10))
    assert (summary.by_lines, summary.by_value) == (D("33.33"), D("90.00"))
    assert summed([]).by_lines is None
    assert summed([Figure(D(1), D(9), D(1))]).by_value == 0


def test_approval_is_needed_above_the_limit_and_for_what_has_no_cost() -> None:
    off = summed([Figure(D(10), D(-2), D(5))])
    assert not needs_approval(off, D(10))
    assert needs_approval(off, D("9.99"))
    assert not needs_approval(off, None)
    assert needs_approval(summed([Figure(D(1), D(1), None)]), D(1000))


@pytest.mark.parametrize(
    ("status", "may_approve", "shown"),
    [
        ("planned", True, False),
        ("counting", True, False),
        ("review", False, False),
        ("review", True, True),
        ("approved", False, True),
        ("posted", False, True),
        ("cancelled", False, False),
    ],
)
def test_a_blind_count_shows_itself_late(status: str, *, may_approve: bool, shown: bool) -> None:
    viewer = Viewer(may_approve)
    assert shows_expected(blind=True, status=status, viewer=viewer) is shown
    assert shows_expected(blind=False, status=status, viewer=viewer)
