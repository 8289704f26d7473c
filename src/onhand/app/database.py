"""A database for a process that starts: the one that is named, or our own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from onhand.infra.postgres import RunningPostgres, ensure_database, postgres_of
from onhand.infra.reach import require_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onhand.infra.settings import Settings

DATABASE = "onhand"


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
        require_answer(settings.database_url)
        yield settings, None
        return
    with postgres_of(settings.home, patience=patience) as running:
        if not running.owned:
            say(f"Using the PostgreSQL of the onhand that runs in {running.home}.")
        ensure_database(running.dsn(), DATABASE)
        yield replace(settings, home=running.home, database_url=running.dsn(DATABASE)), running
