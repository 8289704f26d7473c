"""Whether a database answers, and whether it is at this version; needs no SQLAlchemy, so that commands start fast."""

from __future__ import annotations

import psycopg

from onhand.infra.postgres import CannotStart
from onhand.infra.revisions import newest_revision

CONNECT_SECONDS = 10


class DatabaseUnreachable(CannotStart):
    """The database of ONHAND_DATABASE_URL does not answer: {reason}.

    Start it or correct the address, or unset it and onhand starts its own.
    """

    code = "infra.database_unreachable"


def require_answer(url: str) -> None:
    """Raises DatabaseUnreachable, with the server's own reason."""
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error as problem:
        raise DatabaseUnreachable(reason=str(problem).strip().splitlines()[-1]) from problem


def is_migrated(url: str, app_url: str) -> bool:
    """Whether the database at `url` has the newest migration, and the application can sign in to it at `app_url`."""
    try:
        # As administrator first: the application's attempt on an empty database would look like a break-in in its log.
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute("SELECT version_num FROM onhand.alembic_version").fetchone()
        if row != (newest_revision(),):
            return False
        psycopg.connect(app_url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error:
        return False
    return True
