from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from tests.sales.shop import Shop

from onhand import analytics
from onhand.analytics import store
from onhand.analytics.domain import period_named
from onhand.analytics.figures import figure, today
from onhand.infra import jobs
from onhand.infra.db import Database

FACTS = {"low_stock": 7, "out_of_stock": 0, "running_out": 0, "days": 28}


async def keep(session: AsyncSession, took_ms: int, age: timedelta) -> None:
    """A figure kept so long ago."""
    await store.keep_figure(session, "alerts", "30d", FACTS, took_ms)
    await session.execute(text("UPDATE figure SET computed_at = clock_timestamp() - :age"), {"age": age})


async def low_stock(session: AsyncSession) -> int:
    found = await figure(session, "alerts", period_named("30d", await today(session)))
    return int(found.facts["low_stock"])


async def waiting(session: AsyncSession) -> int:
    jobs_waiting = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'analytics.renew' AND attempts = 0"
    return int((await session.execute(text(jobs_waiting))).scalar_one())


async def test_a_slow_figure_is_shown_while_it_is_renewed_once(session: AsyncSession) -> None:
    before = await waiting(session)
    await keep(session, 2_000, timedelta(seconds=30))
    assert (await low_stock(session), await waiting(session)) == (7, before)
    await keep(session, 2_000, timedelta(seconds=90))
    assert [await low_stock(session) for _ in range(3)] == [7, 7, 7]
    assert await waiting(session) == before + 1


async def test_a_figure_that_the_background_forgot_is_computed(session: AsyncSession) -> None:
    await keep(session, 2_000, timedelta(hours=37))
    assert await low_stock(session) == 0


async def test_renewing_computes_anew(shop: Shop, database: Database) -> None:
    jobs.bind(database)
    async with database.session(shop.actor) as session:
        await keep(session, 2_000, timedelta(seconds=90))
    await analytics.renew(str(shop.actor.organization_id), "alerts", "30d")
    async with database.session(shop.actor) as session:
        assert await low_stock(session) == 0
