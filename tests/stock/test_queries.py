"""The language of search on lists of products and stock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Lamps, a mug and a card, at MAIN and EAST."""
    for code in ("MAIN", "EAST"):
        assert (await client.post("/api/v1/warehouses", json={"code": code, "name": code.title()})).status_code == 201
    home = (await client.post("/api/v1/categories", json={"name": "Home"})).json()["data"]["id"]
    lamps = (await client.post("/api/v1/categories", json={"name": "Lamps", "parent_id": home})).json()["data"]["id"]
    supplier = (await client.post("/api/v1/suppliers", json={"code": "BR", "name": "Brassworks"})).json()["data"]["id"]
    goods: list[dict[str, Any]] = [
        {"sku": "L-1", "name": "Brass lamp", "selling_price": "40", "category_id": lamps, "supplier_id": supplier},
        {"sku": "L-2", "name": "Blue lamp", "selling_price": "4.50", "category_id": lamps, "tags": ["Sale", "blue"]},
        {"sku": "M-1", "name": "Blue mug", "selling_price": "5", "category_id": home, "barcodes": ["5901234123457"]},
        {"sku": "C-1", "name": "Card", "tags": ["foil"]},
    ]
    for one in goods:
        assert (await client.post("/api/v1/products", json=one)).status_code == 201
    lines = [("L-1", "MAIN", "10"), ("L-1", "EAST", "2"), ("L-2", "MAIN", "3"), ("M-1", "EAST", "1")]
    keys = ("sku", "warehouse", "quantity")
    body = {"reason": "received", "lines": [dict(zip(keys, line, strict=True)) for line in lines]}
    assert (await client.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    return client


async def skus(client: httpx.AsyncClient, path: str, query: str, **more: str) -> list[str]:
    answer = await client.get(f"/api/v1/{path}", params={"query": query, **more})
    assert answer.status_code == 200, answer.text
    return sorted(row["sku"] for row in answer.json()["data"])


PRODUCTS = [
    ("", ["C-1", "L-1", "L-2", "M-1"]),
    ("lamp", ["L-1", "L-2"]),
    ("lamp -blue", ["L-1"]),
    ("brasss lamp", ["L-1"]),
    ('"blue mug"', ["M-1"]),
    ('"mug blue"', []),
    ("price:<5", ["L-2"]),
    ("price:4.5..5", ["L-2", "M-1"]),
    ("price:*", ["L-1", "L-2", "M-1"]),
    ("-price:*", ["C-1"]),
    ("category:Home", ["L-1", "L-2", "M-1"]),
    ("category:lamps OR tag:FOIL", ["C-1", "L-1", "L-2"]),
    ("(mug OR card) -tag:foil", ["M-1"]),
    ("tag:sale,foil", ["C-1", "L-2"]),
    ("supplier:br", ["L-1"]),
    ("supplier:brassw", ["L-1"]),
    ("sku:l-*", ["L-1", "L-2"]),
    ("barcode:5901234123457", ["M-1"]),
    ("created:<1d status:active", ["C-1", "L-1", "L-2", "M-1"]),
    ("created:today", ["C-1", "L-1", "L-2", "M-1"]),
    ("created:yesterday", []),
    ("created:<2020-01-01", []),
    ("stock:out", ["C-1"]),
    ("stock:in warehouse:EAST", ["L-1", "M-1"]),
    ("on_hand:>2 -warehouse:EAST", ["L-2"]),
    ("lot:A1", []),
    ("expires:<30d", []),
    ("-archived", ["C-1", "L-1", "L-2", "M-1"]),
]


@pytest.mark.parametrize(("query", "found"), PRODUCTS)
async def test_products_are_found_by_query(shop: httpx.AsyncClient, query: str, found: list[str]) -> None:
    assert await skus(shop, "products", query) == found


LEVELS = [
    ("lamp", ["L-1", "L-1", "L-2"]),
    ("warehouse:MAIN", ["L-1", "L-2"]),
    ("warehouse:MAIN on_hand:<5", ["L-2"]),
    ("available:1..2", ["L-1", "M-1"]),
    ("category:lamps -warehouse:main", ["L-1"]),
    ("stock:in price:<10", ["L-2", "M-1"]),
    ("stock:out", []),
    ("changed:<1d lamp", ["L-1", "L-1", "L-2"]),
]


@pytest.mark.parametrize(("query", "found"), LEVELS)
async def test_levels_are_found_by_query(shop: httpx.AsyncClient, query: str, found: list[str]) -> None:
    assert await skus(shop, "stock-levels", query) == found
    assert await skus(shop, "stock-levels", query, sort="-on_hand") == found


SKUS = [
    ("warehouse:MAIN on_hand:<5", ["L-2"]),
    ("available:12", ["L-1"]),
    ("category:lamps -warehouse:main", []),
    ("stock:out", ["C-1"]),
    ("stock:in price:<10", ["L-2", "M-1"]),
]


@pytest.mark.parametrize(("query", "found"), SKUS)
async def test_skus_are_found_by_query_over_all_their_places(
    shop: httpx.AsyncClient, query: str, found: list[str]
) -> None:
    assert await skus(shop, "inventory", query) == found


async def test_the_archived_are_shown_when_the_query_speaks_of_them(shop: httpx.AsyncClient) -> None:
    assert (await shop.patch("/api/v1/products/C-1", json={"status": "archived"})).status_code == 200
    assert await skus(shop, "products", "is:archived") == ["C-1"]
    assert await skus(shop, "products", "status:archived OR mug") == ["C-1", "M-1"]
    assert await skus(shop, "products", "-archived") == ["L-1", "L-2", "M-1"]


@pytest.mark.parametrize(
    ("query", "start", "end", "words"),
    [
        ("lamp colour:red", 5, 11, "colour is not known here"),
        ("price:<cheap", 7, 12, "price is a number, which cheap is not"),
        ("price:<NaN", 7, 10, "is a number"),
        ("stock:many", 6, 10, "stock is one of low, out, in"),
        ("created:<someday", 9, 16, "created is a day"),
        ("name:<b", 0, 7, "cannot be compared by size"),
        ("lamp OR", 6, 7, "missing at the end"),
        ("expires:<31-12-2026", 9, 19, "expires is a day"),
    ],
)
@pytest.mark.parametrize("path", ["products", "stock-levels", "inventory"])
async def test_a_bad_query_is_refused_with_its_place(
    client: httpx.AsyncClient, path: str, query: str, start: int, end: int, words: str
) -> None:
    answer = await client.get(f"/api/v1/{path}", params={"query": query})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "search.bad_query")
    assert (problem["facts"]["start"], problem["facts"]["end"]) == (start, end)
    assert words in problem["detail"]
    assert problem["errors"][0]["pointer"] == "/query"


async def test_a_list_that_knows_no_queries_says_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/categories", params={"query": "a"})
    assert answer.status_code == 400
