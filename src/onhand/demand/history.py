"""Demand as dense daily arrays: one row per SKU and warehouse, one column per day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.integer[Any]]

TINY = 1e-9
BULK_FACTOR = 3.0
"""A day above three usual selling days is a bulk order (measured: 2.5 to 4 score alike on real retail)."""


@dataclass(frozen=True)
class History:
    """What was sold, as far as the organization could sell.

    Attributes:
        first_day: The day of column 0.
        sold: Units sold per day, shape (series, days), float32.
        returned: Units that came back per day, same shape, or None when nothing did.
        missing: True where nothing could be sold (out of stock): unknown demand, not zero. None when never.
        closed: True on days when the whole organization was shut, shape (days,).
    """

    first_day: date
    sold: Floats
    returned: Floats | None
    missing: Bools | None
    closed: Bools

    @property
    def days(self) -> int:
        """Number of days."""
        return int(self.sold.shape[1])

    @property
    def series(self) -> int:
        """Number of series."""
        return int(self.sold.shape[0])

    @property
    def next_day(self) -> date:
        """The first day that is not known yet."""
        return self.first_day + timedelta(days=self.days)

    @cached_property
    def weekdays(self) -> Ints:
        """0 = Monday, per column."""
        return weekdays(self.first_day, self.days)

    def until(self, days: int) -> "History":
        """The first `days` days only: what was known then, so a backtest cannot look ahead."""
        return self._take(slice(None), slice(0, days))

    def rows(self, rows: slice | Ints) -> "History":
        """The chosen series only."""
        return self._take(rows, slice(None))

    def _take(self, rows: slice | Ints, days: slice) -> "History":
        cut = (rows, days) if isinstance(rows, slice) else (rows,)
        return History(
            self.first_day,
            self.sold[cut],
            None if self.returned is None else self.returned[cut],
            None if self.missing is None else self.missing[cut],
            self.closed[days],
        )


@dataclass(frozen=True)
class Demand:
    """A cleaned history, ready for the models.

    Attributes:
        units: Net units per day, 0 where unknown, shape (series, days).
        capped: The same with one-off bulk days cut to `BULK_FACTOR` usual selling days.
        seen: 1.0 where demand could be observed: after the first sale, in stock, open.
        size: Usual units of a selling day, bulk days cut, shape (series,).
        events: Number of selling days, shape (series,).
        weekdays: 0 = Monday, per column.
    """

    units: Floats
    capped: Floats
    seen: Floats
    size: Floats
    events: Floats
    weekdays: Ints

    @property
    def bulk_days(self) -> Ints:
        """How many days of each series were cut as bulk orders."""
        counted: Ints = np.count_nonzero(self.units > self.capped, axis=1)
        return counted


def ratio(top: Floats, bottom: Floats, *, empty: float = 0.0) -> Floats:
    """`top / bottom`, and `empty` where there is nothing to divide by."""
    found: Floats = np.divide(top, bottom, out=np.full(np.shape(top), empty, np.float32), where=bottom > TINY)
    return found


def weekdays(first_day: date, days: int) -> Ints:
    """Weekday of each of `days` days from `first_day` on, 0 = Monday."""
    return (first_day.weekday() + np.arange(days)) % 7


def closed_days(sold: Floats, first_day: date) -> Bools:
    """Days without any sale in the whole organization although that weekday is usually a selling day."""
    total = sold.sum(axis=0, dtype=np.float64)
    day_of_week = weekdays(first_day, len(total))
    usual = np.array([np.mean(total[day_of_week == day] > 0) if np.any(day_of_week == day) else 0 for day in range(7)])
    # Half: a weekday that sells now and then is quiet, not shut.
    shut: Bools = (total == 0) & (usual[day_of_week] > 0.5)  # noqa: PLR2004 (said above)
    return shut


def net_of_returns(sold: Floats, returned: Floats | None) -> Floats:
    """Sold units less what came back, each return taken off the latest earlier sales of its series.

    What came back from before the first day, or from before the history, is dropped: net demand is never negative.
    """
    if returned is None:
        return sold
    rows = np.flatnonzero(returned.any(axis=1))
    if not len(rows):
        return sold
    net = sold.copy()
    sales, back = np.ascontiguousarray(sold[rows].T), np.ascontiguousarray(returned[rows].T)
    open_returns = np.zeros(len(rows), dtype=np.float32)
    for day in range(len(sales) - 1, -1, -1):
        open_returns += back[day]
        taken = np.minimum(open_returns, sales[day])
        sales[day] -= taken
        open_returns -= taken
    net[rows] = sales.T
    return net


def clean(history: History) -> Demand:
    """Net returns, cut bulk days, and mark which days say anything about demand."""
    units = net_of_returns(history.sold, history.returned)
    if history.missing is not None:
        units = np.where(history.missing, np.float32(0), units)
    selling = units > 0
    events = np.count_nonzero(selling, axis=1).astype(np.float32)
    capped = units
    size = np.zeros(len(units), dtype=np.float32)
    for _ in range(2):  # the second round is no longer led astray by the bulk day itself
        size = capped.sum(axis=1) / np.maximum(events, 1)
        capped = np.minimum(units, BULK_FACTOR * size[:, None])
    first_sale = np.where(events > 0, selling.argmax(axis=1), units.shape[1])
    seen = np.arange(units.shape[1])[None, :] >= first_sale[:, None]
    seen &= ~history.closed
    if history.missing is not None:
        seen &= ~history.missing
    return Demand(units, capped, seen.astype(np.float32), size, events, history.weekdays)
