from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

FIRST = {
    "organization_name": "Harbour Gifts",
    "organization_code": "harbour",
    "name": "Ada",
    "email": "ada@example.com",
    "password": "a long enough one",
}


async def test_first_run_makes_an_admin_once(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.get("/api/v1/auth/first-run")).json()["data"] == {"first_run": True}
    made = await stranger.post("/api/v1/auth/first-run", json=FIRST)
    assert made.status_code == 201, made.text
    bearer = {"Authorization": f"Bearer {made.json()['data']['access_token']}"}
    me = (await stranger.get("/api/v1/me", headers=bearer)).json()["data"]
    assert (me["label"], me["role"], me["organization"]["code"]) == ("ada@example.com", "admin", "harbour")
    again = await stranger.post("/api/v1/auth/first-run", json=FIRST | {"email": "b@example.com"})
    assert (again.status_code, again.json()["code"]) == (409, "identity.not_first_run")


async def test_refresh_rotates_and_sign_out_revokes_at_once(stranger: httpx.AsyncClient) -> None:
    login = await stranger.post("/api/v1/auth/login", json={"email": "ADA@example.com", "password": FIRST["password"]})
    assert login.status_code == 200, login.text
    assert "HttpOnly" in login.headers["set-cookie"]
    refreshed = await stranger.post("/api/v1/auth/refresh")
    assert refreshed.status_code == 200, refreshed.text
    bearer = {"Authorization": f"Bearer {refreshed.json()['data']['access_token']}"}
    assert (await stranger.get("/api/v1/me", headers=bearer)).status_code == 200
    assert refreshed.cookies["onhand_refresh"] != login.cookies["onhand_refresh"]
    out = await stranger.post("/api/v1/auth/logout")
    assert out.status_code == 204
    assert (await stranger.get("/api/v1/me", headers=bearer)).status_code == 401


async def test_wrong_password_and_unknown_address_look_the_same(stranger: httpx.AsyncClient) -> None:
    wrong = await stranger.post("/api/v1/auth/login", json={"email": "ada@example.com", "password": "no"})
    unknown = await stranger.post("/api/v1/auth/login", json={"email": "nobody@example.com", "password": "no"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]


async def test_people_are_for_admins(
    client: httpx.AsyncClient, staff: httpx.AsyncClient, stranger: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    person = {"name": "Bo", "email": "bo@example.com", "password": "long enough too"}
    assert (await stranger.post("/api/v1/users", json=person)).status_code == 401
    refused = await staff.post("/api/v1/users", json=person)
    assert (refused.status_code, refused.json()["facts"]["permission"]) == (403, "people.write")
    assert (await client.post("/api/v1/users", json=person)).status_code == 201
    assert [p["email"] for p in (await client.get("/api/v1/users")).json()["data"]] == ["bo@example.com"]
    assert (await other.get("/api/v1/users")).json()["data"] == []


async def test_a_revoked_key_ends_at_once(client: httpx.AsyncClient) -> None:
    made = (await client.post("/api/v1/api-keys", json={"name": "till"})).json()["data"]
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 200
    assert (await client.delete(f"/api/v1/api-keys/{made['id']}")).status_code == 204
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401


async def test_a_repeated_post_gets_the_first_answer(client: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "once"}
    first = await client.post("/api/v1/api-keys", json={"name": "pos"}, headers=key)
    again = await client.post("/api/v1/api-keys", json={"name": "pos"}, headers=key)
    other_body = await client.post("/api/v1/api-keys", json={"name": "x"}, headers=key)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (other_body.status_code, other_body.json()["code"]) == (422, "idempotency.other_body")


async def test_a_dry_run_shows_the_change_and_makes_none(client: httpx.AsyncClient) -> None:
    answer = await client.patch("/api/v1/organization?dry_run=true", json={"name": "New"})
    assert answer.json()["meta"]["changes"][0]["after"]["name"] == "New"
    assert (await client.get("/api/v1/organization")).json()["data"]["name"] == "Test & Sons"


async def test_changes_are_in_the_audit_log_with_who_and_what(client: httpx.AsyncClient) -> None:
    await client.patch("/api/v1/organization", json={"name": "New"})
    entry = (await client.get("/api/v1/audit?filter[entity]=organization&limit=1")).json()["data"][0]
    assert (entry["action"], entry["after"], entry["actor"]) == (
        "update",
        entry["after"] | {"name": "New"},
        "test admin",
    )


async def test_an_unknown_list_parameter_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/users?colour=red")
    assert (answer.status_code, "colour" in answer.json()["detail"]) == (400, True)


async def test_a_bad_field_is_pointed_at(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/users", json={"name": "", "email": "x", "password": "long enough too"})
    assert answer.status_code == 422
    assert {e["pointer"] for e in answer.json()["errors"]} == {"/name", "/email"}
