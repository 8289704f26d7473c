"""The database refuses what the code should have refused, and two at once cannot get past either of them."""

import asyncio

import httpx
import psycopg
import pytest
from tests.catalog.test_categories import category, tree
from tests.catalog.test_products import WIDGET, listed
from tests.conftest import make_organization

from onhand import catalog
from onhand.infra.db import Database, raw
from onhand.kernel import Actor


async def write(database: Database, actor: Actor, statement: str, *values: object) -> None:
    """One statement as the application, past all code."""
    async with database.session(actor) as session:
        await (await raw(session)).execute(statement, values or None)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (
            "INSERT INTO sku (organization_id, product_id, code) SELECT organization_id, id, 'a-1' FROM product",
            "sku_code_key",
        ),
        ("UPDATE sku SET code = ''", "sku_code_not_empty"),
        ("UPDATE sku SET selling_price = -1", "sku_prices_not_negative"),
        ("UPDATE product SET status = 'gone'", "product_status_is_known"),
        ("UPDATE product SET status = 'archived'", "product_archived_has_a_date"),
        ("INSERT INTO barcode SELECT organization_id, '', id FROM sku", "barcode_value_not_empty"),
        ("UPDATE category SET parent_id = id", "category_not_its_own_parent"),
        ("DELETE FROM product", "sku_organization_id_product_id_fkey"),
    ],
)
async def test_the_database_refuses_what_no_code_should_write(
    database: Database, actor: Actor, statement: str, constraint: str
) -> None:
    async with database.session(actor) as session:
        await catalog.create_product(session, catalog.NewProduct("A-1", "Widget"))
        await catalog.create_category(session, {"name": "Home"})
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        await write(database, actor, statement)
    assert refused.value.diag.constraint_name == constraint


async def test_no_row_can_point_into_another_organization(database: Database, actor: Actor) -> None:
    theirs = await make_organization(database)
    async with database.session(theirs) as session:
        hidden = await catalog.create_category(session, {"name": "Theirs"})
    async with database.session(actor) as session:
        await catalog.create_product(session, catalog.NewProduct("A-1", "Widget"))
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        await write(database, actor, "UPDATE product SET category_id = %s", hidden.id)


async def test_many_who_make_one_sku_at_once_make_one(client: httpx.AsyncClient) -> None:
    bodies = [WIDGET | {"sku": sku, "barcodes": []} for sku in ("A-1", "a-1") * 4]
    answers = await asyncio.gather(*(client.post("/api/v1/products", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 7]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"catalog.sku_taken"}
    assert len(await listed(client)) == 1


async def test_two_moves_at_once_close_no_circle(client: httpx.AsyncClient) -> None:
    for turn in range(5):
        one, two = await category(client, f"One {turn}"), await category(client, f"Two {turn}")
        moves = ((one["id"], two["id"]), (two["id"], one["id"]))
        answers = await asyncio.gather(
            *(client.patch(f"/api/v1/categories/{moved}", json={"parent_id": under}) for moved, under in moves)
        )
        assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert sum(parent is not None for parent in (await tree(client)).values()) == 5


async def test_two_edits_of_one_product_at_once_both_stay(client: httpx.AsyncClient) -> None:
    await client.post("/api/v1/products", json=WIDGET)
    changes = ({"name": "Gadget"}, {"cost_price": "12"}, {"barcodes": ["X1"]}, {"tags": ["new"]})
    await asyncio.gather(*(client.patch("/api/v1/products/A-1", json=change) for change in changes))
    product = (await client.get("/api/v1/products/A-1")).json()["data"]
    assert {name: product[name] for change in changes for name in change} == {
        name: value for change in changes for name, value in change.items()
    }
