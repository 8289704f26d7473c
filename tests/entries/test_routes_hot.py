"""The hot routes over HTTP: adjust, reserve, release, read one level."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from onhand.kernel import new_id

if TYPE_CHECKING:
    import httpx

Answer = dict[str, Any]


@pytest.fixture
async def stocked(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A-1 and A-2 with five pieces each at MAIN."""
    assert (await client.post("/api/v1/warehouses", json={"code": "MAIN", "name": "Main"})).status_code == 201
    for sku in ("A-1", "A-2"):
        body = {"sku": sku, "name": sku, "cost_price": "10.00", "selling_price": "20.00", "currency": "GBP"}
        assert (await client.post("/api/v1/products", json=body)).status_code == 201
    assert (await adjust(client, ("A-1", "5"), ("A-2", "5"))).status_code == 201
    return client


async def adjust(
    client: httpx.AsyncClient, *lines: tuple[str, str], key: str | None = None, query: str = "", **more: object
) -> httpx.Response:
    body = {"reason": "test", "lines": [{"sku": s, "warehouse": "MAIN", "quantity": q} for s, q in lines], **more}
    headers = {"Idempotency-Key": key} if key else {}
    return await client.post(f"/api/v1/inventory/adjust{query}", json=body, headers=headers)


async def reserve(client: httpx.AsyncClient, sku: str, quantity: str, key: str | None = None) -> httpx.Response:
    body = {"sku": sku, "warehouse": "MAIN", "quantity": quantity, "expires_in_seconds": 900}
    return await client.post("/api/v1/reservations", json=body, headers={"Idempotency-Key": key} if key else {})


async def level(client: httpx.AsyncClient, sku: str = "A-1") -> tuple[str, str, str]:
    data = (await client.get(f"/api/v1/stock-levels/{sku}@MAIN")).json()["data"]
    return data["on_hand"], data["reserved"], data["available"]


async def test_an_adjustment_answers_with_the_new_balance(stocked: httpx.AsyncClient) -> None:
    answer = await adjust(stocked, ("a-1", "2.5"))
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert data["lines"] == [
        {"sku": "a-1", "warehouse": "MAIN", "quantity": "2.5", "on_hand": "7.5", "available": "7.5"}
    ]
    assert data["posting_id"]
    assert await level(stocked) == ("7.5", "0", "7.5")


async def test_more_than_there_is_is_refused_with_what_is_there(stocked: httpx.AsyncClient) -> None:
    answer = await adjust(stocked, ("A-2", "-1"), ("A-1", "-6"))
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "ledger.not_enough_stock"
    assert problem["facts"] == {
        "line": 1, "sku": "A-1", "warehouse": "MAIN", "wanted": "6", "available": "5", "on_hand": "5"
    }  # fmt: skip
    assert await level(stocked, "A-2") == ("5", "0", "5")


async def test_the_same_key_gives_the_first_answer_and_another_body_is_refused(stocked: httpx.AsyncClient) -> None:
    key = str(new_id())
    first = await adjust(stocked, ("A-1", "1"), key=key)
    await adjust(stocked, ("A-1", "1"))
    again = await adjust(stocked, ("A-1", "1"), key=key)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    other = await adjust(stocked, ("A-1", "2"), key=key)
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency.other_body"
    assert await level(stocked) == ("7", "0", "7")


async def test_a_reservation_under_a_used_key_with_another_body_is_refused(stocked: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "basket 17"}
    body = {"sku": "A-1", "warehouse": "MAIN", "quantity": "1"}
    first = await stocked.post("/api/v1/reservations", json=body, headers=headers)
    again = await stocked.post("/api/v1/reservations", json=body, headers=headers)
    assert (first.status_code, again.json()) == (201, first.json())
    for other in ({"quantity": "2"}, {"sku": "NONE"}, {"quantity": "0"}):
        answer = await stocked.post("/api/v1/reservations", json=body | other, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.other_body")
    assert await level(stocked) == ("5", "1", "4")


async def test_a_key_may_be_any_words(stocked: httpx.AsyncClient) -> None:
    answers = [await adjust(stocked, ("A-1", "1"), key="delivery note 17") for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert await level(stocked) == ("6", "0", "6")


async def test_failed_lines_can_be_left_out(stocked: httpx.AsyncClient) -> None:
    answer = await adjust(stocked, ("A-1", "-1"), ("A-2", "-9"), ("NONE", "1"), error_policy="reject_failed")
    assert answer.status_code == 201
    lines = answer.json()["data"]["lines"]
    codes = [line.get("problem", {}).get("code") for line in lines]
    assert codes == [None, "ledger.not_enough_stock", "ledger.unknown_sku"]
    assert await level(stocked) == ("4", "0", "4")
    assert await level(stocked, "A-2") == ("5", "0", "5")


async def test_a_dry_run_changes_nothing(stocked: httpx.AsyncClient) -> None:
    answer = await adjust(stocked, ("A-1", "1"), query="?dry_run=true")
    assert answer.status_code == 200
    assert answer.json()["data"]["lines"][0]["on_hand"] == "6"
    assert await level(stocked) == ("5", "0", "5")


async def test_a_fact_takes_what_is_there(stocked: httpx.AsyncClient) -> None:
    answer = await adjust(stocked, ("A-1", "-7"), fact=True, type="waste", document="broken crate")
    assert answer.status_code == 201
    assert answer.json()["data"]["lines"][0]["shortage"] == "2"
    assert await level(stocked) == ("0", "0", "0")


async def test_a_reservation_is_made_and_given_back(stocked: httpx.AsyncClient) -> None:
    answer = await reserve(stocked, "A-1", "2")
    assert answer.status_code == 201
    made = answer.json()["data"]
    assert made["available"] == "3"
    assert made["expires_at"]
    assert await level(stocked) == ("5", "2", "3")
    part = await stocked.post(f"/api/v1/reservations/{made['id']}/release", json={"quantity": "1"})
    assert part.json()["data"] == {"id": made["id"], "released": "1"}
    assert (await stocked.delete(f"/api/v1/reservations/{made['id']}")).status_code == 204
    assert await level(stocked) == ("5", "0", "5")
    again = await stocked.delete(f"/api/v1/reservations/{made['id']}")
    assert (again.status_code, again.json()["code"]) == (409, "ledger.reservation_closed")


async def test_a_repeated_reservation_is_the_same_one(stocked: httpx.AsyncClient) -> None:
    key = str(new_id())
    first, again = await reserve(stocked, "A-1", "2", key), await reserve(stocked, "A-1", "2", key)
    assert first.json()["data"] | {"expires_at": None} == again.json()["data"] | {"expires_at": None}
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await level(stocked) == ("5", "2", "3")


async def test_many_buyers_one_shelf(stocked: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(reserve(stocked, "A-1", "1") for _ in range(40)))
    assert sorted(a.status_code for a in answers) == [201] * 5 + [409] * 35
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"ledger.not_enough_stock"}
    assert await level(stocked) == ("5", "5", "0")


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"{", 400, None),
        (b"[]", 422, "/"),
        (b'{"lines": []}', 422, "/lines"),
        (b'{"lines": [{"sku": "A-1", "warehouse": "MAIN"}]}', 422, "/lines/0"),
        (b'{"lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "x"}]}', 422, "/lines/0/quantity"),
        (b'{"lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "NaN"}]}', 422, "/lines/0/quantity"),
        (b'{"lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "1e99"}]}', 422, "/lines/0/quantity"),
        (b'{"lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "0"}]}', 422, None),
        (b'{"lines": [{"sku": 1, "warehouse": "MAIN", "quantity": "1"}]}', 422, "/lines/0/sku"),
        (b'{"lines": [{"sku": "A\\u0000", "warehouse": "MAIN", "quantity": "1"}]}', 400, None),
        (b'{"lines": [{"sku": "\\ud800", "warehouse": "MAIN", "quantity": "1"}]}', 400, None),
        (b'{"lines": [{"sku": "NONE", "warehouse": "MAIN", "quantity": "1"}]}', 422, None),
        (b'{"lines": [{"sku": "A-1", "warehouse": "MAIN", "quantity": "1", "colour": "red"}]}', 422, "/lines/0"),
    ],
)
async def test_a_bad_body_is_explained(
    stocked: httpx.AsyncClient, body: bytes, status: int, pointer: str | None
) -> None:
    answer = await stocked.post("/api/v1/inventory/adjust", content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert await level(stocked) == ("5", "0", "5")


async def test_strangers_and_other_organizations_see_nothing(
    stocked: httpx.AsyncClient, stranger: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    assert (await adjust(stranger, ("A-1", "1"))).status_code == 401
    assert (await other.get("/api/v1/stock-levels/A-1@MAIN")).status_code == 404
    assert (await adjust(other, ("A-1", "1"))).json()["code"] == "ledger.unknown_sku"
    made = (await reserve(stocked, "A-1", "1")).json()["data"]
    assert (await other.delete(f"/api/v1/reservations/{made['id']}")).status_code == 404
    assert await level(stocked) == ("5", "1", "4")
