"""A database for a process that starts: the one that is named, or our own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg

from onhand.infra.addresses import app_url
from onhand.infra.postgres import CannotStart, RunningPostgres, ensure_database, postgres_of
from onhand.infra.revisions import newest_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onhand.infra.settings import Settings

DATABASE = "onhand"
CONNECT_SECONDS = 10


class DatabaseUnreachable(CannotStart):
    """The database of ONHAND_DATABASE_URL does not answer: {reason}.

    Start it or correct the address, or unset it and onhand starts its own.
    """

    code = "app.database_unreachable"


@contextmanager
def server_of(
    settings: Settings, say: Callable[[str], None], patience: float = 0.0
) -> Iterator[tuple[Settings, RunningPostgres | None]]:
    """The settings with a database, and our own server where none is named; it runs as long as the block.

    Another onhand's server in the same home is joined when it is still there after `patience` seconds.

    Raises:
        CannotStart: with a sentence that says what to do.
    """
    if settings.database_url:
        _require_answer(settings.database_url)
        yield settings, None
        return
    with postgres_of(settings.home, patience=patience) as running:
        if not running.owned:
            say(f"Using the PostgreSQL of the onhand that runs in {running.home}.")
        ensure_database(running.dsn(), DATABASE)
        yield replace(settings, home=running.home, database_url=running.dsn(DATABASE)), running


def is_migrated(settings: Settings) -> bool:
    """Whether the application can sign in to its database and finds the newest migration there."""
    try:
        with psycopg.connect(app_url(settings), connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute("SELECT version_num FROM onhand.alembic_version").fetchone()
    except psycopg.Error:
        return False
    return row == (newest_revision(),)


def _require_answer(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error as problem:
        raise DatabaseUnreachable(reason=str(problem).strip().splitlines()[-1]) from problem
