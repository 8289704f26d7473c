"""What commands need: a database that is there, an organization by its code, errors as one sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import typer

from onhand import identity
from onhand.app.database import server_of
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.jobs import system_actor
from onhand.infra.migrate import migrate
from onhand.infra.settings import Settings, get_settings
from onhand.kernel import Actor, OnhandError

T = TypeVar("T")
EXIT_REFUSED = 2


@contextmanager
def running_settings() -> Iterator[Settings]:
    """Settings with a migrated database: the one named, the one a running onhand owns, or our own for the while."""
    with server_of(get_settings(), lambda _: None) as (settings, _):
        migrate(str(settings.database_url), settings)
        yield settings


def run(command: Callable[[Database, Settings], Awaitable[T]]) -> T:
    """Run an async command on the database; an onhand error becomes one sentence and exit code 2."""

    async def opened(settings: Settings) -> T:
        async with Database(app_url(settings), settings.pool_size) as database:
            return await command(database, settings)

    try:
        with running_settings() as settings:
            return asyncio.run(opened(settings))
    except OnhandError as problem:
        typer.echo(problem.sentence(), err=True)
        raise typer.Exit(EXIT_REFUSED) from problem


async def acting_in(database: Database, organization: str, label: str = "command line") -> Actor:
    """The actor for whoever sits at the terminal, in the organization with this code. Raises NotFound."""
    async with database.anonymous() as session:
        return system_actor(await identity.find_organization(session, organization), label)
