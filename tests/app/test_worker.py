"""The worker as a process of its own, and a database that goes away under it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import make_organization

from onhand import replenishment
from onhand.infra import jobs
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.migrate import migrate
from onhand.infra.postgres import ensure_database, start_postgres
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import Actor

AWAY_SECONDS = 8.0


@pytest.fixture
def alone() -> Iterator[Settings]:
    """A home without a running server: this test starts and stops it."""
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        Path(folder).chmod(0o755)
        yield replace(get_settings(), home=Path(folder) / "home")


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    """`onhand worker`, stopped in order."""
    told = {
        "ONHAND_HOME": str(settings.home),
        "ONHAND_DATABASE_URL": str(settings.database_url),
        "ONHAND_LOG_LEVEL": "critical",
    }
    with subprocess.Popen([sys.executable, "-m", "onhand.app", "worker"], env=os.environ | told) as process:
        try:
            yield
        finally:
            process.terminate()
        assert process.wait(30) == 0


async def plan(settings: Settings, actor: Actor | None = None) -> Actor:
    """Ask for a plan and wait until the worker has made it."""
    async with Database(app_url(settings), 2) as database:
        actor = actor or await make_organization(database)
        async with database.session(actor) as session:
            job_id = await replenishment.start_planning(session)
        for _ in range(600):
            async with database.session(actor) as session:
                status = (await jobs.find(session, job_id)).status
            if status == "succeeded":
                return actor
            assert status != "failed"
            await asyncio.sleep(0.1)
    raise AssertionError("the worker never made it")


@pytest.mark.timeout(240)
def test_the_queues_are_worked_on_again_after_the_database_was_away(alone: Settings) -> None:
    server = start_postgres(alone.home, fast=True)
    try:
        ensure_database(server.dsn(), "onhand")
        settings = replace(alone, database_url=server.dsn("onhand"))
        migrate(server.dsn("onhand"), settings)
        with working(settings):
            actor = asyncio.run(plan(settings))
            server.stop()
            time.sleep(AWAY_SECONDS)
            server = start_postgres(alone.home, fast=True)
            asyncio.run(plan(settings, actor))
    finally:
        server.stop()
