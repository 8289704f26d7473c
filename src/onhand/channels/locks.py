"""Who speaks to which channel: one speaker at a time, whatever the number of tasks and processes."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from onhand.infra.db import LineLost

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from onhand.infra.db import Database, Leased

TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
LET_GO = "SELECT pg_advisory_unlock_all()"
GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
AGAIN_SECONDS = 0.05


class Locks:
    """Named locks of this process, all on one connection, so that holding many of them starves nobody of connections.

    The connection is in autocommit: it keeps no transaction open, and its locks end with the process. Should it break,
    they are lost; the next question fails, and the one after that has a new connection.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Leased | None = None
        self._held: set[str] = set()
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def exclusive(self, name: str, *, wait: bool = False) -> AsyncIterator[bool]:
        """Whether nobody else, in any process, holds `name`: then it is ours until the block ends. Or `wait` for it."""
        taken = await self._take(name)
        while wait and not taken:
            await asyncio.sleep(AGAIN_SECONDS)
            taken = await self._take(name)
        try:
            yield taken
        finally:
            if taken:
                await self._give_back(name)

    async def aclose(self) -> None:
        """Let go of everything: the connection goes back to the pool, and must take no lock along."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            with contextlib.suppress(LineLost):  # broken: the server has let go of them already
                await connection.execute(LET_GO)
        finally:
            await connection.close()

    async def _take(self, name: str) -> bool:
        if name in self._held:  # the database would let the same connection in twice
            return False
        self._held.add(name)
        try:
            taken = await self._ask(TAKE, name)
        except BaseException:
            self._held.discard(name)
            raise
        if not taken:
            self._held.discard(name)
        return taken

    async def _give_back(self, name: str) -> None:
        try:
            await self._ask(GIVE_BACK, name)
        finally:
            self._held.discard(name)

    async def _ask(self, statement: str, name: str) -> bool:
        async with self._turn:
            if self._connection is None:
                self._connection = await self._database.lease()
            try:
                row = await (await self._connection.execute(statement, (name,))).fetchone()
            except LineLost:
                await self.aclose()
                raise
        return bool(row and row[0])
