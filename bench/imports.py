"""Import of the real sales lines, parsed, checked and posted, beside bare rows: `python -m bench.imports`."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from onhand import exchange, identity
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.migrate import migrate
from onhand.infra.postgres import ensure_database, start_postgres
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import Actor

WANTED_SECONDS = 30
BARE = """CREATE TABLE bare AS SELECT n, uuidv7() AS id, md5(n::text) AS code, n::numeric AS quantity, now() AS at
FROM generate_series(1, %s) n"""


def shared_file() -> Path | None:
    """The real file, if the shared data is here."""
    path = Path(os.environ.get("ONHAND_SHARED", "../shared")) / "data" / "online_retail_dev.parquet"
    return path if path.is_file() else None


async def _quiet(_done: int, _total: int, _message: str | None) -> None:
    return None


async def _timed(verb: Callable[[exchange.Job], Awaitable[dict[str, Any]]], job: exchange.Job) -> tuple[float, Any]:
    began = time.perf_counter()
    result = await verb(job)
    return time.perf_counter() - began, result


async def measure(database: Database, settings: Settings, path: Path) -> None:
    """Check, commit, the same file again, undo."""
    async with database.anonymous() as session:
        organization = await identity.create_organization(session, identity.CreateOrganization("bench", "Bench"))
    actor = Actor(organization.id)
    began = time.perf_counter()
    run_id = await exchange.receive(database, actor, settings.home, exchange.Received(path))
    print(f"import: receive and guess the mapping {time.perf_counter() - began:6.1f} s")
    job = exchange.Job(database, actor, run_id, settings.home, _quiet)
    seconds, found = await _timed(exchange.check, job)
    print(f"import: dry run of {found['lines']:,} lines {seconds:6.1f} s")
    seconds, result = await _timed(exchange.commit, job)
    lines = found["accepted"]
    verdict = "reached" if seconds <= WANTED_SECONDS else f"missed by {seconds - WANTED_SECONDS:.1f} s"
    print(f"import: {lines:,} lines {seconds:6.1f} s, {lines / seconds:,.0f} lines/s (≤ {WANTED_SECONDS} s: {verdict})")
    print(f"import: {result['orders']:,} orders, {result['shortages']} shortages, opening {result['opening']['units']}")
    again = await exchange.receive(database, actor, settings.home, exchange.Received(path))
    seconds, result = await _timed(exchange.commit, replace(job, run_id=again))
    print(f"import: the same again, {result['unchanged']:,} unchanged {seconds:6.1f} s")
    seconds, _ = await _timed(exchange.undo, job)
    print(f"import: undo {seconds:6.1f} s")


async def _run(settings: Settings, path: Path) -> None:
    async with Database(app_url(settings), settings.pool_size) as database:
        await measure(database, settings, path)


def main() -> int:
    """Measure on a PostgreSQL of our own, durable."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_file()
    if path is None:
        print("import: skipped, the shared data is not here (ONHAND_SHARED)")
        return 0
    with tempfile.TemporaryDirectory(prefix="onhand-bench-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        server = start_postgres(home)
        try:
            ensure_database(server.dsn(), "bench")
            settings = replace(get_settings(), home=home, database_url=server.dsn("bench"))
            migrate(server.dsn("bench"), settings)
            with psycopg.connect(server.dsn("bench"), autocommit=True) as connection:
                began = time.perf_counter()
                connection.execute(BARE, (373_928,))
                print(f"import: 373,928 bare rows made inside PostgreSQL {time.perf_counter() - began:6.1f} s")
            asyncio.run(_run(settings, path))
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
