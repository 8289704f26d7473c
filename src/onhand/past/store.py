"""SQL of the past: keeping its sums, reading warehouses and days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onhand.infra.db import actor_of, raw
from onhand.past.domain import Bounds, Held, WarehouseChange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from psycopg import AsyncConnection
    from sqlalchemy.ext.asyncio import AsyncSession

MARK = "SELECT id, number, xid::text FROM past_mark()"
SETTLED = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8"
BEHIND = """SELECT EXISTS (SELECT FROM movement m WHERE m.organization_id = %(organization)s AND m.id <= %(id)s
        AND m.id > coalesce((SELECT through_id FROM past_state WHERE organization_id = %(organization)s), 0))
    OR EXISTS (SELECT FROM cost_adjustment a WHERE a.organization_id = %(organization)s AND a.number <= %(number)s
        AND a.number > coalesce((SELECT through_number FROM past_state WHERE organization_id = %(organization)s), 0))"""
FOLD = "SELECT fold_past(%(organization)s, %(id)s, %(number)s)"
CHANGES = """SELECT c.warehouse_id, w.code AS warehouse, w.name, c.day, sum(c.quantity), sum(c.reserved),
    sum(c.unavailable), sum(c.value), sum(c.uncosted)
FROM warehouse_changes(%(organization)s, %(warehouses)s, %(as_of)s, %(known_at)s) c
JOIN warehouse w ON w.organization_id = %(organization)s AND w.id = c.warehouse_id
GROUP BY c.warehouse_id, w.code, w.name, w.priority, c.day ORDER BY w.priority, w.code, c.day"""
LEVEL_CHANGES = """SELECT w.id, w.code, w.name, c.day, sum(c.quantity), sum(c.reserved), sum(c.unavailable),
    sum(c.value), sum(c.uncosted)
FROM level v JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id
CROSS JOIN LATERAL level_changes(v.organization_id, v.sku_id, v.warehouse_id, NULL, %(known_at)s) c
WHERE v.organization_id = %(organization)s AND v.sku_id = %(sku)s
    AND (%(warehouses)s::uuid[] IS NULL OR v.warehouse_id = ANY (%(warehouses)s))
GROUP BY w.id, w.code, w.name, w.priority, c.day ORDER BY w.priority, w.code, c.day"""
PLACE = """SELECT id FROM warehouse WHERE organization_id = %(organization)s
AND (code_key = lower(%(key)s) OR id::text = lower(%(key)s)) LIMIT 1"""
BOUNDS = """SELECT coalesce((SELECT zone FROM past_state WHERE organization_id = %(organization)s), o.time_zone),
    o.currency,
    (SELECT (max(p.until_at) AT TIME ZONE o.time_zone)::date FROM detached_part p WHERE p.parent = 'movement')
FROM organization o WHERE o.id = %(organization)s"""


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where rows are settled once no transaction below `xid` runs."""

    id: int
    number: int
    xid: str


async def mark(connection: AsyncConnection[Any]) -> Mark:
    """The newest numbers handed out."""
    row = await (await connection.execute(MARK)).fetchone()
    return Mark(*(row or (0, 0, "0")))


async def settled(connection: AsyncConnection[Any], at: Mark) -> bool:
    """Whether all who might still hold a number up to the mark have ended."""
    row = await (await connection.execute(SETTLED, (at.xid,))).fetchone()
    return bool(row and row[0])


async def _rows(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    connection = await raw(session)
    cursor = await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})
    return await cursor.fetchall()


async def behind(session: AsyncSession, at: Mark) -> bool:
    """Whether something up to the mark is in no sum yet."""
    return bool((await _rows(session, BEHIND, id=at.id, number=at.number))[0][0])


async def fold(session: AsyncSession, at: Mark) -> int:
    """Add the next rows up to the mark; returns how many, 0 at the end."""
    return int((await _rows(session, FOLD, id=at.id, number=at.number))[0][0])


def _change(row: tuple[Any, ...]) -> WarehouseChange:
    return WarehouseChange(row[0], row[1], row[2], row[3], Held(*row[4:]))


async def warehouse_changes(
    session: AsyncSession, as_of: datetime | None, known_at: datetime | None, warehouses: Sequence[UUID] | None
) -> list[WarehouseChange]:
    """What changed at each warehouse on each day, in the order of warehouses and days."""
    places = None if warehouses is None else list(warehouses)
    return [_change(row) for row in await _rows(session, CHANGES, as_of=as_of, known_at=known_at, warehouses=places)]


async def level_changes(
    session: AsyncSession, sku_id: UUID, known_at: datetime | None, warehouses: Sequence[UUID] | None
) -> list[WarehouseChange]:
    """What changed of one SKU at each warehouse on each day."""
    places = None if warehouses is None else list(warehouses)
    values = {"sku": sku_id, "known_at": known_at, "warehouses": places}
    return [_change(row) for row in await _rows(session, LEVEL_CHANGES, **values)]


async def warehouse_by(session: AsyncSession, key: str) -> UUID | None:
    """The warehouse with this id or code."""
    rows = await _rows(session, PLACE, key=key)
    return rows[0][0] if rows else None


async def bounds(session: AsyncSession) -> Bounds:
    """What the organization's past is counted in."""
    return Bounds(*(await _rows(session, BOUNDS))[0])
