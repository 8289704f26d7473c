from __future__ import annotations

import asyncio

import httpx
import pytest
from tests.sales.shop import Shop

CUSTOMER = {"name": "Bo Buyer", "email": "bo@example.com"}


async def test_creating_reserves_shipping_sells_and_delivery_ends_it(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 2}, customer=CUSTOMER, charges=[{"kind": "shipping", "amount": "4.50"}])
    assert (order["number"], order["status"], order["total"]) == ("SO-000001", "pending", "44.5")
    [line] = order["lines"]
    assert (line["sku"], line["status"], line["allocated"], line["amount"]) == ("A", "allocated", "2", "40")
    assert [(a["warehouse"], a["quantity"]) for a in line["allocations"]] == [("MAIN", "2")]
    assert order["customer"]["email"] == "bo@example.com"
    assert await shop.level("A") == (5, 2)

    shipped = await shop.call("POST", f"/orders/{order['number']}/ship", {"tracking": "T1"})
    assert (shipped["status"], shipped["tracking"], shipped["lines"][0]["status"]) == ("shipped", "T1", "shipped")
    assert await shop.level("A") == (3, 0)
    assert (await shop.call("POST", f"/orders/{order['id']}/deliver"))["status"] == "delivered"
    assert [entry["action"] for entry in (await shop.read(order))["history"]] == ["create", "ship", "update"]


async def test_a_refused_order_keeps_nothing(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    await shop.stock("B", MAIN=1)
    refused = await shop.order({"A": 2, "B": 3}, 409, customer=CUSTOMER)
    assert refused["code"] == "ledger.not_enough_stock"
    assert refused["facts"] == {"line": 1, "sku": "B", "warehouse": "MAIN", "wanted": "3", "available": "1"}
    assert [error["pointer"] for error in refused["errors"]] == ["/lines/1/quantity"]
    assert await shop.list() == []
    assert (await shop.level("A"), await shop.level("B")) == ((5, 0), (1, 0))
    assert (await shop.client.get("/api/v1/customers")).json()["data"] == []
    assert (await shop.order({"A": 1}))["number"] == "SO-000001"


async def test_a_backorder_waits_and_is_served_when_stock_comes(shop: Shop) -> None:
    await shop.stock("A", MAIN=1)
    order = await shop.order({"A": 3}, on_shortage="backorder")
    assert (order["backordered"], order["lines"][0]["allocated"], order["lines"][0]["waiting"]) == (True, "1", "2")
    assert await shop.list("filter[status]=backordered") == [order["number"]]
    refused = await shop.call("PATCH", f"/orders/{order['id']}", {"status": "shipped"}, 409)
    assert refused["code"] == "sales.waits_for_stock"
    assert (await shop.read(order))["status"] == "pending"

    await shop.stock("A", MAIN=5)
    served = await shop.call("POST", f"/orders/{order['id']}/allocate")
    assert (served["backordered"], served["lines"][0]["allocated"]) == (False, "3")
    assert await shop.level("A") == (6, 3)
    assert (await shop.call("PATCH", f"/orders/{order['id']}", {"status": "Shipped"}))["status"] == "shipped"


async def test_some_may_leave_first_and_cancelling_calls_off_the_rest(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 4})
    line = order["lines"][0]["id"]
    too_many = await shop.call(
        "POST", f"/orders/{order['id']}/ship", {"lines": [{"line_id": line, "quantity": "5"}]}, 409
    )
    assert (too_many["code"], too_many["facts"]["reserved"]) == ("sales.not_reserved", "4")
    sent = await shop.call("POST", f"/orders/{order['id']}/ship", {"lines": [{"line_id": line, "quantity": "3"}]})
    assert (sent["status"], await shop.level("A")) == ("partial", (2, 1))
    rest = await shop.call("POST", f"/orders/{order['id']}/cancel", {"reason": "changed mind"})
    assert (rest["status"], rest["lines"][0]["cancelled"], await shop.level("A")) == ("shipped", "1", (2, 0))


async def test_cancelling_releases_and_twice_is_harmless(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 4})
    for _ in range(2):
        cancelled = await shop.call("POST", f"/orders/{order['id']}/cancel")
        assert (cancelled["status"], await shop.level("A")) == ("cancelled", (5, 0))
    refused = await shop.call("POST", f"/orders/{order['id']}/ship", None, 409)
    assert refused["code"] == "sales.illegal_status"


async def test_an_illegal_status_names_the_allowed_ones(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 1})
    refused = await shop.call("PUT", f"/orders/{order['id']}", {"status": "Delivered"}, 409)
    assert refused["facts"]["allowed"] == "processing, shipped, cancelled"
    assert order["allowed_statuses"] == ["processing", "shipped", "cancelled"]
    assert (await shop.call("PUT", f"/orders/{order['id']}", {"status": "Processing"}))["status"] == "processing"
    unknown = await shop.call("PUT", f"/orders/{order['id']}", {"status": "lost"}, 422)
    assert unknown["errors"][0]["pointer"] == "/status"


async def test_an_order_on_hold_does_not_leave(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 1})
    held = await shop.call("PATCH", f"/orders/{order['id']}", {"on_hold": True, "note": "fraud check"})
    assert (held["on_hold"], held["note"]) == (True, "fraud check")
    assert await shop.list("order_status=on_hold") == [order["number"]]
    refused = await shop.call("POST", f"/orders/{order['id']}/ship", None, 409)
    assert (refused["code"], await shop.level("A")) == ("sales.on_hold", (5, 1))
    done = await shop.call("PATCH", f"/orders/{order['id']}", {"on_hold": False, "status": "shipped"})
    assert (done["status"], await shop.level("A")) == ("shipped", (4, 0))


async def test_only_a_pending_order_is_deleted(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order, other = await shop.order({"A": 1}), await shop.order({"A": 1})
    await shop.call("DELETE", f"/orders/{order['id']}", None, 204)
    await shop.call("GET", f"/orders/{order['id']}", None, 404)
    assert await shop.level("A") == (5, 1)
    await shop.call("PATCH", f"/orders/{other['id']}", {"status": "processing"})
    refused = await shop.call("DELETE", f"/orders/{other['id']}", None, 409)
    assert (refused["code"], refused["facts"]["allowed"]) == ("sales.not_deletable", "shipped, cancelled")


async def test_what_a_fact_took_from_an_order_waits_again(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 4})
    await shop.lose("A", 3)
    sent = await shop.call("POST", f"/orders/{order['id']}/ship")
    line = sent["lines"][0]
    assert (sent["status"], line["shipped"], line["waiting"], await shop.level("A")) == ("partial", "2", "2", (0, 0))


async def test_a_warehouse_that_was_asked_for_serves_alone(shop: Shop) -> None:
    await shop.warehouse("EAST", priority=1)
    await shop.stock("A", MAIN=2, EAST=9)
    order = await shop.order({"A": 2}, warehouse="main")
    assert order["lines"][0]["allocations"][0]["warehouse"] == "MAIN"
    refused = await shop.order({"A": 1}, 409, warehouse="MAIN")
    assert (refused["facts"]["warehouse"], refused["facts"]["available"]) == ("MAIN", "0")
    assert (await shop.order({"A": 1}))["lines"][0]["allocations"][0]["warehouse"] == "EAST"


async def test_an_unknown_sku_is_pointed_at(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    refused = await shop.order({"A": 1, "X": 1}, 422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("sales.unknown_sku", "/lines/1/sku")
    assert await shop.level("A") == (5, 0)


async def test_an_outside_number_is_taken_once_per_channel(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    await shop.order({"A": 1}, external_id="W-1")
    refused = await shop.order({"A": 1}, 409, external_id="W-1")
    assert (refused["code"], await shop.level("A")) == ("sales.external_id_taken", (5, 1))
    await shop.order({"A": 1}, external_id="W-1", channel="Till")


async def test_a_repeated_order_is_one_order(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    body = {"lines": [{"sku": "A", "quantity": "1", "unit_price": "20"}]}
    key = {"Idempotency-Key": "till-7"}
    answers = [await shop.client.post("/api/v1/orders", json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert await shop.level("A") == (5, 1)


async def test_an_edit_of_something_stale_is_refused(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 1})
    path = f"/api/v1/orders/{order['id']}"
    seen = {"If-Match": (await shop.client.get(path)).headers["etag"]}
    assert (await shop.client.patch(path, json={"note": "one"}, headers=seen)).status_code == 200
    assert (await shop.client.patch(path, json={"note": "two"}, headers=seen)).status_code == 412
    assert (await shop.read(order))["note"] == "one"


async def test_a_dry_run_shows_the_order_and_keeps_none(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    body = {"lines": [{"sku": "A", "quantity": "1", "unit_price": "20"}]}
    answer = await shop.client.post("/api/v1/orders?dry_run=true", json=body)
    assert (answer.status_code, answer.json()["data"]["total"]) == (200, "20")
    assert (await shop.list(), await shop.level("A")) == ([], (5, 0))


async def test_lists_find_by_status_channel_date_customer_article_and_text(shop: Shop) -> None:
    await shop.stock("A", MAIN=9)
    await shop.stock("B", MAIN=9)
    first = await shop.order({"A": 1}, channel="till", order_date="2026-03-01T23:30:00Z", customer=CUSTOMER)
    second = await shop.order({"B": 1}, external_id="W-77", order_date="2026-03-03T08:00:00Z")
    await shop.call("POST", f"/orders/{second['id']}/cancel")
    one, two = first["number"], second["number"]
    assert await shop.list() == [two, one]
    assert await shop.list("order_status=Cancelled") == [two]
    assert await shop.list("filter[channel]=till") == [one]
    assert await shop.list("from_date=2026-03-02&to_date=2026-03-03") == [two]
    assert await shop.list("to_date=2026-03-01") == [one]
    assert await shop.list(f"filter[customer_id]={first['customer']['id']}") == [one]
    assert await shop.list("filter[sku]=b") == [two]
    assert (await shop.list("q=w-77"), await shop.list("q=W-7")) == ([two], [two])
    assert (await shop.list("q=buyer"), await shop.list("search=so-000001")) == ([one], [one])
    assert (await shop.client.get("/api/v1/orders?colour=red")).status_code == 400


async def test_strangers_others_and_bad_bodies_get_nothing(
    shop: Shop, stranger: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 1})
    path = f"/api/v1/orders/{order['id']}"
    for verb in ("/ship", "/cancel", "/allocate", "/deliver"):
        assert (await stranger.post(path + verb)).status_code == 401
        assert (await other.post(path + verb)).status_code == 404
    assert (await other.get(path)).status_code == 404
    assert (await other.get("/api/v1/orders")).json()["data"] == []
    assert (await other.delete(path)).status_code == 404
    for lines in (
        [],
        [{"sku": "A", "quantity": "0", "unit_price": "1"}],
        [{"sku": "A", "quantity": 1.5, "unit_price": 1}],
    ):
        assert (await shop.client.post("/api/v1/orders", json={"lines": lines})).status_code == 422
    assert await shop.level("A") == (5, 1)


async def test_staff_take_and_ship_orders(shop: Shop, staff: httpx.AsyncClient) -> None:
    await shop.stock("A", MAIN=5)
    body = {"lines": [{"sku": "A", "quantity": "1", "unit_price": "20"}]}
    order = (await staff.post("/api/v1/orders", json=body)).json()["data"]
    assert (await staff.post(f"/api/v1/orders/{order['id']}/ship")).json()["data"]["status"] == "shipped"
    assert (await staff.get("/api/v1/audit")).status_code == 403


@pytest.mark.parametrize("buyers", [20])
async def test_twenty_buyers_five_pieces(shop: Shop, buyers: int) -> None:
    await shop.stock("HOT", MAIN=5)
    body = {"lines": [{"sku": "HOT", "quantity": "1", "unit_price": "20"}]}
    answers = await asyncio.gather(*(shop.client.post("/api/v1/orders", json=body) for _ in range(buyers)))
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 15
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"ledger.not_enough_stock"}
    assert await shop.level("HOT") == (5, 5)
    assert await shop.list("sort=number") == [f"SO-{n:06d}" for n in range(1, 6)]
