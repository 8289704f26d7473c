from typing import Any

import httpx
from tests.catalog.test_products import listed, made


async def category(client: httpx.AsyncClient, name: str, parent_id: str | None = None) -> dict[str, Any]:
    answer = await client.post("/api/v1/categories", json={"name": name, "parent_id": parent_id})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


async def tree(client: httpx.AsyncClient) -> dict[str, str | None]:
    rows = (await client.get("/api/v1/categories")).json()["data"]
    return {row["name"]: row["parent_id"] for row in rows}


async def test_categories_form_a_tree(client: httpx.AsyncClient) -> None:
    home = await category(client, "Home")
    await category(client, "Lamps", home["id"])
    assert await tree(client) == {"Home": None, "Lamps": home["id"]}


async def test_a_branch_moves_with_all_below_it(client: httpx.AsyncClient) -> None:
    home, garden = await category(client, "Home"), await category(client, "Garden")
    lamps = await category(client, "Lamps", home["id"])
    await made(client, category_id=lamps["id"])
    await client.patch(f"/api/v1/categories/{lamps['id']}", json={"parent_id": garden["id"]})
    assert await listed(client, category="garden") == ["A-1"]
    assert await listed(client, category=garden["id"]) == ["A-1"]
    assert await listed(client, category="home") == []


async def test_a_category_cannot_move_below_itself(client: httpx.AsyncClient) -> None:
    home = await category(client, "Home")
    lamps = await category(client, "Lamps", home["id"])
    for parent in (home["id"], lamps["id"]):
        answer = await client.patch(f"/api/v1/categories/{home['id']}", json={"parent_id": parent})
        assert answer.status_code == 422
        assert answer.json()["code"] == "catalog.category_circle"
    assert await tree(client) == {"Home": None, "Lamps": home["id"]}


async def test_a_parent_must_exist(client: httpx.AsyncClient) -> None:
    unknown = "00000000-0000-0000-0000-000000000001"
    answer = await client.post("/api/v1/categories", json={"name": "Lamps", "parent_id": unknown})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/parent_id"
    assert await tree(client) == {}


async def test_siblings_have_different_names(client: httpx.AsyncClient) -> None:
    home = await category(client, "Home")
    await category(client, "home", home["id"])
    answer = await client.post("/api/v1/categories", json={"name": "HOME"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "catalog.category_name_taken"
    assert len(await tree(client)) == 2


async def test_an_empty_category_is_removed_and_a_used_one_archived(client: httpx.AsyncClient) -> None:
    empty, used = await category(client, "Empty"), await category(client, "Used")
    await made(client, category_id=used["id"])
    for one in (empty, used):
        assert (await client.delete(f"/api/v1/categories/{one['id']}")).status_code == 204
    assert await tree(client) == {}
    archived = (await client.get("/api/v1/categories?filter[archived]=true")).json()["data"]
    assert [(row["name"], row["products"]) for row in archived] == [("Used", 1)]
    assert (await client.get("/api/v1/products/A-1")).json()["data"]["category_id"] == used["id"]


async def test_an_edit_of_a_stale_category_is_refused(client: httpx.AsyncClient) -> None:
    home = await category(client, "Home")
    path = f"/api/v1/categories/{home['id']}"
    tag = (await client.get(path)).headers["etag"]
    assert (await client.patch(path, json={"name": "House"}, headers={"If-Match": tag})).status_code == 200
    assert (await client.patch(path, json={"name": "Lost"}, headers={"If-Match": tag})).status_code == 412
    assert await tree(client) == {"House": None}


async def test_categories_of_another_organization_are_not_there(
    client: httpx.AsyncClient, other: httpx.AsyncClient, staff: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    path = f"/api/v1/categories/{(await category(client, 'Home'))['id']}"
    assert (await other.get(path)).status_code == 404
    assert (await other.delete(path)).status_code == 404
    assert (await staff.delete(path)).status_code == 403
    assert (await stranger.get(path)).status_code == 401
    assert (
        await other.post("/api/v1/products", json={"sku": "X", "name": "X", "category_id": path[-36:]})
    ).status_code == 422
    assert await tree(client) == {"Home": None}
