"""The worker's service as it runs: events, pushes, webhooks and polls by themselves, with buyers in both shops."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from functools import partial

import psycopg
import pytest
import uvicorn
from fastapi import FastAPI
from tests.sandbox.process import free_port
from tests.syncing.town import Town, eventually

from onhand import syncing
from onhand.app.worker import kept_running
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.settings import Settings, get_settings

END_WORKER = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker_under_test'"


@asynccontextmanager
async def kept(town: Town, public_url: str = "http://127.0.0.1:9", keepers: int = 1) -> AsyncIterator[None]:
    """The service running, as in so many workers."""
    tasks = [asyncio.create_task(syncing.Keeper(town.hub, public_url).run()) for _ in range(keepers)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The web process at a real address, for the shops' webhooks."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    with socket.create_server(("127.0.0.1", port)) as listener:
        task = asyncio.create_task(server.serve([listener]))
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await task


async def in_step(town: Town, sku: str) -> bool:
    """Both shops show what may be sold."""
    available = (await town.level(sku))["available"]
    return all(town.shown(slug, sku) == available for slug in town.refs)


async def test_a_change_reaches_the_shops_by_itself(town: Town) -> None:
    sku = await town.sku(5)
    async with kept(town):
        await town.adjust(sku, 4)
        await eventually(lambda: in_step(town, sku))
    assert town.shown("harbour", sku) == 9


async def test_a_webhook_brings_a_sale_at_once(town: Town, app: FastAPI) -> None:
    sku = await town.sku(5)

    async def taken() -> bool:
        return (await town.level(sku))["reserved"] == 2

    async with served(app) as url, kept(town, url):
        await asyncio.sleep(1)  # the worker subscribes
        started = time.monotonic()
        town.buy("harbour", sku, 2)
        await eventually(taken)
        assert time.monotonic() - started < 3  # polling alone would take up to ten seconds
        await eventually(lambda: in_step(town, sku))


async def test_a_paused_channel_is_left_alone_and_catches_up_when_resumed(town: Town) -> None:
    sku = await town.sku(5)
    async with kept(town):
        await town.api("POST", "/channels/harbour/pause")
        await asyncio.sleep(0.5)
        await town.adjust(sku, 1)

        async def lantern_knows() -> bool:
            return town.shown("lantern", sku) == 6

        await eventually(lantern_knows)
        assert town.shown("harbour", sku) == 5
        await town.api("POST", "/channels/harbour/resume")
        await eventually(lambda: in_step(town, sku))


@pytest.mark.parametrize("keepers", [1, 2])
async def test_buyers_in_both_shops_through_a_storm_never_oversell_the_ledger(
    town: Town, app: FastAPI, keepers: int
) -> None:
    skus = [await town.sku(12) for _ in range(4)]
    for slug in town.refs:
        await town.api("PATCH", f"/channels/{slug}", {"poll_seconds": 1, "calls_per_second": "100"})
        town.sandbox.control("POST", f"/shops/{slug}/storm")
        town.faults(slug, timeout_rate=0, latency_ms=2, webhook_delay_seconds=1)
    async with served(app) as url, kept(town, url, keepers):
        for _ in range(6):
            for sku in skus:
                town.sandbox.control("POST", "/rush", {"sku": sku, "buyers": 1})
            await asyncio.sleep(0.3)
        for slug in town.refs:
            town.sandbox.control("POST", f"/shops/{slug}/calm")
        for sku in skus:
            await eventually(partial(all_taken, town, sku), 40)
            await eventually(partial(in_step, town, sku), 40)
    for sku in skus:
        sold = await sold_at_shops(town, sku)
        level = await town.level(sku)
        assert level["on_hand"] == 12
        assert level["reserved"] == min(sold, Decimal(12))
        open_short = await town.api("GET", "/conflicts?filter[status]=open&limit=500")
        short = sum(Decimal(c["facts"]["short"]) for c in open_short if c["facts"]["sku"] == sku)
        assert short == max(sold - 12, 0)


async def sold_at_shops(town: Town, sku: str) -> Decimal:
    total = Decimal(0)
    for slug in town.refs:
        with town.sandbox.shop(slug) as shop:
            total += int(shop.get(f"/listings/{sku}").json()["sold"])
    return total


async def all_taken(town: Town, sku: str) -> bool:
    """Every piece that the shops sold is an order line of ours."""
    lines = [line for order in await town.orders(sku) for line in order["lines"] if line["sku"] == sku]
    return sum(Decimal(line["quantity"]) for line in lines) == await sold_at_shops(town, sku)


async def test_the_shops_are_kept_in_step_again_after_the_database_was_away(
    town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONHAND_HOME", str(settings.home))
    get_settings.cache_clear()
    sku = await town.sku(5)
    url = app_url(settings)
    url += f"{'&' if '?' in url else '?'}application_name=worker_under_test"
    async with Database(url, 4) as database:
        service = asyncio.create_task(kept_running("channels", syncing.keep_in_step, database))
        await town.adjust(sku, 1)
        await eventually(lambda: in_step(town, sku))
        with psycopg.connect(str(settings.database_url), autocommit=True) as admin:
            admin.execute(END_WORKER)
        await town.adjust(sku, 1)
        await eventually(lambda: in_step(town, sku), 30)
        service.cancel()
        await asyncio.gather(service, return_exceptions=True)
    get_settings.cache_clear()
    assert town.shown("harbour", sku) == 7
