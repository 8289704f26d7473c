"""Verbs of forecasting: one SKU now, and what others ask of what was forecast; `night` forecasts all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from onhand import audit, catalog, demand, identity, ledger, places
from onhand.forecasting import codec, series, states, store, store_series
from onhand.forecasting.errors import NothingForecast, UnknownAlgorithm, UnknownForecast
from onhand.forecasting.events import FORECAST_MADE
from onhand.forecasting.tables import Forecast, ForecastRun
from onhand.infra import binary
from onhand.infra.binary import UUIDS, Cells, glued
from onhand.infra.events import announce
from onhand.kernel import now

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.forecasting.store_series import Key, Levels, Span

PAGE = 2000
"""Levels read or written together: some tens of milliseconds of work."""


@dataclass(frozen=True, slots=True)
class ForecastRequest:
    """What shall be forecast: a SKU by its code, at one warehouse or (None) over all of them."""

    sku: str
    warehouse: str | None = None
    horizon_days: int = demand.HORIZON_DAYS
    algorithm: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A forecast with what it was made from."""

    forecast: Forecast
    run: ForecastRun
    sku: str
    warehouse: str | None


@dataclass(frozen=True, slots=True)
class Past:
    """One SKU's demand by day, with what is known about those days."""

    history: demand.History
    levels: Levels
    place: UUID | None
    run: ForecastRun | None


async def zone_and_today(session: AsyncSession) -> tuple[str, date]:
    """The organization's time zone and its business day."""
    zone = (await identity.organization_of(session)).time_zone
    return zone, now().astimezone(ZoneInfo(zone)).date()


async def past_of(session: AsyncSession, sku: str, warehouse: str | None) -> Past:
    """A SKU's demand by day, straight from the ledger. Raises UnknownSku, UnknownWarehouse."""
    found = (await catalog.sku_by_codes(session, [sku])).get(sku)
    if found is None:
        raise ledger.UnknownSku(sku=sku)
    zone, today = await zone_and_today(session)
    place = None if warehouse is None else (await places.warehouse_by(session, warehouse)).id
    keys = await store_series.levels_of(session, found.id) if place is None else []
    ids = binary.ids_of([found.id] * max(len(keys), 1)), binary.ids_of([key[1] for key in keys] or [place or found.id])
    levels = await store_series.ledger_levels(session, *ids, zone)
    run = await store.newest_run(session)
    sales = series.last_sales(levels.days.days[levels.days.sold > 0], today)
    sales += await store_series.last_sales(session, zone, today) if run is None else [run.as_of]
    through = series.last_day(sales, today)
    closed = set() if run is None else codec.closed_days(run.learnt)
    return Past(series.together(levels.days, through, today, closed), levels.take(np.array([0])), place, run)


async def forecast_one(session: AsyncSession, command: ForecastRequest) -> Stored:
    """Forecast one SKU from what the ledger says now, and keep it.

    Raises:
        UnknownSku, UnknownWarehouse, UnknownAlgorithm.
    """
    algorithm = demand.algorithm_named(command.algorithm)
    if algorithm is None:
        raise UnknownAlgorithm(str(command.algorithm))
    past = await past_of(session, command.sku, command.warehouse)
    if past.run is None:
        learnt = demand.calibrate(past.history)
        source = past.history.series, past.history.days
        as_of = past.history.next_day - timedelta(days=1)
        run = await store.add_run(session, "one", as_of, 1, codec.to_json(learnt, (), source), now())
    else:
        learnt, run = codec.from_json(past.run.learnt), past.run
    made = states.columns(states.make(past.history, learnt, algorithm))
    everywhere = past.place is None
    written = store.Made(
        algorithm, run.id, past.history.next_day, past.levels, made, command.horizon_days, everywhere=everywhere
    )
    await store.write_forecasts(session, written)
    sku_id = UUID(bytes=past.levels.skus.tobytes())
    forecast_id = await store.forecast_id(session, sku_id, past.place, algorithm)
    place = past.place and str(past.place)
    facts = {"forecast_id": str(forecast_id), "sku_id": str(sku_id), "warehouse_id": place}
    await announce(session, FORECAST_MADE, facts)
    after = {**facts, "sku": command.sku, "algorithm": algorithm}
    await audit.record(session, "create", "forecast", forecast_id, None, after)
    return await forecast_by(session, forecast_id)


async def forecast_by(session: AsyncSession, forecast_id: UUID) -> Stored:
    """One stored forecast. Raises UnknownForecast."""
    found = await store.find_forecast(session, forecast_id)
    if found is None:
        raise UnknownForecast(key=forecast_id)
    return Stored(*found)


async def remove_forecast(session: AsyncSession, forecast_id: UUID) -> None:
    """Delete one stored forecast; the next run may make it again. Raises UnknownForecast."""
    found = await forecast_by(session, forecast_id)
    before = {"sku": found.sku, "warehouse": found.warehouse, "algorithm": found.forecast.algorithm}
    await store.remove_forecast(session, forecast_id)
    await audit.record(session, "delete", "forecast", forecast_id, before, None)


async def newest_run(session: AsyncSession) -> ForecastRun:
    """The latest run over every SKU. Raises NothingForecast."""
    run = await store.newest_run(session)
    if run is None:
        raise NothingForecast
    return run


@dataclass(frozen=True)
class Outlooks:
    """What is expected of a page of levels, for those who plan stock by it; columns of equal length.

    Attributes:
        skus: Ids of SKUs.
        warehouses: Ids of warehouses.
        first_days: The first forecast day, days since `series.EPOCH`.
        history_days: Days since it first moved, 0 for what never sold.
        selling_days: Days with a sale.
        batch: Expected units per weekday, and their spread.
        learnt: What quantiles follow from.
    """

    skus: Cells
    warehouses: Cells
    first_days: demand.Ints
    history_days: demand.Ints
    selling_days: demand.Ints
    batch: demand.Batch
    learnt: demand.Learnt

    @property
    def last_key(self) -> Key:
        """SKU and warehouse of the last level."""
        return UUID(bytes=self.skus[-1].tobytes()), UUID(bytes=self.warehouses[-1].tobytes())

    @property
    def _weekdays(self) -> demand.Ints:
        found: demand.Ints = (self.first_days + series.EPOCH.weekday()) % 7
        return found

    def over(self, days: demand.Ints, service_levels: demand.Floats) -> tuple[demand.Floats, demand.Floats]:
        """Per level: expected demand over its days, and what that demand stays within at its service level."""
        mean, limits = self.batch.total(days, self.learnt, self._weekdays)
        place = np.interp(service_levels, demand.TAUS, np.arange(len(demand.TAUS)))
        below = np.minimum(place.astype(np.int64), len(demand.TAUS) - 2)
        part, rows = place - below, np.arange(len(place))
        return mean, (1 - part) * limits[rows, below] + part * limits[rows, below + 1]

    def mean(self, days: demand.Ints) -> demand.Floats:
        """Per level: expected demand over its days."""
        return self.batch.expected(days, self._weekdays)


async def outlooks(session: AsyncSession, after: Key | None = None, limit: int = PAGE) -> Outlooks:
    """The newest forecasts per warehouse in order of SKU and warehouse, `limit` at a time from behind `after`.

    Raises:
        NothingForecast: no run has been made yet.
    """
    begin = store_series.EVERYTHING[0] if after is None else store_series.behind(after)
    return await _outlooks(session, (begin, store_series.EVERYTHING[1]), limit)


async def outlook_of(session: AsyncSession, sku_id: UUID, warehouse_id: UUID) -> Outlooks:
    """The newest forecast of one SKU at one warehouse; no rows when there is none. Raises NothingForecast."""
    here = sku_id, warehouse_id
    return await _outlooks(session, (here, here), 1)


async def _outlooks(session: AsyncSession, span: Span, limit: int) -> Outlooks:
    run = await newest_run(session)
    skus, warehouses, firsts, since, selling, *state = await store.states_of(session, span, limit)
    first_days, sold = (glued(part, ">i4").astype(np.int64) for part in (firsts, selling))
    ages = np.where(sold > 0, np.maximum(first_days - glued(since, ">i4"), 0), 0)
    batch = states.batch_of(state, run.as_of + timedelta(days=1))
    learnt = codec.from_json(run.learnt)
    return Outlooks(glued(skus, UUIDS), glued(warehouses, UUIDS), first_days, ages, sold, batch, learnt)
