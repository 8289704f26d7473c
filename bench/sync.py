"""From commit to a channel's acknowledgement: 50 changes a second against the sandbox, over worker and web."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import psycopg

from bench.report import Report
from bench.world import PORT, SEED, World, organization, wait_for, web
from onhand import sandbox

SANDBOX_PORT = 8766
SKUS = 500
RATE, SECONDS = 50, 20
SETTLE_SECONDS = 60
MILLISECONDS = """
SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY lag_ms),
  percentile_disc(0.99) WITHIN GROUP (ORDER BY lag_ms)
FROM onhand.sync_log l CROSS JOIN generate_series(1, l.items)
WHERE l.organization_id = %s AND l.kind = 'push' AND l.lag_ms IS NOT NULL AND l.at > %s
"""
SETTLED = "SELECT count(*) FROM onhand.listing WHERE organization_id = %s AND acknowledged = wanted"


@contextmanager
def process(at: World, *command: str) -> Iterator[None]:
    """One of onhand's processes for the length of a block."""
    told = {"ONHAND_HOME": str(at.settings.home), "ONHAND_DATABASE_URL": at.url, "ONHAND_LOG_LEVEL": "warning"}
    told["ONHAND_PORT"] = str(PORT)
    with subprocess.Popen([sys.executable, "-m", *command], env=os.environ | told) as running:
        try:
            yield
        finally:
            running.terminate()


def measure(at: World, report: Report) -> None:
    """Two channels that accept at once, no buyers; only the way there is measured."""
    report.title(f"Sync: {RATE} changes a second for {SECONDS} s, two channels")
    at = _small(at)
    with (
        web(at),
        process(at, "onhand.app", "worker"),
        process(at, "onhand.sandbox", "--port", str(SANDBOX_PORT)),
        httpx.Client(base_url=f"http://127.0.0.1:{PORT}/api/v1", headers=_bearer(at), timeout=60) as client,
    ):
        wait_for(f"http://127.0.0.1:{SANDBOX_PORT}/healthz")
        _connect(client)
        _settle(at, client)
        since = _change(at, client)
        time.sleep(5)
        _tell(at, report, since)


def _small(at: World) -> World:
    """An organization of its own with few SKUs, as a shop on two marketplaces has."""
    organization_id, token = asyncio.run(organization(at.settings, "sync"))
    with psycopg.connect(at.url, options="-c search_path=onhand,public", autocommit=True) as connection:
        psycopg.ClientCursor(connection).execute(SEED, {"org": organization_id, "count": SKUS})
    return replace(at, organization_id=organization_id, token=token)


def _bearer(at: World) -> dict[str, str]:
    return {"Authorization": f"Bearer {at.token}"}


def _connect(client: httpx.Client) -> None:
    for number in range(1, SKUS + 1):
        line = {"sku": f"S-{number}", "warehouse": "MAIN", "quantity": "100000"}
        client.post("/inventory/adjust", json={"reason": "received", "lines": [line]}).raise_for_status()
    for slug in ("harbour", "lantern"):
        body = {
            "name": slug,
            "code": slug,
            "endpoint": f"http://127.0.0.1:{SANDBOX_PORT}/shops/{slug}/api",
            "credentials": {"token": sandbox.token_of(1, slug)},
            "calls_per_second": "1000",
        }
        client.post("/channels", json=body).raise_for_status()
        limit = {"rate": 10_000, "burst": 10_000}
        httpx.patch(f"http://127.0.0.1:{SANDBOX_PORT}/control/shops/{slug}/limit", json=limit).raise_for_status()


def _settle(at: World, client: httpx.Client) -> None:
    """Wait until every listing shows what it should."""
    until = time.monotonic() + SETTLE_SECONDS
    with psycopg.connect(at.url, autocommit=True) as connection:
        while time.monotonic() < until:
            client.get("/channels")
            row = connection.execute(SETTLED, (at.organization_id,)).fetchone()
            if row and row[0] == 2 * SKUS:
                return
            time.sleep(0.5)
    raise TimeoutError("the listings did not settle")


def _change(at: World, client: httpx.Client) -> str:
    """Sell one piece of a random SKU, so many times a second; returns when it began."""
    with psycopg.connect(at.url, autocommit=True) as connection:
        row = connection.execute("SELECT now()::text").fetchone()
    assert row
    begun = time.perf_counter()
    ticks = itertools.takewhile(lambda n: n < RATE * SECONDS, itertools.count())
    lock = threading.Lock()

    def sell() -> None:
        while True:
            with lock:
                tick = next(ticks, None)
            if tick is None:
                return
            time.sleep(max(begun + tick / RATE - time.perf_counter(), 0))
            line = {"sku": f"S-{random.randint(1, SKUS)}", "warehouse": "MAIN", "quantity": "-1"}
            client.post("/inventory/adjust", json={"reason": "sold", "lines": [line]}).raise_for_status()

    sellers = [threading.Thread(target=sell) for _ in range(8)]
    for seller in sellers:
        seller.start()
    for seller in sellers:
        seller.join()
    return str(row[0])


def _tell(at: World, report: Report, since: str) -> None:
    with psycopg.connect(at.url) as connection:
        row = connection.execute(MILLISECONDS, (at.organization_id, since)).fetchone()
    assert row
    assert row[0], "nothing was pushed"
    report.line("listings acknowledged", f"{row[0]:10,}")
    report.at_most("commit → acknowledged, p50", float(row[1]), 200, "ms")
    report.at_most("commit → acknowledged, p99", float(row[2]), 1000, "ms")
