from typing import Any

import httpx
import pytest

from onhand import places
from onhand.infra.db import Database
from onhand.kernel import Actor

PATH = "/api/v1/warehouses"


async def made(client: httpx.AsyncClient, code: str = "MAIN", **fields: Any) -> dict[str, Any]:
    answer = await client.post(PATH, json={"code": code, "name": code.title()} | fields)
    assert answer.status_code == 201, answer.text
    warehouse: dict[str, Any] = answer.json()["data"]
    return warehouse


async def codes(client: httpx.AsyncClient, **query: str) -> list[str]:
    return [row["code"] for row in (await client.get(PATH, params=query)).json()["data"]]


async def test_a_warehouse_is_created_and_found_by_its_code(client: httpx.AsyncClient) -> None:
    warehouse = await made(client, latitude="51.507400", longitude="-0.1278", kind="3pl", city="London")
    assert (await client.get(f"{PATH}/main")).json()["data"] == warehouse
    assert (warehouse["latitude"], warehouse["kind"], warehouse["active"]) == ("51.5074", "3pl", True)
    assert await codes(client, q="london") == ["MAIN"]


async def test_lists_are_in_the_order_in_which_warehouses_serve(client: httpx.AsyncClient) -> None:
    for code, priority in (("C", 2), ("B", 1), ("A", 2)):
        await made(client, code, priority=priority)
    assert await codes(client) == ["B", "A", "C"]


async def test_each_organization_has_one_hidden_transit(
    client: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    async with database.session(actor) as session:
        transit = await places.transit_of(session)
        open_ones = await places.open_warehouses(session)
    assert open_ones == []
    assert await codes(client) == []
    for key in (str(transit), "TRANSIT"):
        assert (await client.get(f"{PATH}/{key}")).status_code == 404
        assert (await client.delete(f"{PATH}/{key}")).status_code == 404
    assert (await client.post(PATH, json={"code": "transit", "name": "Mine"})).status_code == 409


async def test_a_code_is_unique_whatever_its_case(client: httpx.AsyncClient) -> None:
    await made(client)
    await made(client, "SHOP")
    assert (await client.post(PATH, json={"code": "main", "name": "Other"})).status_code == 409
    answer = await client.patch(f"{PATH}/SHOP", json={"code": "Main"})
    assert answer.status_code == 409
    assert answer.json()["facts"] == {"code": "MAIN"}
    assert await codes(client) == ["MAIN", "SHOP"]


@pytest.mark.parametrize(
    ("field", "value"), [("latitude", "91"), ("kind", "transit"), ("priority", -1), ("code", " "), ("colour", "red")]
)
async def test_bad_input_names_the_field_and_makes_nothing(
    client: httpx.AsyncClient, field: str, value: object
) -> None:
    answer = await client.post(PATH, json={"code": "MAIN", "name": "Main"} | {field: value})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert await codes(client) == []


async def test_only_the_fields_sent_change(client: httpx.AsyncClient) -> None:
    before = await made(client, city="Leeds")
    after = (await client.put(f"{PATH}/MAIN", json={"name": "Hall 1"})).json()["data"]
    assert {k for k in before if before[k] != after[k]} == {"name", "updated_at"}


async def test_an_edit_of_a_stale_warehouse_is_refused(client: httpx.AsyncClient) -> None:
    await made(client)
    tag = (await client.get(f"{PATH}/MAIN")).headers["etag"]
    await client.patch(f"{PATH}/MAIN", json={"name": "Hall 1"}, headers={"If-Match": tag})
    assert (await client.patch(f"{PATH}/MAIN", json={"name": "Lost"}, headers={"If-Match": tag})).status_code == 412
    assert (await client.get(f"{PATH}/MAIN")).json()["data"]["name"] == "Hall 1"


async def test_an_unused_warehouse_is_removed(client: httpx.AsyncClient) -> None:
    await made(client)
    assert (await client.delete(f"{PATH}/MAIN")).status_code == 204
    assert await codes(client, **{"filter[archived]": "true"}) == []


async def test_an_archived_warehouse_is_hidden_and_keeps_its_code(client: httpx.AsyncClient) -> None:
    await made(client)
    await client.patch(f"{PATH}/MAIN", json={"archived": True})
    assert await codes(client) == []
    assert await codes(client, **{"filter[archived]": "true"}) == ["MAIN"]
    assert (await client.post(PATH, json={"code": "MAIN", "name": "Again"})).status_code == 409


async def test_ensuring_a_warehouse_twice_makes_one(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        first = await places.ensure_warehouse(session, "MAIN", "Main")
        assert await places.ensure_warehouse(session, "main", "Other") == first
        assert [warehouse.name for warehouse in await places.open_warehouses(session)] == ["Main"]


async def test_who_may_what_with_warehouses(
    client: httpx.AsyncClient, staff: httpx.AsyncClient, other: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await made(client)
    assert await codes(staff) == ["MAIN"]
    for method, body in (("PATCH", {"name": "Mine"}), ("DELETE", None)):
        assert (await stranger.request(method, f"{PATH}/MAIN", json=body)).status_code == 401
        assert (await staff.request(method, f"{PATH}/MAIN", json=body)).status_code == 403
        assert (await other.request(method, f"{PATH}/MAIN", json=body)).status_code == 404
    assert (await staff.post(PATH, json={"code": "X", "name": "X"})).status_code == 403
    assert (await client.get(f"{PATH}/MAIN")).json()["data"]["name"] == "Main"
