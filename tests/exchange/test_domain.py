from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.exchange.domain import (
    NOT_GOODS,
    SCALE,
    DateOrder,
    Kind,
    goods_pattern,
    kind_of,
    line_key,
    opening_needed,
    read_number,
    read_time,
    safe_cell,
    start_of_day,
    stock_sign,
)  # fmt: skip

LONDON = ZoneInfo("Europe/London")
LATEST = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str, order: DateOrder = "ymd", zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromtimestamp(read_time(text, zone, LATEST, order), UTC)


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


@pytest.mark.parametrize(("text", "value"), [
    ("6", 6), ("-6", -6), ("+6", 6), ("2.55", 2.55), (".5", 0.5), ("1,234.50", 1234.5), ("£2.55", 2.55), ("(5)", -5),
    ("1e3", 1000), ("0.000001", 0.000001), ("1 234", 1234),
])  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text) == round(value * SCALE)


def test_a_comma_can_be_the_decimal_sign() -> None:
    assert read_number("1.234,50", decimal_comma=True) == 1_234_500_000


@pytest.mark.parametrize(("text", "reason"), [
    ("six", "is not a number"), ("", "is not a number"), ("1.2.3", "is not a number"), ("12,34", "is not a number"),
    ("NaN", "is not a number"), ("Infinity", "is not a number"), ("0x10", "is not a number"),
    ("1e99", "is too large"), ("9999999999999", "is too large"), ("0.0000001", "has more than 6 decimal places"),
])  # fmt: skip
def test_numbers_that_are_none(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_number(text)


@given(st.integers(-(10**15), 10**15))
def test_every_millionth_is_kept(millionths: int) -> None:
    sign, rest = ("-", -millionths) if millionths < 0 else ("", millionths)
    assert read_number(f"{sign}{rest // SCALE}.{rest % SCALE:06d}") == millionths


def test_wall_clock_times_become_utc() -> None:
    assert at("2011-01-10 08:26:00") == datetime(2011, 1, 10, 8, 26, tzinfo=UTC)
    assert at("2011-07-10 08:26:00") == datetime(2011, 7, 10, 7, 26, tzinfo=UTC)


def test_a_time_shown_twice_is_the_first_and_a_skipped_one_moves_on() -> None:
    assert at("2011-10-30 01:30") == datetime(2011, 10, 30, 0, 30, tzinfo=UTC)
    assert at("2011-03-27 01:30") == datetime(2011, 3, 27, 1, 30, tzinfo=UTC)


def test_a_time_with_its_own_offset_keeps_it() -> None:
    assert at("2011-07-10T08:26:00Z") == datetime(2011, 7, 10, 8, 26, tzinfo=UTC)
    assert at("2011-07-10 08:26+02:00") == datetime(2011, 7, 10, 6, 26, tzinfo=UTC)


@pytest.mark.parametrize(("text", "order"), [
    ("2010-12-01 08:26", "ymd"), ("2010/12/1 8:26", "dmy"), ("01/12/2010 08:26", "dmy"), ("12/1/2010 8:26", "mdy"),
    ("12/1/10 8:26 AM", "mdy"), ("1 Dec 2010 08:26", "dmy"), ("Dec 1, 2010 08:26:00", "mdy"), ("1.12.2010 8:26", "dmy"),
])  # fmt: skip
def test_dates_as_people_write_them(text: str, order: DateOrder) -> None:
    assert at(text, order) == datetime(2010, 12, 1, 8, 26, tzinfo=UTC)


@pytest.mark.parametrize(("text", "reason"), [
    ("2011-02-30 08:00", "day is out of range"), ("2011-13-01", "month must be"), ("2011-01-01 25:00", "hour must be"),
    ("yesterday", "is not a date"), ("31/12/2011x", "is not a date"), ("1066-10-14", "before 1970"),
    ("2999-01-01", "in the future"), ("0000-01-01", "is not a date"), ("01 Foo 2010", "is not a date"),
    ("2011-01-01 00:00+99:00", "is not a date"),
])  # fmt: skip
def test_impossible_dates_say_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        at(text)


def test_the_opening_is_posted_at_midnight_of_the_first_day() -> None:
    summer = read_time("2011-07-10 08:26", LONDON, LATEST)
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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_of_the_result_is_never_a_formula(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_an_ordinary_cell_of_the_result_stays() -> None:
    assert safe_cell("damaged") == "damaged"
