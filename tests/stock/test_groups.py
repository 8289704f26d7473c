"""The grid's groups: subtotals from the server, and the rows behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Lamps at two warehouses, a card without category or supplier."""
    for code in ("MAIN", "EAST"):
        await client.post("/api/v1/warehouses", json={"code": code, "name": code.title()})
    lamps = (await client.post("/api/v1/categories", json={"name": "Lamps"})).json()["data"]["id"]
    supplier = (await client.post("/api/v1/suppliers", json={"code": "BR", "name": "Brassworks"})).json()["data"]["id"]
    for body in (
        {"sku": "L-1", "name": "Brass lamp", "cost_price": "2", "category_id": lamps, "supplier_id": supplier},
        {"sku": "C-1", "name": "Card"},
    ):
        assert (await client.post("/api/v1/products", json=body)).status_code == 201
    lines = [("L-1", "MAIN", "10"), ("L-1", "EAST", "2"), ("C-1", "MAIN", "3")]
    keys = ("sku", "warehouse", "quantity")
    body = {"reason": "received", "lines": [dict(zip(keys, line, strict=True)) for line in lines]}
    assert (await client.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    return client


async def groups(client: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    answer = await client.get("/api/v1/stock-groups", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("category", [("", 1, "3"), ("Lamps", 2, "12")]),
        ("supplier", [("", 1, "3"), ("Brassworks", 2, "12")]),
        ("warehouse", [("EAST", 1, "2"), ("MAIN", 2, "13")]),
        ("product", [("Brass lamp", 2, "12"), ("Card", 1, "3")]),
    ],
)
async def test_levels_are_summed_by_group(
    shop: httpx.AsyncClient, by: str, expected: list[tuple[str, int, str]]
) -> None:
    found = await groups(shop, by=by)
    assert [(row["name"], row["levels"], row["on_hand"]) for row in found] == expected


async def test_groups_are_of_the_levels_that_fit(shop: httpx.AsyncClient) -> None:
    found = await groups(shop, by="category", query="warehouse:EAST")
    assert [(row["name"], row["on_hand"], row["available"]) for row in found] == [("Lamps", "2", "2")]
    found = await groups(shop, by="warehouse", **{"filter[sku]": "C-1"})
    assert [(row["name"], row["on_hand"]) for row in found] == [("MAIN", "3")]
    found = await groups(shop, by="warehouse", sort="-on_hand", limit="1")
    assert [row["name"] for row in found] == ["MAIN"]


async def test_the_next_groups_follow_the_cursor(shop: httpx.AsyncClient) -> None:
    path = "/api/v1/stock-groups"
    first = (await shop.get(path, params={"by": "product", "limit": "1", "query": "warehouse:MAIN"})).json()
    more = {"by": "product", "limit": "1", "query": "warehouse:MAIN", "cursor": first["meta"]["next_cursor"]}
    second = (await shop.get(path, params=more)).json()
    assert [row["name"] for row in first["data"] + second["data"]] == ["Brass lamp", "Card"]
    assert second["meta"]["next_cursor"] is None


async def test_the_rows_behind_a_group_are_listed(shop: httpx.AsyncClient) -> None:
    lamps = (await groups(shop, by="category"))[1]["id"]
    for word, expected in (("filter[category_id]", 2), ("filter[category_id][null]", 1)):
        value = lamps if expected == 2 else "true"
        rows = (await shop.get("/api/v1/stock-levels", params={word: value})).json()["data"]
        assert len(rows) == expected


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"by": "colour"}, 422),
        ({}, 422),
        ({"by": "category", "sort": "colour"}, 400),
        ({"by": "category", "x": "1"}, 400),
    ],
)
async def test_bad_groups_are_refused(client: httpx.AsyncClient, query: dict[str, str], status: int) -> None:
    assert (await client.get("/api/v1/stock-groups", params=query)).status_code == status


async def test_a_level_shows_its_reorder_point(shop: httpx.AsyncClient) -> None:
    body = {"sku": "L-1", "warehouse": "MAIN", "manual_point": "7"}
    assert (await shop.put("/api/v1/replenishment/policies", json=body)).status_code == 200
    rows = (await shop.get("/api/v1/stock-levels", params={"query": "lamp", "sort": "warehouse"})).json()["data"]
    assert [(row["warehouse"], row["reorder_point"]) for row in rows] == [("EAST", None), ("MAIN", "7")]
