"""The rules of a sales file: what each line means for stock, as pure functions on plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

FIELDS = ("invoice", "sku", "description", "quantity", "date", "unit_price", "customer", "country")
REQUIRED = ("invoice", "sku", "quantity", "date", "unit_price")
LONGEST = {"invoice": 64, "sku": 64, "description": 500, "customer": 64, "country": 80}

# Codes that shops put on invoices for postage, fees, discounts, vouchers and corrections: money, not stock.
NOT_GOODS = (
    "POST", "DOT", "M", "D", "S", "B", "C2", "C3", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "SHIPPING", "POSTAGE",
    "DISCOUNT", "FEE", "MANUAL", "GIFT_0001_*", "ADJUST", "ADJUST2", "TEST001", "TEST002",
)  # fmt: skip
CANCELLATION = re.compile(r"[Cc]\d+")  # how an invoice number says that it takes another back


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
    """What a line means. Signs are -1, 0 or 1; `cancelled` is an invoice number of C and digits.

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
class Options:
    """How to read a sales file. `source` says where it comes from: a line of one source is the same line for ever."""

    currency: str
    timezone: str
    warehouse: str
    source: str = "import"
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


def start_of_day(seconds: int, zone: ZoneInfo) -> datetime:
    """Midnight in `zone` of the day that holds this moment, in UTC: when an opening balance is posted."""
    local = (EPOCH + timedelta(seconds=seconds)).astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def line_key(source: str, invoice: str, sku: str, occurrence: int) -> str:
    """What makes a line the same line whenever it is imported: its place among equal codes of its invoice, from 1."""
    return f"{source}\x1f{invoice}\x1f{sku}\x1f{occurrence}"
