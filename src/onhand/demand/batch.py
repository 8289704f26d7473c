"""From history to forecast: every series of a batch, or one, in the same way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from onhand.demand import blend, models, quantiles, scores
from onhand.demand.classes import classify
from onhand.demand.domain import BLEND, CLASSES, FAMILIES, WINDOWS
from onhand.demand.history import clean, weekdays
from onhand.demand.learning import actuals, backtest_days

if TYPE_CHECKING:
    from datetime import date

    from onhand.demand.history import Floats, History, Ints
    from onhand.demand.learning import Learnt

CHUNK = 512
"""Series worked on together: a chunk of two years stays in the processor's cache."""


@dataclass(frozen=True)
class Batch:
    """Forecasts of many series, kept as one expected week each.

    Attributes:
        first_day: The first forecast day.
        week: Expected units per weekday, shape (series, 7), Monday first; what stock is planned by.
        typical: Units of a usual week without bulk orders, same shape; what people are shown.
        spread: What quantiles of any sum follow from.
        classes: Index into `CLASSES`, per series.
        events: Selling days in the history, per series.
        bulk_days: Days cut as bulk orders, per series.
        stockout_days: Days without stock, per series.
    """

    first_day: date
    week: Floats
    typical: Floats
    spread: quantiles.Spread
    classes: Ints
    events: Ints
    bulk_days: Ints
    stockout_days: Ints

    def mean(self, days: int) -> Floats:
        """Expected units per day, shape (series, days)."""
        return self.week[:, weekdays(self.first_day, days)]

    def usual(self, days: int) -> Floats:
        """Units of a usual day, without bulk orders, shape (series, days)."""
        return self.typical[:, weekdays(self.first_day, days)]

    def band(self, days: int, learnt: Learnt) -> Floats:
        """Quantiles `quantiles.TAUS` of each single day, shape (taus, series, days)."""
        single = np.ones(len(self.week))
        per_weekday = []
        for day in range(7):
            only = np.zeros((1, 7), dtype=np.float32)
            only[0, day] = 1
            per_weekday.append(quantiles.quantiles(self.spread, only, single, learnt.reach))
        return np.stack(per_weekday, axis=2).transpose(1, 0, 2)[:, :, weekdays(self.first_day, days)]

    def expected(self, spans: Ints, starts: Ints | None = None) -> Floats:
        """Expected demand over so many days, shape (series,), from weekdays `starts` on, else from the first day."""
        found: Floats = (self.week * self._days(spans, starts)).sum(axis=1)
        return found

    def total(self, spans: Ints, learnt: Learnt, starts: Ints | None = None) -> tuple[Floats, Floats]:
        """Mean, shape (series,), and quantiles, shape (series, taus), of demand over so many days from then on."""
        days = self._days(spans, starts)
        limits = quantiles.quantiles(self.spread, days, spans.astype(np.float32), learnt.reach)
        return self.expected(spans, starts), limits

    def _days(self, spans: Ints, starts: Ints | None) -> Floats:
        return days_per_weekday(np.array([self.first_day.weekday()]) if starts is None else starts, spans)


def days_per_weekday(first: Ints, spans: Ints) -> Floats:
    """How often each weekday occurs in spans of days that start on weekdays `first`, shape (series, 7)."""
    ahead = (np.arange(7) - first[:, None]) % 7
    counts: Floats = np.maximum(0, (spans[:, None] - ahead + 6) // 7).astype(np.float32)
    return counts


def forecast(history: History, learnt: Learnt, algorithm: str = BLEND, workers: int = 2) -> Batch:
    """Forecast every series from the day after its history.

    Args:
        history: The past.
        learnt: What the organization's past taught.
        algorithm: One of `domain.ALGORITHMS`; the blend lets each demand class choose.
        workers: Threads; numpy releases the lock.
    """
    starts = range(0, max(history.series, 1), CHUNK)
    chunks = (history.rows(slice(start, start + CHUNK)) for start in starts)
    if workers == 1:
        return _join([_chunk(chunk, learnt, algorithm) for chunk in chunks])
    with ThreadPoolExecutor(workers) as pool:
        return _join(list(pool.map(lambda chunk: _chunk(chunk, learnt, algorithm), chunks)))


def _chunk(history: History, learnt: Learnt, algorithm: str) -> Batch:
    demand = clean(history)
    profile = models.profiles(demand, learnt.profile, learnt.strength)
    weeks, classes = models.all_families(demand, profile), classify(demand)
    missing = np.zeros(history.series) if history.missing is None else history.missing.sum(axis=1)
    return Batch(
        history.next_day,
        *weekly(weeks, classes, learnt, algorithm),
        quantiles.spread(demand, profile, weeks),
        classes,
        demand.events.astype(np.int64),
        demand.bulk_days,
        missing.astype(np.int64),
    )


def weekly(weeks: Floats, classes: Ints, learnt: Learnt, algorithm: str) -> tuple[Floats, Floats]:
    """The expected and the typical week, by a named family or by what each class chose."""
    if algorithm != BLEND:
        named = weeks[FAMILIES.index(algorithm)]
        return named, named
    expected, typical = np.zeros((2, *weeks.shape[1:]), dtype=np.float32)
    for index, name in enumerate(CLASSES):
        rows = np.flatnonzero(classes == index)
        expected[rows] = blend.mix(weeks[:, rows], learnt.choices[name].expected)
        typical[rows] = blend.mix(weeks[:, rows], learnt.choices[name].typical)
    return expected, typical


def _join(parts: list[Batch]) -> Batch:
    def rows(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    names = ("centre", "variance", "chance", "profile", "kind")
    joined = (np.concatenate([getattr(part.spread, name) for part in parts]) for name in names)
    return Batch(
        parts[0].first_day,
        rows("week"),
        rows("typical"),
        quantiles.Spread(*joined),
        rows("classes"),
        rows("events"),
        rows("bulk_days"),
        rows("stockout_days"),
    )


def backtest(history: History, learnt: Learnt, algorithm: str = BLEND) -> tuple[scores.Errors, scores.Errors] | None:
    """Errors per series over the backtest windows, ours and the seasonal naive's; None when history is too short."""
    horizon = backtest_days(history.days)
    if horizon == 0:
        return None
    ours, naive = [], []
    # One yardstick for all windows, from what was known before the first of them.
    scale = scores.scales(clean(history.until(history.days - WINDOWS * horizon)))
    for back in range(WINDOWS, 0, -1):
        known = history.days - back * horizon
        demand, actual = clean(history.until(known)), actuals(history, known, horizon)
        profile = models.profiles(demand, learnt.profile, learnt.strength)
        weeks = models.all_families(demand, profile)
        week, _ = weekly(weeks, classify(demand), learnt, algorithm)
        ours.append(scores.errors(week, actual, scale))
        naive.append(scores.errors(models.seasonal_naive(demand), actual, scale))
    return scores.add(ours), scores.add(naive)
