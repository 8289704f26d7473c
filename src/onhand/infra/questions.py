"""Hand-written SELECTs: they name `organization`, and give rows as values or tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from psycopg.rows import class_row

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")


async def rows(session: AsyncSession, row_type: type[T], statement: str, **values: Any) -> list[T]:
    """Rows as values of a dataclass."""
    async with (await raw(session)).cursor(row_factory=class_row(row_type)) as cursor:
        await cursor.execute(statement, {"organization": actor_of(session).organization_id, **values})
        return await cursor.fetchall()


async def tuples(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Rows as they are."""
    named = {"organization": actor_of(session).organization_id, **values}
    return await (await (await raw(session)).execute(statement, named)).fetchall()
