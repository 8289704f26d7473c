"""Stock entered in cases, dozens and millilitres lies there in stock units; what does not fit is refused by line."""

from typing import Any

import httpx
import pytest
from tests.units.test_routes import WINE, fault, shop


async def on_hand(client: httpx.AsyncClient) -> str:
    """What lies there."""
    return str((await client.get("/api/v1/stock-levels/WINE@MAIN")).json()["data"]["on_hand"])


async def measured(client: httpx.AsyncClient) -> None:
    """The shop, its wine in bottles of 750 ml and cases of 12."""
    await shop(client)
    assert (await client.put("/api/v1/products/WINE/units", json=WINE)).status_code == 200
    assert (await client.patch("/api/v1/units/bottle", json={"whole": True})).status_code == 200


def line(**values: Any) -> dict[str, Any]:
    """A line of the wine."""
    return {"sku": "WINE", "warehouse": "MAIN", **values}


async def test_two_cases_are_received_as_twenty_four_bottles_at_their_cost(client: httpx.AsyncClient) -> None:
    await measured(client)
    lines = [line(quantity="2", unit="case", unit_cost="90"), line(quantity="1")]
    body = {"lines": lines, "type": "purchase"}
    assert (await client.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    assert await on_hand(client) == "25"
    moved = (await client.get("/api/v1/inventory/movements")).json()["data"]
    assert {row["unit_cost"] for row in moved} == {"7.5", None}


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"quantity": "1", "unit": "furlong"}, "/lines/1/unit", "unknown_unit"),
        ({"quantity": "1", "unit": "kg"}, "/lines/1/unit", "unknown_unit"),
        ({"quantity": "1", "unit": "ml"}, "/lines/1/quantity", "not_exact"),
        ({"quantity": "0.5"}, "/lines/1/quantity", "whole"),
        ({"quantity": "0.03", "unit": "case"}, "/lines/1/quantity", "whole"),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/inventory/adjust", "/api/v1/inventory/set"])
async def test_what_is_no_exact_quantity_is_refused_by_line_and_nothing_is_written(
    client: httpx.AsyncClient, path: str, wrong: dict[str, str], pointer: str, code: str
) -> None:
    await measured(client)
    refused = await client.post(path, json={"lines": [line(quantity="1", unit="case"), line(**wrong)]})
    assert fault(refused) == (422, pointer, code)
    assert await on_hand(client) == "0"
    assert (await client.get("/api/v1/inventory/movements")).json()["data"] == []


async def test_levels_are_opened_set_moved_and_promised_in_any_unit(client: httpx.AsyncClient) -> None:
    await measured(client)
    assert (await client.post("/api/v1/warehouses", json={"code": "SHOP", "name": "Shop"})).status_code == 201
    opened = await client.post("/api/v1/stock-levels", json=line(quantity="1", unit="case", unit_cost="60"))
    assert opened.status_code == 201
    assert await on_hand(client) == "12"
    assert (
        await client.put("/api/v1/stock-levels/WINE@MAIN", json={"quantity": "3", "unit": "case"})
    ).status_code == 200
    assert await on_hand(client) == "36"
    moved = {
        "from_warehouse": "MAIN",
        "to_warehouse": "SHOP",
        "lines": [{"sku": "WINE", "quantity": "1.5", "unit": "l"}],
    }
    assert (await client.post("/api/v1/inventory/transfer", json=moved)).status_code == 201
    assert await on_hand(client) == "34"
    promised = await client.post("/api/v1/reservations", json=line(quantity="2", unit="case"))
    assert promised.json()["data"]["quantity"] == "24"
    wrong = await client.post("/api/v1/reservations", json=line(quantity="2", unit="barrel"))
    assert fault(wrong) == (422, "/unit", "unknown_unit")
    wrong = await client.put("/api/v1/stock-levels/WINE@MAIN", json={"quantity": "3.1", "unit": "case"})
    assert fault(wrong) == (422, "/quantity", "whole")


async def test_one_request_repeated_posts_once(client: httpx.AsyncClient) -> None:
    await measured(client)
    body = {"lines": [line(quantity="1", unit="case")]}
    for _ in range(2):
        done = await client.post("/api/v1/inventory/adjust", json=body, headers={"Idempotency-Key": "one"})
        assert done.status_code == 201
    assert await on_hand(client) == "12"


async def test_a_unit_of_a_sku_that_nobody_knows_is_answered_with_the_sku(client: httpx.AsyncClient) -> None:
    await measured(client)
    unknown = await client.post(
        "/api/v1/inventory/adjust", json={"lines": [line(quantity="1", unit="case") | {"sku": "NO"}]}
    )
    assert (unknown.status_code, unknown.json()["code"]) == (422, "ledger.unknown_sku")
