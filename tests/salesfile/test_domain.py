from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.salesfile.domain import (
    NOT_GOODS,
    Kind,
    goods_pattern,
    kind_of,
    line_key,
    opening_needed,
    start_of_day,
    stock_sign,
)  # fmt: skip

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("goods", "cancelled", "quantity", "price", "kind"),
    [
        (True, False, 1, 1, Kind.SALE),
        (True, True, -1, 1, Kind.RETURN),
        (True, True, -1, 0, Kind.RETURN),
        (True, False, -1, 1, Kind.RETURN),
        (True, False, -1, 0, Kind.WRITE_OFF),
        (True, False, 1, 0, Kind.GIVEN_AWAY),
        (True, False, 1, -1, Kind.CHARGE),
        (True, True, -1, -1, Kind.CHARGE),
        (False, False, 1, 1, Kind.CHARGE),
        (False, True, -1, 1, Kind.CHARGE),
        (False, False, -1, 0, Kind.CHARGE),
    ],
)
def test_what_a_line_means(*, goods: bool, cancelled: bool, quantity: int, price: int, kind: Kind) -> None:
    assert kind_of(goods=goods, cancelled=cancelled, quantity_sign=quantity, price_sign=price) is kind


@pytest.mark.parametrize(("kind", "quantity", "change"), [
    (Kind.SALE, 6, -6), (Kind.RETURN, -6, 6), (Kind.WRITE_OFF, -6, -6), (Kind.GIVEN_AWAY, 6, -6), (Kind.CHARGE, 1, 0),
])  # fmt: skip
def test_sales_leave_returns_come_back_write_offs_leave(kind: Kind, quantity: int, change: int) -> None:
    assert quantity * stock_sign(kind) == change


@pytest.mark.parametrize("code", ["POST", "DOT", "M", "D", "BANK CHARGES", "AMAZONFEE", "GIFT_0001_20"])
def test_codes_that_are_money(code: str) -> None:
    assert goods_pattern(NOT_GOODS).fullmatch(code)


@pytest.mark.parametrize("code", ["85123A", "DCGSSBOY", "MUG", "POSTCARD", "D1", "BANK CHARGES BOX"])
def test_codes_that_are_goods(code: str) -> None:
    assert not goods_pattern(NOT_GOODS).fullmatch(code)


def test_an_empty_list_of_codes_makes_everything_goods() -> None:
    assert not goods_pattern(()).fullmatch("POST")


def test_the_opening_is_posted_at_midnight_of_the_first_day() -> None:
    summer = int(datetime(2011, 7, 10, 7, 26, tzinfo=UTC).timestamp())
    assert start_of_day(summer, LONDON) == datetime(2011, 7, 9, 23, 0, tzinfo=UTC)


@given(st.lists(st.integers(-50, 50)))
def test_the_opening_just_covers(changes: list[int]) -> None:
    opening = opening_needed(changes)
    balances = [opening + sum(changes[: place + 1]) for place in range(len(changes))]
    assert all(balance >= 0 for balance in balances)
    assert opening == 0 or 0 in balances


def test_the_key_of_a_line_tells_its_parts_apart() -> None:
    assert line_key("shop", "1", "A", 1) != line_key("shop", "1", "A", 2)
    assert line_key("shop", "1", "1A", 1) != line_key("shop", "11", "A", 1)
    assert line_key("shop", "1", "A", 1) != line_key("till", "1", "A", 1)
