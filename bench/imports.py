"""Import of the real sales lines: parsed, validated, posted; the same again; undone. Beside as many bare rows."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from bench.report import Report
from bench.world import World
from onhand import exchange, identity
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.kernel import Actor, new_id

LINES = 373_928
WANTED_SECONDS = 30
# The anchor: as many rows with two keys and three values, made inside PostgreSQL, one index.
BARE = """CREATE TABLE bare.line (
    id uuid PRIMARY KEY, order_id uuid, sku_id uuid, quantity numeric, price numeric, at timestamptz
);
INSERT INTO bare.line SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n, n / 100.0, now()
FROM generate_series(1, {lines}) n"""


def real_file() -> Path | None:
    """The real file, if the shared data is here (ONHAND_SHARED)."""
    path = Path(os.environ.get("ONHAND_SHARED", "../shared")) / "data" / "online_retail_dev.parquet"
    return path if path.is_file() else None


def measure(at: World, report: Report) -> None:
    """Print the section."""
    report.title(f"Import of {LINES:,} real sales lines")
    path = real_file()
    if path is None:
        report.line("skipped", "the shared data is not here (ONHAND_SHARED)")
        return
    began = time.perf_counter()
    with psycopg.connect(at.url, autocommit=True) as connection:
        for statement in BARE.format(lines=LINES).split(";"):
            connection.execute(statement)
    bare = time.perf_counter() - began
    report.line("bare rows made inside PostgreSQL", f"{LINES / bare:,.0f}/s")
    asyncio.run(_run(at, report, path, LINES / bare))


async def _run(at: World, report: Report, path: Path, bare: float) -> None:
    async with Database(app_url(at.settings), at.settings.pool_size) as database:
        async with database.anonymous() as session:
            made = await identity.create_organization(session, identity.CreateOrganization(new_id().hex, "Import"))
        await _import(exchange.Job(database, Actor(made.id), new_id(), at.settings.home, _quiet), report, path, bare)


async def _import(job: exchange.Job, report: Report, path: Path, bare: float) -> None:
    async def received() -> exchange.Job:
        run_id = await exchange.receive(job.database, job.actor, job.home, exchange.Received(path))
        return replace(job, run_id=run_id)

    first = await received()
    seconds, _ = await _timed(exchange.check, first)
    report.line("dry run", f"{seconds:10.1f} s")
    seconds, result = await _timed(exchange.commit, first)
    report.at_most("parsed, validated and posted", seconds, WANTED_SECONDS, "s")
    report.line("lines a second, share of bare rows", f"{LINES / seconds:,.0f}/s, {LINES / seconds / bare:.3f}")
    report.line("shortages; opening balance", f"{result['shortages']}; {result['opening']['units']} units")
    seconds, again = await _timed(exchange.commit, await received())
    report.line("the same file again", f"{seconds:10.1f} s, {again['unchanged']:,} unchanged")
    seconds, _ = await _timed(exchange.undo, first)
    report.line("undo", f"{seconds:10.1f} s")


async def _quiet(_done: int, _total: int, _message: str | None) -> None:
    return None


async def _timed(
    verb: Callable[[exchange.Job], Awaitable[dict[str, Any]]], job: exchange.Job
) -> tuple[float, dict[str, Any]]:
    began = time.perf_counter()
    result = await verb(job)
    return time.perf_counter() - began, result
