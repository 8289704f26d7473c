"""From engine to table row and back: one forecast's state, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from onhand import demand
from onhand.forecasting.store import ForecastRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from onhand.forecasting.series import Series


@dataclass(frozen=True)
class Made:
    """A batch of forecasts with what the backtest said of each series."""

    batch: demand.Batch
    ours: demand.Errors | None
    naive: demand.Errors | None


def make(history: demand.History, learnt: demand.Learnt, algorithm: str, *, workers: int = 2) -> Made:
    """Forecast every series and test the method on the past of each."""
    batch = demand.forecast(history, learnt, algorithm, workers)
    tested = demand.backtest(history, learnt, algorithm)
    return Made(batch, *(tested or (None, None)))


def rows(
    made: Made, series: Sequence[Series], run_id: UUID, algorithm: str, horizon_days: int, *, everywhere: bool = False
) -> list[ForecastRow]:
    """The batch as rows of the table, in the order of the series; `everywhere`: over all warehouses."""
    batch, spread = made.batch, made.batch.spread
    weeks = [
        np.asarray(part, dtype=float).tolist() for part in (batch.week, batch.typical, spread.centre, spread.profile)
    ]
    variance, chance, mean = spread.variance.tolist(), spread.chance.tolist(), batch.week.mean(axis=1).tolist()
    scores = _scores(made, len(series))
    return [
        ForecastRow(
            one.sku_id,
            None if everywhere else one.warehouse_id,
            algorithm,
            run_id,
            demand.CLASSES[int(batch.classes[place])],
            batch.first_day,
            horizon_days,
            one.first_day,
            int(batch.events[place]),
            int(batch.stockout_days[place]),
            int(batch.bulk_days[place]),
            weeks[0][place],
            weeks[1][place],
            weeks[2][place],
            weeks[3][place],
            variance[place],
            chance[place],
            int(spread.kind[place]),
            mean[place],
            scores[place],
        )
        for place, one in enumerate(series)
    ]


def _scores(made: Made, count: int) -> list[list[float | None]]:
    """Per series: mae, rmse, rmsse, mase, wape, bias, naive rmsse, naive wape; None where it cannot be said."""
    if made.ours is None or made.naive is None:
        return [[None] * 8 for _ in range(count)]
    ours, naive = made.ours, made.naive
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
    return [[value if np.isfinite(value) else None for value in line] for line in table.tolist()]


def batch_of(states: Sequence[Any], first_day: date) -> demand.Batch:
    """Stored states (rows with week, typical, centre, profile, variance, chance, kind) as a batch again."""

    def column(name: str) -> demand.Floats:
        return np.array([getattr(state, name) for state in states], dtype=np.float32)

    kind = np.array([state.kind for state in states], dtype=np.int64)
    none = np.zeros(len(states), dtype=np.int64)
    spread = demand.Spread(column("centre"), column("variance"), column("chance"), column("profile"), kind)
    return demand.Batch(first_day, column("week"), column("typical"), spread, none, none, none, none)
