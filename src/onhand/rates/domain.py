"""Rules of exchange rates: pure functions on what a source published, no library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SourceName = Literal["ecb", "frankfurter", "openexchangerates", "sandbox"]
SOURCES: tuple[SourceName, ...] = get_args(SourceName)
RATE_DIGITS = 12  # significant: what a cross rate is rounded to
FIRST_DAYS = 90  # so far back a new feed begins
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Published:
    """What a source published for a day: units of each currency for one of `base`."""

    day: date
    base: str
    quotes: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of the organization's currency for one of `currency`."""

    currency: str
    day: date
    rate: Decimal


def rounded(value: Decimal) -> Decimal:
    """To the significant digits that are kept of a rate."""
    with localcontext() as context:
        context.prec, context.rounding = RATE_DIGITS, ROUND_HALF_EVEN
        return +value


def crossed(published: Published, own: str, wanted: Iterable[str] | None = None) -> list[Rate]:
    """The rates into `own`; none when the source does not quote it. `wanted`: only these currencies."""
    quotes = {**published.quotes, published.base: ONE}
    mine = quotes.get(own)
    if not mine:
        return []
    names = sorted(quotes if wanted is None else set(wanted) & set(quotes))
    return [Rate(name, published.day, rounded(mine / quotes[name])) for name in names if name != own and quotes[name]]


def first_missing(newest: date | None, today: date) -> date:
    """The first day to ask a source for."""
    return today - timedelta(days=FIRST_DAYS) if newest is None else newest + timedelta(days=1)
