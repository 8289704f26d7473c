"""The database: one driver, one pool, one transaction per unit of work with its organization set."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Self, cast

from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from onhand.kernel import Actor

SEARCH_PATH = "onhand,jobs,public"
LineLost = OperationalError  # what a question ends with when its connection broke, or none could be had
CONNECTION = {"autocommit": True, "prepare_threshold": 0, "options": f"-c search_path={SEARCH_PATH}"}


class Pulse:
    """Wakes those who wait for new events within this process; losing a beat only costs one poll interval."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        """Something was committed."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return at the next beat, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):  # wait_for swallows a cancellation that comes together with the beat
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()


class Leased(AsyncConnection[Any]):
    """A connection that goes back to its pool when it is closed, whole or broken.

    psycopg gives back whole ones only (`close_returns`). A broken one that SQLAlchemy closes would be missed for good:
    after a restart of the database, or some cancelled queries, the pool would have none left.
    """

    lender: AsyncConnectionPool[Leased] | None = None

    async def close(self) -> None:
        """Give it back, or close it when it belongs to nobody."""
        lender, self.lender = self.lender, None
        if lender is not None and self.closed:
            await lender.putconn(self)
        else:
            await super().close()


class Database:
    """Open with `async with Database(url)`. `pool` serves hot statements (autocommit), `session` everything else."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.pool: AsyncConnectionPool[Leased] = AsyncConnectionPool(
            url,
            connection_class=Leased,
            min_size=1,
            max_size=pool_size,
            open=False,
            kwargs=CONNECTION,
            reset=_autocommit,
            close_returns=True,
        )
        self.pulse = Pulse()
        self._engine = create_async_engine("postgresql+psycopg://", poolclass=NullPool, async_creator=self._connection)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    async def lease(self) -> Leased:
        """A connection to keep for a while, in autocommit; `close` gives it back."""
        connection = await self.pool.getconn()
        connection.lender = self.pool
        return connection

    async def _connection(self) -> Leased:
        connection = await self.lease()
        try:
            await connection.set_autocommit(False)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def __aenter__(self) -> Self:
        await self.pool.open(wait=True, timeout=30)
        async with self._engine.connect():  # SQLAlchemy looks at the server once; not while a request waits for it
            return self

    async def __aexit__(self, *_: object) -> None:
        await self._engine.dispose()
        await self.pool.close()

    @asynccontextmanager
    async def session(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """One transaction on behalf of `actor` in its organization; committed when the block ends without an error."""
        async with self.anonymous() as session:
            session.info["actor"] = actor
            await set_organization(session, str(actor.organization_id))
            yield session

    @asynccontextmanager
    async def anonymous(self) -> AsyncIterator[AsyncSession]:
        """One transaction with no organization: it sees only what belongs to nobody (accounts, sessions)."""
        async with self._sessions() as session:
            async with session.begin():
                yield session
            if session.info.get("announced"):
                self.pulse.beat()


async def _autocommit(connection: AsyncConnection[Any]) -> None:
    """What the pool hands out is always in autocommit; sessions switch it off for themselves."""
    await connection.set_autocommit(True)


async def set_organization(session: AsyncSession, organization_id: str) -> None:
    """Let row-level security show this organization for the rest of the transaction."""
    await session.execute(text("SELECT set_config('onhand.organization_id', :id, true)"), {"id": organization_id})


async def raw(session: AsyncSession) -> AsyncConnection[Any]:
    """The psycopg connection under the session, inside its transaction, for hand-written SQL and jobs."""
    proxied = await (await session.connection()).get_raw_connection()
    return cast("AsyncConnection[Any]", proxied.driver_connection)


def actor_of(session: AsyncSession) -> Actor:
    """On whose behalf the session acts."""
    return cast("Actor", session.info["actor"])
