"""The verbs and the questions that other modules use."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.ledger.conftest import make_shop

from onhand import ledger
from onhand.infra.db import raw
from onhand.kernel import NotFound, new_id, now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession
    from tests.ledger.conftest import Connection, Shop

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def move(quantity: int, sku: str = "A", place: str = "MAIN", at: datetime | None = None) -> ledger.Move:
    return ledger.Move(sku=sku, warehouse=place, quantity=Decimal(quantity), effective_at=at)


@pytest.fixture
async def at_work(database: Database, shop: Shop) -> AsyncIterator[AsyncSession]:
    async with database.session(shop.actor) as opened:
        yield opened


async def stock(session: AsyncSession, quantity: int = 10, **more: Decimal) -> ledger.Outcome:
    line = ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(quantity), unit_cost=more.get("cost"))
    return await ledger.record(session, ledger.Posting(lines=[line], type="purchase", reason="received"))


def ids(shop: Shop) -> dict[str, UUID]:
    rows = shop.ask("SELECT code, id FROM sku WHERE organization_id = %s")
    return dict(rows) | dict(shop.ask("SELECT code, id FROM warehouse WHERE organization_id = %s"))


async def test_a_verb_raises_what_the_function_refused(at_work: AsyncSession) -> None:
    await stock(at_work, 3)
    with pytest.raises(ledger.NotEnoughStock) as caught:
        await ledger.reserve(at_work, ledger.Reserve(sku="A", warehouse="MAIN", quantity=Decimal(4)))
    assert str(caught.value) == "Only 3 of A are available at MAIN; 4 were asked for."
    with pytest.raises(ledger.UnknownWarehouse):
        await ledger.record(at_work, ledger.Posting(lines=[move(1, place="NOWHERE")]))
    stale = ledger.Set(sku="A", warehouse="MAIN", quantity=Decimal(1), expected=Decimal(2))
    with pytest.raises(ledger.LevelChanged):
        await ledger.set_level(at_work, stale)


async def test_a_promise_is_made_shipped_and_released(at_work: AsyncSession) -> None:
    await stock(at_work)
    held = ledger.Reserve(sku="A", warehouse="MAIN", quantity=Decimal(5))
    await ledger.reserve(at_work, held)
    await ledger.commit_reservation(at_work, held.id, Decimal(2))
    assert await ledger.open_of(at_work, held.id) == 3
    await ledger.release(at_work, ledger.Release(reservation=held.id))
    with pytest.raises(ledger.ReservationClosed):
        await ledger.commit_reservation(at_work, held.id, Decimal(1))
    with pytest.raises(ledger.UnknownReservation):
        await ledger.open_of(at_work, new_id())


async def test_a_posting_without_lines_is_a_mistake(at_work: AsyncSession) -> None:
    with pytest.raises(ValueError, match="at least one line"):
        await ledger.post(at_work, [ledger.Posting(lines=[])])


async def test_availability_leaves_out_what_has_expired(at_work: AsyncSession, shop: Shop) -> None:
    await stock(at_work)
    late = now() - timedelta(seconds=1)
    await ledger.reserve(at_work, ledger.Reserve(sku="A", warehouse="MAIN", quantity=Decimal(4), expires_at=late))
    await ledger.reserve(at_work, ledger.Reserve(sku="A", warehouse="MAIN", quantity=Decimal(1)))
    known = ids(shop)
    found = await ledger.availability(at_work, [known["A"], known["B"]])
    assert [f.sku_id for f in found] == [known["A"]]
    assert [found[0].on_hand, found[0].reserved, found[0].available] == [10, 1, 9]
    assert await ledger.availability(at_work, [known["A"]], [known["EAST"]]) == []
    assert await ledger.expire_reservations(at_work) == 1
    assert await ledger.expire_reservations(at_work) == 0
    again = await ledger.availability(at_work, [known["A"]])
    assert again == found


async def test_daily_sales_are_netted_by_business_day(at_work: AsyncSession, shop: Shop) -> None:
    await stock(at_work, 100)
    sales: list[tuple[ledger.MovementType, int, datetime]]
    sales = [("sale", -5, NOON), ("sale", -3, NOON), ("return", 1, NOON), ("sale", -2, NOON + timedelta(hours=13))]
    for kind, quantity, at in sales:
        posting = ledger.Posting(lines=[move(quantity, at=at)], type=kind)
        await ledger.record(at_work, posting)
    wrong = ledger.Posting(lines=[move(-50, at=NOON)], type="sale")
    await ledger.record(at_work, wrong)
    await ledger.reverse(at_work, wrong.id)
    known = ids(shop)
    found = await ledger.daily_sales(at_work, date(2026, 3, 1), date(2026, 3, 31))
    assert found == [
        (known["A"], known["MAIN"], date(2026, 3, 10), Decimal(7)),
        (known["A"], known["MAIN"], date(2026, 3, 11), Decimal(2)),
    ]
    assert await ledger.daily_sales(at_work, date(2026, 3, 11), date(2026, 3, 11), [known["B"]]) == []


async def test_levels_at_a_moment_follow_when_things_happened(at_work: AsyncSession, shop: Shop) -> None:
    for quantity, day in ((10, 0), (-4, 2), (1, 1)):
        line = move(quantity, at=NOON + timedelta(days=day))
        await ledger.record(at_work, ledger.Posting(lines=[line]))
    known = ids(shop)

    async def at(days: int) -> list[Decimal]:
        found = await ledger.levels_at(at_work, NOON + timedelta(days=days), skus=[known["A"]])
        return [row.on_hand for row in found]

    assert [await at(days) for days in (-1, 0, 1, 2)] == [[], [10], [11], [7]]


async def test_the_value_knows_what_it_does_not_know(at_work: AsyncSession, shop: Shop) -> None:
    await stock(at_work, 10, cost=Decimal(3))
    await stock(at_work, 10, cost=Decimal(5))
    await ledger.record(at_work, ledger.Posting(lines=[move(-5), move(7, "B")]))
    shop.admin.execute("UPDATE sku SET cost_price = 2 WHERE id = %s", (ids(shop)["C"],))
    await ledger.record(at_work, ledger.Posting(lines=[move(3, "C", "EAST")]))
    worth = await ledger.stock_value(at_work)
    assert [worth.value, worth.skus, worth.uncosted, worth.uncosted_units] == [5 * 3 + 10 * 5 + 3 * 2, 3, 1, 7]
    assert (await ledger.stock_value(at_work, [ids(shop)["EAST"]])).value == 6
    assert [row.warehouse for row in await ledger.value_by_warehouse(at_work)] == ["EAST", "MAIN"]
    trend = await ledger.stock_value_trend(at_work, 2)
    assert [value for _, value in trend] == [0, 71]


async def test_a_reversal_is_made_once_and_not_of_a_reversal(at_work: AsyncSession, shop: Shop) -> None:
    posting = (await stock(at_work)).posting_id
    first, again = await ledger.reverse(at_work, posting), await ledger.reverse(at_work, posting)
    assert (first.state, again.state) == (ledger.State.POSTED, ledger.State.REPLAYED)
    with pytest.raises(ledger.NotReversible):
        await ledger.reverse(at_work, first.posting_id)
    with pytest.raises(NotFound):
        await ledger.reverse(at_work, new_id())
    assert await ledger.availability(at_work, [ids(shop)["A"]]) != []


async def test_what_has_gone_cannot_be_taken_back(at_work: AsyncSession) -> None:
    posting = (await stock(at_work)).posting_id
    await ledger.record(at_work, ledger.Posting(lines=[move(-8)], type="sale"))
    with pytest.raises(ledger.NotEnoughStock):
        await ledger.reverse(at_work, posting)


async def test_a_run_is_undone_as_one_group(at_work: AsyncSession, shop: Shop) -> None:
    group = new_id()
    await stock(at_work, 1)
    run = [ledger.Posting(lines=[move(5)], type="opening", group_id=group)]
    run += [ledger.Posting(lines=[move(-1)], type="sale", group_id=group) for _ in range(5)]
    assert all(a.ok for a in await ledger.post(at_work, run, silent=True))
    assert await ledger.reverse_group(at_work, group) == []
    assert await ledger.reverse_group(at_work, group) == []
    found = await ledger.availability(at_work, [ids(shop)["A"]])
    assert [f.on_hand for f in found] == [1]


async def test_a_shortage_is_resolved_once(at_work: AsyncSession) -> None:
    await ledger.record(at_work, ledger.Posting(lines=[move(-2)], fact=True))
    connection = await raw(at_work)
    row = await (await connection.execute("SELECT id FROM shortage")).fetchone()
    assert row
    await ledger.resolve_shortage(at_work, row[0], "found them")
    with pytest.raises(NotFound):
        await ledger.resolve_shortage(at_work, row[0], "again")


amounts = st.integers(1, 9)
kinds = st.sampled_from(["receive", "take", "withhold", "ship", "set", "fact"])


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(steps=st.lists(st.tuples(kinds, amounts), min_size=1, max_size=12))
async def test_postings_and_their_reversals_return_to_the_start(
    database: Database, settings: Settings, admin: Connection, steps: list[tuple[str, int]]
) -> None:
    shop = make_shop(settings, admin)
    promise = ledger.Reserve(sku="A", warehouse="MAIN", quantity=Decimal(10))
    async with database.session(shop.actor) as session:
        await stock(session, 20, cost=Decimal(2))
        await ledger.reserve(session, promise)
    start = books(shop)
    async with database.session(shop.actor) as session:
        done = [a for step in steps for a in await ledger.post(session, [a_step(*step, promise.id)]) if a.ok]
        for answer in reversed(done):
            with suppress(ledger.NotReversible):  # a fact that found nothing to take
                await ledger.reverse(session, answer.posting_id)
    assert books(shop) == start


def a_step(kind: str, amount: int, promise: UUID) -> ledger.Posting:
    quantity = Decimal(amount)
    lines: dict[str, ledger.Line] = {
        "receive": ledger.Move(sku="A", warehouse="MAIN", quantity=quantity, unit_cost=Decimal(amount)),
        "take": move(-amount),
        "withhold": ledger.Withhold(sku="A", warehouse="MAIN", quantity=quantity),
        "ship": ledger.Move(quantity=-quantity, reservation=promise),
        "set": ledger.Set(sku="A", warehouse="MAIN", quantity=quantity + 10),
        "fact": ledger.Move(sku="B", warehouse="MAIN", quantity=-quantity),
    }
    return ledger.Posting(lines=[lines[kind]], fact=kind == "fact")


def books(shop: Shop) -> list[list[tuple[object, ...]]]:
    return [
        [
            row
            for row in shop.ask("SELECT on_hand, reserved, unavailable FROM level WHERE organization_id = %s")
            if any(row)
        ],
        shop.ask("SELECT open, taken, status FROM reservation WHERE organization_id = %s"),
        [row for row in shop.ask("SELECT value, uncosted FROM level WHERE organization_id = %s") if any(row)],
        shop.ask(
            "SELECT remaining, value FROM cost_layer WHERE organization_id = %s AND open ORDER BY received_at, id"
        ),
    ]
