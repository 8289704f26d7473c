"""Fields of the organization's own over HTTP: defined, filled in on products, filtered by."""

from typing import Any

import httpx
import psycopg
import pytest
from tests.units.test_routes import fault

from onhand import fields
from onhand.infra.db import Database, raw
from onhand.kernel import Actor

FIELDS: list[dict[str, Any]] = [
    {"target": "product", "code": "season", "name": "Season", "kind": "choice", "choices": ["Summer", "Winter"]},
    {"target": "product", "code": "weight", "name": "Weight", "kind": "number", "minimum": "0"},
    {"target": "product", "code": "launch", "name": "Launch", "kind": "date"},
    {"target": "product", "code": "fragile", "name": "Fragile", "kind": "boolean"},
    {"target": "product", "code": "uses", "name": "Uses", "kind": "multi_choice", "choices": ["Home", "Work"]},
    {"target": "product", "code": "maker", "name": "Maker", "kind": "text"},
]
GIVEN: dict[str, dict[str, Any]] = {
    "A": {"season": "Summer", "weight": "9.5", "launch": "2026-03-01", "fragile": True, "uses": ["Home", "Work"]},
    "B": {
        "season": "winter",
        "weight": "10",
        "launch": "2026-04-01",
        "fragile": False,
        "uses": "Work",
        "maker": "Ünal",
    },
    "C": {},
}


async def define(client: httpx.AsyncClient, **values: Any) -> dict[str, Any]:
    """A field as answered."""
    made = await client.post("/api/v1/custom-fields", json=values)
    assert made.status_code == 201, made.text
    data: dict[str, Any] = made.json()["data"]
    return data


async def catalogue(client: httpx.AsyncClient) -> None:
    """Three products and six fields."""
    for field in FIELDS:
        await define(client, **field)
    for sku, values in GIVEN.items():
        made = await client.post("/api/v1/products", json={"sku": sku, "name": sku, "custom_fields": values})
        assert made.status_code == 201, made.text


async def skus(client: httpx.AsyncClient, query: str) -> list[str]:
    """The products that a filter finds."""
    found = await client.get(f"/api/v1/products?sort=sku&{query}")
    assert found.status_code == 200, found.text
    return [row["sku"] for row in found.json()["data"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("filter[cf.season]=Winter", ["B"]),
        ("filter[cf.season]=Winter,Summer", ["A", "B"]),
        ("filter[cf.season][ne]=Winter", ["A"]),
        ("filter[cf.weight]=9.50", ["A"]),
        ("filter[cf.weight][gt]=9.5", ["B"]),
        ("filter[cf.weight][lte]=10", ["A", "B"]),
        ("filter[cf.launch][lt]=2026-04-01", ["A"]),
        ("filter[cf.fragile]=false", ["B"]),
        ("filter[cf.uses]=Work", ["A", "B"]),
        ("filter[cf.uses]=Home", ["A"]),
        ("filter[cf.maker][like]=ÜN", ["B"]),
        ("filter[cf.maker][null]=true", ["A", "C"]),
        ("filter[cf.maker][null]=false", ["B"]),
        ("filter[cf.season]=Winter&filter[cf.weight][lt]=10", []),
        ("filter[cf.season]=Winter&page=1", ["B"]),
    ],
)
async def test_products_are_found_by_the_organizations_own_fields(
    client: httpx.AsyncClient, query: str, found: list[str]
) -> None:
    await catalogue(client)
    assert await skus(client, query) == found


@pytest.mark.parametrize(
    "query",
    [
        "filter[cf.nothing]=1",
        "filter[cf.weight]=heavy",
        "filter[cf.launch][gt]=soon",
        "filter[cx.weight]=1",
        "page=1&filter[cf.x]=1",
    ],
)
async def test_a_filter_that_nobody_defined_or_of_another_kind_is_refused(
    client: httpx.AsyncClient, query: str
) -> None:
    await catalogue(client)
    refused = await client.get(f"/api/v1/products?{query}")
    assert (refused.status_code, refused.json()["code"]) == (400, "request.malformed")


async def test_values_are_read_changed_and_taken_away(client: httpx.AsyncClient) -> None:
    await catalogue(client)
    before = (await client.get("/api/v1/products/B")).json()["data"]["custom_fields"]
    assert before["season"] == "Winter"
    change = {"custom_fields": {"weight": "11", "maker": None}}
    after = (await client.patch("/api/v1/products/B", json=change)).json()["data"]["custom_fields"]
    assert after == {**{name: value for name, value in before.items() if name != "maker"}, "weight": "11"}


async def test_a_wrong_value_is_named_and_nothing_is_written(client: httpx.AsyncClient) -> None:
    await catalogue(client)
    wrong = {"name": "New", "custom_fields": {"weight": "-1"}}
    assert fault(await client.patch("/api/v1/products/A", json=wrong)) == (422, "/custom_fields/weight", "minimum")
    made = await client.post("/api/v1/products", json={"sku": "D", "name": "D", "custom_fields": {"colour": "red"}})
    assert fault(made) == (422, "/custom_fields/colour", "unknown")
    assert (await client.get("/api/v1/products/A")).json()["data"]["name"] == "A"
    assert (await client.get("/api/v1/products/D")).status_code == 404


async def test_a_required_field_is_asked_for_and_an_archived_one_no_longer(client: httpx.AsyncClient) -> None:
    field = await define(client, target="product", code="maker", name="Maker", kind="text", required=True)
    bare = {"sku": "A", "name": "A"}
    assert fault(await client.post("/api/v1/products", json=bare)) == (422, "/custom_fields/maker", "required")
    assert (await client.delete(f"/api/v1/custom-fields/{field['id']}")).status_code == 204
    assert (await client.post("/api/v1/products", json=bare)).status_code == 201
    again = await client.post(
        "/api/v1/custom-fields", json={"target": "product", "code": "maker", "name": "M", "kind": "text"}
    )
    assert (again.status_code, again.json()["code"]) == (409, "fields.code_taken")


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"kind": "choice"}, "/choices"),
        ({"kind": "text", "choices": ["a"]}, "/choices"),
        ({"kind": "choice", "choices": ["a", "A"]}, "/choices"),
        ({"kind": "number", "pattern": "a"}, "/pattern"),
        ({"kind": "text", "pattern": "("}, "/pattern"),
        ({"kind": "number", "minimum": "2", "maximum": "1"}, "/maximum"),
        ({"kind": "date", "earliest": "2026-02-01", "latest": "2026-01-01"}, "/latest"),
        ({"kind": "colour"}, "/kind"),
        ({"kind": "text", "code": "Big Word"}, "/code"),
        ({"kind": "text", "target": "order"}, "/target"),
    ],
)
async def test_a_definition_that_does_not_fit_together_is_refused(
    client: httpx.AsyncClient, values: dict[str, Any], pointer: str
) -> None:
    body = {"target": "product", "code": "a", "name": "A", **values}
    assert fault(await client.post("/api/v1/custom-fields", json=body))[:2] == (422, pointer)
    assert (await client.get("/api/v1/custom-fields")).json()["data"] == []


async def test_a_definition_is_changed_but_not_its_kind(client: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    field = await define(client, **FIELDS[0])
    at = f"/api/v1/custom-fields/{field['id']}"
    changed = await client.patch(at, json={"choices": ["Summer", "Winter", "Spring"], "name": "Time of year"})
    assert changed.json()["data"]["choices"] == ["Summer", "Winter", "Spring"]
    assert fault(await client.patch(at, json={"kind": "text"}))[:2] == (422, "/kind")
    assert (await staff.get("/api/v1/custom-fields?filter[target]=product")).json()["data"][0]["code"] == "season"
    assert (await staff.patch(at, json={"name": "x"})).status_code == 403


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE custom_field SET kind = 'colour', choices = '{}'", "custom_field_kind_is_known"),
        ("UPDATE custom_field SET target = 'order'", "custom_field_target_is_known"),
        ("UPDATE custom_field SET code = 'A b'", "custom_field_code_is_a_word"),
        ("UPDATE custom_field SET choices = '{}'", "custom_field_choices_fit"),
        ("UPDATE custom_field SET minimum = 2, maximum = 1", "custom_field_bounds_in_order"),
        ("UPDATE custom_field SET earliest = '2026-02-01', latest = '2026-01-01'", "custom_field_dates_in_order"),
        ("UPDATE custom_field SET pattern = 'a'", "custom_field_pattern_of_text"),
    ],
)
async def test_the_database_refuses_definitions_that_make_no_sense(
    database: Database, actor: Actor, statement: str, constraint: str
) -> None:
    bounds = dict.fromkeys(("minimum", "maximum", "earliest", "latest", "pattern"))
    async with database.session(actor) as session:
        await fields.create_field(session, FIELDS[0] | bounds)
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        async with database.session(actor) as session:
            await (await raw(session)).execute(statement)
    assert refused.value.diag.constraint_name == constraint
