"""Verbs of forecasting: one SKU now, every SKU at night, and what others ask of them."""

from __future__ import annotations

import time
from asyncio import to_thread
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from onhand import audit, catalog, demand, identity, ledger, places
from onhand.forecasting import codec, series, states, store
from onhand.forecasting.errors import NothingForecast, UnknownAlgorithm, UnknownForecast
from onhand.forecasting.events import ALL_FORECAST, FORECAST_MADE
from onhand.forecasting.tables import Forecast, ForecastRun
from onhand.infra.events import announce
from onhand.infra.lanes import in_lanes
from onhand.infra.rows import add_row
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.forecasting.store import Key

    Work = Callable[[], AbstractAsyncContextManager[AsyncSession]]

CHUNK = 1000  # a chunk is made ready for PostgreSQL in the event loop: what else runs there must not wait long
OVERLAP = timedelta(hours=1)
"""Levels are looked at again from so long before the last run: a transaction may end later than it wrote."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


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

    sku_id: UUID
    history: demand.History
    own: series.Series
    place: UUID | None
    run: ForecastRun | None


async def _zone_and_today(session: AsyncSession) -> tuple[str, date]:
    zone = (await identity.organization_of(session)).time_zone
    return zone, now().astimezone(ZoneInfo(zone)).date()


async def past_of(session: AsyncSession, sku: str, warehouse: str | None) -> Past:
    """A SKU's demand by day, straight from the ledger. Raises UnknownSku, UnknownWarehouse."""
    found = (await catalog.sku_by_codes(session, [sku])).get(sku)
    if found is None:
        raise ledger.UnknownSku(sku=sku)
    zone, today = await _zone_and_today(session)
    place = None if warehouse is None else (await places.warehouse_by(session, warehouse)).id
    keys = await store.levels_of(session, found.id) if place is None else [(found.id, place)]
    days = await store.ledger_days(session, keys, zone)
    run = await store.newest_run(session)
    sales = [series.EPOCH + timedelta(days=int(one.days[one.sold > 0][-1])) for one in days if one.sold.any()]
    if run is None:
        through = series.last_day(await store.last_sale(session, zone), today)
    else:
        through = series.last_day(max([run.as_of, *sales]), today)
    dense = [series.dense(one, through) for one in days] or [_nothing(found.id, place or found.id, through)]
    own = dense[0] if len(dense) == 1 else series.together(dense, through)
    closed = set() if run is None else codec.closed_days(run.learnt)
    return Past(found.id, series.stack([own], through, closed), own, place, run)


def _nothing(sku_id: UUID, warehouse_id: UUID, through: date) -> series.Series:
    return series.Series(sku_id, warehouse_id, through, np.zeros(1, np.float32), None, None)


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
        run = await _keep_run(session, "one", past.history, learnt, [])
    else:
        learnt, run = codec.from_json(past.run.learnt), past.run
    made = states.make(past.history, learnt, algorithm, workers=1)
    rows = states.rows(made, [past.own], run.id, algorithm, command.horizon_days, everywhere=past.place is None)
    forecast_id = (await store.write_forecasts(session, rows))[0]
    place = past.place and str(past.place)
    facts = {"forecast_id": str(forecast_id), "sku_id": str(past.sku_id), "warehouse_id": place}
    await announce(session, FORECAST_MADE, facts)
    after = {**facts, "sku": command.sku, "algorithm": algorithm}
    await audit.record(session, "create", "forecast", forecast_id, None, after)
    return await forecast_by(session, forecast_id)


async def _keep_run(
    session: AsyncSession, kind: str, history: demand.History, learnt: demand.Learnt, closed: Sequence[date]
) -> ForecastRun:
    values = {"kind": kind, "version": demand.VERSION, "as_of": history.next_day - timedelta(days=1)}
    return await add_row(
        session, ForecastRun, {**values, "series": history.series, "learnt": codec.to_json(learnt, closed)}
    )


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


async def forecast_all(work: Work, progress: Callable[[int, int], Awaitable[None]]) -> tuple[UUID, int]:
    """Forecast every SKU at every warehouse where it moved, in many short transactions.

    Args:
        work: Opens a transaction in the organization.
        progress: Is told how many of how many series are done.

    Returns:
        The run and the number of series.
    """
    begun = time.monotonic()
    async with work() as session:
        zone, today = await _zone_and_today(session)
        through = series.last_day(await store.last_sale(session, zone), today)
        run = await store.newest_run(session)
        changed = await store.changed_levels(session, LONG_AGO if run is None else run.created_at - OVERLAP)

    async def rebuild(some: Sequence[Key]) -> None:
        async with work() as session:
            await _rebuild(session, some, zone, today)

    await in_lanes(_chunks(changed), rebuild)
    async with work() as session:
        keys = await store.series_keys(session)
        learnt, closed = await _learn(session, keys, through)
        history = series.stack([], through, closed)
        run_id = (await _keep_run(session, "all", history, learnt, sorted(closed))).id
    done = 0

    async def forecast(some: Sequence[Key]) -> None:
        nonlocal done
        async with work() as session:
            await _forecast_chunk(session, some, through, learnt, closed, run_id)
        done += len(some)
        await progress(done, len(keys))

    await in_lanes(_chunks(keys), forecast)
    async with work() as session:
        await store.finish_run(session, run_id, len(keys), time.monotonic() - begun)
        await announce(session, ALL_FORECAST, {"run_id": run_id, "series": len(keys)})
    return run_id, len(keys)


def _chunks(keys: Sequence[Key]) -> list[Sequence[Key]]:
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]


async def _rebuild(session: AsyncSession, keys: Sequence[Key], zone: str, through: date) -> None:
    found = await store.ledger_days(session, keys, zone)
    await store.keep_series(session, await to_thread(lambda: [series.dense(one, through) for one in found]))


async def _learn(session: AsyncSession, keys: Sequence[Key], through: date) -> tuple[demand.Learnt, set[date]]:
    """Learn from a sample of the series: what is learnt is pooled, so more would not say more."""
    sample = np.random.default_rng(0).permutation(len(keys))[: demand.SAMPLE]
    found = await store.stored_series(session, [keys[place] for place in sorted(sample)])
    open_history = series.stack(found, through, set())
    shut = demand.closed_days(open_history.sold, open_history.first_day)
    closed = {open_history.first_day + timedelta(days=int(day)) for day in np.flatnonzero(shut)}
    # The numbers are worked out beside the event loop: channels must not wait for them.
    return await to_thread(demand.calibrate, replace(open_history, closed=shut)), closed


async def _forecast_chunk(
    session: AsyncSession, keys: Sequence[Key], through: date, learnt: demand.Learnt, closed: set[date], run_id: UUID
) -> None:
    found = await store.stored_series(session, keys)

    def work_out() -> list[store.ForecastRow]:
        made = states.make(series.stack(found, through, closed), learnt, demand.BLEND)
        return states.rows(made, found, run_id, demand.BLEND, demand.HORIZON_DAYS)

    await store.write_forecasts(session, await to_thread(work_out))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of one SKU at one warehouse, for those who plan stock by it.

    Attributes:
        sku_id: The SKU.
        warehouse_id: The warehouse.
        first_day: The first forecast day.
        history_days: Days since it first moved.
        selling_days: Days with a sale.
        week: Expected units per weekday, Monday first.
    """

    sku_id: UUID
    warehouse_id: UUID
    first_day: date
    history_days: int
    selling_days: int
    week: list[float]


@dataclass(frozen=True)
class Outlooks:
    """A page of outlooks, from which demand over any days follows."""

    rows: list[Outlook]
    batch: demand.Batch
    learnt: demand.Learnt

    def over(self, days: Sequence[int], service_levels: Sequence[float]) -> tuple[list[float], list[float]]:
        """Per outlook: expected demand over its days, and what that demand stays within at its service level."""
        mean, limits = self.batch.total(np.array(days), self.learnt)
        place = np.interp(service_levels, demand.TAUS, np.arange(len(demand.TAUS)))
        below = np.minimum(place.astype(np.int64), len(demand.TAUS) - 2)
        part, rows = place - below, np.arange(len(place))
        within = (1 - part) * limits[rows, below] + part * limits[rows, below + 1]
        return mean.tolist(), within.tolist()

    def mean(self, days: Sequence[int]) -> list[float]:
        """Per outlook: expected demand over its days."""
        found: list[float] = self.batch.expected(np.array(days)).tolist()
        return found


async def outlooks(session: AsyncSession, after: Key | None = None, limit: int = CHUNK) -> Outlooks:
    """The newest forecasts per warehouse in order of SKU and warehouse, `limit` at a time from behind `after`.

    Raises:
        NothingForecast: no run has been made yet.
    """
    return _outlooks(await newest_run(session), await store.states(session, after, limit))


async def outlook_of(session: AsyncSession, sku_id: UUID, warehouse_id: UUID) -> Outlooks:
    """The newest forecast of one SKU at one warehouse; no rows when there is none. Raises NothingForecast."""
    return _outlooks(await newest_run(session), await store.state_of(session, sku_id, warehouse_id))


def _outlooks(run: ForecastRun, found: Sequence[Any]) -> Outlooks:
    learnt = codec.from_json(run.learnt)
    rows = [
        Outlook(
            one.sku_id,
            one.warehouse_id,
            one.first_day,
            max((one.first_day - one.history_from).days, 0) if one.selling_days else 0,
            one.selling_days,
            one.week,
        )
        for one in found
    ]
    return Outlooks(rows, states.batch_of(found, run.as_of + timedelta(days=1)), learnt)
