"""Databases of a server, and whether a server will do."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from onhand.infra.postgres.errors import PostgresTooOld

OLDEST = 180_000


def require_version(connection: psycopg.Connection[Any] | psycopg.AsyncConnection[Any]) -> None:
    """Raises PostgresTooOld below version 18, whose uuidv7() and skip scans our tables use."""
    number = connection.info.server_version
    if number < OLDEST:
        raise PostgresTooOld(version=f"{number // 10_000}.{number % 10_000}")


def ensure_database(dsn: str, name: str) -> None:
    """Create the database `name` in the server at `dsn` where it is missing."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        require_version(connection)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
