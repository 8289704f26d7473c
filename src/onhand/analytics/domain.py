"""Periods, comparisons and classes: what figures mean, as pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

ZERO = Decimal(0)
PeriodName = Literal["7d", "30d", "90d", "12m", "custom"]
Grain = Literal["day", "week", "month"]
DAYS: dict[str, int] = {"7d": 7, "30d": 30, "90d": 90}
LONGEST = 1_098  # days of a period of one's own: three years
QUICK_MS = 50  # a figure that took no longer is computed for each who asks
BEARABLE_MS = 250  # one that took longer than this is renewed in the background, while people see the last one
SHARE = 30  # a slow one stands so many times as long as it took, so it costs at most a thirtieth of one core
LONGEST_STAND = timedelta(minutes=5)
OLDEST = timedelta(hours=36)  # beyond it nobody is shown a kept figure; each says how old it is


@dataclass(frozen=True, slots=True)
class Period:
    """Business days from `first` to `last`, both within it."""

    name: PeriodName
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days right before it, to compare with."""
        return Period(self.name, self.first - timedelta(self.days), self.first - timedelta(1))

    @property
    def key(self) -> str:
        """What the period is called where figures are kept: named ones move with the days."""
        return f"{self.first}..{self.last}" if self.name == "custom" else self.name

    def each_day(self) -> list[date]:
        """Its days."""
        return [self.first + timedelta(n) for n in range(self.days)]


def period_named(name: PeriodName, today: date) -> Period:
    """The period of that name that ends today. Twelve months begin the day after the same day of last year."""
    if name == "12m":
        leap_day = (today.month, today.day) == (2, 29)
        start = today.replace(year=today.year - 1, day=28 if leap_day else today.day) + timedelta(1)
        return Period(name, start, today)
    return Period(name, today - timedelta(DAYS[name] - 1), today)


@dataclass(frozen=True, slots=True)
class Sold:
    """Sales of some days: what was taken in, units, and orders."""

    amount: Decimal = ZERO
    units: Decimal = ZERO
    orders: int = 0

    def __add__(self, other: Sold) -> Sold:
        return Sold(self.amount + other.amount, self.units + other.units, self.orders + other.orders)


@dataclass(frozen=True, slots=True)
class Sale:
    """What one channel sold on one day in one currency."""

    day: date
    channel: str
    currency: str
    sold: Sold


def total(sales: Iterable[Sale]) -> Sold:
    """All of them together."""
    return sum((sale.sold for sale in sales), Sold())


def by_channel(sales: Iterable[Sale]) -> dict[str, Sold]:
    """What each channel sold, the most first."""
    sums: dict[str, Sold] = {}
    for sale in sales:
        sums[sale.channel] = sums.get(sale.channel, Sold()) + sale.sold
    return dict(sorted(sums.items(), key=lambda item: (-item[1].amount, item[0])))


def start_of(day: date, grain: Grain) -> date:
    """The first day of the day's week (Monday) or month."""
    if grain == "week":
        return day - timedelta(day.weekday())
    return day.replace(day=1) if grain == "month" else day


def series(sales: Iterable[Sale], period: Period, grain: Grain = "day") -> list[tuple[date, Sold]]:
    """Sales per day, week or month of the period, those of nothing too. The first and last may be cut short by it."""
    sums = {start_of(day, grain): Sold() for day in period.each_day()}
    for sale in sales:
        sums[start_of(sale.day, grain)] += sale.sold
    return list(sums.items())


def change(now: Decimal, before: Decimal) -> Decimal | None:
    """Per cent of `before` by which it grew, to a tenth; None when there was nothing to grow from."""
    return None if before <= 0 else round((now - before) / before * 100, 1)


Renewal = Literal["stands", "background", "now"]


def renewal(took_ms: int, age: timedelta) -> Renewal:
    """Whether a figure that took so long, so long ago, still stands, or how it is renewed."""
    if took_ms <= QUICK_MS or age > OLDEST:
        return "now"
    if age <= min(timedelta(milliseconds=took_ms * SHARE), LONGEST_STAND):
        return "stands"
    return "now" if took_ms <= BEARABLE_MS else "background"
