"""The ordinary stock routes over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx

LEVEL = "/api/v1/stock-levels/A-1@MAIN"


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A-1: ten at MAIN for 10.00 each, two at EAST; A-2 without a cost: three at MAIN."""
    for code in ("MAIN", "EAST"):
        assert (await client.post("/api/v1/warehouses", json={"code": code, "name": code.title()})).status_code == 201
    for sku, cost in (("A-1", "7.00"), ("A-2", None)):
        product = {"sku": sku, "name": f"Widget {sku}", "cost_price": cost, "currency": "GBP"}
        assert (await client.post("/api/v1/products", json=product)).status_code == 201
    lines = [("A-1", "MAIN", "10", "10.00"), ("A-1", "EAST", "2", None), ("A-2", "MAIN", "3", None)]
    keys = ("sku", "warehouse", "quantity", "unit_cost")
    made = [dict(zip(keys, line, strict=True)) for line in lines]
    body: dict[str, Any] = {"reason": "received", "type": "purchase", "document": "GR-1", "lines": made}
    assert (await client.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    return client


async def rows(client: httpx.AsyncClient, path: str, **query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def pick(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


async def test_levels_are_listed_and_filtered(shop: httpx.AsyncClient) -> None:
    listed = await rows(shop, "stock-levels")
    assert sorted(pick(r, "sku", "warehouse", "on_hand", "available") for r in listed) == [
        ("A-1", "EAST", "2", "2"),
        ("A-1", "MAIN", "10", "10"),
        ("A-2", "MAIN", "3", "3"),
    ]
    assert len(await rows(shop, "stock-levels", **{"filter[sku]": "a-1"})) == 2
    few = await rows(shop, "stock-levels", **{"filter[quantity][lt]": "5", "sort": "-on_hand"})
    assert [pick(r, "sku", "on_hand") for r in few] == [("A-2", "3"), ("A-1", "2")]
    assert len(await rows(shop, "stock-levels", **{"filter[warehouse]": "main"})) == 2
    assert await rows(shop, "stock-levels", low_stock="true") == []
    assert len(await rows(shop, "warehouses/EAST/inventory")) == 1
    first = await shop.get("/api/v1/stock-levels", params={"limit": "2"})
    cursor = first.json()["meta"]["next_cursor"]
    second = await rows(shop, "stock-levels", limit="2", cursor=cursor)
    assert len(first.json()["data"]) == 2
    assert len(second) == 1


@pytest.mark.parametrize("sort", ["sku", "-name", "on_hand", "-on_hand", "-available,sku", "warehouse", "-updated_at"])
async def test_pages_of_levels_show_each_once_in_any_order(shop: httpx.AsyncClient, sort: str) -> None:
    whole = [level["id"] for level in await rows(shop, "stock-levels", sort=sort)]
    paged: list[str] = []
    parameters = {"sort": sort, "limit": "1"}
    while parameters.get("cursor") != "":
        answer = (await shop.get("/api/v1/stock-levels", params=parameters)).json()
        paged += [level["id"] for level in answer["data"]]
        parameters["cursor"] = answer["meta"]["next_cursor"] or ""
    assert paged == whole
    assert len(set(paged)) == 3


@pytest.mark.parametrize("path", ["stock-levels", "inventory", "inventory/movements"])
async def test_stock_is_searched_as_products_are(shop: httpx.AsyncClient, path: str) -> None:
    assert {row["sku"] for row in await rows(shop, path, q="a-2")} == {"A-2"}
    assert await rows(shop, path, q="no such thing") == []


async def test_a_level_is_set_and_the_difference_posted(shop: httpx.AsyncClient) -> None:
    answer = await shop.put(LEVEL, json={"quantity": "8", "expected_quantity": "10"})
    assert answer.status_code == 200, answer.text
    assert pick(answer.json()["data"], "quantity", "on_hand") == ("-2", "8")
    stale = await shop.put(LEVEL, json={"quantity": "9", "expected_quantity": "10"})
    assert (stale.status_code, stale.json()["code"]) == (409, "ledger.level_changed")
    level = (await shop.get(LEVEL)).json()["data"]
    assert level["on_hand"] == "8"
    by_id = await shop.get(f"/api/v1/stock-levels/{level['id']}")
    assert by_id.json()["data"] == level


async def test_a_level_is_opened_once_and_dropped_only_without_history(shop: httpx.AsyncClient) -> None:
    body = {"sku": "A-2", "warehouse": "EAST", "quantity": "4"}
    assert (await shop.post("/api/v1/stock-levels", json=body)).status_code == 201
    again = await shop.post("/api/v1/stock-levels", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "ledger.level_exists")
    kept = await shop.delete("/api/v1/stock-levels/A-2@EAST")
    assert (kept.status_code, kept.json()["code"]) == (409, "ledger.level_in_use")
    assert (await shop.delete("/api/v1/stock-levels/A-9@EAST")).status_code == 404


async def test_inventory_has_a_row_per_sku_with_its_value(shop: httpx.AsyncClient) -> None:
    listed = await rows(shop, "inventory")
    assert [pick(r, "sku", "on_hand", "available", "unit_cost", "value") for r in listed] == [
        ("A-1", "12", "12", "9.5", "114"),
        ("A-2", "3", "3", None, None),
    ]
    one = (await shop.get("/api/v1/inventory/a-1")).json()["data"]
    assert one == listed[0]
    assert (await shop.get("/api/v1/inventory/nope")).status_code == 404


async def test_an_average_without_end_is_rounded(shop: httpx.AsyncClient) -> None:
    line = {"sku": "A-1", "warehouse": "MAIN", "quantity": "1", "unit_cost": "5"}
    await shop.post("/api/v1/inventory/adjust", json={"reason": "received", "lines": [line]})
    answer = await shop.get("/api/v1/inventory/A-1")
    assert (answer.status_code, answer.json()["data"]["unit_cost"]) == (200, "9.153846")
    [listed] = await rows(shop, "inventory", **{"filter[sku]": "A-1"})
    assert pick(listed, "unit_cost", "value") == ("9.153846", "119")


async def test_the_value_counts_what_has_no_cost_apart(shop: httpx.AsyncClient) -> None:
    worth = (await shop.get("/api/v1/inventory/valuation", params={"days": "3"})).json()["data"]
    assert pick(worth, "value", "currency", "skus", "uncosted", "units", "uncosted_units") == (
        "114", "GBP", 2, 1, "15", "3",
    )  # fmt: skip
    assert {w["warehouse"]: w["value"] for w in worth["warehouses"]} == {"MAIN": "100", "EAST": "14"}
    assert [d["value"] for d in worth["trend"]] == ["0", "0", "114"]


async def test_movements_tell_who_why_and_how_much_was_left(shop: httpx.AsyncClient) -> None:
    await shop.post("/api/v1/reservations", json={"sku": "A-1", "warehouse": "MAIN", "quantity": "1"})
    listed = await rows(shop, "inventory/movements")
    newest = listed[0]
    assert pick(newest, "sku", "quantity", "balance", "reason", "type", "document") == (
        "A-2", "3", "3", "received", "purchase", "GR-1",
    )  # fmt: skip
    assert newest["actor"] == "test admin"
    assert len(listed) == 3
    assert len(await rows(shop, "inventory/movements", **{"filter[type]": "reservation"})) == 1
    assert len(await rows(shop, "inventory/movements", **{"filter[sku]": "A-1"})) == 2
    assert len(await rows(shop, "inventory/A-1/movements", **{"filter[warehouse]": "EAST"})) == 1
    assert await rows(shop, "inventory/movements", **{"filter[document]": "GR-2"}) == []


async def test_levels_as_of_a_moment(shop: httpx.AsyncClient) -> None:
    line = {"sku": "A-1", "warehouse": "MAIN", "quantity": "5", "effective_at": "2020-01-01T00:00:00Z"}
    body = {"reason": "found in the books", "lines": [line]}
    assert (await shop.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    then = await rows(shop, "stock-levels", as_of="2020-06-01")
    assert [pick(r, "sku", "warehouse", "on_hand") for r in then] == [("A-1", "MAIN", "5")]
    now = await rows(shop, "stock-levels", **{"filter[sku]": "A-1", "filter[warehouse]": "MAIN"})
    assert now[0]["on_hand"] == "15"
    assert (await shop.get("/api/v1/stock-levels", params={"as_of": "soon"})).status_code == 400


async def test_stock_moves_between_warehouses_at_once(shop: httpx.AsyncClient) -> None:
    body = {"from_warehouse": "MAIN", "to_warehouse": "EAST", "lines": [{"sku": "A-1", "quantity": "4"}]}
    answer = await shop.post("/api/v1/inventory/transfer", json=body)
    assert [line["on_hand"] for line in answer.json()["data"]["lines"]] == ["6", "6"]
    too_many = await shop.post("/api/v1/inventory/transfer", json=body | {"lines": [{"sku": "A-1", "quantity": "7"}]})
    assert (too_many.status_code, too_many.json()["facts"]["available"]) == (409, "6")


async def test_many_levels_are_set_as_counted(shop: httpx.AsyncClient) -> None:
    lines = [{"sku": "A-1", "warehouse": "MAIN", "quantity": "9"}, {"sku": "A-2", "warehouse": "MAIN", "quantity": "3"}]
    answer = await shop.post("/api/v1/inventory/set", json={"lines": lines, "fact": True, "reason": "counted"})
    assert [line["quantity"] for line in answer.json()["data"]["lines"]] == ["-1", "0"]
    assert len(await rows(shop, "inventory/movements", **{"filter[type]": "count"})) == 2


async def test_a_promise_is_listed_and_shipped(shop: httpx.AsyncClient) -> None:
    body = {"sku": "A-1", "warehouse": "MAIN", "quantity": "3", "channel": "shop"}
    made = (await shop.post("/api/v1/reservations", json=body)).json()["data"]
    shipped = await shop.post(f"/api/v1/reservations/{made['id']}/commit", json={"quantity": "2", "document": "SO-1"})
    assert shipped.status_code == 200, shipped.text
    listed = await rows(shop, "reservations", status="open")
    assert [pick(r, "id", "open", "taken", "channel") for r in listed] == [(made["id"], "1", "2", "shop")]
    rest = await shop.post(f"/api/v1/reservations/{made['id']}/commit", json={})
    assert rest.status_code == 200
    assert (await rows(shop, "reservations"))[0]["status"] == "committed"
    level = (await shop.get(LEVEL)).json()["data"]
    assert pick(level, "on_hand", "reserved", "available") == ("7", "0", "7")


async def test_a_posting_is_reversed_once(shop: httpx.AsyncClient) -> None:
    body = {"reason": "oops", "lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "-4"}]}
    posting = (await shop.post("/api/v1/inventory/adjust", json=body)).json()["data"]["posting_id"]
    undone = [await shop.post(f"/api/v1/postings/{posting}/reverse", json={}) for _ in range(2)]
    assert [u.status_code for u in undone] == [201, 201]
    assert undone[0].json() == undone[1].json()
    assert (await shop.get(LEVEL)).json()["data"]["on_hand"] == "10"
    twice = await shop.post(f"/api/v1/postings/{undone[0].json()['data']['posting_id']}/reverse", json={})
    assert (twice.status_code, twice.json()["code"]) == (409, "ledger.not_reversible")
    assert (await shop.post(f"/api/v1/postings/{made_up()}/reverse", json={})).status_code == 404


def made_up() -> str:
    return "01890000-0000-7000-8000-000000000000"


async def test_a_shortage_is_listed_and_resolved(shop: httpx.AsyncClient) -> None:
    line = {"sku": "A-2", "warehouse": "MAIN", "quantity": "-5"}
    body = {"reason": "sold at the fair", "type": "sale", "fact": True, "document": "FAIR-1", "lines": [line]}
    assert (await shop.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    found = await rows(shop, "shortages", status="open")
    assert [pick(r, "sku", "quantity", "kind", "document") for r in found] == [("A-2", "2", "fact", "FAIR-1")]
    resolve = f"/api/v1/shortages/{found[0]['id']}/resolve"
    assert (await shop.post(resolve, json={"resolution": "bought two more"})).status_code == 204
    assert (await shop.post(resolve, json={"resolution": "again"})).status_code == 404
    assert await rows(shop, "shortages", status="open") == []


@pytest.mark.usefixtures("shop")
async def test_staff_may_move_stock(staff: httpx.AsyncClient) -> None:
    assert (await staff.put(LEVEL, json={"quantity": "1"})).status_code == 200
    assert len(await rows(staff, "stock-levels")) == 3
