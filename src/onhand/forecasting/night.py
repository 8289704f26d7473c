"""Every SKU at every warehouse, as each night: read what moved, learn when it is time, forecast all of them."""

from __future__ import annotations

import time
from asyncio import to_thread
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from onhand import demand
from onhand.forecasting import codec, series, states, store, store_series
from onhand.forecasting.events import ALL_FORECAST
from onhand.forecasting.service import PAGE, zone_and_today
from onhand.infra.events import announce
from onhand.infra.lanes import in_lanes
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.forecasting.store_series import Levels, Span
    from onhand.forecasting.tables import ForecastRun
    from onhand.infra.binary import Cells

    Work = Callable[[], AbstractAsyncContextManager[AsyncSession]]

OVERLAP = timedelta(hours=1)
"""Levels are looked at again from so long before the last night: a transaction may end later than it wrote."""
LEARN_DAYS = 4
"""What was learnt is renewed after so many days: three days old it does as well as fresh, six days not quite."""
TEST_DAYS = 7
"""Within so many days each series has a new backtest."""
GROWTH = 1.25
"""It is renewed at once when there are so many times more (or fewer) series than it was learnt from."""


@dataclass(frozen=True)
class Night:
    """What a night begins with.

    Attributes:
        begun: When it began to read.
        since: Levels that moved after this are read.
        zone: The organization's time zone.
        today: The business day.
        run: What was learnt last, if anything was.
    """

    begun: datetime
    since: datetime
    zone: str
    today: date
    run: ForecastRun | None


@dataclass
class Survey:
    """All series at a glance: how many there are, what was sold by day, and some of them to learn from."""

    chosen: demand.Ints  # places of those to learn from, in the order of all levels
    totals: demand.Floats  # units sold by day since `series.EPOCH`
    first_day: int  # since when anything moved
    sample: dict[int, series.Days]  # by page

    def add(self, page: int, levels: Levels) -> None:
        """Look at one page."""
        found = levels.days
        known = found.days >= 0  # nobody sold before `series.EPOCH`
        sold = np.bincount(found.days[known], found.sold[known])
        length = max(len(self.totals), len(sold))
        self.totals = np.pad(self.totals, (0, length - len(self.totals))) + np.pad(sold, (0, length - len(sold)))
        self.first_day = min(self.first_day, int(found.first_days.min(initial=self.first_day)))
        mine = self.chosen[(self.chosen >= page * PAGE) & (self.chosen < page * PAGE + found.levels)]
        self.sample[page] = found.take(mine - page * PAGE)

    def closed(self, first: date, through: date) -> set[date]:
        """Days on which the organization was shut."""
        days = np.arange(series.day_number(first), series.day_number(through) + 1)
        sold = np.where(days < len(self.totals), self.totals[np.minimum(days, len(self.totals) - 1)], 0)
        shut = demand.closed_days(sold[None, :], first)
        return {first + timedelta(days=int(day)) for day in np.flatnonzero(shut)}


@dataclass(frozen=True)
class Plan:
    """What every page of a night is forecast by."""

    run_id: UUID
    learnt: demand.Learnt
    closed: set[date]
    first: date
    through: date
    today: date


async def forecast_all(
    work: Work, progress: Callable[[int, int], Awaitable[None]], *, anew: bool = False
) -> tuple[UUID, int]:
    """Forecast every SKU at every warehouse where it moved, in many short transactions.

    Only what moved since the last night is read from the ledger, and what was learnt is kept for some days. Cut off in
    the middle, it leaves the forecasts that it has not come to as they were; the next night takes up everything.

    Args:
        work: Opens a transaction in the organization.
        progress: Is told how many of how many series are done.
        anew: Read the whole ledger again and learn again, whatever is kept.

    Returns:
        The run and the number of series.
    """
    clock = time.monotonic()
    async with work() as session:
        night = await _begin(session, anew=anew)
    await _read(work, night)
    async with work() as session:
        spans, count = await store_series.spans(session, PAGE)
    plan = await _plan(work, night, spans, count)
    done = 0

    async def forecast(span: Span) -> None:
        nonlocal done
        async with work() as session:
            found = await _forecast(session, span, plan)
        done += found
        await progress(done, count)

    await in_lanes(spans, forecast)
    async with work() as session:
        values = {"as_of": plan.through, "series": count, "seconds": time.monotonic() - clock}
        await store.renew_run(session, plan.run_id, values | {"renewed_at": night.begun}, plan.closed)
        await announce(session, ALL_FORECAST, {"run_id": plan.run_id, "series": count})
    return plan.run_id, count


async def _begin(session: AsyncSession, *, anew: bool) -> Night:
    zone, today = await zone_and_today(session)
    run = await store.newest_run(session)
    if anew and run is not None:
        await store_series.forget_levels(session)
        await store.renew_run(session, run.id, {"renewed_at": store_series.LONG_AGO})
        run = None
    since = store_series.LONG_AGO if run is None else max(run.renewed_at - OVERLAP, store_series.LONG_AGO)
    return Night(now(), since, zone, today, run)


async def _read(work: Work, night: Night) -> None:
    """Bring every series up to date with the ledger."""
    async with work() as session:
        skus, warehouses = await store_series.moved_levels(session, night.since)

    async def read(start: int) -> None:
        async with work() as session:
            here = slice(start, start + PAGE)
            known = await store_series.known_levels(session, skus[here], warehouses[here])
            new, old = np.flatnonzero(known.seen_ids == 0), np.flatnonzero(known.seen_ids > 0)
            for places, since in ((new, store_series.LONG_AGO), (old, night.since)):
                if len(places):
                    await _catch_up(session, known.take(places), night.zone, since)

    await in_lanes(range(0, len(skus), PAGE), read)


async def _catch_up(session: AsyncSession, known: Levels, zone: str, since: datetime) -> None:
    news = await store_series.news_of(session, known, zone, since)
    moved = np.flatnonzero(news.seen_ids > known.seen_ids)
    if len(moved):
        together = replace(news, days=await to_thread(series.merged, known.days, news.days))
        await store_series.keep_levels(session, together.take(moved))


async def _plan(work: Work, night: Night, spans: Sequence[Span], count: int) -> Plan:
    """Look at all series, and learn from a sample: what is learnt is pooled, so more would not say more."""
    chosen = np.sort(np.random.default_rng(0).permutation(count)[: demand.SAMPLE])
    survey = Survey(chosen, np.zeros(1), series.day_number(night.today), {})

    async def look(page: int) -> None:
        async with work() as session:
            found = await store_series.levels_between(session, spans[page], tested=False)
        survey.add(page, found)

    await in_lanes(range(len(spans)), look)
    through = series.last_day(series.last_sales(np.flatnonzero(survey.totals), night.today), night.today)
    first = max(min(series.day_of(survey.first_day), through), through - timedelta(days=series.HISTORY_DAYS - 1))
    closed, run = survey.closed(first, through), night.run
    if run is not None and _lasts(run, night.today, count, (through - first).days + 1):
        return Plan(run.id, codec.from_json(run.learnt), closed, first, through, night.today)
    sample = series.below([survey.sample[page] for page in sorted(survey.sample)])
    # The numbers are worked out beside the event loop: channels must not wait for them.
    learnt = await to_thread(_learn, sample, through, night.today, closed, first)
    async with work() as session:
        stored = codec.to_json(learnt, closed, (count, (through - first).days + 1))
        run = await store.add_run(session, "all", through, count, stored, night.begun)
    return Plan(run.id, learnt, closed, first, through, night.today)


def _learn(sample: series.Days, through: date, today: date, closed: set[date], first: date) -> demand.Learnt:
    return demand.calibrate(series.history(sample, through, today, closed, first))


def _lasts(run: ForecastRun, today: date, count: int, days: int) -> bool:
    """Whether what was learnt holds: fresh, by this engine, from a long past, and from as much as there is now."""
    then, past = codec.learnt_from(run.learnt)
    alike = all(
        GROWTH * before >= after and GROWTH * after >= before for before, after in ((then, count), (past, days))
    )
    fresh = (today - run.created_at.date()).days < LEARN_DAYS and run.version == demand.VERSION
    return fresh and alike and demand.backtest_days(past) == demand.HORIZON_DAYS


async def _forecast(session: AsyncSession, span: Span, plan: Plan) -> int:
    found = await store_series.levels_between(session, span, tested=True)
    if not found.days.levels:
        return 0
    columns = await to_thread(_work_out, found, plan)
    made = store.Made(demand.BLEND, plan.run_id, plan.through + timedelta(days=1), found, columns)
    await store.write_forecasts(session, made)
    return found.days.levels


def _work_out(found: Levels, plan: Plan) -> list[Cells]:
    past = series.history(found.days, plan.through, plan.today, plan.closed, plan.first)
    # The last byte of an id is as good as thrown by dice: a seventh of all series has its turn each day.
    turn = (found.skus.view(np.uint8)[15::16].astype(np.int64) + plan.through.toordinal()) % TEST_DAYS == 0
    return states.columns(states.make(past, plan.learnt, demand.BLEND, np.flatnonzero(turn | ~found.tested)))
