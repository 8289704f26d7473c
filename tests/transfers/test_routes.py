"""Transfers over HTTP: pending reserves, transit counts once, receipt may be partial, loss is written off."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from onhand import transfers

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.kernel import Actor


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Ten of A-1 and four of A-2 at MAIN, nothing at EAST."""
    for code in ("MAIN", "EAST"):
        assert (await client.post("/api/v1/warehouses", json={"code": code, "name": code})).status_code == 201
    for sku, name in (("A-1", "Mug"), ("A-2", "Plate")):
        assert (await client.post("/api/v1/products", json={"sku": sku, "name": name})).status_code == 201
    lines = [
        {"sku": "A-1", "warehouse": "MAIN", "quantity": "10", "unit_cost": "3"},
        {"sku": "A-2", "warehouse": "MAIN", "quantity": "4", "unit_cost": "1"},
    ]
    answer = await client.post("/api/v1/inventory/adjust", json={"reason": "received", "lines": lines})
    assert answer.status_code == 201
    return client


async def plan(client: httpx.AsyncClient, *lines: tuple[str, str], **more: object) -> httpx.Response:
    body = {
        "from_warehouse": "MAIN",
        "to_warehouse": "EAST",
        "lines": [{"sku": sku, "quantity": quantity} for sku, quantity in lines],
        **more,
    }
    return await client.post("/api/v1/transfers", json=body)


async def level(client: httpx.AsyncClient, place: str, sku: str = "A-1") -> tuple[str, str, str]:
    data = (await client.get(f"/api/v1/stock-levels/{sku}@{place}")).json()["data"]
    return data["on_hand"], data["available"], data["incoming"]


async def value(client: httpx.AsyncClient) -> str:
    worth: str = (await client.get("/api/v1/inventory/valuation")).json()["data"]["value"]
    return worth


async def act(client: httpx.AsyncClient, key: str, what: str, **body: Any) -> httpx.Response:
    return await client.post(f"/api/v1/transfers/{key}/{what}", json=body)


async def test_lines_say_what_the_product_is_called(shop: httpx.AsyncClient) -> None:
    made = (await plan(shop, ("A-1", "2"), ("A-2", "1"))).json()["data"]
    assert [(line["sku"], line["name"]) for line in made["lines"]] == [("A-1", "Mug"), ("A-2", "Plate")]


async def test_a_pending_transfer_reserves_at_the_source(shop: httpx.AsyncClient) -> None:
    made = await plan(shop, ("A-1", "6"), ("a-1", "1"), ("A-2", "4"))
    assert made.status_code == 201, made.text
    data = made.json()["data"]
    assert (data["document"], data["status"]) == ("T-1", "pending")
    assert [(i["sku"], i["quantity"]) for i in data["lines"]] == [("A-1", "7"), ("A-2", "4")]
    assert await level(shop, "MAIN") == ("10", "3", "0")
    held = (await shop.get("/api/v1/reservations?status=open")).json()["data"]
    assert {r["holder_kind"] for r in held} == {"transfer"}


async def test_too_much_is_refused_and_nothing_is_kept(shop: httpx.AsyncClient) -> None:
    refused = await plan(shop, ("A-2", "4"), ("A-1", "11"))
    assert (refused.status_code, refused.json()["code"]) == (409, "ledger.not_enough_stock")
    assert (await shop.get("/api/v1/transfers")).json()["data"] == []
    assert await level(shop, "MAIN", "A-2") == ("4", "4", "0")


async def test_goods_go_through_transit_and_count_once(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"), dispatch=True)
    assert await level(shop, "MAIN") == ("4", "4", "0")
    assert await level(shop, "EAST") == ("0", "0", "6")
    assert await value(shop) == "34"
    listed = (await shop.get("/api/v1/inventory/A-1")).json()["data"]
    assert (listed["on_hand"], listed["available"], listed["in_transit"]) == ("4", "4", "6")
    done = await act(shop, "T-1", "receive")
    assert done.json()["data"]["status"] == "completed"
    assert await level(shop, "EAST") == ("6", "6", "0")
    assert await value(shop) == "34"


async def test_part_arrives_part_is_lost_the_rest_follows(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"), dispatch=True)
    first = await act(shop, "1", "receive", lines=[{"sku": "A-1", "received": "2", "lost": "1"}])
    assert first.json()["data"]["status"] == "in_transit"
    assert await level(shop, "EAST") == ("2", "2", "3")
    too_many = await act(shop, "1", "receive", lines=[{"sku": "A-1", "received": "4"}])
    assert (too_many.status_code, too_many.json()["code"]) == (409, "transfers.more_than_under_way")
    strange = await act(shop, "1", "receive", lines=[{"sku": "A-2", "received": "1"}])
    assert (strange.status_code, strange.json()["code"]) == (422, "transfers.unknown_line")
    rest = await act(shop, "1", "receive", lines=[{"sku": "A-1", "received": "3"}])
    assert rest.json()["data"]["status"] == "completed"
    assert await level(shop, "EAST") == ("5", "5", "0")
    wasted = (await shop.get("/api/v1/inventory/movements?filter[type]=waste")).json()["data"]
    assert [(m["quantity"], m["document"]) for m in wasted] == [("-1", "T-1")]


async def test_a_cancelled_transfer_gives_everything_back(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"))
    assert (await act(shop, "1", "cancel")).json()["data"]["status"] == "cancelled"
    assert await level(shop, "MAIN") == ("10", "10", "0")
    await plan(shop, ("A-1", "6"), dispatch=True)
    await act(shop, "2", "receive", lines=[{"sku": "A-1", "received": "2"}])
    back = (await act(shop, "2", "cancel")).json()["data"]
    assert (back["status"], back["lines"][0]["returned"]) == ("completed", "4")
    assert await level(shop, "MAIN") == ("8", "8", "0")
    assert await level(shop, "EAST") == ("2", "2", "0")


async def test_a_status_goes_only_forward(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"))
    early = await shop.put("/api/v1/transfers/1", json={"status": "completed"})
    assert (early.status_code, early.json()["facts"]["allowed"]) == (409, "in_transit, cancelled")
    assert (await shop.put("/api/v1/transfers/1", json={"status": "in_transit"})).status_code == 200
    assert (await shop.delete("/api/v1/transfers/1")).json()["code"] == "transfers.not_pending"
    done = await shop.patch("/api/v1/transfers/1", json={"status": "completed", "note": "arrived"})
    assert (done.json()["data"]["status"], done.json()["data"]["note"]) == ("completed", "arrived")
    assert (await act(shop, "1", "cancel")).status_code == 409


async def test_only_a_pending_transfer_is_deleted(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"))
    assert (await shop.delete("/api/v1/transfers/T-1")).status_code == 204
    assert (await shop.get("/api/v1/transfers/T-1")).status_code == 404
    assert await level(shop, "MAIN") == ("10", "10", "0")


async def test_transfers_are_filtered_as_the_sources_ask(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "1"))
    await plan(shop, ("A-2", "1"), dispatch=True, note="urgent")
    warehouses = {w["code"]: w["id"] for w in (await shop.get("/api/v1/warehouses")).json()["data"]}

    async def numbers(query: str) -> list[int]:
        return [t["number"] for t in (await shop.get(f"/api/v1/transfers?{query}")).json()["data"]]

    assert await numbers("") == [2, 1]
    assert await numbers("status=pending") == [1]
    assert await numbers(f"from_warehouse_id={warehouses['MAIN']}") == [2, 1]
    assert await numbers(f"from_warehouse_id={warehouses['EAST']}") == []
    assert await numbers("filter[sku]=a-2") == [2]
    assert await numbers("q=urgent") == [2]


async def test_what_a_fact_took_is_missed_at_dispatch(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"))
    count = {"lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "5"}], "fact": True}
    assert (await shop.post("/api/v1/inventory/set", json=count)).status_code == 201
    refused = await act(shop, "1", "dispatch")
    assert (refused.status_code, refused.json()["code"]) == (409, "ledger.not_enough_stock")
    assert await level(shop, "MAIN") == ("5", "0", "0")


async def test_two_receipts_at_once_take_in_what_is_under_way_once(shop: httpx.AsyncClient) -> None:
    await plan(shop, ("A-1", "6"), dispatch=True)
    answers = await asyncio.gather(*(act(shop, "1", "receive") for _ in range(5)))
    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409, 409]
    assert await level(shop, "EAST") == ("6", "6", "0")


async def test_a_transfer_needs_two_places_and_a_known_sku(shop: httpx.AsyncClient) -> None:
    same = await plan(shop, ("A-1", "1"), to_warehouse="main")
    assert (same.status_code, same.json()["code"]) == (422, "transfers.same_place")
    assert (await plan(shop, ("NONE", "1"))).status_code in {404, 422}
    assert (await plan(shop, ("A-1", "0"))).status_code == 422
    assert (await plan(shop)).status_code == 422


async def test_what_is_under_way_is_known_by_destination(
    shop: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    await plan(shop, ("A-1", "6"), ("A-2", "1"), dispatch=True)
    await plan(shop, ("A-1", "1"), dispatch=True)
    await act(shop, "1", "receive", lines=[{"sku": "A-1", "received": "2"}])
    async with database.session(actor) as session:
        found = await transfers.incoming(session)
    assert sorted(i.quantity for i in found) == [Decimal(1), Decimal(5)]
    assert len({i.warehouse_id for i in found}) == 1
