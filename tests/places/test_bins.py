from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from onhand import ledger
from onhand.infra.db import Database
from onhand.kernel import Actor

Answer = dict[str, Any]
BINS = "/api/v1/warehouses/MAIN/bins"


@pytest.fixture(autouse=True)
async def warehouse(client: httpx.AsyncClient) -> Answer:
    """The warehouse MAIN, with bins."""
    body = {"code": "MAIN", "name": "Main", "uses_bins": True}
    made: Answer = (await client.post("/api/v1/warehouses", json=body)).json()["data"]
    return made


async def made(client: httpx.AsyncClient, code: str, **fields: Any) -> Answer:
    answer = await client.post(BINS, json={"code": code} | fields)
    assert answer.status_code == 201, answer.text
    found: Answer = answer.json()["data"]
    return found


async def codes(client: httpx.AsyncClient, **words: str) -> list[str]:
    return [row["code"] for row in (await client.get(BINS, params=words)).json()["data"]]


async def filled(client: httpx.AsyncClient, database: Database, actor: Actor, code: str, units: int = 3) -> None:
    """Put units of a SKU into a bin."""
    await client.post("/api/v1/products", json={"name": "Mug", "sku": "MUG"})
    move = ledger.Move(sku="MUG", warehouse="MAIN", quantity=Decimal(units), bin=code)
    async with database.session(actor) as session:
        await ledger.record(session, ledger.Posting(lines=[move], type="purchase"))


async def test_places_make_a_tree_and_are_named_by_code(client: httpx.AsyncClient) -> None:
    await made(client, "Z", kind="zone", name="Cold")
    await made(client, "Z1", kind="shelf", parent="z", capacity="40")
    leaf = await made(client, "Z1-1", parent="Z1", type="pick", pick_order=5)
    assert await codes(client) == ["Z", "Z1", "Z1-1"]
    assert (await client.get("/api/v1/bins/z1-1@main")).json()["data"] == leaf
    row = (await client.get("/api/v1/bins", params={"filter[code]": "Z1-1"})).json()["data"][0]
    assert (row["warehouse"], row["parent"], row["type"]) == ("MAIN", "Z1", "pick")


async def test_a_code_is_unique_in_its_warehouse_whatever_its_case(client: httpx.AsyncClient) -> None:
    await made(client, "A1")
    answer = await client.post(BINS, json={"code": "a1"})
    assert (answer.status_code, answer.json()["facts"]["code"]) == (409, "A1")
    await client.post("/api/v1/warehouses", json={"code": "SHOP", "name": "Shop"})
    assert (await client.post("/api/v1/warehouses/SHOP/bins", json={"code": "a1"})).status_code == 201


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"kind": "box"}, "/kind"),
        ({"type": "lost"}, "/type"),
        ({"capacity": "0"}, "/capacity"),
        ({"capacity": "NaN"}, "/capacity"),
        ({"capacity": "9" * 400}, "/capacity"),
        ({"pick_order": -1}, "/pick_order"),
        ({"parent": "nowhere"}, "/parent"),
        ({"parent": "BIN", "kind": "zone"}, "/parent"),
        ({"x": "-1"}, "/x"),
        ({"code": " "}, "/code"),
        ({"colour": "red"}, "/colour"),
    ],
)
async def test_bad_input_names_the_field_and_makes_nothing(
    client: httpx.AsyncClient, fields: Answer, pointer: str
) -> None:
    await made(client, "BIN")
    answer = await client.post(BINS, json={"code": "NEW"} | fields)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert await codes(client) == ["BIN"]


async def test_a_place_never_lies_in_itself_or_below(client: httpx.AsyncClient) -> None:
    await made(client, "A", kind="aisle")
    await made(client, "S", kind="shelf", parent="A")
    for body in ({"parent": "S"}, {"parent": "A"}, {"kind": "bin"}):
        answer = await client.patch("/api/v1/bins/A@MAIN", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "places.wrong_place")
    moved = await client.patch("/api/v1/bins/S@MAIN", json={"parent": None, "name": "Loose"})
    assert moved.json()["data"]["parent_id"] is None


async def test_many_are_made_by_a_pattern_all_or_none(client: httpx.AsyncClient) -> None:
    body = {"pattern": "{A..B}-{01..03}-{1..4}", "tree": True, "capacity": "20", "pick_order": 10}
    dry = await client.post(f"{BINS}/bulk", json=body, params={"dry_run": "true"})
    assert (dry.json()["data"]["count"], await codes(client)) == (2 + 6 + 24, [])
    answer = await client.post(f"{BINS}/bulk", json=body)
    assert answer.json()["data"]["codes"][:3] == ["A", "A-01", "A-01-1"]
    rows = (await client.get(BINS, params={"filter[kind]": "bin", "sort": "pick_order"})).json()["data"]
    assert [row["pick_order"] for row in rows] == list(range(10, 34))
    assert {row["capacity"] for row in rows} == {"20"}
    more = {"pattern": "{A..B}-{03..04}-{1..4}", "tree": True}
    refused = await client.post(f"{BINS}/bulk", json=more)
    assert (refused.status_code, refused.json()["facts"]["count"]) == (409, 8)
    assert len((await client.get(BINS, params={"limit": "500"})).json()["data"]) == 32
    more["pattern"] = "{A..B}-{04..04}-{1..4}"
    assert (await client.post(f"{BINS}/bulk", json=more)).json()["data"]["count"] == 10
    wrong = await client.post(f"{BINS}/bulk", json={"pattern": "A-{3..1}"})
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["/pattern"]


async def test_an_empty_place_is_removed_with_its_parts_if_asked(client: httpx.AsyncClient) -> None:
    await client.post(f"{BINS}/bulk", json={"pattern": "A-{1..2}-{1..2}", "tree": True})
    assert (await client.delete("/api/v1/bins/A-1@MAIN")).json()["code"] == "places.bin_has_parts"
    assert (await client.delete("/api/v1/bins/A-1@MAIN", params={"with_parts": "true"})).status_code == 204
    assert await codes(client) == ["A-2", "A-2-1", "A-2-2"]


async def test_what_holds_stock_is_neither_removed_nor_turned_into_another_type(
    client: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    await client.post(f"{BINS}/bulk", json={"pattern": "A-{1..2}", "kind": "bin"})
    await made(client, "Z", kind="zone")
    await client.patch("/api/v1/bins/A-1@MAIN", json={"parent": "Z"})
    await filled(client, database, actor, "A-1")
    refused = await client.patch("/api/v1/bins/A-1@MAIN", json={"type": "quarantine"})
    assert (refused.status_code, refused.json()["code"]) == (409, "places.bin_holds_stock")
    for answer in (
        await client.delete("/api/v1/bins/Z@MAIN", params={"with_parts": "true"}),
        await client.delete("/api/v1/bins/A-1@MAIN"),
        await client.patch("/api/v1/bins/A-1@MAIN", json={"archived": True}),
    ):
        assert (answer.status_code, answer.json()["facts"]["units"]) == (409, "3")
    moved = {"warehouse": "MAIN", "lines": [{"sku": "MUG", "quantity": "3", "bin": "A-1", "to_bin": "A-2"}]}
    assert (await client.post("/api/v1/inventory/relocate", json=moved)).status_code == 201
    assert (await client.patch("/api/v1/bins/A-1@MAIN", json={"type": "damaged"})).status_code == 200
    assert (await client.delete("/api/v1/bins/A-1@MAIN")).status_code == 204
    assert await codes(client, **{"filter[archived]": "true"}) == ["A-1"]
    assert (await client.post(BINS, json={"code": "A-1"})).status_code == 409


async def test_the_plan_is_drawn_all_or_nothing(client: httpx.AsyncClient) -> None:
    place = await made(client, "Z", kind="zone")
    box = {"id": place["id"], "x": "1.5", "y": "0", "width": "4", "height": "2.25"}
    plan = "/api/v1/warehouses/MAIN/plan"
    assert (await client.put(plan, json={"places": [box]})).status_code == 204
    found = (await client.get("/api/v1/bins/Z@MAIN")).json()["data"]
    assert (found["x"], found["height"]) == ("1.5", "2.25")
    wrong = box | {"id": "01a21f13-fbe8-7843-b85a-6403de98b1b7"}
    answer = await client.put(plan, json={"places": [box | {"x": "9"}, wrong]})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/places/1/id"]
    assert (await client.get("/api/v1/bins/Z@MAIN")).json()["data"]["x"] == "1.5"


async def test_a_stale_edit_is_refused(client: httpx.AsyncClient) -> None:
    await made(client, "A")
    tag = (await client.get("/api/v1/bins/A@MAIN")).headers["etag"]
    await client.patch("/api/v1/bins/A@MAIN", json={"name": "x"}, headers={"If-Match": tag})
    stale = await client.patch("/api/v1/bins/A@MAIN", json={"name": "y"}, headers={"If-Match": tag})
    assert stale.status_code == 412


async def test_who_may_what_with_bins(
    client: httpx.AsyncClient, staff: httpx.AsyncClient, other: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    place = await made(client, "A")
    url = f"/api/v1/bins/{place['id']}"
    assert (await staff.get(url)).status_code == 200
    for method, body in (("PATCH", {"name": "Mine"}), ("DELETE", None)):
        assert (await stranger.request(method, url, json=body)).status_code == 401
        assert (await staff.request(method, url, json=body)).status_code == 403
        assert (await other.request(method, url, json=body)).status_code == 404
    assert (await other.get(BINS)).status_code == 404


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "'box'"}, "bin_kind_known"),
        ({"type": "'lost'"}, "bin_type_known"),
        ({"capacity": "0"}, "bin_capacity_positive"),
        ({"code": "''"}, "bin_code_not_empty"),
        ({"parent_id": "uuidv7()"}, "bin_organization_id_parent_id_fkey"),
    ],
)
async def test_the_database_refuses_what_code_should_have(
    database: Database, actor: Actor, warehouse: Answer, values: dict[str, str], constraint: str
) -> None:
    row = {"organization_id": f"'{actor.organization_id}'", "warehouse_id": f"'{warehouse['id']}'", "code": "'A'"}
    row |= values
    statement = f"INSERT INTO bin ({', '.join(row)}) VALUES ({', '.join(row.values())})"
    with pytest.raises(IntegrityError, match=constraint):
        async with database.session(actor) as session:
            await session.execute(text(statement))
