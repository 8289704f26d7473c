"""What the ledger speaks of cannot vanish: it is archived instead."""

from decimal import Decimal

import httpx
import pytest
from tests.catalog.test_products import listed, made

from onhand import ledger
from onhand.infra.db import Database
from onhand.kernel import Actor


@pytest.fixture
async def moved(client: httpx.AsyncClient, database: Database, actor: Actor) -> httpx.AsyncClient:
    """A product and a warehouse with history."""
    await made(client)
    await client.post("/api/v1/warehouses", json={"code": "MAIN", "name": "Main"})
    async with database.session(actor) as session:
        move = ledger.Move(sku="A-1", warehouse="MAIN", quantity=Decimal(5))
        await ledger.record(session, ledger.Posting(lines=[move], reason="received"))
    return client


async def test_a_product_with_history_is_archived_and_keeps_its_sku(moved: httpx.AsyncClient) -> None:
    assert (await moved.delete("/api/v1/products/A-1")).status_code == 204
    assert await listed(moved) == []
    assert await listed(moved, **{"filter[archived]": "true"}) == ["A-1"]
    kept = (await moved.get("/api/v1/products/A-1")).json()["data"]
    assert (kept["status"], kept["archived"]) == ("archived", True)
    assert (await moved.post("/api/v1/products", json={"sku": "a-1", "name": "Again"})).status_code == 409


async def test_an_archived_product_renamed_gives_its_sku_back(moved: httpx.AsyncClient) -> None:
    await moved.delete("/api/v1/products/A-1")
    await moved.patch("/api/v1/products/A-1", json={"sku": "A-1-OLD", "barcodes": []})
    await made(moved)
    assert await listed(moved) == ["A-1"]


async def test_an_archived_product_can_come_back(moved: httpx.AsyncClient) -> None:
    await moved.delete("/api/v1/products/A-1")
    assert (await moved.delete("/api/v1/products/A-1")).status_code == 204
    await moved.patch("/api/v1/products/A-1", json={"status": "active"})
    assert await listed(moved) == ["A-1"]


async def test_a_warehouse_with_history_is_archived_and_closed(moved: httpx.AsyncClient) -> None:
    assert (await moved.delete("/api/v1/warehouses/MAIN")).status_code == 204
    kept = (await moved.get("/api/v1/warehouses/MAIN")).json()["data"]
    assert (kept["archived"], kept["active"]) == (True, False)
    assert (await moved.get("/api/v1/warehouses")).json()["data"] == []
