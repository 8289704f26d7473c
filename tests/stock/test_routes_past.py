"""The past over HTTP: lists, warehouses and days at two moments, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onhand import past
from onhand.kernel import now

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.kernel import Actor

TODAY = now()
BEFORE = (TODAY - timedelta(days=8)).date().isoformat()


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A: ten at MAIN ten days ago, four sold five days ago, three came to EAST today. B: two at EAST today."""
    for code in ("MAIN", "EAST"):
        assert (await client.post("/api/v1/warehouses", json={"code": code, "name": code.title()})).status_code == 201
    for sku in ("A", "B"):
        assert (await client.post("/api/v1/products", json={"sku": sku, "name": f"Widget {sku}"})).status_code == 201
    for sku, place, quantity, days in (
        ("A", "MAIN", 10, 10),
        ("A", "MAIN", -4, 5),
        ("A", "EAST", 3, 0),
        ("B", "EAST", 2, 0),
    ):
        line = {"sku": sku, "warehouse": place, "quantity": str(quantity)}
        line["effective_at"] = (TODAY - timedelta(days=days, minutes=1)).isoformat()
        answer = await client.post("/api/v1/inventory/adjust", json={"reason": "test", "lines": [line]})
        assert answer.status_code == 201, answer.text
    return client


async def rows(client: httpx.AsyncClient, path: str, **query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


@pytest.mark.parametrize("sort", ["sku", "-on_hand", "-change"])
async def test_levels_then_and_their_difference_to_today(shop: httpx.AsyncClient, sort: str) -> None:
    [then] = await rows(shop, "stock-levels", as_of=BEFORE, sort=sort)
    assert (then["sku"], then["warehouse"], then["on_hand"]) == ("A", "MAIN", "10")
    assert (then["on_hand_now"], then["change"], then["updated_at"]) == ("6", "-4", None)
    every = await rows(shop, "stock-levels", as_of=BEFORE, compare="today", sort=sort)
    assert sorted((r["sku"], r["warehouse"], r["on_hand"], r["change"]) for r in every) == [
        ("A", "EAST", "0", "3"),
        ("A", "MAIN", "10", "-4"),
        ("B", "EAST", "0", "2"),
    ]


async def test_what_was_believed_then(shop: httpx.AsyncClient) -> None:
    assert await rows(shop, "stock-levels", as_of=BEFORE, known_at=BEFORE) == []
    assert await rows(shop, "inventory/movements", known_at=BEFORE) == []
    assert len(await rows(shop, "inventory/movements", as_of=BEFORE)) == 1


@pytest.mark.parametrize("sort", ["sku", "-on_hand"])
async def test_inventory_at_a_moment(shop: httpx.AsyncClient, sort: str) -> None:
    then = {r["sku"]: r["on_hand"] for r in await rows(shop, "inventory", as_of=BEFORE, sort=sort)}
    assert then == {"A": "10", "B": "0"}


async def test_one_warehouse_then(shop: httpx.AsyncClient) -> None:
    assert await rows(shop, "warehouses/EAST/inventory", as_of=BEFORE) == []
    assert len(await rows(shop, "warehouses/MAIN/inventory", as_of=BEFORE)) == 1


async def test_the_time_machine(shop: httpx.AsyncClient, database: Database, actor: Actor) -> None:
    for _ in range(2):  # from movements, then from sums
        answer = await shop.get("/api/v1/time-machine", params={"as_of": BEFORE, "days": 12})
        assert answer.status_code == 200, answer.text
        data = answer.json()["data"]
        assert (data["then"]["on_hand"], data["now"]["on_hand"], data["change"]["on_hand"]) == ("10", "11", "1")
        places = [(w["warehouse"], w["then"]["on_hand"], w["now"]["on_hand"]) for w in data["warehouses"]]
        assert sorted(places) == [("EAST", "0", "5"), ("MAIN", "10", "6")]
        assert [day["on_hand"] for day in data["trend"]] == ["0", *["10"] * 5, *["6"] * 5, "11"]
        assert data["archived_until"] is None
        assert await past.keep(database, [actor.organization_id]) in {0, 4}


async def test_the_days_of_one_sku(shop: httpx.AsyncClient) -> None:
    days = await rows(shop, "inventory/A/history", days="12")
    assert [day["on_hand"] for day in days] == ["0", *["10"] * 5, *["6"] * 5, "9"]
    east = await rows(shop, "inventory/A/history", days="2", warehouse="EAST")
    assert [day["on_hand"] for day in east] == ["0", "3"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("stock-levels", {"as_of": "soon"}, 400),
        ("stock-levels", {"known_at": "soon"}, 400),
        ("stock-levels", {"as_of": BEFORE, "compare": "tomorrow"}, 400),
        ("inventory", {"as_of": "2026-13-01"}, 400),
        ("time-machine", {"as_of": "NaN"}, 400),
        ("time-machine", {"days": "0"}, 422),
        ("time-machine", {"days": "99999"}, 422),
        ("time-machine", {"warehouse": "NOWHERE"}, 404),
        ("inventory/NOTHING/history", {}, 404),
    ],
)
async def test_bad_input_is_refused(shop: httpx.AsyncClient, path: str, query: dict[str, str], status: int) -> None:
    answer = await shop.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == status, answer.text


async def test_nobody_sees_another_organizations_past(shop: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    _ = shop
    data = (await other.get("/api/v1/time-machine", params={"as_of": BEFORE})).json()["data"]
    assert (data["warehouses"], data["now"]["on_hand"]) == ([], "0")
    assert await rows(other, "stock-levels", as_of=BEFORE, sort="-on_hand") == []
