"""Between the ledger's days and the engine's arrays: days with movements only, for many levels at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from onhand import demand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HISTORY_DAYS = 730
WAITING_DAYS = 28
"""A shelf that is still empty after so long is taken to be given up: from then on nothing sold means nothing wanted."""
QUIET_DAYS = 7
EPOCH = date(2000, 1, 1)
"""Days are numbers since then."""
EMPTY = 0.5e-3
RECORD = np.dtype([("day", "<u4"), ("sold", "<f4"), ("returned", "<f4"), ("other", "<f4")])
"""A day with movements as the table keeps it; its day counts from the level's first one."""


@dataclass(frozen=True)
class Days:
    """What many levels did, on days with movements only, one level below the other and each level's days rising.

    Attributes:
        rows: Which level, per day.
        days: Days since `EPOCH`.
        sold: Units that left by sales.
        returned: Units that came back.
        other: Units by which stock changed for any other reason.
        live: Per level: whether its last movement was recorded when it happened, so that an empty shelf really was
            empty.
    """

    rows: demand.Ints
    days: demand.Ints
    sold: demand.Floats
    returned: demand.Floats
    other: demand.Floats
    live: demand.Bools

    @property
    def levels(self) -> int:
        """How many levels."""
        return len(self.live)

    @property
    def starts(self) -> demand.Ints:
        """Where each level's days begin, and where the last one's end."""
        return np.searchsorted(self.rows, np.arange(self.levels + 1))

    @property
    def first_days(self) -> demand.Ints:
        """The day of each level's first movement, 0 for a level without any."""
        found = np.zeros(self.levels, dtype=np.int64)
        starts = self.starts
        moved = starts[:-1] < starts[1:]
        found[moved] = self.days[starts[:-1][moved]]
        return found

    def take(self, levels: demand.Ints) -> Days:
        """Some of the levels, in rising order."""
        numbers = np.full(self.levels, -1)
        numbers[levels] = np.arange(len(levels))
        return self._keep(numbers[self.rows] >= 0, numbers, self.live[levels])

    def until(self, day: date) -> Days:
        """What is known at the end of a day."""
        known = self.days <= day_number(day)
        return self if known.all() else self._keep(known, np.arange(self.levels), self.live)

    def _keep(self, chosen: demand.Bools, numbers: demand.Ints, live: demand.Bools) -> Days:
        rows, sold, returned, other = numbers[self.rows[chosen]], self.sold[chosen], self.returned[chosen], self.other
        return Days(rows, self.days[chosen], sold, returned, other[chosen], live)


def day_number(day: date) -> int:
    """A day as the arrays count it."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The reverse of `day_number`."""
    return EPOCH + timedelta(days=int(number))


def last_day(sales: Iterable[date], today: date) -> date:
    """The last day of history: yesterday while the organization sells, else its last day with a sale.

    Today is left out because it is not over, unless it is all there is; an imported past ends where its file ends.

    Args:
        sales: Days with sales, of which the last one matters, and the last one before today.
        today: The business day.
    """
    yesterday, known = today - timedelta(days=1), sorted(sales)
    selling = any(yesterday - timedelta(days=QUIET_DAYS) <= day <= yesterday for day in known)
    return yesterday if selling or not known else min(known[-1], today)


def last_sales(days: demand.Ints, today: date) -> list[date]:
    """Of days with sales the last one, and the last one before today."""
    before = days[days < day_number(today)]
    return [day_of(some.max()) for some in (before, days) if len(some)]


def unpacked(first_days: demand.Ints, lengths: demand.Ints, records: bytes, live: demand.Bools) -> Days:
    """Levels as the table keeps them: first day and length in bytes of each, and all their records glued together."""
    found = np.frombuffer(records, RECORD)
    rows = np.repeat(np.arange(len(lengths)), lengths // RECORD.itemsize)
    days = found["day"] + first_days.astype(np.int64)[rows]
    return Days(rows, days, found["sold"], found["returned"], found["other"], live)


def packed(days: Days) -> list[bytes]:
    """The records of each level, in the order of the levels."""
    records = np.zeros(len(days.rows), dtype=RECORD)
    records["day"] = days.days - days.first_days[days.rows]
    for name in ("sold", "returned", "other"):
        records[name] = getattr(days, name)
    everything, ends = records.tobytes(), (days.starts * RECORD.itemsize).tolist()
    return [everything[start:end] for start, end in pairwise(ends)]


def merged(known: Days, news: Days) -> Days:
    """What was known of the same levels with what came in since, whichever day that is about."""
    rows, days = np.concatenate([known.rows, news.rows]), np.concatenate([known.days, news.days])
    order = np.lexsort((days, rows))
    rows, days = rows[order], days[order]
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(rows) != 0) | (np.diff(days) != 0)])[: len(rows)])

    def added(name: str) -> demand.Floats:
        values = np.concatenate([getattr(known, name), getattr(news, name)])[order]
        total: demand.Floats = np.add.reduceat(values, begins) if len(begins) else values
        return total

    return Days(rows[begins], days[begins], added("sold"), added("returned"), added("other"), news.live)


def history(
    days: Days, through: date, today: date, closed: Iterable[date], first: date | None = None
) -> demand.History:
    """Levels as dense days that end on `through`, at most `HISTORY_DAYS` of them, days out of stock marked.

    Args:
        days: What the levels did.
        through: The last day of history.
        today: What moved after `through` and until then still says whether goods came back.
        closed: Days on which the organization was shut.
        first: The first day; that of the oldest level if left out.
    """
    oldest = day_of(days.days.min()) if first is None and len(days.days) else first or through
    first = max(min(oldest, through), through - timedelta(days=HISTORY_DAYS - 1))
    length = (through - first).days + 1
    columns = days.days - day_number(first)
    inside = (columns >= 0) & (columns < length)

    def dense(values: demand.Floats) -> demand.Floats:
        spread = np.zeros((days.levels, length), dtype=np.float32)
        spread[days.rows[inside], columns[inside]] = values[inside]
        return spread

    missing = _missing(days.until(today), day_number(first), length)
    shut = np.zeros(length, dtype=bool)
    for day in closed:
        if first <= day <= through:
            shut[(day - first).days] = True
    returned = dense(days.returned) if days.returned[inside].any() else None
    return demand.History(first, dense(days.sold), returned, missing, shut)


def _missing(days: Days, first: int, length: int) -> demand.Bools | None:
    """Days out of stock: begun and ended empty and nothing sold.

    A gap counts in full once goods came back, and while it lasts for `WAITING_DAYS` if stock is recorded as it happens.
    """
    if not len(days.rows):
        return None
    empty = _stock(days) < EMPTY
    newest = np.concatenate([days.rows[1:] != days.rows[:-1], [True]])
    was_empty = np.concatenate([[False], empty[:-1] & ~newest[:-1]])
    # From an empty day, or the day after the shelf became empty, to the day before something moves again.
    begins = np.where(was_empty & (days.sold == 0), days.days, days.days + 1) - first
    ends = np.where(newest, first + length, np.concatenate([days.days[1:], [0]])) - first
    ends = np.minimum(ends, _given_up(days, empty)[days.rows] - first)
    begins, ends = np.clip(begins, 0, length), np.clip(ends, 0, length)
    gaps = empty & (begins < ends)
    if not gaps.any():
        return None
    edges = np.zeros((days.levels, length + 1), dtype=np.int8)
    edges[days.rows[gaps], begins[gaps]] += 1
    edges[days.rows[gaps], ends[gaps]] -= 1
    missing: demand.Bools = np.cumsum(edges[:, :length], axis=1, dtype=np.int8) > 0
    return missing


def _stock(days: Days) -> demand.Floats:
    change = days.other + days.returned.astype(np.float64) - days.sold
    total = np.concatenate([[0.0], np.cumsum(change)])
    stock: demand.Floats = total[1:] - total[days.starts[days.rows]]
    return stock


def _given_up(days: Days, empty: demand.Bools) -> demand.Ints:
    """Per level the first day on which an empty shelf says nothing any more; far ahead where there is none."""
    never = np.iinfo(np.int32).max
    place = np.arange(len(days.rows))
    filled = np.full(days.levels, -1)
    np.maximum.at(filled, days.rows[~empty], place[~empty])
    starts = days.starts
    trailing = np.flatnonzero((filled >= 0) & (filled + 1 < starts[1:]))  # was filled, and is empty since
    since = np.full(days.levels, never, dtype=np.int64)
    since[trailing] = days.days[filled[trailing] + 1] + np.where(days.live[trailing], 1 + WAITING_DAYS, 0)
    return since


def together(days: Days, through: date, today: date, closed: Iterable[date]) -> demand.History:
    """One SKU over all its warehouses; out of stock only where every one of them was."""
    found = history(days, through, today, closed)
    missing = None if found.missing is None else np.all(found.missing, axis=0, keepdims=True)
    returned = None if found.returned is None else found.returned.sum(axis=0, keepdims=True)
    return demand.History(found.first_day, found.sold.sum(axis=0, keepdims=True), returned, missing, found.closed)


def below(parts: Sequence[Days]) -> Days:
    """The levels of several pages, one page below the other."""
    counts = np.cumsum([0, *(part.levels for part in parts)])
    rows = [part.rows + count for part, count in zip(parts, counts[:-1], strict=True)]
    named = ([getattr(part, name) for part in parts] for name in ("days", "sold", "returned", "other", "live"))
    return Days(np.concatenate(rows), *(np.concatenate(columns) for columns in named))
