"""Locks that a process holds across many transactions: when it dies, PostgreSQL lets go of them at once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from onhand.infra.db import Database

TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
LET_GO = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


@asynccontextmanager
async def held(database: Database, name: str) -> AsyncIterator[bool]:
    """Hold the lock `name` on a connection of its own; False, and nothing held, when another process has it."""
    async with database.pool.connection() as connection:
        row = await (await connection.execute(TAKE, (name,))).fetchone()
        taken = bool(row and row[0])
        try:
            yield taken
        finally:
            if taken:
                await connection.execute(LET_GO, (name,))


def is_held(name: str) -> str:
    """The SQL condition that some process holds the lock; `name` is an SQL expression of text."""
    return f"""EXISTS (
    SELECT FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
        AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
        AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended({name}, 0))"""
