"""A small shop, for tests: articles on shelves, and orders for them over the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx

from onhand import catalog, ledger
from onhand.infra.db import Database
from onhand.kernel import Actor

Json = dict[str, Any]


class Shop:
    """What tests of orders need, said shortly. Every helper insists that it worked, or was refused as expected."""

    def __init__(self, client: httpx.AsyncClient, database: Database, actor: Actor) -> None:
        self.client, self.database, self.actor = client, database, actor

    async def call(self, method: str, path: str, body: Json | None = None, status: int = 200) -> Json:
        answer = await self.client.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        said: Json = answer.json() if answer.content else {}
        data: Json = said.get("data", said)
        return data

    async def warehouse(self, code: str, priority: int = 100) -> None:
        await self.call("POST", "/warehouses", {"code": code, "name": code.title(), "priority": priority}, 201)

    async def stock(self, sku: str, **quantities: int) -> None:
        """A product, if it is new, and what has come in of it where: `stock("A", MAIN=5)`."""
        if (await self.client.get(f"/api/v1/products/{sku}")).status_code == 404:
            await self.call("POST", "/products", {"sku": sku, "name": f"Article {sku}"}, 201)
        lines = [ledger.Move(sku=sku, warehouse=w, quantity=Decimal(q)) for w, q in quantities.items() if q]
        if lines:
            async with self.database.session(self.actor) as session:
                await ledger.record(session, ledger.Posting(lines=lines, reason="received"))

    async def lose(self, sku: str, quantity: int, warehouse: str = "MAIN") -> None:
        """Pieces are gone, promised or not."""
        async with self.database.session(self.actor) as session:
            lines = [ledger.Move(sku=sku, warehouse=warehouse, quantity=Decimal(-quantity))]
            await ledger.record(session, ledger.Posting(lines=lines, type="waste", reason="fire", fact=True))

    async def order(self, quantities: dict[str, int], status: int = 201, **more: Any) -> Json:
        """An order at 20.00 a piece."""
        lines = [{"sku": sku, "quantity": str(q), "unit_price": "20.00"} for sku, q in quantities.items()]
        return await self.call("POST", "/orders", {"lines": lines, **more}, status)

    async def read(self, order: Json) -> Json:
        return await self.call("GET", f"/orders/{order['id']}")

    async def list(self, query: str = "") -> list[str]:
        """The numbers of the orders that a query finds."""
        answer = await self.client.get(f"/api/v1/orders?{query}")
        assert answer.status_code == 200, answer.text
        return [row["number"] for row in answer.json()["data"]]

    async def levels(self, sku: str) -> dict[str, tuple[int, int]]:
        """Warehouse → (on hand, reserved), wherever it has ever been."""
        places = {row["id"]: row["code"] for row in (await self.client.get("/api/v1/warehouses")).json()["data"]}
        async with self.database.session(self.actor) as session:
            known = await catalog.sku_by_codes(session, [sku])
            found = await ledger.availability(session, [known[sku].id])
        return {places[str(level.warehouse_id)]: (int(level.on_hand), int(level.reserved)) for level in found}

    async def level(self, sku: str, warehouse: str = "MAIN") -> tuple[int, int]:
        """(on hand, reserved)."""
        return (await self.levels(sku))[warehouse]
