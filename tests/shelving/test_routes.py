from decimal import Decimal
from typing import Any

import httpx
import pytest

from onhand import ledger
from onhand.infra.db import Database
from onhand.kernel import Actor

Answer = dict[str, Any]
RELOCATE = "/api/v1/inventory/relocate"


@pytest.fixture(autouse=True)
async def warehouse(client: httpx.AsyncClient, database: Database, actor: Actor) -> None:
    """MAIN with two shelves of two bins and a quarantine; ten mugs and four bowls that lie nowhere yet."""
    body = {"code": "MAIN", "name": "Main", "uses_bins": True, "latitude": "51.5", "longitude": "-0.12"}
    await client.post("/api/v1/warehouses", json=body)
    bulk = {"pattern": "A-{1..2}-{1..2}", "tree": True, "capacity": "8"}
    await client.post("/api/v1/warehouses/MAIN/bins/bulk", json=bulk)
    await client.post("/api/v1/warehouses/MAIN/bins", json={"code": "Q", "type": "quarantine"})
    for sku, name in (("MUG", "Mug"), ("BOWL", "Bowl")):
        body = {"name": name, "sku": sku}
        await client.post("/api/v1/products", json=body)
    moves = [
        ledger.Move(sku="MUG", warehouse="MAIN", quantity=Decimal(10), unit_cost=Decimal(2)),
        ledger.Move(sku="BOWL", warehouse="MAIN", quantity=Decimal(4)),
    ]
    async with database.session(actor) as session:
        await ledger.record(session, ledger.Posting(lines=moves, type="purchase"))


async def relocated(client: httpx.AsyncClient, *lines: Answer) -> httpx.Response:
    return await client.post(RELOCATE, json={"warehouse": "MAIN", "lines": list(lines)})


async def inside(client: httpx.AsyncClient) -> Answer:
    found: Answer = (await client.get("/api/v1/warehouses/MAIN/inside")).json()["data"]
    return found | {"places": {row["code"]: row for row in found["places"]}}


async def test_goods_are_put_away_and_summed_up_the_tree(client: httpx.AsyncClient) -> None:
    before = await inside(client)
    assert (before["on_hand"], before["waiting"]) == ("14", "14")
    answer = await relocated(
        client,
        {"sku": "MUG", "quantity": "6", "to_bin": "A-1-1"},
        {"sku": "BOWL", "quantity": "2", "to_bin": "a-1-2"},
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["meta"]["warnings"] == []
    found = await inside(client)
    shelf = found["places"]["A-1"]
    assert (found["on_hand"], found["waiting"]) == ("14", "6")
    assert (shelf["units"], shelf["own_units"], shelf["capacity"], shelf["fill"]) == ("8", "0", "16", "0.5")
    assert found["places"]["A-1-1"]["fill"] == "0.75"
    level = (await client.get("/api/v1/stock-levels", params={"filter[sku]": "MUG"})).json()["data"][0]
    assert (level["on_hand"], level["available"]) == ("10", "10")


async def test_what_lies_in_quarantine_is_not_for_sale(client: httpx.AsyncClient) -> None:
    await relocated(client, {"sku": "MUG", "quantity": "3", "to_bin": "Q"})
    level = (await client.get("/api/v1/stock-levels", params={"filter[sku]": "MUG"})).json()["data"][0]
    assert (level["on_hand"], level["unavailable"], level["available"]) == ("10", "3", "7")
    assert (await inside(client))["places"]["Q"]["unavailable"] == "3"
    await relocated(client, {"sku": "MUG", "quantity": "3", "bin": "Q", "to_bin": "A-1-1"})
    level = (await client.get("/api/v1/stock-levels", params={"filter[sku]": "MUG"})).json()["data"][0]
    assert level["available"] == "10"


async def test_more_than_fits_is_done_and_told(client: httpx.AsyncClient) -> None:
    answer = await relocated(client, {"sku": "MUG", "quantity": "9", "to_bin": "A-1-1"})
    assert answer.status_code == 201
    assert answer.json()["meta"]["warnings"] == ["A-1-1 holds 9 units now; 8 fit."]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ({"sku": "MUG", "quantity": "11", "to_bin": "A-1-1"}, 409),
        ({"sku": "MUG", "quantity": "1", "to_bin": "NOWHERE"}, 422),
        ({"sku": "MUG", "quantity": "1", "bin": "A-1-1", "to_bin": "A-1-2"}, 409),
        ({"sku": "NONE", "quantity": "1", "to_bin": "A-1-1"}, 422),
        ({"sku": "MUG", "quantity": "0", "to_bin": "A-1-1"}, 422),
        ({"sku": "MUG", "quantity": "NaN", "to_bin": "A-1-1"}, 422),
        ({"sku": "MUG", "quantity": "1.1234567", "to_bin": "A-1-1"}, 422),
        ({"sku": "MUG", "quantity": "1"}, 422),
    ],
)
async def test_a_move_that_cannot_be_made_moves_nothing(client: httpx.AsyncClient, line: Answer, status: int) -> None:
    answer = await relocated(client, {"sku": "BOWL", "quantity": "1", "to_bin": "A-1-1"}, line)
    assert answer.status_code == status, answer.text
    assert (await inside(client))["waiting"] == "14"


async def test_a_move_repeated_is_made_once_and_can_be_undone(client: httpx.AsyncClient) -> None:
    body = {"warehouse": "MAIN", "lines": [{"sku": "MUG", "quantity": "4", "to_bin": "A-1-1"}]}
    key = {"Idempotency-Key": "01a21f13-fbe8-7843-b85a-6403de98b1b7"}
    first = await client.post(RELOCATE, json=body, headers=key)
    again = await client.post(RELOCATE, json=body, headers=key)
    assert first.json()["data"] == again.json()["data"]
    assert (await inside(client))["waiting"] == "10"
    posting = first.json()["data"]["posting_id"]
    undone = await client.post(f"/api/v1/postings/{posting}/reverse", json={"reason": "undone"})
    assert undone.status_code == 201, undone.text
    assert (await inside(client))["waiting"] == "14"


async def test_what_is_to_be_put_away_comes_with_a_place(client: httpx.AsyncClient) -> None:
    await relocated(client, {"sku": "BOWL", "quantity": "1", "to_bin": "A-2-2"})
    rows = (await client.get("/api/v1/warehouses/MAIN/put-away")).json()["data"]
    assert [(row["sku"], row["quantity"], row["suggested_bin"]) for row in rows] == [
        ("BOWL", "3", "A-2-2"),
        ("MUG", "10", None),
    ]
    found = (await client.get("/api/v1/warehouses/MAIN/put-away", params={"q": "bow"})).json()["data"]
    assert len(found) == 1


async def test_holdings_are_found_by_place_and_by_all_below(client: httpx.AsyncClient) -> None:
    await relocated(
        client, {"sku": "MUG", "quantity": "2", "to_bin": "A-1-1"}, {"sku": "MUG", "quantity": "1", "to_bin": "A-2-1"}
    )
    place = (await inside(client))["places"]["A-1"]["id"]
    for words, skus in (
        ({"filter[within]": place}, ["A-1-1"]),
        ({"filter[warehouse]": "main"}, ["A-1-1", "A-2-1"]),
        ({"filter[bin]": "a-2-1"}, ["A-2-1"]),
        ({"q": "a-2"}, ["A-2-1"]),
    ):
        rows = (await client.get("/api/v1/holdings", params=words)).json()["data"]
        assert [row["bin"] for row in rows] == skus


async def test_sites_tell_where_they_are_and_what_lies_there(client: httpx.AsyncClient) -> None:
    rows = (await client.get("/api/v1/warehouse-sites")).json()["data"]
    assert [(row["code"], row["latitude"], row["units"], row["value"], row["uncosted"]) for row in rows] == [
        ("MAIN", "51.5", "14", "20", "4")
    ]


async def test_no_organization_sees_or_moves_another_s_stock(
    client: httpx.AsyncClient, other: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    assert (await relocated(other, {"sku": "MUG", "quantity": "1", "to_bin": "A-1-1"})).status_code == 422
    assert (await other.get("/api/v1/warehouses/MAIN/inside")).status_code == 404
    assert (await other.get("/api/v1/holdings")).json()["data"] == []
    assert (await stranger.get("/api/v1/warehouse-sites")).status_code == 401
    assert (await inside(client))["waiting"] == "14"
