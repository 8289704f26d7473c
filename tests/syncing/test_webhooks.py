"""Webhooks in: genuine, fresh, once in effect, whatever comes twice, late, in another order or from a stranger."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import httpx
import pytest
from tests.syncing.town import Town

from onhand import sandbox as marketplace
from onhand.kernel import new_id
from onhand.syncing import service_pull

SECRET = marketplace.secret_of(1, "harbour")


async def subscribed(town: Town) -> str:
    """Where harbour's webhooks go; its secret is known to us, and nobody listens at the address."""
    assert await service_pull.subscribe(town.hub, town.refs["harbour"], "http://127.0.0.1:9")
    return f"/api/v1/channels/{town.refs['harbour'].channel_id}/webhooks"


def message(town: Town, order_id: str, kind: str = "order.created") -> bytes:
    with town.sandbox.shop("harbour") as shop:
        return json.dumps({"type": kind, "data": shop.get(f"/orders/{order_id}").json()}).encode()


def signed(body: bytes, name: str = "", age: int = 0, secret: str = SECRET) -> dict[str, str]:
    name, moment = name or f"msg_{new_id()}", int(time.time()) - age
    signature = marketplace.sign(secret, name, moment, body)
    return {"webhook-id": name, "webhook-timestamp": str(moment), "webhook-signature": signature}


async def deliver(stranger: httpx.AsyncClient, path: str, body: bytes, headers: dict[str, str]) -> Any:
    return await stranger.post(path, content=body, headers=headers)


async def test_a_sale_is_taken_from_a_webhook(town: Town, stranger: httpx.AsyncClient) -> None:
    path, sku = await subscribed(town), await town.sku(3)
    body = message(town, town.buy("harbour", sku))
    answer = await deliver(stranger, path, body, signed(body))
    assert (answer.status_code, answer.json()["data"]) == (200, {"new": True})
    assert (await town.level(sku))["reserved"] == 1


async def test_a_duplicated_webhook_has_its_effect_once(town: Town, stranger: httpx.AsyncClient) -> None:
    path, sku = await subscribed(town), await town.sku(9)
    body = message(town, town.buy("harbour", sku, 2))
    headers = signed(body)
    answers = [await deliver(stranger, path, body, headers) for _ in range(3)]
    assert [answer.json()["data"]["new"] for answer in answers] == [True, False, False]
    other_name = await deliver(stranger, path, body, signed(body))
    assert other_name.status_code == 200
    assert len(await town.orders(sku)) == 1
    assert (await town.level(sku))["reserved"] == 2


async def test_copies_that_arrive_at_once_become_one_order(town: Town, stranger: httpx.AsyncClient) -> None:
    path, sku = await subscribed(town), await town.sku(9)
    body = message(town, town.buy("harbour", sku, 2))
    deliveries = [deliver(stranger, path, body, signed(body)) for _ in range(6)]
    answers = await asyncio.gather(*deliveries, town.pull())
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert len(await town.orders(sku)) == 1
    assert (await town.level(sku))["reserved"] == 2


async def test_a_cancellation_that_overtakes_its_order_wins(town: Town, stranger: httpx.AsyncClient) -> None:
    path, sku = await subscribed(town), await town.sku(3)
    order_id = town.buy("harbour", sku)
    created = message(town, order_id)
    town.sandbox.control("POST", f"/shops/harbour/orders/{order_id}/cancel", {})
    cancelled = message(town, order_id, "order.cancelled")
    for body in (cancelled, created):
        assert (await deliver(stranger, path, body, signed(body))).status_code == 200
    assert await town.orders(sku) == []
    assert (await town.level(sku))["available"] == 3


@pytest.mark.parametrize(
    ("age", "secret", "wrong_header"),
    [
        (0, marketplace.secret_of(2, "harbour"), {}),
        (400, SECRET, {}),
        (-400, SECRET, {}),
        (0, SECRET, {"webhook-signature": "v1,AAAA"}),
        (0, SECRET, {"webhook-id": "another"}),
        (0, SECRET, {"webhook-timestamp": "soon"}),
    ],
    ids=["another secret", "too old", "from the future", "forged", "another id", "no time"],
)
async def test_a_webhook_that_is_not_genuine_and_fresh_changes_nothing(
    town: Town, stranger: httpx.AsyncClient, age: int, secret: str, wrong_header: dict[str, str]
) -> None:
    path, sku = await subscribed(town), await town.sku(3)
    body = message(town, town.buy("harbour", sku))
    refused = await deliver(stranger, path, body, signed(body, age=age, secret=secret) | wrong_header)
    assert (refused.status_code, refused.json()["code"]) == (401, "syncing.signature_refused")
    assert await town.orders(sku) == []
    assert (await town.level(sku))["reserved"] == 0


async def test_a_changed_body_is_refused(town: Town, stranger: httpx.AsyncClient) -> None:
    path, sku = await subscribed(town), await town.sku(3)
    body = message(town, town.buy("harbour", sku))
    forged = body.replace(b'"quantity": 1', b'"quantity": 3')
    assert forged != body
    assert (await deliver(stranger, path, forged, signed(body))).status_code == 401


async def test_an_unknown_channel_looks_like_a_wrong_signature(town: Town, stranger: httpx.AsyncClient) -> None:
    assert town
    refused = await deliver(stranger, f"/api/v1/channels/{new_id()}/webhooks", b"{}", signed(b"{}"))
    assert (refused.status_code, refused.json()["code"]) == (401, "syncing.signature_refused")


@pytest.mark.parametrize("body", [b"[]", b"not json", b'{"type": "order.created", "data": {}}'])
async def test_signed_nonsense_is_malformed_and_may_come_again(
    town: Town, stranger: httpx.AsyncClient, body: bytes
) -> None:
    path = await subscribed(town)
    headers = signed(body)
    assert [(await deliver(stranger, path, body, headers)).status_code for _ in range(2)] == [400, 400]


async def test_other_topics_are_taken_and_ignored(town: Town, stranger: httpx.AsyncClient) -> None:
    path, body = await subscribed(town), b'{"type": "shop.renamed", "data": 1}'
    assert (await deliver(stranger, path, body, signed(body))).status_code == 200
