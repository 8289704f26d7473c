"""Rows of a list from a cursor in the database, some thousand at a time: memory does not grow with the list."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from psycopg import AsyncRawCursor

from onhand.exports.domain import KINDS, Shown
from onhand.infra.lists import whole

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from uuid import UUID

    from psycopg import AsyncConnection

    from onhand.infra.db import Database
    from onhand.infra.lists import ListQuery, Source

BATCH = 2_000
SET_UP = """SELECT set_config('onhand.organization_id', $1, true), set_config('cursor_tuple_fraction', '1', true),
set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)"""
NEXT = f"FETCH FORWARD {BATCH} FROM export"


class Rows:
    """A question about to be read to its end. `columns` are known before the first row."""

    def __init__(self, connection: AsyncConnection[Any], question: tuple[str, list[Any]]) -> None:
        self._connection, self._question = connection, question
        self.columns: list[Shown] = []

    async def described(self) -> None:
        """Ask which columns there are, and of which types."""
        text, values = self._question
        cursor = AsyncRawCursor(self._connection)
        await cursor.execute(f"SELECT * FROM ({text}) x LIMIT 0", values)
        self.columns = [Shown(c.name, KINDS.get(c.type_code, "plain")) for c in cursor.description or ()]

    async def batches(self, expression: str) -> AsyncIterator[list[tuple[bytes | None, ...]]]:
        """The rows, as what the expression makes of them, `BATCH` at a time, as text."""
        text, values = self._question
        cursor = AsyncRawCursor(self._connection)
        await cursor.execute(f"DECLARE export NO SCROLL CURSOR FOR SELECT {expression} FROM ({text}) x", values)
        while True:
            await cursor.execute(NEXT)
            found = cursor.pgresult
            if found is None or not found.ntuples:
                return
            width = range(found.nfields)
            yield [tuple(found.get_value(row, place) for place in width) for row in range(found.ntuples)]

    async def lines(self, make: Callable[[list[Shown]], str]) -> AsyncIterator[tuple[int, bytes]]:
        """The rows as lines of text: how many, and they themselves."""
        async for rows in self.batches(make(self.columns)):
            yield len(rows), b"".join([(line or b"") + b"\n" for (line,) in rows])


@asynccontextmanager
async def opened(
    database: Database, organization_id: UUID, source: Source, query: ListQuery, *, ordered: bool
) -> AsyncIterator[Rows]:
    """One reading transaction around a question; leaving it, finished or not, ends the statement in the database."""
    async with database.pool.connection() as connection, connection.transaction():
        cursor = AsyncRawCursor(connection)
        await cursor.execute("SET TRANSACTION READ ONLY")
        await cursor.execute(SET_UP, [str(organization_id)])
        rows = Rows(connection, whole(source, query, ordered=ordered))
        await rows.described()
        yield rows
