"""Numbers and times as people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onhand.infra.tabular.errors import UnknownTimeZone

DateOrder = Literal["ymd", "dmy", "mdy"]

SCALE = 10**6  # numbers travel through columns as whole millionths: exact, and quick to add up
LARGEST = 10**12
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REMEMBERED = 100_000  # distinct values


_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_MONEY = str.maketrans("", "", "£$€¥₹\u00a0\u202f' ")
_COMMA_TO_POINT = str.maketrans(",.", ".,")


def read_number(text: str, *, decimal_comma: bool = False) -> int:
    """A number in millionths. Raises ValueError with the reason: no number, too large, or finer than a millionth."""
    bare = text.translate(_MONEY)
    if bare.startswith("(") and bare.endswith(")"):  # accountants write minus 5 as (5)
        bare = "-" + bare[1:-1]
    if decimal_comma:
        bare = bare.translate(_COMMA_TO_POINT)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        raise ValueError("is not a number")
    try:
        scaled = Decimal(bare) * SCALE
    except InvalidOperation as problem:
        raise ValueError("is not a number") from problem
    if abs(scaled) > LARGEST * SCALE:
        raise ValueError("is too large")
    whole = int(scaled)
    if whole != scaled:
        raise ValueError("has more than 6 decimal places")
    return whole


_DATE = re.compile(
    r"(\d{1,4}|[A-Za-z]{3,9})[-/. ]+(\d{1,2}|[A-Za-z]{3,9})[-/., ]+(\d{1,4})"
    r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
FULL_YEAR = 4
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _number_of_month(part: str) -> int:
    return int(part) if part.isdigit() else _MONTHS.index(part[:3].lower()) + 1


def _year_month_day(parts: tuple[str, str, str], order: DateOrder) -> tuple[int, int, int]:
    first, second, third = parts
    if len(first) == FULL_YEAR or order == "ymd":
        year, month, day = first, second, third
    elif order == "mdy" or not first.isdigit():
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    full = int(year) + (2000 if len(year) < FULL_YEAR else 0)  # 11 means 2011
    return full, _number_of_month(month), int(day)


def _hour(text: str | None, half: str | None) -> int:
    hour = int(text or 0)
    if half is None:
        return hour
    if hour not in range(1, 13):
        raise ValueError("hour must be in 1..12")
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _parse_time(text: str, order: DateOrder, zone: ZoneInfo) -> datetime:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("is not a date")
    first, second, third, hour, minute, second_of, half, offset = match.groups()
    try:
        year, month, day = _year_month_day((first, second, third), order)
        clock = (_hour(hour, half), int(minute or 0), int(second_of or 0))
        when = datetime(year, month, day, *clock, tzinfo=zone)
        return when if offset is None else datetime.fromisoformat(when.replace(tzinfo=None).isoformat() + offset)
    except ValueError as problem:
        raise ValueError(f"is not a date: {problem}") from problem


def read_time(value: str | datetime, zone: ZoneInfo, latest: datetime, order: DateOrder = "ymd") -> int:
    """Seconds since 1970 UTC of a wall-clock time in `zone` (one with its own offset keeps that).

    A time that the clocks of `zone` skip is read with the offset before the change; one that they show twice is the
    first. Raises ValueError with the reason: no date, before 1970, or after `latest`.
    """
    when = value if isinstance(value, datetime) else _parse_time(value, order, zone)
    aware = when if when.tzinfo else when.replace(tzinfo=zone)
    try:
        moment = aware.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("is not a date this calendar reaches") from problem
    if moment < EPOCH:
        raise ValueError("is before 1970")
    if moment > latest:
        raise ValueError("is in the future")
    return int((moment - EPOCH).total_seconds())


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises UnknownTimeZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise UnknownTimeZone(name=name) from problem


_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_ESCAPED = tuple("'" + sign for sign in ("'", *_FORMULAS))


def safe_cell(text: str) -> str:
    """A value for a CSV that people open in a spreadsheet: never taken for a formula. `plain_cell` undoes it."""
    return "'" + text if text.startswith((*_FORMULAS, *_ESCAPED)) else text


def plain_cell(text: str) -> str:
    """The value behind a safe cell."""
    return text[1:] if text.startswith(_ESCAPED) else text


@lru_cache(maxsize=REMEMBERED)
def decimal_of(millionths: int) -> Decimal:
    """An exact quantity or price."""
    return Decimal(millionths) / SCALE


@lru_cache(maxsize=REMEMBERED)
def moment_of(seconds: int) -> datetime:
    """The aware time behind seconds since 1970."""
    return EPOCH + timedelta(seconds=seconds)
