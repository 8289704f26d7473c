"""What the SQL of counting shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from psycopg.rows import class_row

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")

# What one unit of a level costs: what its known stock is worth by unit, else the SKU's cost price. `s` is the SKU,
# `v` its level, `o` the organization.
UNIT_COST = """coalesce(nullif(v.value, 0) / nullif(v.on_hand - v.uncosted, 0),
    CASE WHEN s.currency IS NULL OR s.currency = o.currency THEN s.cost_price END)"""


async def tuples(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement that knows its organization as %(organization)s."""
    connection = await raw(session)
    found = await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})
    return await found.fetchall()


async def rows(session: AsyncSession, kind: type[T], statement: str, **values: Any) -> list[T]:
    """The same, each row as a `kind`."""
    connection = await raw(session)
    async with connection.cursor(row_factory=class_row(kind)) as cursor:
        await cursor.execute(statement, {"organization": actor_of(session).organization_id, **values})
        return await cursor.fetchall()


async def run(session: AsyncSession, statement: str, **values: Any) -> int:
    """Run a statement; returns how many rows it touched."""
    connection = await raw(session)
    done = await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})
    return done.rowcount
