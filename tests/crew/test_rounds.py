"""One round of the crew, on the real API and database."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.conftest import client_for
from tests.sales.shop import Shop

from onhand import identity, sales
from onhand.crew import NAME, Crew
from onhand.crew.domain import LEFT_OPEN
from onhand.kernel import new_id, now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from fastapi import FastAPI

    from onhand.infra.db import Database
    from onhand.kernel import Actor

CHANNEL = new_id()


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database, actor: Actor) -> Shop:
    """A shop with 20 of A, and nobody to pack."""
    made = Shop(client, database, actor)
    await made.warehouse("MAIN")
    await made.stock("A", MAIN=20)
    return made


@pytest.fixture
async def crew(app: FastAPI, database: Database, actor: Actor) -> AsyncIterator[Crew]:
    """The crew, with the key that `onhand demo` leaves for it."""
    async with database.session(actor) as session:
        _, secret = await identity.create_api_key(session, identity.CreateApiKey(NAME, "staff"))
    async with client_for(app, secret) as api:
        yield Crew(api)


async def sold(shop: Shop, count: int, minutes: float, quantity: int = 1) -> list[str]:
    """The numbers of so many channel orders that came in that long ago."""
    numbers = []
    for _ in range(count):
        command = sales.ChannelOrder(
            channel_id=CHANNEL,
            channel="harbour",
            external_id=str(new_id()),
            lines=[sales.LineGiven(sku="A", quantity=Decimal(quantity), unit_price=Decimal(9))],
            placed_at=now() - timedelta(minutes=minutes),
            currency="GBP",
        )
        async with shop.database.session(shop.actor) as session:
            numbers.append((await sales.accept_channel_order(session, command)).number)
    return numbers


async def test_the_oldest_orders_leave_by_a_hand_with_a_name(shop: Shop, crew: Crew) -> None:
    old = await sold(shop, 2, minutes=30)
    await sold(shop, LEFT_OPEN, minutes=1)
    await crew.round()
    assert sorted(await shop.list("filter[status]=shipped")) == old
    assert await shop.level("A") == (20 - len(old), LEFT_OPEN)
    answer = await shop.client.get("/api/v1/inventory/movements?filter[type]=sale")
    assert [row["actor"] for row in answer.json()["data"]] == [NAME] * len(old)


async def test_what_left_long_enough_ago_has_arrived(shop: Shop, crew: Crew) -> None:
    left, new = await sold(shop, 2, minutes=30)
    for number, minutes in ((left, 9), (new, 2)):
        shipped_at = (now() - timedelta(minutes=minutes)).isoformat()
        await shop.call("POST", f"/orders/{number}/ship", {"shipped_at": shipped_at})
    await crew.round()
    assert await shop.list("filter[status]=delivered") == [left]
    assert await shop.list("filter[status]=shipped") == [new]


async def test_what_people_took_what_is_held_and_what_waits_for_stock_is_left_to_people(shop: Shop, crew: Crew) -> None:
    await shop.order({"A": 1}, order_date=(now() - timedelta(hours=2)).isoformat())
    [held] = await sold(shop, 1, minutes=60)
    await shop.call("PATCH", f"/orders/{held}", {"on_hold": True})
    await sold(shop, LEFT_OPEN, minutes=50)
    await sold(shop, 1, minutes=70, quantity=20)
    await crew.round()
    assert await shop.list("filter[status]=shipped") == []
    assert crew.refused == set()


async def test_an_order_that_refuses_is_left_to_people_and_stops_no_other() -> None:
    long_ago = (now() - timedelta(hours=1)).isoformat()
    waiting = [{"id": f"order-{n}", "order_date": long_ago, "shipped_at": None} for n in range(LEFT_OPEN + 3)]
    tried: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"data": waiting if "pending" in str(request.url) else []})
        tried.append(request.url.path.split("/")[-2])
        refuses = tried[-1] == "order-0"
        return httpx.Response(409 if refuses else 200, json={"detail": "SO-000001 is on hold."})

    async with httpx.AsyncClient(base_url="http://onhand.test", transport=httpx.MockTransport(answer)) as api:
        crew = Crew(api)
        await crew.round()
        await crew.round()
    assert crew.refused == {"order-0"}
    assert tried == ["order-0", "order-1", "order-2", "order-1", "order-2"]


async def test_it_outlasts_a_web_that_is_away_and_ends_when_told(tmp_path: Path) -> None:
    key = tmp_path / "crew.key"
    key.write_text("onh_nobody", encoding="ascii")
    command = [sys.executable, "-m", "onhand.crew", "--url", "http://127.0.0.1:9", "--key-file", str(key)]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE, env=dict(os.environ))
    assert process.stderr is not None
    said = await asyncio.wait_for(process.stderr.readline(), 60)
    assert b"onhand.crew" in said
    assert process.returncode is None
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0
