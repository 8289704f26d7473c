from typing import Any

import httpx
import pytest

from onhand import partners
from onhand.infra.db import Database
from onhand.kernel import Actor

KINDS = ("suppliers", "customers", "sellers")


async def made(client: httpx.AsyncClient, kind: str = "suppliers", code: str = "ACME", **fields: Any) -> dict[str, Any]:
    answer = await client.post(f"/api/v1/{kind}", json={"code": code, "name": code.title()} | fields)
    assert answer.status_code == 201, answer.text
    partner: dict[str, Any] = answer.json()["data"]
    return partner


async def codes(client: httpx.AsyncClient, kind: str, **query: str) -> list[str]:
    answer = await client.get(f"/api/v1/{kind}", params=query)
    assert answer.status_code == 200, answer.text
    return [row["code"] for row in answer.json()["data"]]


@pytest.mark.parametrize("kind", KINDS)
async def test_partners_are_made_found_changed_and_removed(client: httpx.AsyncClient, kind: str) -> None:
    partner = await made(client, kind)
    path = f"/api/v1/{kind}/acme"
    assert (await client.get(path)).json()["data"] == partner
    assert await codes(client, kind, q="acm") == ["ACME"]
    assert await codes(client, kind, **{"filter[code]": "acme"}) == ["ACME"]
    changed = (await client.put(path, json={"name": "Acme & Sons"})).json()["data"]
    assert {k for k in partner if partner[k] != changed[k]} == {"name", "updated_at"}
    assert (await client.delete(path)).status_code == 204
    assert await codes(client, kind, **{"filter[archived]": "true"}) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_a_code_is_unique_whatever_its_case(client: httpx.AsyncClient, kind: str) -> None:
    await made(client, kind)
    answer = await client.post(f"/api/v1/{kind}", json={"code": "acme", "name": "Other"})
    assert (answer.status_code, answer.json()["code"]) == (409, "partners.code_taken")
    assert await codes(client, kind) == ["ACME"]


@pytest.mark.parametrize("kind", KINDS)
async def test_an_edit_of_a_stale_partner_is_refused(client: httpx.AsyncClient, kind: str) -> None:
    await made(client, kind)
    path = f"/api/v1/{kind}/ACME"
    tag = (await client.get(path)).headers["etag"]
    assert (await client.patch(path, json={"name": "First"}, headers={"If-Match": tag})).status_code == 200
    assert (await client.patch(path, json={"name": "Lost"}, headers={"If-Match": tag})).status_code == 412
    assert (await client.delete(path, headers={"If-Match": tag})).status_code == 412
    assert (await client.get(path)).json()["data"]["name"] == "First"


@pytest.mark.parametrize("kind", KINDS)
async def test_who_may_what_with_partners(
    client: httpx.AsyncClient,
    staff: httpx.AsyncClient,
    other: httpx.AsyncClient,
    stranger: httpx.AsyncClient,
    kind: str,
) -> None:
    await made(client, kind)
    path = f"/api/v1/{kind}/ACME"
    assert await codes(staff, kind) == ["ACME"]
    for method, body in (("PATCH", {"name": "Mine"}), ("DELETE", None)):
        assert (await stranger.request(method, path, json=body)).status_code == 401
        assert (await staff.request(method, path, json=body)).status_code == 403
        assert (await other.request(method, path, json=body)).status_code == 404
    assert await codes(other, kind) == []
    assert (await client.get(path)).json()["data"]["name"] == "Acme"


async def test_a_supplier_has_a_lead_time_of_seven_days_unless_told(client: httpx.AsyncClient) -> None:
    assert (await made(client))["lead_time_days"] == 7


async def test_a_supplier_who_is_referred_to_is_archived(client: httpx.AsyncClient) -> None:
    supplier = await made(client)
    await made(client, "sellers", "MARKET", supplier_id=supplier["id"])
    assert (await client.delete("/api/v1/suppliers/ACME")).status_code == 204
    assert await codes(client, "suppliers") == []
    assert await codes(client, "suppliers", **{"filter[archived]": "true"}) == ["ACME"]
    rows = (await client.get("/api/v1/sellers")).json()["data"]
    assert [row["supplier"] for row in rows] == ["Acme"]


async def test_a_sellers_supplier_must_be_the_organizations_own(
    client: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    theirs = await made(other)
    answer = await client.post("/api/v1/sellers", json={"code": "S", "name": "S", "supplier_id": theirs["id"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/supplier_id"
    assert await codes(client, "sellers") == []


async def test_many_customers_need_no_code(client: httpx.AsyncClient) -> None:
    for name in ("Ann", "Bob"):
        answer = await client.post("/api/v1/customers", json={"name": name, "email": f"{name}@example.com"})
        assert answer.status_code == 201
    rows = (await client.get("/api/v1/customers?filter[email]=ANN@example.com")).json()["data"]
    assert [(row["name"], row["code"]) for row in rows] == [("Ann", None)]


async def test_an_address_comes_back_as_it_was_sent(client: httpx.AsyncClient) -> None:
    address = {"line1": "1 High Street", "city": "Leeds", "country": "GB"}
    customer = await made(client, "customers", shipping_address=address)
    assert {k: v for k, v in customer["shipping_address"].items() if v} == address
    assert customer["billing_address"] is None


async def test_missing_customers_are_made_and_known_ones_kept(database: Database, actor: Actor) -> None:
    def wanted(*codes: str) -> list[partners.CustomerWanted]:
        return [partners.CustomerWanted(code, f"Customer {code}", None, "United Kingdom") for code in codes]

    async with database.session(actor) as session:
        first = await partners.ensure_customers(session, wanted("17850", "13047"))
        again = await partners.ensure_customers(session, wanted("13047", "12583"))
        known = await partners.partner_by(session, partners.CUSTOMER, "13047")
    assert again["13047"] == first["13047"] == known.id
    assert len({*first.values(), *again.values()}) == 3
    assert known.name == "Customer 13047"
