"""The rules of a sales file: what each line means for stock, as pure functions on plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

SCALE = 10**6  # quantities and prices travel through the columns as whole millionths: exact, and quick to add up
LARGEST = 10**12
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

FIELDS = ("invoice", "sku", "description", "quantity", "date", "unit_price", "customer", "country")
REQUIRED = ("invoice", "sku", "quantity", "date", "unit_price")
LONGEST = {"invoice": 64, "sku": 64, "description": 500, "customer": 64, "country": 80}

DateOrder = Literal["ymd", "dmy", "mdy"]

# Codes that shops put on invoices for postage, fees, discounts, vouchers and corrections: money, not stock.
NOT_GOODS = (
    "POST", "DOT", "M", "D", "S", "B", "C2", "C3", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "SHIPPING", "POSTAGE",
    "DISCOUNT", "FEE", "MANUAL", "GIFT_*", "ADJUST*", "TEST*",
)  # fmt: skip


class Kind(IntEnum):
    """What one line of a sales file does."""

    SALE = 0
    RETURN = 1
    WRITE_OFF = 2
    GIVEN_AWAY = 3
    CHARGE = 4

    @property
    def word(self) -> str:
        """Its name in summaries and result files."""
        return self.name.lower()


def kind_of(*, goods: bool, cancelled: bool, quantity_sign: int, price_sign: int) -> Kind:
    """What a line means. Signs are -1, 0 or 1; `cancelled` is an invoice number that starts with C.

    A code that is no stock, or a negative price, is money only. A cancellation comes back to the shelf. What left at
    price 0 was written off when its quantity is negative, and given away otherwise.
    """
    if not goods or price_sign < 0:
        return Kind.CHARGE
    if cancelled or (quantity_sign < 0 and price_sign > 0):
        return Kind.RETURN
    if price_sign == 0:
        return Kind.WRITE_OFF if quantity_sign < 0 else Kind.GIVEN_AWAY
    return Kind.SALE


def stock_sign(kind: Kind) -> int:
    """Times the file's quantity, it is the change of stock (a return's quantity is negative in the file)."""
    return {Kind.CHARGE: 0, Kind.WRITE_OFF: 1}.get(kind, -1)


def opening_needed(changes: Iterable[int]) -> int:
    """The least opening balance with which the running sum of `changes`, in this order, never falls below zero."""
    balance = lowest = 0
    for change in changes:
        balance += change
        lowest = min(lowest, balance)
    return -lowest


def goods_pattern(not_goods: Iterable[str]) -> re.Pattern[str]:
    """Matches the codes, in upper case, that are not goods; `*` at the end of one stands for any ending."""
    patterns = [re.escape(code.strip().upper()).replace(r"\*", ".*") for code in not_goods if code.strip()]
    return re.compile("|".join(patterns) or r"(?!)")


@dataclass(frozen=True, slots=True)
class LineError:
    """Why a line of the file (1 is the header) was left out. `column` is the file's own name for it, or empty."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of the file holds which field, and how its dates and numbers are written."""

    columns: dict[str, str]
    date_order: DateOrder = "ymd"
    decimal_comma: bool = False

    def missing(self) -> list[str]:
        """Fields that a sales line cannot do without and that no column is mapped to."""
        return [name for name in REQUIRED if not self.columns.get(name)]


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a sales file. `source` says where it comes from: a line of one source is the same line for ever."""

    currency: str
    timezone: str
    warehouse: str
    source: str = "sales"
    drop_duplicates: bool = False
    opening: bool = True
    not_goods: tuple[str, ...] = NOT_GOODS


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file holds, counted in lines unless the name says otherwise. Quantities are plain decimal strings."""

    lines: int = 0
    accepted: int = 0
    failed: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    invoices: int = 0
    skus: int = 0
    merged: dict[str, list[str]] = field(default_factory=dict)
    charge_codes: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    duplicates_dropped: int = 0
    customers: int = 0
    without_customer: int = 0
    first_at: str | None = None
    last_at: str | None = None


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
    if moment < EARLIEST:
        raise ValueError("is before 1970")
    if moment > latest:
        raise ValueError("is in the future")
    return int((moment - EARLIEST).total_seconds())


def start_of_day(seconds: int, zone: ZoneInfo) -> datetime:
    """Midnight in `zone` of the day that holds this moment, in UTC: when an opening balance is posted."""
    local = (EARLIEST + timedelta(seconds=seconds)).astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def line_key(source: str, invoice: str, sku: str, occurrence: int) -> str:
    """What makes a line the same line whenever it is imported: its place among equal codes of its invoice, from 1."""
    return f"{source}\x1f{invoice}\x1f{sku}\x1f{occurrence}"


def safe_cell(text: str) -> str:
    """A value for a CSV that people open in a spreadsheet: never taken for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
