"""The pool never runs dry: whatever happens to a connection under way, its place is filled again."""

from __future__ import annotations

import asyncio

import httpx
import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from onhand.app.api import create_app
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.lanes import in_lanes
from onhand.infra.settings import Settings
from onhand.kernel import Actor, new_id

END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
SOMEBODY = Actor(new_id(), label="test")


async def answers(database: Database) -> bool:
    async with asyncio.timeout(20), database.session(SOMEBODY) as session:
        return bool((await session.execute(text("SELECT 1"))).scalar_one())


async def test_a_connection_that_the_server_ends_is_replaced(settings: Settings) -> None:
    async with Database(app_url(settings), 1) as database:
        for _ in range(3):
            with pytest.raises(DBAPIError):
                async with database.session(SOMEBODY) as session:
                    await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            assert await answers(database)


@pytest.mark.filterwarnings("ignore:coroutine")
async def test_work_that_is_cancelled_gives_its_connections_back(settings: Settings) -> None:
    async def piece(_number: int) -> None:
        async with database.session(SOMEBODY) as session:
            await session.execute(text("SELECT pg_sleep(0.002)"))

    async with Database(app_url(settings), 2) as database:
        for milliseconds in range(60):
            work = asyncio.create_task(in_lanes(range(1000), piece))
            await asyncio.sleep(milliseconds / 1000)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        assert await answers(database)


async def test_a_request_that_meets_a_broken_line_is_told_to_come_again(settings: Settings) -> None:
    app = create_app(settings, Database(app_url(settings), 2))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://onhand.test") as client,
    ):
        body = {"email": "nobody@example.com", "password": "wrong"}
        assert (await client.post("/api/v1/auth/login", json=body)).status_code == 401
        with psycopg.connect(str(settings.database_url), autocommit=True) as admin:
            admin.execute(END_OTHERS)
        away = await client.post("/api/v1/auth/login", json=body)
        assert (away.status_code, away.json()["code"]) == (503, "request.database_away")
        assert away.headers["retry-after"] == "1"
        answers = [(await client.post("/api/v1/auth/login", json=body)).status_code for _ in range(4)]
    assert answers[-1] == 401
    assert set(answers) <= {401, 503}
