"""Events: written in the caller's transaction, read in commit order, never skipping a late commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from sqlalchemy import insert

from onhand.infra.db import actor_of
from onhand.infra.tables import Event

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from sqlalchemy.ext.asyncio import AsyncSession

# Only what is older than every running transaction: identity numbers do not follow commit order (ledger, rule 13).
READ = "SELECT organization_id, id, xid::text, kind, facts FROM relay_events(%s::text::xid8, %s, %s)"
NEWEST = "SELECT xid::text, id FROM relay_newest()"
LOAD = "SELECT xid::text, event_id FROM event_cursor WHERE consumer = %s"
SAVE = """INSERT INTO event_cursor (consumer, xid, event_id) VALUES (%s, %s::text::xid8, %s)
ON CONFLICT (consumer) DO UPDATE SET xid = excluded.xid, event_id = excluded.event_id, updated_at = now()"""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as its readers see it."""

    organization_id: UUID
    id: int
    xid: int
    kind: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A reader's place: the last event it has dealt with."""

    xid: int = 0
    id: int = 0


async def announce(session: AsyncSession, kind: str, facts: dict[str, Any]) -> None:
    """Write one event in the caller's transaction. `facts` is JSON: ids and codes, no personal data."""
    await session.execute(
        insert(Event).values(
            organization_id=actor_of(session).organization_id, kind=kind, facts=msgspec.to_builtins(facts)
        )
    )
    session.info["announced"] = True


async def newest(connection: AsyncConnection[Any]) -> Cursor:
    """The end of what may be read now: where a reader starts that cares for the present only (live updates)."""
    row = await (await connection.execute(NEWEST)).fetchone()
    return Cursor(int(row[0]), row[1]) if row else Cursor()


async def read(connection: AsyncConnection[Any], after: Cursor, limit: int = 500) -> list[Happening]:
    """Events of all organizations after `after`, in order, at most `limit`."""
    rows = await (await connection.execute(READ, (str(after.xid), after.id, limit))).fetchall()
    return [Happening(row[0], row[1], int(row[2]), row[3], row[4]) for row in rows]


async def load_cursor(connection: AsyncConnection[Any], consumer: str) -> Cursor | None:
    """Where `consumer` stopped; None when it has never read."""
    row = await (await connection.execute(LOAD, (consumer,))).fetchone()
    return Cursor(int(row[0]), row[1]) if row else None


async def save_cursor(connection: AsyncConnection[Any], consumer: str, at: Cursor) -> None:
    """Remember how far `consumer` has come; call it in the transaction that holds the effects."""
    await connection.execute(SAVE, (consumer, str(at.xid), at.id))
