"""Channels through the API: made, tested, changed, paused, removed; their credentials never come out."""

from __future__ import annotations

import httpx
import pytest
from tests.sandbox.process import Sandbox

from onhand import channels
from onhand.infra.db import Database
from onhand.infra.secrets import master_key
from onhand.infra.settings import Settings
from onhand.kernel import Actor


def a_channel(sandbox: Sandbox, **changes: object) -> dict[str, object]:
    return {
        "name": "Harbour Market",
        "endpoint": f"{sandbox.url}/shops/harbour/api",
        "credentials": {"token": sandbox.token("harbour")},
        **changes,
    }


async def made(client: httpx.AsyncClient, sandbox: Sandbox, **changes: object) -> dict[str, object]:
    answer = await client.post("/api/v1/channels", json=a_channel(sandbox, **changes))
    assert answer.status_code == 201, answer.text
    data: dict[str, object] = answer.json()["data"]
    return data


async def test_a_channel_is_made_and_its_code_comes_from_its_name(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    channel = await made(client, sandbox, buffer="2", maximum_shown="50")
    assert (channel["code"], channel["health"], channel["has_credentials"]) == ("harbour-market", "new", True)
    found = (await client.get("/api/v1/channels/HARBOUR-market")).json()["data"]
    assert (found["id"], found["buffer"], found["maximum_shown"]) == (channel["id"], "2", "50")


async def test_credentials_go_in_sealed_and_never_come_out(
    client: httpx.AsyncClient, sandbox: Sandbox, database: Database, actor: Actor, settings: Settings
) -> None:
    channel = await made(client, sandbox)
    token = sandbox.token("harbour")
    for path in (f"/channels/{channel['id']}", "/channels", "/audit"):
        assert token not in (await client.get(f"/api/v1{path}")).text
    async with database.session(actor) as session:
        row = await channels.channel_by(session, str(channel["id"]))
    assert row.credentials is not None
    assert token.encode() not in row.credentials
    assert channels.open_credentials(master_key(settings), row.id, row.credentials) == {"token": token}


@pytest.mark.parametrize(
    "twin", [{"name": "HARBOUR market", "code": "other"}, {"name": "Other", "code": "Harbour-Market"}]
)
async def test_name_and_code_are_unique_whatever_their_case(
    client: httpx.AsyncClient, sandbox: Sandbox, twin: dict[str, str]
) -> None:
    await made(client, sandbox)
    refused = await client.post("/api/v1/channels", json=a_channel(sandbox, **twin))
    assert refused.status_code == 409
    assert refused.json()["code"] in {"channels.name_taken", "channels.code_taken"}
    assert len((await client.get("/api/v1/channels")).json()["data"]) == 1


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "ftp://x"}, {"endpoint": None}, {"buffer": "-1"}, {"poll_seconds": 0}, {"nonsense": 1}]
)
async def test_nonsense_is_refused_and_nothing_is_made(
    client: httpx.AsyncClient, sandbox: Sandbox, wrong: dict[str, object]
) -> None:
    assert (await client.post("/api/v1/channels", json=a_channel(sandbox, **wrong))).status_code == 422
    assert (await client.get("/api/v1/channels")).json()["data"] == []


async def test_an_edit_of_something_that_changed_meanwhile_is_refused(
    client: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    channel = await made(client, sandbox)
    path = f"/api/v1/channels/{channel['id']}"
    seen = (await client.get(path)).headers["etag"]
    assert (await client.patch(path, json={"buffer": "1"}, headers={"if-match": seen})).status_code == 200
    assert (await client.patch(path, json={"buffer": "9"}, headers={"if-match": seen})).status_code == 412
    assert (await client.get(path)).json()["data"]["buffer"] == "1"


async def test_a_channel_sells_from_the_warehouses_it_is_given(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    await client.post("/api/v1/warehouses", json={"code": "MAIN", "name": "Main"})
    channel = await made(client, sandbox, warehouses=["main"])
    assert channel["warehouses"] == ["MAIN"]
    refused = await client.patch(f"/api/v1/channels/{channel['id']}", json={"warehouses": ["NOWHERE"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "channels.no_such_warehouse")
    changed = await client.patch(f"/api/v1/channels/{channel['id']}", json={"warehouses": []})
    assert changed.json()["data"]["warehouses"] == []


async def test_pausing_and_resuming(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    path = f"/api/v1/channels/{(await made(client, sandbox))['id']}"
    assert (await client.post(f"{path}/pause")).json()["data"]["health"] == "paused"
    assert (await client.post(f"{path}/resume")).json()["data"]["health"] == "new"


async def test_a_channel_without_sales_is_deleted(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    path = f"/api/v1/channels/{(await made(client, sandbox))['id']}"
    assert (await client.delete(path)).status_code == 204
    assert (await client.get(path)).json()["code"] == "channels.unknown_channel"


async def test_the_connection_test_says_who_answers_or_what_is_wrong(
    client: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    channel = await made(client, sandbox)
    answer = await client.post(f"/api/v1/channels/{channel['id']}/test")
    assert answer.json()["data"]["name"] == "Harbour Market"
    candidate = {"endpoint": f"{sandbox.url}/shops/harbour/api", "credentials": {"token": "wrong"}}
    refused = await client.post("/api/v1/channels/test", json=candidate)
    assert (refused.status_code, refused.json()["code"]) == (409, "connectors.credentials_refused")
    for endpoint in ("shop.example/api", "ftp://shop.example", "https://sh^op.example"):
        impossible = await client.post("/api/v1/channels/test", json={"endpoint": endpoint})
        assert (impossible.status_code, impossible.json()["errors"][0]["pointer"]) == (422, "/endpoint")
        assert "such as https://shop.example/api" in impossible.json()["errors"][0]["message"]
    nobody = await client.post("/api/v1/channels/test", json={"endpoint": "http://127.0.0.1:9/x"})
    assert (nobody.status_code, nobody.json()["code"]) == (503, "connectors.unreachable")


async def test_a_channel_kept_by_hand_has_nothing_to_connect_to(client: httpx.AsyncClient) -> None:
    made_by_hand = await client.post("/api/v1/channels", json={"name": "Till", "connector": "manual"})
    channel = made_by_hand.json()["data"]
    assert (channel["health"], channel["endpoint"]) == ("manual", None)
    refused = await client.post(f"/api/v1/channels/{channel['id']}/sync")
    assert (refused.status_code, refused.json()["code"]) == (409, "channels.not_synced")


async def test_fault_switches_of_a_sandbox_are_turned_from_here(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    path = f"/api/v1/channels/{(await made(client, sandbox))['id']}/faults"
    assert (await client.put(path, json={"error_rate": 0.5})).json()["data"]["error_rate"] == 0.5
    assert sandbox.control("GET", "/shops/harbour/faults").json()["error_rate"] == 0.5
    assert (await client.put(path, json={"error_rate": 7})).json()["code"] == "connectors.refused"


async def test_staff_may_look_but_not_touch(
    client: httpx.AsyncClient, staff: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    channel = await made(client, sandbox)
    assert (await staff.get("/api/v1/channels")).status_code == 200
    assert (await staff.post(f"/api/v1/channels/{channel['id']}/pause")).status_code == 403
    assert (await client.get(f"/api/v1/channels/{channel['id']}")).json()["data"]["status"] == "active"


async def test_another_organization_sees_nothing(
    client: httpx.AsyncClient, other: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    channel = await made(client, sandbox)
    assert (await other.get("/api/v1/channels")).json()["data"] == []
    assert (await other.get(f"/api/v1/channels/{channel['id']}")).status_code == 404
