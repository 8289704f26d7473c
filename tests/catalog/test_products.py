from typing import Any

import httpx
import pytest

WIDGET = {
    "sku": "A-1",
    "name": "Widget",
    "barcodes": ["5901234123457"],
    "cost_price": "10.00",
    "selling_price": "20.00",
    "currency": "GBP",
}


async def made(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/products", json=WIDGET | fields)
    assert answer.status_code == 201, answer.text
    product: dict[str, Any] = answer.json()["data"]
    return product


async def listed(client: httpx.AsyncClient, **query: str) -> list[str]:
    answer = await client.get("/api/v1/products", params=query)
    assert answer.status_code == 200, answer.text
    return [row["sku"] for row in answer.json()["data"]]


async def test_a_product_is_created_and_read_back(client: httpx.AsyncClient) -> None:
    product = await made(client)
    assert product["sku"] == "A-1"
    assert product["cost_price"] == "10"
    assert product["currency"] == "GBP"
    for key in (product["id"], "A-1", "a-1"):
        assert (await client.get(f"/api/v1/products/{key}")).json()["data"] == product
    rows = (await client.get("/api/v1/products?filter[sku]=a-1")).json()["data"]
    assert [row["barcodes"] for row in rows] == [["5901234123457"]]


async def test_prices_without_a_currency_are_in_the_organizations(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/products", json={"sku": "B", "name": "B", "selling_price": "2"})
    assert answer.json()["data"]["currency"] == "GBP"


async def test_a_sku_is_unique_whatever_its_case_and_shown_as_first_written(client: httpx.AsyncClient) -> None:
    await made(client, sku="85123A")
    answer = await client.post("/api/v1/products", json={"sku": "85123a", "name": "Again"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "catalog.sku_taken"
    assert answer.json()["facts"] == {"sku": "85123A"}
    assert await listed(client) == ["85123A"]


async def test_a_barcode_leads_to_one_sku_only(client: httpx.AsyncClient) -> None:
    await made(client)
    answer = await client.post("/api/v1/products", json=WIDGET | {"sku": "A-2"})
    assert answer.status_code == 409
    assert answer.json()["facts"] == {"barcode": "5901234123457", "sku": "A-1"}
    assert await listed(client) == ["A-1"]


async def test_a_wrong_check_digit_is_a_warning_not_an_error(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/products", json=WIDGET | {"barcodes": ["5901234123450", "FREE TEXT"]})
    assert answer.status_code == 201
    assert answer.json()["meta"]["warnings"] == [
        "5901234123450 has the length of an EAN/UPC, but its check digit should be 7, not 0"
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sku", ""),
        ("sku", None),
        ("name", "x" * 256),
        ("cost_price", "-1"),
        ("cost_price", "ten"),
        ("cost_price", 0.1),
        ("currency", "POUND"),
        ("status", "gone"),
        ("barcodes", "590"),
        ("category_id", "00000000-0000-0000-0000-000000000001"),
        ("supplier_id", "00000000-0000-0000-0000-000000000001"),
        ("colour", "red"),
    ],
)
async def test_bad_input_names_the_field_and_makes_nothing(
    client: httpx.AsyncClient, field: str, value: object
) -> None:
    answer = await client.post("/api/v1/products", json=WIDGET | {field: value})
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert await listed(client) == []


async def test_put_and_patch_change_only_the_fields_sent(client: httpx.AsyncClient) -> None:
    product = await made(client, description="Blue")
    await client.put("/api/v1/products/A-1", json={"name": "Gadget"})
    await client.patch("/api/v1/products/A-1", json={"selling_price": "21.50", "barcodes": ["X1", "X2"]})
    after = (await client.get("/api/v1/products/A-1")).json()["data"]
    expected = product | {"name": "Gadget", "selling_price": "21.5", "barcodes": ["X1", "X2"]}
    assert {k: v for k, v in after.items() if k != "updated_at"} == {
        k: v for k, v in expected.items() if k != "updated_at"
    }


async def test_a_required_field_cannot_be_nulled(client: httpx.AsyncClient) -> None:
    await made(client)
    answer = await client.patch("/api/v1/products/A-1", json={"name": None})
    assert answer.status_code == 422
    assert (await client.get("/api/v1/products/A-1")).json()["data"]["name"] == "Widget"


async def test_a_renamed_sku_is_found_by_its_new_code(client: httpx.AsyncClient) -> None:
    await made(client)
    await client.patch("/api/v1/products/A-1", json={"sku": "Z-9"})
    assert (await client.get("/api/v1/products/A-1")).status_code == 404
    assert await listed(client, q="z-9") == ["Z-9"]
    await made(client, sku="A-1", barcodes=[])


async def test_an_edit_of_a_stale_page_is_refused(client: httpx.AsyncClient) -> None:
    await made(client)
    tag = (await client.get("/api/v1/products/A-1")).headers["etag"]
    first = await client.patch("/api/v1/products/A-1", json={"cost_price": "11"}, headers={"If-Match": tag})
    assert first.status_code == 200
    for method in ("PATCH", "DELETE"):
        body = {"name": "Lost"} if method == "PATCH" else None
        late = await client.request(method, "/api/v1/products/A-1", headers={"If-Match": tag}, json=body)
        assert late.status_code == 412
    now = await client.get("/api/v1/products/A-1")
    assert now.json()["data"]["name"] == "Widget"
    assert now.headers["etag"] == first.headers["etag"]


async def test_a_product_that_nothing_refers_to_is_removed(client: httpx.AsyncClient) -> None:
    await made(client)
    assert (await client.delete("/api/v1/products/A-1")).status_code == 204
    assert await listed(client, **{"filter[archived]": "true"}) == []
    await made(client)


async def test_posting_twice_with_one_key_makes_one_product(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "first"}
    one = await client.post("/api/v1/products", json=WIDGET, headers=headers)
    two = await client.post("/api/v1/products", json=WIDGET, headers=headers)
    assert two.json() == one.json()
    assert two.headers["idempotent-replayed"] == "true"
    other_body = await client.post("/api/v1/products", json=WIDGET | {"sku": "B"}, headers=headers)
    assert other_body.status_code == 422
    assert await listed(client) == ["A-1"]


async def test_a_dry_run_shows_the_difference_and_makes_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/products?dry_run=true", json=WIDGET)
    assert answer.status_code == 200
    [change] = answer.json()["meta"]["changes"]
    assert (change["action"], change["after"]["code"]) == ("create", "A-1")
    assert await listed(client) == []


async def test_every_change_is_in_the_history_with_what_differs(client: httpx.AsyncClient) -> None:
    product = await made(client)
    await client.patch("/api/v1/products/A-1", json={"cost_price": "12", "barcodes": []})
    rows = (await client.get(f"/api/v1/audit?filter[entity_id]={product['id']}")).json()["data"]
    assert [row["action"] for row in rows] == ["update", "create"]
    assert rows[0]["before"] == {
        "cost_price": "10",
        "barcodes": ["5901234123457"],
    }
    assert rows[0]["after"] == {"cost_price": "12", "barcodes": []}
    assert [row["subject"] for row in rows] == [product["name"]] * 2, "a difference alone does not say of what"


async def test_a_stranger_is_turned_away(stranger: httpx.AsyncClient) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("GET", "/A-1"), ("PATCH", "/A-1"), ("DELETE", "/A-1")):
        assert (await stranger.request(method, f"/api/v1/products{path}")).status_code == 401


async def test_another_organization_sees_nothing(client: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    product = await made(client)
    for key in (product["id"], "A-1"):
        assert (await other.get(f"/api/v1/products/{key}")).status_code == 404
        assert (await other.patch(f"/api/v1/products/{key}", json={"name": "Mine"})).status_code == 404
        assert (await other.delete(f"/api/v1/products/{key}")).status_code == 404
    assert await listed(other) == []
    assert await listed(other, q="widget") == []
    await made(other)
    assert (await client.get("/api/v1/products/A-1")).json()["data"] == product


async def test_staff_may_look_but_not_change(client: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    await made(client)
    assert await listed(staff) == ["A-1"]
    assert (await staff.post("/api/v1/products", json=WIDGET | {"sku": "B"})).status_code == 403
    assert (await staff.patch("/api/v1/products/A-1", json={"name": "Mine"})).status_code == 403
    assert (await staff.delete("/api/v1/products/A-1")).status_code == 403
    assert await listed(client) == ["A-1"]


async def test_products_are_listed_by_supplier_and_category(client: httpx.AsyncClient) -> None:
    supplier = (await client.post("/api/v1/suppliers", json={"code": "ACME", "name": "Acme"})).json()["data"]
    category = (await client.post("/api/v1/categories", json={"name": "Lamps"})).json()["data"]
    await made(client, supplier_id=supplier["id"], category_id=category["id"], tags=["new", "New", "red"])
    await made(client, sku="B-1", barcodes=[])
    [row] = (await client.get("/api/v1/products?supplier=acme&category=lamps&filter[tags]=red")).json()["data"]
    assert (row["sku"], row["supplier"], row["category"], row["tags"]) == ("A-1", "Acme", "Lamps", ["new", "red"])
    assert await listed(client, supplier=supplier["id"]) == ["A-1"]
    assert await listed(client, supplier="nobody") == []


async def test_lists_are_paged_without_gaps_or_repeats(client: httpx.AsyncClient) -> None:
    for number in range(7):
        await made(client, sku=f"P{number}", name="Same name", barcodes=[])
    seen, cursor = [], ""
    while True:
        page = (await client.get(f"/api/v1/products?limit=3&sort=-sku{cursor}")).json()
        seen += [row["sku"] for row in page["data"]]
        if page["meta"]["next_cursor"] is None:
            break
        cursor = f"&cursor={page['meta']['next_cursor']}"
    assert seen == [f"P{number}" for number in range(6, -1, -1)]
    second = (await client.get("/api/v1/products?page=2&limit=5")).json()
    assert (len(second["data"]), second["meta"]["total"]) == (2, 7)


async def test_an_unknown_parameter_or_value_is_named(client: httpx.AsyncClient) -> None:
    for query, named in (
        ("colour=red", "colour"),
        ("filter[colour]=red", "colour"),
        ("sort=colour", "colour"),
        ("limit=501", "limit"),
        ("filter[cost_price]=cheap", "cost_price"),
    ):
        answer = await client.get(f"/api/v1/products?{query}")
        assert answer.status_code == 400
        assert named in answer.json()["detail"]
