"""Units over HTTP: the list, how a product is measured, and quantities entered in any of its units."""

from typing import Any

import httpx
import psycopg
import pytest

from onhand import catalog, units
from onhand.infra.db import Database, raw
from onhand.kernel import Actor

WINE = {
    "stock_unit": "bottle",
    "purchase_unit": "case",
    "sale_unit": "bottle",
    "holds": [{"unit": "case", "of": "bottle", "quantity": "12"}, {"unit": "bottle", "of": "ml", "quantity": "750"}],
}


async def shop(client: httpx.AsyncClient) -> None:
    """A product, and a warehouse to keep it in."""
    assert (await client.post("/api/v1/products", json={"sku": "WINE", "name": "Wine"})).status_code == 201
    assert (await client.post("/api/v1/warehouses", json={"code": "MAIN", "name": "Main"})).status_code == 201


async def codes(client: httpx.AsyncClient, **parameters: str) -> list[str]:
    answer = await client.get("/api/v1/units", params={"limit": "200", **parameters})
    assert answer.status_code == 200
    return [row["code"] for row in answer.json()["data"]]


def fault(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, pointer and code of the first field error."""
    body: dict[str, Any] = answer.json()
    return answer.status_code, body["errors"][0]["pointer"], body["errors"][0]["code"]


async def test_the_common_units_are_there_from_the_first_look(client: httpx.AsyncClient) -> None:
    found = await codes(client)
    assert {"each", "case", "kg", "g", "l", "ml"} <= set(found)
    assert await codes(client) == found
    assert await codes(client, **{"filter[dimension]": "mass", "filter[code]": "KG"}) == ["kg"]


async def test_a_unit_is_added_changed_and_removed(client: httpx.AsyncClient) -> None:
    made = await client.post("/api/v1/units", json={"code": "Crate", "name": "Crate", "whole": True})
    assert (made.status_code, made.json()["data"]["dimension"]) == (201, "package")
    taken = await client.post("/api/v1/units", json={"code": "crate", "name": "Again"})
    assert (taken.status_code, taken.json()["code"]) == (409, "units.code_taken")
    changed = await client.patch("/api/v1/units/crate", json={"name": "Wooden crate"})
    assert changed.json()["data"]["name"] == "Wooden crate"
    assert (await client.delete("/api/v1/units/CRATE")).status_code == 204
    assert (await client.get("/api/v1/units/crate")).status_code == 404


async def test_a_unit_in_use_keeps_its_factor_and_is_archived(client: httpx.AsyncClient) -> None:
    await shop(client)
    assert (await client.put("/api/v1/products/WINE/units", json=WINE)).status_code == 200
    kept = await client.patch("/api/v1/units/ml", json={"numerator": 2})
    assert (kept.status_code, kept.json()["code"]) == (409, "units.in_use")
    assert (await client.patch("/api/v1/units/ml", json={"name": "Mil", "numerator": 1})).status_code == 200
    assert (await client.delete("/api/v1/units/case")).status_code == 204
    assert "case" not in await codes(client)
    assert (await client.get("/api/v1/products/WINE/units")).json()["data"]["purchase_unit"] == "case"


async def test_a_product_is_measured_in_units_of_its_own(client: httpx.AsyncClient) -> None:
    await shop(client)
    plain = (await client.get("/api/v1/products/WINE/units")).json()["data"]
    assert (plain["declared"], plain["stock_unit"]) == (False, "each")
    measured = (await client.put("/api/v1/products/WINE/units", json=WINE)).json()["data"]
    holds = {unit["code"]: unit["stock_quantity"] for unit in measured["units"]}
    assert (holds["case"], holds["bottle"], holds["ml"]) == ("12", "1", None)
    assert (await client.get("/api/v1/products/wine/units")).json()["data"] == measured


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"stock_unit": "furlong"}, "/stock_unit", "unknown_unit"),
        ({"stock_unit": "each", "purchase_unit": "case"}, "/purchase_unit", "loose"),
        (
            {"stock_unit": "each", "holds": [{"unit": "case", "of": "case", "quantity": "1"}]},
            "/holds/0/unit",
            "of_itself",
        ),
        ({"stock_unit": "each", "holds": [{"unit": "case", "of": "bottle", "quantity": "1"}]}, "/holds", "loose"),
        ({"stock_unit": "kg", "holds": [{"unit": "kg", "of": "g", "quantity": "999"}]}, "/holds", "contradiction"),
        ({"stock_unit": "each", "holds": [{"unit": "case", "of": "each", "quantity": "0"}]}, "/holds/0/quantity", None),
        (
            {"stock_unit": "each", "holds": [{"unit": "case", "of": "each", "quantity": "NaN"}]},
            "/holds/0/quantity",
            None,
        ),
    ],
)
async def test_a_measure_that_does_not_fit_is_refused_by_field(
    client: httpx.AsyncClient, body: dict[str, Any], pointer: str, code: str | None
) -> None:
    await shop(client)
    refused = await client.put("/api/v1/products/WINE/units", json=body)
    assert fault(refused)[:2] == (422, pointer)
    assert code is None or fault(refused)[2] == code
    assert (await client.get("/api/v1/products/WINE/units")).json()["data"]["declared"] is False


async def test_the_stock_unit_stays_once_there_is_stock(client: httpx.AsyncClient) -> None:
    await shop(client)
    await client.put("/api/v1/products/WINE/units", json=WINE)
    line = {"sku": "WINE", "warehouse": "MAIN", "quantity": "1"}
    assert (await client.post("/api/v1/inventory/adjust", json={"lines": [line]})).status_code == 201
    other = await client.put("/api/v1/products/WINE/units", json=WINE | {"stock_unit": "case"})
    assert (other.status_code, other.json()["code"]) == (409, "units.stock_unit_fixed")
    six = {"unit": "case", "of": "bottle", "quantity": "6"}
    assert (await client.put("/api/v1/products/WINE/units", json=WINE | {"holds": [six]})).status_code == 200


async def test_staff_see_units_and_do_not_change_them(client: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    await shop(client)
    assert "kg" in await codes(staff)
    assert (await staff.post("/api/v1/units", json={"code": "x", "name": "x"})).status_code == 403
    assert (await staff.put("/api/v1/products/WINE/units", json=WINE)).status_code == 403


async def test_a_quantity_is_converted_without_writing(client: httpx.AsyncClient) -> None:
    await shop(client)
    await client.put("/api/v1/products/WINE/units", json=WINE)
    told = await client.get("/api/v1/unit-conversion?sku=WINE&quantity=2&unit=case&price=90")
    assert told.json()["data"] == {"quantity": "24", "stock_unit": "bottle", "price": "7.5"}
    refused = await client.get("/api/v1/unit-conversion?sku=WINE&quantity=1&unit=ml")
    assert fault(refused) == (422, "/quantity", "not_exact")


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE unit SET numerator = 0", "unit_factor_is_rational"),
        ("UPDATE unit SET denominator = 1.5", "unit_factor_is_rational"),
        ("UPDATE unit SET dimension = 'taste'", "unit_dimension_is_known"),
        ("UPDATE unit SET code = ''", "unit_code_not_empty"),
        ("UPDATE unit SET code = 'KG' WHERE code = 'g'", "unit_code_key"),
        ("UPDATE product_unit SET numerator = -1", "product_unit_factor_is_rational"),
        ("UPDATE product_unit SET of_unit_id = unit_id", "product_unit_not_of_itself"),
        ("DELETE FROM unit WHERE code = 'case'", "product_unit_organization_id_unit_id_fkey"),
    ],
)
async def test_the_database_refuses_units_that_make_no_sense(
    database: Database, actor: Actor, statement: str, constraint: str
) -> None:
    async with database.session(actor) as session:
        await catalog.create_product(session, catalog.NewProduct("A-1", "Widget"))
        await units.measure_product(session, "A-1", units.Wanted("each", None, None, [units.Given("case", "each", 6)]))
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        async with database.session(actor) as session:
            await (await raw(session)).execute(statement)
    assert refused.value.diag.constraint_name == constraint


async def test_a_product_goes_with_its_measure(client: httpx.AsyncClient) -> None:
    await shop(client)
    await client.put("/api/v1/products/WINE/units", json=WINE)
    assert (await client.delete("/api/v1/products/WINE")).status_code == 204
    assert (await client.get("/api/v1/products/WINE/units")).status_code == 404
