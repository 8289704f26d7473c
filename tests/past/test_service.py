"""The past of what was really posted: kept by the job, read through the front doors."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from onhand import catalog, ledger, past, places
from onhand.kernel import now
from onhand.past import domain, store

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.kernel import Actor


@pytest.fixture
async def stocked(database: Database, actor: Actor) -> Actor:
    """Ten of A at MAIN ten days ago, for 2 each; four sold five days ago; told today: one was broken nine days ago."""
    async with database.session(actor) as session:
        await places.ensure_warehouse(session, "MAIN", "Main")
        await catalog.ensure_skus(session, [catalog.SkuWanted("A", "A")])
        for days, quantity, kind in ((10, 10, "purchase"), (5, -4, "sale"), (9, -1, "waste")):
            line = ledger.Move(
                sku="A",
                warehouse="MAIN",
                quantity=Decimal(quantity),
                unit_cost=Decimal(2) if quantity > 0 else None,
                effective_at=now() - timedelta(days=days),
            )
            await ledger.record(session, ledger.Posting(lines=[line], type=kind, reason="test"))  # type: ignore[arg-type]  # movement types
    return actor


async def on_hand(
    database: Database, actor: Actor, as_of: datetime | None, known_at: datetime | None = None
) -> Decimal:
    async with database.session(actor) as session:
        found = await ledger.levels_at(session, as_of, known_at)
        skus = [await ledger.sku_by(session, "A")]
        assert await ledger.levels_at(session, as_of, known_at, skus) == found
        seen = await past.look_back(session, as_of, known_at)
    quantity = sum((one.on_hand for one in found), start=Decimal(0))
    assert seen.then.on_hand == quantity
    return quantity


async def test_a_late_fact_shows_on_its_day_and_not_in_what_was_known(database: Database, stocked: Actor) -> None:
    before = now() - timedelta(days=8)
    for _ in range(2):
        assert await on_hand(database, stocked, before) == 9
        assert await on_hand(database, stocked, now()) == 5
        assert await on_hand(database, stocked, None) == 5
        assert await on_hand(database, stocked, before, now() - timedelta(hours=1)) == 0
        assert await on_hand(database, stocked, now() - timedelta(days=11)) == 0
        await past.keep(database, [stocked.organization_id])


async def test_the_job_comes_to_the_end_and_does_nothing_twice(database: Database, stocked: Actor) -> None:
    assert await past.keep(database, [stocked.organization_id]) == 3
    assert await past.keep(database, [stocked.organization_id]) == 0


async def test_another_time_zone_makes_other_days(database: Database, stocked: Actor) -> None:
    await past.keep(database, [stocked.organization_id])
    async with database.session(stocked) as session:
        await session.execute(text("UPDATE organization SET time_zone = 'Pacific/Auckland'"))
    async with database.session(stocked) as session:
        line = ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(1))
        await ledger.record(session, ledger.Posting(lines=[line], reason="found"))
    assert await past.keep(database, [stocked.organization_id]) == 4
    async with database.session(stocked) as session:
        assert (await past.bounds(session)).zone == "Pacific/Auckland"
    assert await on_hand(database, stocked, None) == 6


async def test_nobody_waits_for_a_transaction_that_does_not_end(
    database: Database, stocked: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onhand.past.service.PATIENCE", 0.2)
    async with database.session(stocked) as slow:
        await slow.execute(text("SELECT pg_current_xact_id()"))
        assert await past.keep(database, [stocked.organization_id]) == 0
    assert await past.keep(database, [stocked.organization_id]) == 3


async def test_ends_of_days(database: Database, stocked: Actor) -> None:
    last = now().date()
    for kept in range(2):
        async with database.session(stocked) as session:
            span = past.Span(last - timedelta(days=12), last)
            days = await past.trend(session, span)
            sku = await past.sku_trend(session, await ledger.sku_by(session, "A"), span)
        figures = [held.on_hand for _, held in days]
        assert figures[0] == 0
        assert figures[-1] == 5
        assert max(figures) == 10
        assert days == sku
        if not kept:
            await past.keep(database, [stocked.organization_id])


async def test_sums_over_days() -> None:
    one = domain.Held(Decimal(3), Decimal(1), Decimal(1), Decimal(9), Decimal(0))
    assert one.available == 1
    assert (one + one).value == 18
    assert one - one == domain.Held()


async def test_a_mark_names_what_is_on_file(database: Database, stocked: Actor) -> None:
    async with database.pool.connection() as connection:
        at = await store.mark(connection)
    async with database.session(stocked) as session:
        newest = (await session.execute(text("SELECT max(id) FROM movement"))).scalar_one()
        assert at.id >= newest
        assert await store.behind(session, at)
