import asyncio
from typing import Any

import httpx
import pytest
from tests.partners.test_partners import made


async def sku(client: httpx.AsyncClient, code: str = "A-1") -> None:
    assert (await client.post("/api/v1/products", json={"sku": code, "name": code})).status_code == 201


async def offer(client: httpx.AsyncClient, supplier: str = "ACME", **fields: Any) -> dict[str, Any]:
    answer = await client.post(f"/api/v1/suppliers/{supplier}/items", json={"sku": "A-1"} | fields)
    assert answer.status_code == 201, answer.text
    item: dict[str, Any] = answer.json()["data"]
    return item


async def preferred(client: httpx.AsyncClient) -> list[str]:
    rows = (await client.get("/api/v1/supplier-items?filter[sku]=a-1&filter[preferred]=true")).json()["data"]
    return [row["supplier"] for row in rows]


async def test_a_supplier_item_takes_what_it_lacks_from_its_supplier(client: httpx.AsyncClient) -> None:
    await sku(client)
    await made(client, lead_time_days=12, currency="EUR")
    item = await offer(client, price="3.20", minimum_quantity="24", pack_size="12", supplier_sku="AC-77")
    assert (item["sku"], item["supplier"], item["lead_time_days"], item["preferred"]) == ("A-1", "ACME", 12, True)
    [row] = (await client.get("/api/v1/suppliers/ACME/items")).json()["data"]
    assert (row["price"], row["currency"], row["minimum_quantity"], row["pack_size"]) == ("3.2", "EUR", "24", "12")
    changed = await client.patch(f"/api/v1/supplier-items/{item['id']}", json={"lead_time_days": 3})
    assert changed.json()["data"]["lead_time_days"] == 3


async def test_one_supplier_at_most_is_preferred(client: httpx.AsyncClient) -> None:
    await sku(client)
    for code in ("ACME", "BOLT", "CRUX"):
        await made(client, code=code)
    await offer(client)
    second = await offer(client, "BOLT")
    assert await preferred(client) == ["ACME"]
    await client.patch(f"/api/v1/supplier-items/{second['id']}", json={"preferred": True})
    assert await preferred(client) == ["BOLT"]
    await offer(client, "CRUX", preferred=True)
    assert await preferred(client) == ["CRUX"]


async def test_two_who_prefer_at_once_leave_one_preferred(client: httpx.AsyncClient) -> None:
    await sku(client)
    items = []
    for code in ("ACME", "BOLT", "CRUX", "DOVE"):
        await made(client, code=code)
        items.append(await offer(client, code))
    await asyncio.gather(
        *(client.patch(f"/api/v1/supplier-items/{item['id']}", json={"preferred": True}) for item in items)
    )
    assert len(await preferred(client)) == 1


async def test_a_supplier_sells_a_sku_once(client: httpx.AsyncClient) -> None:
    await sku(client)
    await made(client)
    await offer(client)
    answer = await client.post("/api/v1/suppliers/ACME/items", json={"sku": "a-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "partners.already_supplied")
    assert len((await client.get("/api/v1/supplier-items")).json()["data"]) == 1


@pytest.mark.parametrize(
    ("field", "value"), [("sku", "NOPE"), ("pack_size", "0"), ("minimum_quantity", "-1"), ("lead_time_days", 731)]
)
async def test_bad_terms_name_the_field_and_note_nothing(client: httpx.AsyncClient, field: str, value: object) -> None:
    await sku(client)
    await made(client)
    answer = await client.post("/api/v1/suppliers/ACME/items", json={"sku": "A-1"} | {field: value})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert (await client.get("/api/v1/supplier-items")).json()["data"] == []


async def test_supplier_items_of_another_organization_are_not_there(
    client: httpx.AsyncClient, other: httpx.AsyncClient, staff: httpx.AsyncClient
) -> None:
    await sku(client)
    await made(client)
    path = f"/api/v1/supplier-items/{(await offer(client))['id']}"
    assert (await other.get(path)).status_code == 404
    assert (await other.delete(path)).status_code == 404
    assert (await staff.delete(path)).status_code == 403
    await made(other)
    assert (await other.post("/api/v1/suppliers/ACME/items", json={"sku": "A-1"})).status_code == 422
    assert (await client.delete(path)).status_code == 204
    assert (await client.get(path)).status_code == 404


async def test_a_product_that_is_only_offered_can_be_removed(client: httpx.AsyncClient) -> None:
    await sku(client)
    await made(client)
    await offer(client)
    assert (await client.delete("/api/v1/products/A-1")).status_code == 204
    assert (await client.get("/api/v1/supplier-items")).json()["data"] == []
