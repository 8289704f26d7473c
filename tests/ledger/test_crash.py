"""kill -9 of PostgreSQL in mid-load: what was answered is there, nothing is half there, and the ledger proves."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from tests.ledger.conftest import make_shop

from onhand import proof
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.migrate import migrate
from onhand.infra.postgres import RunningPostgres, ensure_database, start_postgres
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import Actor
from onhand.ledger.domain import Line, Move, Posting, Reserve
from onhand.ledger.gather import gatherer

NAME = "crash"
CALLERS, SECONDS_OF_LOAD = 12, 1.5


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"


def at(settings: Settings, server: RunningPostgres) -> Settings:
    return replace(settings, database_url=server.dsn(NAME), pool_size=6)


async def load(database: Database, actor: Actor, answered: set[UUID]) -> None:
    """Post until the server is gone; remember what was answered."""
    while True:
        lines: list[Line] = [
            Move(sku="A", warehouse="MAIN", quantity=Decimal(2)),
            Reserve(sku="A", warehouse="MAIN", quantity=Decimal(1)),
        ]
        outcome = await gatherer(database).post(actor, Posting(lines=lines))
        assert outcome.ok
        answered.add(outcome.posting_id)


async def until_killed(settings: Settings, server: RunningPostgres, actor: Actor) -> set[UUID]:
    answered: set[UUID] = set()
    async with Database(app_url(settings), settings.pool_size) as database:
        callers = [asyncio.create_task(load(database, actor, answered)) for _ in range(CALLERS)]
        await asyncio.sleep(SECONDS_OF_LOAD)
        os.kill(server.pid, signal.SIGKILL)
        await asyncio.sleep(0.2)
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)
    return answered


async def test_a_killed_server_forgets_nothing_it_answered(home: Path) -> None:
    server = start_postgres(home)  # durable, as in the product
    ensure_database(server.dsn(), NAME)
    settings = at(replace(get_settings(), home=home), server)
    migrate(str(settings.database_url), settings)
    with psycopg.connect(str(settings.database_url), options="-c search_path=onhand", autocommit=True) as admin:
        shop = make_shop(settings, admin, ("A",))
    answered = await until_killed(settings, server, shop.actor)
    server.stop()
    again = start_postgres(home)
    try:
        settings = at(settings, again)
        async with Database(app_url(settings), settings.pool_size) as database:
            outcome = await proof.prove(database, shop.actor.organization_id)
        with psycopg.connect(str(settings.database_url), options="-c search_path=onhand") as admin:
            rows = replace(shop, admin=admin).ask("SELECT id FROM posting WHERE organization_id = %s")
    finally:
        again.stop()
    assert outcome.holds
    assert len(answered) > CALLERS
    assert answered <= {row[0] for row in rows}
