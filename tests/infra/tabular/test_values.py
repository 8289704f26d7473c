from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.infra.tabular import SCALE, DateOrder, UnknownTimeZone, read_number, read_time, safe_cell, zone_named

LONDON = ZoneInfo("Europe/London")
LATEST = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str, order: DateOrder = "ymd", zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromtimestamp(read_time(text, zone, LATEST, order), UTC)


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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_of_the_result_is_never_a_formula(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_an_ordinary_cell_of_the_result_stays() -> None:
    assert safe_cell("damaged") == "damaged"


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(UnknownTimeZone, match="Mars/Olympus"):
        zone_named("Mars/Olympus")
