"""A small shop over the API, for tests: articles on shelves, and orders for them."""

from __future__ import annotations

from typing import Any

import httpx

Json = dict[str, Any]


class Shop:
    """What tests of orders need said shortly; every helper insists that it worked."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def post(self, path: str, body: Json | None = None, status: int = 201) -> Json:
        answer = await self.client.post(f"/api/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        data: Json = answer.json()
        return data.get("data", data)

    async def warehouse(self, code: str, priority: int = 100) -> None:
        await self.post("/warehouses", {"code": code, "name": code.title(), "priority": priority})

    async def stock(self, sku: str, **quantities: int) -> None:
        """A product, if it is new, and what lies of it where: `stock("A-1", MAIN=5)`."""
        known = await self.client.get(f"/api/v1/products/{sku}")
        if known.status_code == 404:
            await self.post("/products", {"sku": sku, "name": f"Article {sku}", "selling_price": "20.00"})
        lines = [{"sku": sku, "warehouse": w, "quantity": str(q), "unit_cost": "4"} for w, q in quantities.items() if q]
        if lines:
            await self.post("/inventory/adjust", {"reason": "received", "lines": lines})

    async def order(self, status: int = 201, /, *, body: Json | None = None, **quantities: int) -> Json:
        """An order at 20.00 a piece: `order(A=2)`; a SKU's dashes are underscores here."""
        lines = [
            {"sku": sku.replace("_", "-"), "quantity": str(quantity), "unit_price": "20.00"}
            for sku, quantity in quantities.items()
        ]
        return await self.post("/orders", {"lines": lines, **(body or {})}, status)

    async def read(self, order: Json) -> Json:
        data: Json = (await self.client.get(f"/api/v1/orders/{order['id']}")).json()["data"]
        return data

    async def level(self, sku: str, warehouse: str = "MAIN") -> tuple[str, str, str]:
        """(on hand, reserved, available)."""
        path = f"/api/v1/stock-levels?filter[sku]={sku}&filter[warehouse]={warehouse}"
        [row] = (await self.client.get(path)).json()["data"]
        return row["on_hand"], row["reserved"], row["available"]
