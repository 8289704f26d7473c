"""Is onhand alive, is it ready."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import PoolTimeout
from starlette.responses import JSONResponse
from starlette.routing import Route

from onhand.infra.revisions import newest_revision

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from starlette.requests import Request
    from starlette.responses import Response

    from onhand.infra.db import Database

STALE_SECONDS = 30
CHECK = """SELECT (SELECT version_num FROM alembic_version) = %s AS migrated,
EXISTS (SELECT FROM heartbeat WHERE process = 'worker' AND beat_at > now() - make_interval(secs => %s)) AS worker"""
BEAT = """INSERT INTO heartbeat (process) VALUES (%s)
ON CONFLICT (process) DO UPDATE SET beat_at = now()"""
STARTED = time.monotonic()


async def beat(connection: AsyncConnection[Any], process: str) -> None:
    """Say that `process` is alive."""
    await connection.execute(BEAT, (process,))


async def live(_request: Request) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok", "uptime_seconds": round(time.monotonic() - STARTED)})


async def readiness(database: Database) -> dict[str, bool]:
    """Database reachable, migrations at head, worker alive."""
    try:
        async with database.pool.connection(timeout=2) as connection:
            row = await (await connection.execute(CHECK, (newest_revision(), STALE_SECONDS))).fetchone()
    except (psycopg.Error, PoolTimeout):
        return {"database": False, "migrations": False, "worker": False}
    return {"database": True, "migrations": bool(row and row[0]), "worker": bool(row and row[1])}


async def ready(request: Request) -> Response:
    """200 when everything needed is there, else 503 and what is missing."""
    parts = await readiness(request.app.state.database)
    good = all(parts.values())
    return JSONResponse({"status": "ready" if good else "not ready", "checks": parts}, 200 if good else 503)


ROUTES = [Route("/healthz", live), Route("/readyz", ready)]
