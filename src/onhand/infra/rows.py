"""The few statements that every entity needs: find, lock, add, change, and remove unless something refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from onhand.infra.db import actor_of
from onhand.infra.tables import Entity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

E = TypeVar("E", bound=Entity)
REFERRED_TO = frozenset({"23503", "23001"})  # foreign key violation, restrict violation


async def find_row(
    session: AsyncSession, table: type[E], *conditions: ColumnElement[bool], lock: bool = False
) -> E | None:
    """The one row of the organization that meets the conditions. With `lock`, nobody else changes it until we end."""
    statement = select(table).where(table.organization_id == actor_of(session).organization_id, *conditions)
    if lock:
        statement = statement.with_for_update(key_share=True)  # references to it need not wait
    found = await session.execute(statement, execution_options={"populate_existing": True})
    return found.scalar_one_or_none()


async def find_row_by_id(session: AsyncSession, table: type[E], row_id: UUID, *, lock: bool = False) -> E | None:
    """The row with this id, if the organization has it."""
    return await find_row(session, table, table.id == row_id, lock=lock)


async def add_row(session: AsyncSession, table: type[E], values: Mapping[str, Any]) -> E:
    """Insert a row of the session's organization and read back what the database filled in."""
    row = table(**values)
    row.organization_id = actor_of(session).organization_id
    session.add(row)
    await session.flush()
    await session.refresh(row)
    return row


async def change_row(session: AsyncSession, row: Entity, values: Mapping[str, Any]) -> None:
    """Write the values into the row; nothing is sent when nothing differs."""
    for name, value in values.items():
        setattr(row, name, value)
    await session.flush()
    await session.refresh(row)


async def remove_unless_used(session: AsyncSession, remove: Callable[[], Awaitable[None]]) -> bool:
    """Run deletions; False, and nothing done, when a foreign key says that something refers to what they delete."""
    try:
        async with session.begin_nested():
            await remove()
    except IntegrityError as problem:
        if getattr(problem.orig, "sqlstate", None) not in REFERRED_TO:
            raise
        return False
    return True


async def remove_row(session: AsyncSession, row: Entity) -> bool:
    """Delete the row; False, and nothing done, when something refers to it."""

    async def remove() -> None:
        await session.delete(row)
        await session.flush()

    removed = await remove_unless_used(session, remove)
    if not removed:
        await session.refresh(row)
    return removed
