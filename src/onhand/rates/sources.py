"""Connectors to sources of exchange rates: the European Central Bank, Frankfurter, Open Exchange Rates, a make-believe.

Amounts are read as the text they were written in: no float on the way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import msgspec

from onhand.rates.domain import Published
from onhand.rates.errors import SourceUnreadable
from onhand.rates.source_port import MISREAD, Line, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

ECB_URL = "https://www.ecb.europa.eu/stats/eurofxref"
FRANKFURTER_URL = "https://api.frankfurter.dev/v1"
OPEN_URL = "https://openexchangerates.org/api"
MOST_SINGLE_DAYS = 7  # of a source that sells each day as a request of its own
NINETY = 90
WEEKEND = 5


class _Entities(ValueError):
    """A file of rates declares no entities; one that does is an attack."""


def read_ecb(body: bytes) -> list[Published]:
    """`Envelope > Cube > Cube[@time] > Cube[@currency][@rate]`, base EUR. Raises ValueError, ExpatError."""
    days: dict[date, dict[str, Decimal]] = {}
    current: list[date] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Cube":
            return
        if "time" in attributes:
            current[:] = [date.fromisoformat(attributes["time"])]
        elif "currency" in attributes:
            days.setdefault(current[0], {})[attributes["currency"]] = Decimal(attributes["rate"])

    def refuse(*_: Any) -> None:
        raise _Entities("entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EntityDeclHandler = start, refuse
    parser.Parse(body, True)
    if not days:
        raise ValueError("no rates")
    return [Published(day, "EUR", quotes) for day, quotes in sorted(days.items())]


class _Series(msgspec.Struct):
    base: str
    rates: dict[date, dict[str, Decimal]]


class _Single(msgspec.Struct):
    base: str
    date: date
    rates: dict[str, Decimal]


class _Open(msgspec.Struct):
    base: str
    timestamp: int
    rates: dict[str, Decimal]


def read_frankfurter(body: bytes) -> list[Published]:
    """`{base, rates: {day: {currency: rate}}}`, or of one day `{base, date, rates: {currency: rate}}`."""
    if "date" in msgspec.json.decode(body, type=dict[str, msgspec.Raw]):
        one = msgspec.json.decode(body, type=_Single)
        return [Published(one.date, one.base, one.rates)]
    many = msgspec.json.decode(body, type=_Series)
    return [Published(day, many.base, quotes) for day, quotes in sorted(many.rates.items())]


def read_open(body: bytes, day: date) -> list[Published]:
    """`{base, timestamp, rates}` of one day."""
    one = msgspec.json.decode(body, type=_Open)
    return [Published(day, one.base, one.rates)]


def _within(found: Sequence[Published], first: date, last: date) -> list[Published]:
    return [one for one in found if first <= one.day <= last]


@dataclass(frozen=True, slots=True)
class EuropeanCentralBank:
    """Reference rates of about thirty currencies, each working day at about four in the afternoon."""

    line: Line
    url: str = ECB_URL
    name: str = field(default="ecb", init=False)

    async def published(self, first: date, last: date) -> list[Published]:
        """The smallest of its three files that reaches back to `first`."""
        days = (last - first).days
        file = "daily" if days < 1 else "hist-90d" if days < NINETY else "hist"
        body = await self.line.read(f"{self.url.rstrip('/')}/eurofxref-{file}.xml")
        try:
            return _within(read_ecb(body), first, last)
        except (expat.ExpatError, *MISREAD, IndexError) as problem:
            raise SourceUnreadable(source=self.name, what=str(problem)) from problem


@dataclass(frozen=True, slots=True)
class Frankfurter:
    """The service of that name, or one's own copy of it."""

    line: Line
    url: str = FRANKFURTER_URL
    name: str = field(default="frankfurter", init=False)

    async def published(self, first: date, last: date) -> list[Published]:
        """One request for the whole span."""
        body = await self.line.read(f"{self.url.rstrip('/')}/{first.isoformat()}..{last.isoformat()}")
        try:
            return _within(read_frankfurter(body), first, last)
        except MISREAD as problem:
            raise SourceUnreadable(source=self.name, what=str(problem)) from problem


@dataclass(frozen=True, slots=True)
class OpenExchangeRates:
    """170 currencies against the dollar; each day is a request, so a long gap is filled by its last days only."""

    line: Line
    app_id: str
    url: str = OPEN_URL
    name: str = field(default="openexchangerates", init=False)

    async def published(self, first: date, last: date) -> list[Published]:
        """The days from `first`, at most seven; the last of them is today's latest."""
        found: list[Published] = []
        day = max(first, last - timedelta(days=MOST_SINGLE_DAYS - 1))
        while day <= last:
            path = "latest" if day == last else f"historical/{day.isoformat()}"
            body = await self.line.read(f"{self.url.rstrip('/')}/{path}.json", {"app_id": self.app_id})
            try:
                found += read_open(body, day)
            except MISREAD as problem:
                raise SourceUnreadable(source=self.name, what=str(problem)) from problem
            day += timedelta(days=1)
        return found


# What a euro bought on 2025-01-01 in the make-believe world, and how far each currency swings from there.
MAKE_BELIEVE = {
    "USD": ("1.05", 4), "GBP": ("0.84", 3), "CHF": ("0.94", 2), "SEK": ("11.4", 4), "NOK": ("11.7", 5),
    "DKK": ("7.46", 0), "PLN": ("4.27", 2), "CZK": ("25.1", 2), "JPY": ("162", 6), "CNY": ("7.6", 4),
    "INR": ("89", 4), "KES": ("135", 5), "TZS": ("2600", 5), "UGX": ("3850", 4), "ZAR": ("19.4", 6),
    "NGN": ("1620", 8), "CAD": ("1.49", 3), "AUD": ("1.66", 4), "NZD": ("1.84", 4), "BRL": ("6.4", 7),
    "MXN": ("21.4", 6), "SGD": ("1.41", 2), "HKD": ("8.1", 4), "TRY": ("36.6", 9), "AED": ("3.86", 4),
}  # fmt: skip
EPOCH = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Make-believe rates for trials without a network: the same ones each time, on working days."""

    name: str = field(default="sandbox", init=False)

    async def published(self, first: date, last: date) -> list[Published]:
        """Rates that swing slowly, by the day alone."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [Published(day, "EUR", self._quotes(day)) for day in days if day.weekday() < WEEKEND]

    def _quotes(self, day: date) -> dict[str, Decimal]:
        age = (day - EPOCH).days
        quotes = {}
        for place, (currency, (start, swing)) in enumerate(MAKE_BELIEVE.items()):
            wave = math.sin(age / (37 + 3 * place)) + math.sin(age / (9 + place)) / 4
            moved = 1 + Decimal(swing) * Decimal(round(wave * 10_000)) / 1_000_000
            quotes[currency] = round(Decimal(start) * moved, 4)
        return quotes


def source_named(name: str, *, url: str | None, app_id: str | None, line: Line | None = None) -> Source:
    """The connector of that name; `url` where it is another than the publisher's own."""
    line = line or Line(name)
    if name == "sandbox":
        return Sandbox()
    if name == "ecb":
        return EuropeanCentralBank(line, url or ECB_URL)
    if name == "frankfurter":
        return Frankfurter(line, url or FRANKFURTER_URL)
    return OpenExchangeRates(line, app_id or "", url or OPEN_URL)
