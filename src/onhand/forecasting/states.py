"""From engine to table and back: the states of many forecasts, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onhand import demand
from onhand.infra.binary import glued, glued_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from onhand.forecasting.tables import Forecast
    from onhand.infra.binary import Cells

WEEKS = ("week", "typical", "centre", "profile")
SCORES = ("mae", "rmse", "rmsse", "mase", "wape", "bias", "naive_rmsse", "naive_wape")
COLUMNS = {
    "class": "int4", "selling_days": "int4", "stockout_days": "int4", "bulk_days": "int4",
    **dict.fromkeys(WEEKS, "float4[]"),
    "variance": "float4", "chance": "float4", "kind": "int4", "mean_per_day": "float4",
    **dict.fromkeys(SCORES, "float4"),
}  # fmt: skip
"""What `columns` answers, with PostgreSQL's types; `class` counts in `demand.CLASSES`, a score that is not is NaN."""


@dataclass(frozen=True)
class Made:
    """A batch of forecasts, and what the backtest said of each series: shape (series, scores), NaN where untested."""

    batch: demand.Batch
    scores: demand.Floats


def make(
    history: demand.History, learnt: demand.Learnt, algorithm: str, tested: demand.Ints | None = None, workers: int = 1
) -> Made:
    """Forecast every series, and test the method on the past of those that are named, or of all."""
    batch = demand.forecast(history, learnt, algorithm, workers)
    scores = np.full((history.series, len(SCORES)), np.nan, dtype=np.float32)
    rows = np.arange(history.series) if tested is None else tested
    found = demand.backtest(history.rows(rows), learnt, algorithm) if len(rows) else None
    if found is not None:
        scores[rows] = _scores(*found)
    return Made(batch, scores)


def columns(made: Made) -> list[Cells]:
    """The batch in the order of `COLUMNS`."""
    batch, spread = made.batch, made.batch.spread
    counts = (batch.classes, batch.events, batch.stockout_days, batch.bulk_days)
    return [
        *(count.astype(np.int32) for count in counts),
        *(np.ascontiguousarray(week, dtype=np.float32) for week in (batch.week, batch.typical)),
        *(np.ascontiguousarray(week, dtype=np.float32) for week in (spread.centre, spread.profile)),
        *(part.astype(np.float32) for part in (spread.variance, spread.chance)),
        spread.kind.astype(np.int32),
        batch.week.mean(axis=1).astype(np.float32),
        *made.scores.T,
    ]


def _scores(ours: demand.Errors, naive: demand.Errors) -> demand.Floats:
    """Per series the values of `SCORES`; NaN where one cannot be said."""
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.stack(
            [
                ours.absolute / ours.days,
                np.sqrt(ours.squared / ours.days),
                ours.rmsse,
                ours.mase,
                ours.absolute / ours.sold,
                ours.signed / ours.sold,
                naive.rmsse,
                naive.absolute / naive.sold,
            ],
            axis=1,
        )
    return np.where(np.isfinite(table), table, np.nan)


def batch_of(found: Sequence[bytes | None], first_day: date) -> demand.Batch:
    """Stored states as a batch again: columns kind, variance, chance and `WEEKS`, each as PostgreSQL sends it."""
    kind = glued(found[0], ">i4").astype(np.int64)
    variance, chance = (glued(part, ">f4").astype(np.float32) for part in found[1:3])
    week, typical, centre, profile = (glued_arrays(part, 7) for part in found[3:])
    none = np.zeros(len(kind), dtype=np.int64)
    spread = demand.Spread(centre, variance, chance, profile, kind)
    return demand.Batch(first_day, week, typical, spread, none, none, none, none)


def batch_of_one(one: Forecast) -> demand.Batch:
    """One stored forecast as a batch again."""
    week, typical, centre, profile = (np.array([getattr(one, name)], dtype=np.float32) for name in WEEKS)
    variance, chance = (np.array([part], dtype=np.float32) for part in (one.variance, one.chance))
    spread = demand.Spread(centre, variance, chance, profile, np.array([one.kind]))
    none = np.zeros(1, dtype=np.int64)
    return demand.Batch(one.first_day, week, typical, spread, none, none, none, none)
