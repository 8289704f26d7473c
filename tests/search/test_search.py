"""Search over everything: what is found, in which order, by whom; completions; what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import client_for, key_for, make_organization

from onhand.infra.permissions import all_permissions
from onhand.search.domain import KINDS, Hit, grouped, kinds_for, quoted, typed

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

    from onhand.infra.db import Database


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """One of each kind that can be found."""
    made = [
        ("warehouses", {"code": "MAIN", "name": "Main store", "city": "Leeds"}),
        ("categories", {"name": "Lamps"}),
        ("suppliers", {"code": "BRASS", "name": "Brassworks"}),
        ("customers", {"code": "C-1", "name": "Ada Lovelace", "email": "ada@example.com"}),
        ("products", {"sku": "L-1", "name": "Brass lamp", "selling_price": "40", "barcodes": ["5901234123457"]}),
        ("products", {"sku": "BRASS", "name": "Polish", "selling_price": "4", "tags": ["care", "very new"]}),
    ]
    for path, body in made:
        answer = await client.post(f"/api/v1/{path}", json=body)
        assert answer.status_code == 201, answer.text
    line = {"sku": "L-1", "warehouse": "MAIN", "quantity": "5"}
    assert (await client.post("/api/v1/inventory/adjust", json={"reason": "in", "lines": [line]})).status_code == 201
    order = {"external_id": "EXT-77", "lines": [{"sku": "L-1", "quantity": "1", "unit_price": "40"}]}
    assert (await client.post("/api/v1/orders", json=order)).status_code == 201
    return client


async def found(client: httpx.AsyncClient, text: str) -> list[tuple[str, list[str]]]:
    answer = await client.get("/api/v1/search", params={"q": text})
    assert answer.status_code == 200, answer.text
    groups = answer.json()["data"]["groups"]
    return [(group["kind"], [hit["name"] for hit in group["hits"]]) for group in groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brss lamp", [("product", ["Brass lamp"])]),
        ("5901234123457", [("product", ["Brass lamp"])]),
        ("brass", [("product", ["Polish", "Brass lamp"]), ("supplier", ["Brassworks"])]),
        ("SO-000001", [("order", ["SO-000001"])]),
        ("ext-77", []),
        ("EXT-7", [("order", ["SO-000001"])]),
        ("ada@", [("customer", ["Ada Lovelace"])]),
        ("lovlace", [("customer", ["Ada Lovelace"])]),
        ("leeds", [("warehouse", ["Main store"])]),
        ("lamps", [("category", ["Lamps"]), ("product", ["Brass lamp"])]),
        ("stock:in", [("product", ["Brass lamp"])]),
        ("price:<10 brass", [("product", ["Polish"])]),
        ("zebra", []),
    ],
)
async def test_things_are_found_by_name_and_code(
    shop: httpx.AsyncClient, text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert await found(shop, text) == expected


async def test_a_bad_query_is_refused_with_its_place(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/api/v1/search", params={"q": "lamp price:<x"})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["errors"][0]["pointer"]) == (422, "search.bad_query", "/q")
    assert (problem["facts"]["start"], problem["facts"]["end"]) == (12, 13)
    assert (await shop.get("/api/v1/search", params={"q": "a" * 501})).status_code == 422
    assert (await shop.get("/api/v1/search")).status_code == 422


async def test_nobody_finds_what_is_anothers(app: FastAPI, database: Database, shop: httpx.AsyncClient) -> None:
    assert await found(shop, "brass") != []
    stranger = await make_organization(database)
    async with client_for(app, await key_for(database, stranger)) as other:
        assert await found(other, "brass") == []
        assert await found(other, "ada") == []


def test_one_finds_the_kinds_that_one_may_see() -> None:
    assert kinds_for(lambda permission: permission == "sales.read") == ["order"]
    assert set(KINDS.values()) <= {permission.name for permission in all_permissions()}


def test_a_kind_with_an_exact_hit_comes_first() -> None:
    def hit(kind: str, *, exact: bool) -> Hit:
        return Hit(kind, "1", "a", None, None, None, exact)

    near, exact = hit("product", exact=False), hit("serial", exact=True)
    assert [kind for kind, _ in grouped([near, exact])] == ["serial", "product"]


async def options(client: httpx.AsyncClient, text: str, **more: int) -> tuple[int, list[str]]:
    answer = await client.get("/api/v1/search/completions", params={"q": text, **more})
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    return data["start"], [option["text"] for option in data["options"]]


async def test_names_and_values_are_completed_at_the_caret(shop: httpx.AsyncClient) -> None:
    assert await options(shop, "lamp war") == (5, ["warehouse:"])
    assert await options(shop, "warehouse:m") == (10, ["MAIN"])
    assert await options(shop, "stock:") == (6, ["low", "out", "in"])
    assert await options(shop, "category:la") == (9, ["Lamps"])
    assert await options(shop, "tag:VE") == (4, ['"very new"'])
    assert await options(shop, "supplier:works") == (9, ["BRASS"])
    assert await options(shop, "sku:l") == (4, ["L-1"])
    assert (
        (await options(shop, "lot:x"))[1]
        == (await options(shop, "serial:x"))[1]
        == (await options(shop, "bin:x"))[1]
        == []
    )
    assert await options(shop, "sto lamp", at=3) == (0, ["stock:"])
    assert await options(shop, "price:<") == (7, [])
    assert await options(shop, "colour:r") == (7, [])


def test_what_is_typed_is_read_before_the_caret() -> None:
    value = typed("-tag:foil,ne", 12)
    assert value is not None
    assert (value.name, value.text, value.start) == ("tag", "ne", 10)
    assert typed("12", 2) is None
    assert quoted("a b") == '"a b"'


async def test_the_newest_twenty_searches_are_remembered(shop: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    for n in range(22):
        assert (await shop.post("/api/v1/search/recent", json={"text": f"lamp {n}"})).status_code == 204
    assert (await shop.post("/api/v1/search/recent", json={"text": "LAMP  5"})).status_code == 204
    kept = (await shop.get("/api/v1/search/recent")).json()["data"]
    assert kept[:3] == ["LAMP 5", "lamp 21", "lamp 20"]
    assert len(kept) == 20
    assert (await staff.get("/api/v1/search/recent")).json()["data"] == []
    assert (await shop.post("/api/v1/search/recent", json={"text": "lamp OR"})).status_code == 422
    assert (await shop.delete("/api/v1/search/recent")).status_code == 204
    assert (await shop.get("/api/v1/search/recent")).json()["data"] == []


async def views(client: httpx.AsyncClient) -> list[tuple[Any, ...]]:
    rows = (await client.get("/api/v1/saved-views", params={"filter[list]": "stock-levels"})).json()["data"]
    return [(row["name"], row["mine"], row["shared"], row["opens_first"]) for row in rows]


async def test_a_view_is_kept_shared_and_opened_first(client: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    body = {"list": "stock-levels", "name": "Low", "state": {"query": "stock:low"}}
    made = await client.post("/api/v1/saved-views", json=body)
    assert made.status_code == 201
    path = f"/api/v1/saved-views/{made.json()['data']['id']}"
    assert await views(client) == [("Low", True, False, False)]
    assert await views(staff) == []
    assert (await staff.put(f"{path}/first")).status_code == 404
    assert (await client.patch(path, json={"shared": True})).status_code == 200
    assert (await staff.put(f"{path}/first")).status_code == 204
    assert (await client.put(f"{path}/first")).status_code == 204
    assert await views(staff) == [("Low", False, True, True)]
    assert (await staff.patch(path, json={"name": "Mine"})).status_code == 403
    assert (await staff.delete(path)).status_code == 403
    assert (await client.patch(path, json={"shared": False})).status_code == 200
    assert await views(staff) == []
    assert await views(client) == [("Low", True, False, True)]
    assert (await client.delete(f"{path}/first")).status_code == 204
    assert await views(client) == [("Low", True, False, False)]
    assert (await client.delete(path)).status_code == 204
    assert await views(client) == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"list": "Stock Levels"}, "/list"),
        ({"state": [1]}, "/state"),
        ({"state": {"x": "y" * 20_001}}, "/state"),
        ({"colour": "red"}, "/colour"),
    ],
)
async def test_a_bad_view_is_refused(client: httpx.AsyncClient, change: dict[str, Any], pointer: str) -> None:
    body = {"list": "stock-levels", "name": "Low", "state": {}} | change
    answer = await client.post("/api/v1/saved-views", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await client.get("/api/v1/saved-views")).json()["data"] == []


async def test_a_name_is_ones_own_only_once(client: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    body = {"list": "search", "name": "Low", "state": {"query": "stock:low"}}
    assert (await client.post("/api/v1/saved-views", json=body)).status_code == 201
    again = await client.post("/api/v1/saved-views", json={**body, "name": "LOW"})
    assert (again.status_code, again.json()["code"]) == (409, "search.name_taken")
    assert (await staff.post("/api/v1/saved-views", json=body)).status_code == 201
