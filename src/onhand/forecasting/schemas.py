"""What the API of forecasting takes and gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import numpy as np
from pydantic import Field

from onhand import demand
from onhand.forecasting import codec, domain, states
from onhand.infra.schemas import Body, Code, Out, Quantity
from onhand.kernel import now

if TYPE_CHECKING:
    from onhand.forecasting.service import Past, Stored

THOUSANDTH = Decimal("0.001")
P50, P90, P95 = (demand.TAUS.index(tau) for tau in (0.5, 0.9, 0.95))


def units(value: float) -> Decimal:
    """A forecast quantity, to a thousandth: beyond it a forecast says nothing."""
    return Decimal(repr(float(value))).quantize(THOUSANDTH)


class ForecastIn(Body):
    """What to forecast. Without a warehouse: over all of them. Without an algorithm: what backtests best."""

    sku: Code
    warehouse: Code | None = None
    horizon_days: Annotated[int, Field(ge=1, le=demand.MAX_HORIZON_DAYS)] = demand.HORIZON_DAYS
    algorithm: Annotated[str, Field(max_length=50)] | None = None


class Point(Out):
    """One day. Half of all days stay within p50, 95 of 100 within p95; bulk orders are not part of `typical`."""

    date: date
    mean: Quantity
    typical: Quantity
    p50: Quantity
    p90: Quantity
    p95: Quantity


class Total(Out):
    """Demand over the whole horizon; its quantiles are of the sum, so less than the sum of the days' quantiles."""

    days: int
    mean: Quantity
    p50: Quantity
    p80: Quantity
    p90: Quantity
    p95: Quantity
    p98: Quantity


class Accuracy(Out):
    """The backtest of this series, three windows; `naive` repeats last week. Null where nothing could be tested."""

    verdict: str
    windows: int
    mae: float | None
    rmse: float | None
    rmsse: float | None
    mase: float | None
    wape: float | None
    bias: float | None
    naive_rmsse: float | None
    naive_wape: float | None
    coverage: dict[str, float] | None


class Explanation(Out):
    """Why the forecast is what it is."""

    demand_class: str
    reason: str
    weights: dict[str, float]
    history_from: date
    history_to: date
    selling_days: int
    stockout_days: int
    bulk_days: int
    notes: list[str]


class ForecastRow(Out):
    """A forecast in the list."""

    id: UUID
    sku_id: UUID
    product_id: UUID
    warehouse_id: UUID | None
    sku: str
    name: str
    warehouse: str | None
    algorithm: str
    demand_class: str
    first_day: date
    horizon_days: int
    mean_per_day: float
    selling_days: int
    rmsse: float | None
    naive_rmsse: float | None
    wape: float | None
    bias: float | None
    created_at: datetime


class ForecastOut(Out):
    """A forecast, day by day."""

    id: UUID
    sku_id: UUID
    warehouse_id: UUID | None
    sku: str
    warehouse: str | None
    algorithm: str
    version: str
    first_day: date
    horizon_days: int
    points: list[Point]
    total: Total
    accuracy: Accuracy
    explanation: Explanation
    created_at: datetime

    @classmethod
    def of(cls, stored: Stored) -> ForecastOut:
        """Every day and sum from the stored state."""
        one = stored.forecast
        learnt = codec.from_json(stored.run.learnt)
        batch = states.batch_of_one(one)
        return cls(
            id=one.id,
            sku_id=one.sku_id,
            warehouse_id=one.warehouse_id,
            sku=stored.sku,
            warehouse=stored.warehouse,
            algorithm=one.algorithm,
            version=stored.run.version,
            first_day=one.first_day,
            horizon_days=one.horizon_days,
            points=_points(batch, one.horizon_days, learnt),
            total=_total(batch, one.horizon_days, learnt),
            accuracy=_accuracy(stored, learnt),
            explanation=_explanation(stored, learnt),
            created_at=one.created_at,
        )


def _points(batch: demand.Batch, days: int, learnt: demand.Learnt) -> list[Point]:
    mean, typical, band = batch.mean(days)[0], batch.usual(days)[0], batch.band(days, learnt)[:, 0]
    return [
        Point(
            date=batch.first_day + timedelta(days=ahead),
            mean=units(mean[ahead]),
            typical=units(typical[ahead]),
            p50=units(band[P50, ahead]),
            p90=units(band[P90, ahead]),
            p95=units(band[P95, ahead]),
        )
        for ahead in range(days)
    ]


def _total(batch: demand.Batch, days: int, learnt: demand.Learnt) -> Total:
    mean, limits = batch.total(np.array([days]), learnt)
    p50, p80, p90, p95, p98 = (units(limit) for limit in limits[0])
    return Total(days=days, mean=units(mean[0]), p50=p50, p80=p80, p90=p90, p95=p95, p98=p98)


def _choice(stored: Stored, learnt: demand.Learnt) -> demand.ClassChoice:
    return learnt.choices[stored.forecast.demand_class]


def _accuracy(stored: Stored, learnt: demand.Learnt) -> Accuracy:
    one = stored.forecast
    naive_used = one.algorithm == demand.NAIVE or (one.algorithm == demand.BLEND and _choice(stored, learnt).uses_naive)
    coverage = learnt.coverage.get(one.demand_class, learnt.coverage.get("all"))
    return Accuracy(
        verdict=domain.verdict(one.rmsse, one.naive_rmsse, naive_used=naive_used),
        windows=0 if one.mae is None else demand.WINDOWS,
        coverage=None if coverage is None else dict(coverage),
        **{name: _rounded(getattr(one, name)) for name in ("mae", "rmse", "rmsse", "mase", "wape", "bias")},
        naive_rmsse=_rounded(one.naive_rmsse),
        naive_wape=_rounded(one.naive_wape),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _explanation(stored: Stored, learnt: demand.Learnt) -> Explanation:
    one, choice = stored.forecast, _choice(stored, learnt)
    asked = one.algorithm != demand.BLEND
    last = one.first_day - timedelta(days=1)
    history = domain.History(one.history_from, last, one.selling_days, one.stockout_days, one.bulk_days)
    return Explanation(
        demand_class=one.demand_class,
        reason="The algorithm that was asked for." if asked else choice.sentence,
        weights={one.algorithm: 1.0} if asked else dict(choice.expected),
        history_from=one.history_from,
        history_to=last,
        selling_days=one.selling_days,
        stockout_days=one.stockout_days,
        bulk_days=one.bulk_days,
        notes=domain.notes(history, now().date(), tested=one.mae is not None),
    )


class DemandDay(Out):
    """What was sold on one day; `missing`: out of stock, so unknown; `closed`: nobody sold anything."""

    date: date
    sold: Quantity
    returned: Quantity
    net: Quantity
    missing: bool
    closed: bool
    bulk: bool


class DemandOut(Out):
    """One SKU's demand by day."""

    sku: str
    warehouse: str | None
    days: list[DemandDay]

    @classmethod
    def of(cls, sku: str, warehouse: str | None, past: Past, days: int) -> DemandOut:
        """The last `days` days of a history."""
        history, cleaned = past.history, demand.clean(past.history)
        missing, returned = history.missing, history.returned
        first = max(history.days - days, 0)
        return cls(
            sku=sku,
            warehouse=warehouse,
            days=[
                DemandDay(
                    date=history.first_day + timedelta(days=day),
                    sold=units(history.sold[0, day]),
                    returned=units(0 if returned is None else returned[0, day]),
                    net=units(cleaned.units[0, day]),
                    missing=bool(missing is not None and missing[0, day]),
                    closed=bool(history.closed[day]),
                    bulk=bool(cleaned.units[0, day] > cleaned.capped[0, day]),
                )
                for day in range(first, history.days)
            ],
        )


class ClassOut(Out):
    """What one demand class uses, and how it did against repeating last week, on days it was not fitted on."""

    demand_class: str
    series: int
    uses_naive: bool
    reason: str
    weights: dict[str, float]
    score: dict[str, float] | None
    typical_score: dict[str, float] | None
    naive: dict[str, float] | None
    coverage: dict[str, float] | None


class AccuracyOut(Out):
    """The latest run over every SKU."""

    run_id: UUID
    version: str
    as_of: date
    series: int
    seconds: float | None
    made_at: datetime
    classes: list[ClassOut]

    @classmethod
    def of(cls, run: Any) -> AccuracyOut:
        """The scores that a run keeps."""
        learnt = codec.from_json(run.learnt)
        stored = run.learnt["choices"]
        return cls(
            run_id=run.id,
            version=run.version,
            as_of=run.as_of,
            series=run.series,
            seconds=run.seconds,
            made_at=run.renewed_at,
            classes=[
                ClassOut(
                    demand_class=name,
                    series=choice.series,
                    uses_naive=choice.uses_naive,
                    reason=choice.sentence,
                    weights=dict(choice.expected),
                    score=stored[name]["score"],
                    typical_score=stored[name]["typical_score"],
                    naive=stored[name]["naive"],
                    coverage=None if name not in learnt.coverage else dict(learnt.coverage[name]),
                )
                for name, choice in learnt.choices.items()
            ],
        )
