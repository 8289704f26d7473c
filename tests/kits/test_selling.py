"""Kits sold: their components are promised and moved, also when two lines want the same ones."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from tests.kits.test_kits import kit
from tests.sales.shop import Shop

from onhand import channels, sales
from onhand.infra.events import Happening
from onhand.syncing import service_events

Json = dict[str, Any]


async def stocked(shop: Shop, card: int = 10, foil: int = 10) -> None:
    await shop.stock("CARD", MAIN=card)
    await shop.stock("FOIL", MAIN=foil)
    await kit(shop, "BOX", CARD="2", FOIL="1")


async def ship(shop: Shop, order: Json, *quantities: str, status: int = 200) -> Json:
    lines = [{"line_id": line["id"], "quantity": q} for line, q in zip(order["lines"], quantities, strict=False)]
    return await shop.call("POST", f"/orders/{order['id']}/ship", {"lines": lines}, status)


async def test_selling_a_kit_promises_and_moves_its_components(shop: Shop) -> None:
    await stocked(shop)
    order = await shop.order({"BOX": 3})
    [line] = order["lines"]
    assert (line["sku"], line["quantity"], line["allocated"], line["status"]) == ("BOX", "3", "3", "allocated")
    assert [(p["sku"], p["quantity"]) for p in line["parts"]] == [("CARD", "2"), ("FOIL", "1")]
    assert {(a["sku"], a["quantity"]) for a in line["allocations"]} == {("CARD", "6"), ("FOIL", "3")}
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((10, 6), (10, 3))
    sent = await ship(shop, order, "1")
    assert (sent["status"], sent["lines"][0]["shipped"], sent["lines"][0]["allocated"]) == ("partial", "1", "2")
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((8, 4), (9, 2))
    moved = (await shop.client.get("/api/v1/inventory/CARD/movements?filter[type]=sale")).json()["data"]
    assert (moved[0]["quantity"], moved[0]["note"], moved[0]["document"]) == ("-2", "for 1 × BOX", order["number"])
    rest = await shop.call("POST", f"/orders/{order['id']}/cancel")
    assert (rest["status"], rest["lines"][0]["cancelled"]) == ("shipped", "2")
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((8, 0), (9, 0))


async def test_a_shipment_of_a_kit_taken_back_returns_its_components_and_their_promises(shop: Shop) -> None:
    await stocked(shop)
    order = await shop.order({"BOX": 2})
    await ship(shop, order)
    moved = (await shop.client.get("/api/v1/inventory/CARD/movements?filter[type]=sale")).json()["data"]
    await shop.call("POST", f"/postings/{moved[0]['posting_id']}/reverse", {"reason": "never left"}, 201)
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((10, 4), (10, 2))


async def test_two_lines_that_share_a_component_are_not_both_promised_the_last_one(shop: Shop) -> None:
    await stocked(shop, card=5)
    await kit(shop, "PAIR", CARD="2")
    both = await shop.order({"BOX": 1, "PAIR": 1, "CARD": 1})
    assert [line["allocated"] for line in both["lines"]] == ["1", "1", "1"]
    assert await shop.level("CARD") == (5, 5)
    refused = await shop.order({"BOX": 1, "FOIL": 1}, 409)
    assert (refused["facts"]["sku"], refused["facts"]["wanted"], refused["facts"]["available"]) == ("CARD", "2", "0")
    assert [error["pointer"] for error in refused["errors"]] == ["/lines/0/quantity"]
    assert await shop.level("FOIL") == (10, 1)


async def test_a_kit_and_its_component_in_one_order_are_refused_together_when_they_want_too_much(shop: Shop) -> None:
    await stocked(shop, card=5)
    refused = await shop.order({"BOX": 2, "CARD": 2}, 409)
    assert (refused["facts"]["wanted"], refused["facts"]["available"]) == ("6", "5")
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((5, 0), (10, 0))
    assert (await shop.order({"BOX": 2, "CARD": 1}))["lines"][0]["allocated"] == "2"


async def test_only_whole_kits_are_promised_and_the_rest_waits_until_the_component_comes(shop: Shop) -> None:
    await stocked(shop, card=5)
    order = await shop.order({"BOX": 4}, on_shortage="backorder")
    [line] = order["lines"]
    assert (line["allocated"], line["waiting"], order["backordered"]) == ("2", "2", True)
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((5, 4), (10, 2))
    await shop.stock("CARD", MAIN=3)
    async with shop.database.session(shop.actor) as session:
        assert await sales.allocate_backorders(session) == 1
    served = await shop.read(order)
    assert (served["lines"][0]["allocated"], served["backordered"]) == ("4", False)
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((8, 8), (10, 4))


async def test_a_component_lost_frees_what_the_torn_kit_held_of_the_others(shop: Shop) -> None:
    await stocked(shop, card=6)
    order = await shop.order({"BOX": 3})
    await shop.lose("CARD", 3)
    served = await shop.call("POST", f"/orders/{order['id']}/allocate")
    [line] = served["lines"]
    assert (line["allocated"], line["waiting"], served["backordered"]) == ("1", "2", True)
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((3, 2), (10, 1))
    sent = await ship(shop, order)
    assert (sent["status"], sent["lines"][0]["shipped"]) == ("partial", "1")


async def test_open_orders_keep_the_kit_as_it_was_sold(shop: Shop) -> None:
    await stocked(shop)
    order = await shop.order({"BOX": 2})
    await kit(shop, "BOX", CARD="5")
    kept = await shop.read(order)
    assert [(p["sku"], p["quantity"]) for p in kept["lines"][0]["parts"]] == [("CARD", "2"), ("FOIL", "1")]
    await shop.call("DELETE", "/kits/BOX", None, 204)
    sent = await ship(shop, order)
    assert sent["status"] == "shipped"
    assert (await shop.level("CARD"), await shop.level("FOIL")) == ((6, 0), (8, 0))


async def test_a_kit_is_put_together_from_two_warehouses_when_one_cannot(shop: Shop) -> None:
    await shop.warehouse("EAST")
    await shop.stock("CARD", MAIN=2)
    await shop.stock("FOIL", EAST=1)
    await kit(shop, "BOX", CARD="2", FOIL="1")
    order = await shop.order({"BOX": 1})
    assert {(a["sku"], a["warehouse"]) for a in order["lines"][0]["allocations"]} == {
        ("CARD", "MAIN"),
        ("FOIL", "EAST"),
    }


async def test_many_buyers_of_two_kits_that_share_a_component_never_get_more_than_there_is(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=7)
    await shop.stock("FOIL", MAIN=50)
    await kit(shop, "BOX", CARD="2", FOIL="1")
    await kit(shop, "TIN", CARD="1", FOIL="3")

    async def buy(sku: str) -> int:
        line = {"sku": sku, "quantity": "1", "unit_price": "5"}
        answer = await shop.client.post("/api/v1/orders", json={"lines": [line]})
        assert answer.status_code in {201, 409}, answer.text
        return (2 if sku == "BOX" else 1) if answer.status_code == 201 else 0

    used = sum(await asyncio.gather(*(buy(sku) for sku in ["BOX", "TIN", "CARD"] * 6)))
    assert used in {6, 7}  # a box may have come when one card was left
    assert await shop.level("CARD") == (7, used)
    assert (await shop.call("GET", "/proof"))["differences"] == []


async def test_channels_hear_of_a_kit_when_a_component_moves_and_when_it_is_made_otherwise(shop: Shop) -> None:
    await stocked(shop)
    body = {"name": "Web", "code": "web", "endpoint": "http://127.0.0.1:1/api", "credentials": {"token": "t"}}
    await shop.call("POST", "/channels", body, 201)
    async with shop.database.session(shop.actor) as session:
        [web] = [await channels.channel_by(session, "web")]
        await channels.ensure_listed(session, web)
    assert await shown_of(shop, "BOX") == "5"
    await shop.lose("CARD", 5)
    card = UUID((await shop.call("GET", "/inventory/CARD"))["id"])
    async with shop.database.session(shop.actor) as session:
        posted = Happening(shop.actor.organization_id, 1, 1, "ledger.posted", {"sku_ids": [str(card)]})
        assert await service_events.react(session, [posted]) == {web.id}
    assert await shown_of(shop, "BOX") == "2"
    box = UUID((await kit(shop, "BOX", CARD="5"))["sku_id"])
    async with shop.database.session(shop.actor) as session:
        changed = Happening(shop.actor.organization_id, 2, 2, "kits.kit_changed", {"sku_id": str(box)})
        assert await service_events.react(session, [changed]) == {web.id}
    assert await shown_of(shop, "BOX") == "1"


async def shown_of(shop: Shop, sku: str) -> str:
    rows = (await shop.client.get("/api/v1/channels/web/listings")).json()["data"]
    return next(str(row["wanted"]) for row in rows if row["sku"] == sku)
