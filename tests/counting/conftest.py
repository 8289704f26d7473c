"""A shop with stock to count, and people who count it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.conftest import client_for, key_for

if TYPE_CHECKING:
    from fastapi import FastAPI

    from onhand.infra.db import Database
    from onhand.kernel import Actor

STOCK = {"A-1": ("Mug", "10", "3"), "A-2": ("Plate", "4", "20"), "A-3": ("Spoon", "100", "0.5")}


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Ten mugs, four plates and a hundred spoons at MAIN."""
    for code in ("MAIN", "EAST"):
        assert (await client.post("/api/v1/warehouses", json={"code": code, "name": code})).status_code == 201
    for sku, (name, _, _) in STOCK.items():
        body = {"sku": sku, "name": name, "barcodes": [f"bar-{sku}"]}
        assert (await client.post("/api/v1/products", json=body)).status_code == 201
    lines = [
        {"sku": sku, "warehouse": "MAIN", "quantity": quantity, "unit_cost": cost}
        for sku, (_, quantity, cost) in STOCK.items()
    ]
    answer = await client.post("/api/v1/inventory/adjust", json={"reason": "received", "lines": lines})
    assert answer.status_code == 201
    return client


@pytest.fixture
async def boss(app: FastAPI, database: Database, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A second administrator, who does not count."""
    async with client_for(app, await key_for(database, replace(actor, label="boss"))) as opened:
        yield opened


@pytest.fixture
async def second(app: FastAPI, database: Database, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A second member of staff."""
    async with client_for(app, await key_for(database, actor, "staff")) as opened:
        yield opened


async def started(client: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:
    """A count that has begun."""
    made = await client.post("/api/v1/counts", json={"warehouse": "MAIN", "start": True, **asked})
    assert made.status_code == 201, made.text
    data: dict[str, Any] = made.json()["data"]
    return data


async def tell(client: httpx.AsyncClient, key: object, mode: str = "set", **quantities: str) -> httpx.Response:
    """Count: `A_1="9"`."""
    lines = [{"code": k.replace("_", "-"), "quantity": q, "mode": mode} for k, q in quantities.items()]
    return await client.post(f"/api/v1/counts/{key}/tallies", json={"lines": lines})


async def act(client: httpx.AsyncClient, key: object, what: str, **body: Any) -> httpx.Response:
    """One of a count's verbs."""
    return await client.post(f"/api/v1/counts/{key}/{what}", json=body)


async def on_hand(client: httpx.AsyncClient, sku: str) -> str:
    """What the ledger says is at MAIN."""
    found: str = (await client.get(f"/api/v1/stock-levels/{sku}@MAIN")).json()["data"]["on_hand"]
    return found


async def move(client: httpx.AsyncClient, sku: str, quantity: str, **more: Any) -> httpx.Response:
    """Stock comes or goes at MAIN."""
    line = {"sku": sku, "warehouse": "MAIN", "quantity": quantity, **more}
    return await client.post("/api/v1/inventory/adjust", json={"reason": "moved", "lines": [line]})
