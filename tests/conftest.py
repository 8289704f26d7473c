"""Real parts for tests: a PostgreSQL of their own, migrated once and cloned per module."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from onhand import identity
from onhand.app.api import create_app
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.migrate import migrate
from onhand.infra.permissions import all_permissions
from onhand.infra.postgres import RunningPostgres, ensure_database, start_postgres
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import Actor, new_id

if TYPE_CHECKING:
    from fastapi import FastAPI
    from sqlalchemy.ext.asyncio import AsyncSession

TEMPLATE = "onhand_template"
PASSWORD = "correct horse battery"

# No test fails for the time it takes: a machine may be busy.
hypothesis_settings.register_profile("onhand", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("onhand")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the shared data say so by name when it is absent."""
    shared = Path(os.environ.get("ONHAND_SHARED", "../shared"))
    if not shared.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason=f"the shared data is not at {shared} (ONHAND_SHARED)"))


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A home that an unprivileged PostgreSQL can reach, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"


@pytest.fixture(scope="session")
def postgres(home: Path) -> Iterator[RunningPostgres]:
    """One server for the whole run (of each test process), with a migrated template database."""
    server = start_postgres(home, fast=True)
    try:
        ensure_database(server.dsn(), TEMPLATE)
        url = server.dsn(TEMPLATE)
        migrate(url, replace(get_settings(), home=home, database_url=url))
        yield server
    finally:
        server.stop()


def clone(postgres: RunningPostgres) -> str:
    """A fresh copy of the migrated database; returns its administrator's address."""
    name = f"test_{new_id().hex}"
    with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    return postgres.dsn(name)


@pytest.fixture(scope="module")
def settings(postgres: RunningPostgres, home: Path) -> Settings:
    """Settings of one module's database."""
    return replace(get_settings(), home=home, database_url=clone(postgres), pool_size=8, log_level="error")


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The module's database as the application sees it."""
    async with Database(app_url(settings), settings.pool_size) as opened:
        yield opened


async def make_organization(database: Database, *, currency: str = "GBP", time_zone: str = "Europe/London") -> Actor:
    """A fresh organization; its administrator acts."""
    async with database.anonymous() as session:
        command = identity.CreateOrganization(f"o{new_id().hex[-12:]}", "Test & Sons", currency, time_zone)
        organization = await identity.create_organization(session, command)
    everything = frozenset(p.name for p in all_permissions())
    return Actor(organization.id, "user", new_id(), "tester@example.com", "admin", everything, address="127.0.0.1")


@pytest.fixture
async def actor(database: Database) -> Actor:
    """The administrator of a fresh organization."""
    return await make_organization(database)


@pytest.fixture
async def session(database: Database, actor: Actor) -> AsyncIterator[AsyncSession]:
    """One transaction of the actor's, committed at the end of the test."""
    async with database.session(actor) as opened:
        yield opened


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The application on the module's database."""
    made = create_app(settings, Database(app_url(settings), settings.pool_size))
    async with made.router.lifespan_context(made):
        yield made


@asynccontextmanager
async def client_for(app: FastAPI, token: str | None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API with this token, or a stranger."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://onhand.test", headers=headers) as opened:
        yield opened


async def key_for(database: Database, actor: Actor, role: str = "admin") -> str:
    """An API key of the actor's organization."""
    async with database.session(actor) as session:
        _, secret = await identity.create_api_key(session, identity.CreateApiKey(f"test {role}", role))
    return secret


@pytest.fixture
async def client(app: FastAPI, database: Database, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A client with an administrator's key."""
    async with client_for(app, await key_for(database, actor)) as opened:
        yield opened


@pytest.fixture
async def staff(app: FastAPI, database: Database, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a staff key of the same organization."""
    async with client_for(app, await key_for(database, actor, "staff")) as opened:
        yield opened


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is not signed in."""
    async with client_for(app, None) as opened:
        yield opened


@pytest.fixture
async def other(app: FastAPI, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of another organization."""
    async with client_for(app, await key_for(database, await make_organization(database))) as opened:
        yield opened
