from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from tests.sales.shop import Shop

from onhand import sales
from onhand.kernel import new_id

SHOP = new_id()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sold(external_id: str, quantities: dict[str, int], channel_id: UUID = SHOP) -> sales.ChannelOrder:
    """What a channel tells us of a sale."""
    return sales.ChannelOrder(
        channel_id=channel_id,
        channel="lighthouse",
        external_id=external_id,
        lines=[sales.LineGiven(sku=sku, quantity=Decimal(q), unit_price=Decimal(9)) for sku, q in quantities.items()],
        placed_at=NOON,
        currency="GBP",
        customer=sales.CustomerGiven(name="Bo", email="bo@example.com"),
        charges=[sales.ChargeGiven(kind="fee", amount=Decimal("0.45"))],
    )


async def accept(shop: Shop, order: sales.ChannelOrder) -> sales.AcceptedOrder:
    async with shop.database.session(shop.actor) as session:
        return await sales.accept_channel_order(session, order)


async def cancel(shop: Shop, external_id: str) -> bool:
    async with shop.database.session(shop.actor) as session:
        return await sales.cancel_channel_order(session, SHOP, external_id)


async def test_a_sale_elsewhere_is_taken_once(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    first = await accept(shop, sold("W-1", {"A": 2}))
    again = await accept(shop, sold("W-1", {"A": 2}))
    assert (first.created, again.created, first.id) == (True, False, again.id)
    assert (first.number, again.number, await shop.level("A")) == ("SO-000001", "SO-000001", (5, 2))
    shown = await shop.call("GET", f"/orders/{first.id}")
    assert (shown["source"], shown["channel"], shown["fees"], shown["total"]) == ("channel", "lighthouse", "0.45", "18")
    assert (await accept(shop, sold("W-1", {"A": 1}, new_id()))).created


async def test_one_order_delivered_many_times_at_once_is_one_order(shop: Shop) -> None:
    await shop.stock("A", MAIN=50)
    taken = await asyncio.gather(*(accept(shop, sold("W-1", {"A": 2})) for _ in range(6)))
    assert [order.created for order in taken].count(True) == 1
    assert len({order.id for order in taken}) == 1
    assert (await shop.level("A"), await shop.list()) == ((50, 2), ["SO-000001"])


async def test_the_first_sale_wins_and_the_other_waits_as_a_shortage(shop: Shop) -> None:
    await shop.stock("A", MAIN=3)
    won = await accept(shop, sold("W-1", {"A": 2}))
    lost = await accept(shop, sold("W-2", {"A": 2}))
    assert won.shortages == ()
    [shortage] = lost.shortages
    assert (shortage.sku, shortage.wanted, shortage.short) == ("A", Decimal(2), Decimal(1))
    assert await shop.level("A") == (3, 3)
    assert await shop.list("filter[backordered]=true") == [lost.number]


async def test_a_sku_that_nobody_knows_waits_until_the_catalogue_has_it(shop: Shop) -> None:
    order = await accept(shop, sold("W-1", {"NEW-1": 1}))
    [shortage] = order.shortages
    assert (shortage.sku, shortage.sku_id, shortage.short) == ("NEW-1", None, Decimal(1))
    await shop.stock("new-1", MAIN=1)
    served = await shop.call("POST", f"/orders/{order.id}/allocate")
    assert (served["backordered"], served["lines"][0]["allocated"]) == (False, "1")


async def test_a_cancellation_gives_back_what_has_not_left(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    await accept(shop, sold("W-1", {"A": 2}))
    assert await cancel(shop, "W-1")
    assert await cancel(shop, "W-1")
    assert await shop.level("A") == (5, 0)
    assert not await cancel(shop, "W-9")


async def test_what_has_left_is_not_cancelled(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await accept(shop, sold("W-1", {"A": 2}))
    await shop.call("POST", f"/orders/{order.id}/ship")
    assert not await cancel(shop, "W-1")
    assert await shop.level("A") == (3, 0)


async def test_stock_that_comes_in_goes_to_the_order_that_waits_longest(shop: Shop) -> None:
    await shop.stock("A", MAIN=1)
    await accept(shop, sold("W-1", {"A": 1}))
    older = await accept(shop, sold("W-2", {"A": 2}))
    newer = await accept(shop, sold("W-3", {"A": 1}))
    await shop.stock("A", MAIN=2)
    async with shop.database.session(shop.actor) as session:
        assert await sales.allocate_backorders(session) == 2
    assert await shop.list("filter[backordered]=true") == [newer.number]
    assert (await shop.call("GET", f"/orders/{older.id}"))["lines"][0]["allocated"] == "2"


async def test_an_order_whose_promise_broke_is_seen_to(shop: Shop) -> None:
    await shop.stock("A", MAIN=2)
    order = await accept(shop, sold("W-1", {"A": 2}))
    await shop.lose("A", 2)
    async with shop.database.session(shop.actor) as session:
        assert await sales.allocate_backorders(session) == 1
    line = (await shop.call("GET", f"/orders/{order.id}"))["lines"][0]
    assert (line["status"], line["allocated"], line["waiting"]) == ("backordered", "0", "2")
