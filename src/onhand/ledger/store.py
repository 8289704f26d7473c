"""SQL that reads the ledger for its own verbs and for the modules above."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.rows import class_row

from onhand.infra.db import actor_of, raw
from onhand.ledger import store_post
from onhand.ledger.domain import Availability, Costed, LevelAt, Recorded, WarehouseValue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from typing import TypeVar

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.ledger.domain import Code

    T = TypeVar("T")

LINES_OF = """SELECT p.id AS posting_id, p.type AS posting_type, p.reverses_id, m.type, m.sku_id, m.warehouse_id,
    m.quantity, m.reserved, m.unavailable, m.unit_cost, m.currency, m.reservation_id, m.effective_at, m.line,
    coalesce((SELECT sum(greatest(abs(h.quantity), abs(h.unavailable))) FILTER (WHERE h.quantity >= 0)
        FROM holding_change h WHERE h.organization_id = p.organization_id AND h.posting_id = p.id
        AND h.recorded_at = p.recorded_at AND h.line = m.line), 0) AS pieced
FROM posting p
JOIN movement m ON m.organization_id = p.organization_id AND m.posting_id = p.id AND m.recorded_at = p.recorded_at
WHERE p.organization_id = %(organization)s AND p.id = ANY(%(ids)s)
ORDER BY m.id"""

# Months of movements that were taken out are all older than those that are here.
ARCHIVED = """SELECT p.id, (SELECT d.name FROM detached_part d WHERE d.parent = 'movement'
    AND p.recorded_at >= d.first_at AND p.recorded_at < d.until_at)
FROM posting p WHERE p.organization_id = %(organization)s AND p.id = ANY(%(ids)s)
    AND p.recorded_at < (SELECT max(d.until_at) FROM detached_part d WHERE d.parent = 'movement') LIMIT 1"""

# In the order in which the balances came about: the ids of postings are their callers', and many share a transaction.
OF_GROUP = """SELECT p.id FROM posting p
WHERE p.organization_id = %(organization)s AND p.group_id = %(group)s AND p.reverses_id IS NULL
ORDER BY (SELECT max(m.id) FROM movement m
    WHERE m.organization_id = p.organization_id AND m.posting_id = p.id) DESC NULLS LAST"""

# An expired promise holds nothing, whether or not anybody has tidied it away yet.
AVAILABLE = """SELECT v.sku_id, v.warehouse_id, v.on_hand, v.unavailable,
    v.reserved - CASE WHEN v.reserved = 0 THEN 0 ELSE coalesce((SELECT sum(r.open) FROM reservation r
        WHERE r.organization_id = v.organization_id AND r.sku_id = v.sku_id AND r.warehouse_id = v.warehouse_id
        AND r.open > 0 AND r.expires_at <= now()), 0) END AS reserved
FROM level v
WHERE v.organization_id = %(organization)s AND v.sku_id = ANY(%(skus)s)
    AND (%(warehouses)s::uuid[] IS NULL OR v.warehouse_id = ANY(%(warehouses)s))"""

LEVELS_AT = """SELECT sku_id, warehouse_id, on_hand, reserved, unavailable, value, uncosted
FROM levels_at(%(organization)s, %(as_of)s, %(known_at)s, %(skus)s, %(warehouses)s)"""

# Sales less returns and less what was undone, by the organization's own business day.
DAILY_SALES = """SELECT m.sku_id, m.warehouse_id, (m.effective_at AT TIME ZONE %(zone)s)::date AS day,
    -sum(m.quantity) AS quantity
FROM movement m
WHERE m.organization_id = %(organization)s AND m.type IN ('sale', 'return') AND m.quantity <> 0
    AND m.effective_at >= (%(first)s::date)::timestamp AT TIME ZONE %(zone)s
    AND m.effective_at < (%(last)s::date + 1)::timestamp AT TIME ZONE %(zone)s
    AND (%(skus)s::uuid[] IS NULL OR m.sku_id = ANY(%(skus)s))
GROUP BY 1, 2, 3 HAVING sum(m.quantity) <> 0 ORDER BY 1, 2, 3"""

# What levels are worth is in the level: the sum of its cost layers. `uncosted` SKUs have units that it does not count.
VALUE = """WITH held AS (
    SELECT v.sku_id, sum(v.on_hand) AS units, sum(v.value) AS value, sum(v.uncosted) AS uncosted FROM level v
    WHERE v.organization_id = %(organization)s AND v.on_hand > 0
        AND (%(warehouses)s::uuid[] IS NULL OR v.warehouse_id = ANY(%(warehouses)s))
    GROUP BY v.sku_id
)
SELECT coalesce(sum(h.value), 0) AS value,
    (SELECT currency FROM organization WHERE id = %(organization)s) AS currency,
    count(*) AS skus, count(*) FILTER (WHERE h.uncosted > 0) AS uncosted, coalesce(sum(h.units), 0) AS units,
    coalesce(sum(h.uncosted), 0) AS uncosted_units
FROM held h"""

# Value at each day's end: today's less what changed since, by movements and by adjusting entries.
VALUE_TREND = """WITH day AS (
    SELECT d::date AS day FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') d
), changed AS MATERIALIZED (  -- once, not again for each day
    SELECT t.day, sum(t.value) AS value FROM (
        SELECT (m.effective_at AT TIME ZONE %(zone)s)::date AS day, m.value FROM movement m
        WHERE m.organization_id = %(organization)s AND m.value <> 0
            AND m.effective_at >= (%(first)s::date)::timestamp AT TIME ZONE %(zone)s
        UNION ALL
        SELECT (a.effective_at AT TIME ZONE %(zone)s)::date, a.value FROM cost_adjustment a
        WHERE a.organization_id = %(organization)s AND a.posting_id IS NULL
            AND a.effective_at >= (%(first)s::date)::timestamp AT TIME ZONE %(zone)s
    ) t GROUP BY t.day
), now_worth AS (
    SELECT coalesce(sum(v.value), 0) AS value FROM level v WHERE v.organization_id = %(organization)s
)
SELECT d.day, (SELECT value FROM now_worth)
    - coalesce((SELECT sum(c.value) FROM changed c WHERE c.day > d.day), 0) AS value
FROM day d ORDER BY d.day"""

VALUE_BY_WAREHOUSE = """SELECT w.code AS warehouse, w.name, sum(v.value) AS value, sum(v.on_hand) AS units,
    count(*) FILTER (WHERE v.uncosted > 0) AS uncosted
FROM level v JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id
WHERE v.organization_id = %(organization)s AND v.on_hand > 0
GROUP BY w.code, w.name, w.priority ORDER BY w.priority, w.code"""

LEVEL_STATE = """SELECT s.sku_id, s.warehouse_id, s.changed_at IS NOT NULL AS exists,
    EXISTS (SELECT FROM movement m WHERE m.organization_id = %(organization)s AND m.sku_id = s.sku_id
        AND m.warehouse_id = s.warehouse_id) AS moved
FROM read_level(%(organization)s, %(sku)s, %(sku_id)s, %(warehouse)s, %(warehouse_id)s) s"""
DROP_LEVEL = "SELECT drop_level(%(organization)s, %(sku)s, %(warehouse)s)"
SKU_BY = """SELECT id FROM sku WHERE organization_id = %(organization)s
AND (code_key = lower(%(key)s) OR id::text = lower(%(key)s)) LIMIT 1"""
OPEN_OF = "SELECT open FROM reservation WHERE organization_id = %(organization)s AND id = %(id)s"

EXPIRED = """SELECT id FROM reservation WHERE organization_id = %(organization)s AND open > 0 AND expires_at <= now()
ORDER BY expires_at LIMIT %(most)s"""

ORGANIZATION_ZONE = "SELECT time_zone FROM organization WHERE id = %(organization)s"
RESOLVE = "SELECT resolve_shortage(%(organization)s, %(id)s, %(resolution)s, %(actor)s)"


async def _rows(session: AsyncSession, kind: type[T], statement: str, **values: Any) -> list[T]:
    connection = await raw(session)
    async with connection.cursor(row_factory=class_row(kind)) as cursor:
        await cursor.execute(statement, {"organization": actor_of(session).organization_id, **values})
        return await cursor.fetchall()


async def _tuples(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    connection = await raw(session)
    cursor = await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})
    return await cursor.fetchall()


async def lines_of(session: AsyncSession, ids: Sequence[UUID]) -> list[Recorded]:
    """The movements of these postings, in the order they came about."""
    return await _rows(session, Recorded, LINES_OF, ids=list(ids))


async def archived_of(session: AsyncSession, ids: Sequence[UUID]) -> tuple[UUID, str] | None:
    """One of these postings whose movements were taken out, and the month they are in."""
    rows = await _tuples(session, ARCHIVED, ids=list(ids))
    return (rows[0][0], rows[0][1]) if rows else None


async def postings_of_group(session: AsyncSession, group_id: UUID) -> list[UUID]:
    """The postings of a run, newest first, without those that undo others."""
    return [row[0] for row in await _tuples(session, OF_GROUP, group=group_id)]


async def availability(
    session: AsyncSession, skus: Sequence[UUID], warehouses: Sequence[UUID] | None
) -> list[Availability]:
    """Levels of these SKUs, in one query."""
    places = None if warehouses is None else list(warehouses)
    return await _rows(session, Availability, AVAILABLE, skus=list(skus), warehouses=places)


async def levels_at(
    session: AsyncSession,
    as_of: datetime | None,
    known_at: datetime | None,
    skus: Sequence[UUID] | None,
    warehouses: Sequence[UUID] | None,
) -> list[LevelAt]:
    """Levels that held something at a moment of effective time, as far as was known at one of recorded time."""
    wanted = None if skus is None else list(skus)
    places = None if warehouses is None else list(warehouses)
    values = {"as_of": as_of, "known_at": known_at, "skus": wanted, "warehouses": places}
    return await _rows(session, LevelAt, LEVELS_AT, **values)


async def zone(session: AsyncSession) -> str:
    """The organization's time zone: what a business day is."""
    return str((await _tuples(session, ORGANIZATION_ZONE))[0][0])


async def daily_sales(
    session: AsyncSession, first: date, last: date, skus: Sequence[UUID] | None
) -> list[tuple[UUID, UUID, date, Any]]:
    """(sku, warehouse, business day, units sold less returned), days without sales left out."""
    wanted = None if skus is None else list(skus)
    return await _tuples(session, DAILY_SALES, first=first, last=last, skus=wanted, zone=await zone(session))


async def value(session: AsyncSession, warehouses: Sequence[UUID] | None) -> Costed:
    """What the stock is worth, and how much of it has no known cost."""
    places = None if warehouses is None else list(warehouses)
    return (await _rows(session, Costed, VALUE, warehouses=places))[0]


async def value_trend(session: AsyncSession, first: date, last: date) -> list[tuple[date, Any]]:
    """Value at the end of each business day."""
    rows = await _tuples(session, VALUE_TREND, first=first, last=last, zone=await zone(session))
    return [(row[0], row[1]) for row in rows]


async def value_by_warehouse(session: AsyncSession) -> list[WarehouseValue]:
    """Value, units and uncosted SKUs of each warehouse that holds stock."""
    return await _rows(session, WarehouseValue, VALUE_BY_WAREHOUSE)


@dataclass(frozen=True, slots=True)
class LevelState:
    """Whether a level has a row, and whether anything ever happened to it."""

    sku_id: UUID
    warehouse_id: UUID
    exists: bool
    moved: bool


async def level_state(session: AsyncSession, sku: Code, warehouse: Code) -> LevelState | None:
    """What is known of a level; None when there is no such SKU or warehouse."""
    (code, row_id), (place, place_id) = store_post.named(sku), store_post.named(warehouse)
    values = {"sku": code, "sku_id": row_id, "warehouse": place, "warehouse_id": place_id}
    rows = await _rows(session, LevelState, LEVEL_STATE, **values)
    return rows[0] if rows else None


async def drop_level(session: AsyncSession, sku_id: UUID, warehouse_id: UUID) -> bool:
    """Remove an empty level without history; False when it is neither."""
    return bool((await _tuples(session, DROP_LEVEL, sku=sku_id, warehouse=warehouse_id))[0][0])


async def find_sku(session: AsyncSession, key: str) -> UUID | None:
    """The SKU with this id or code."""
    rows = await _tuples(session, SKU_BY, key=key)
    return rows[0][0] if rows else None


async def find_open(session: AsyncSession, reservation_id: UUID) -> Decimal | None:
    """What a reservation holds; None when there is none."""
    rows = await _tuples(session, OPEN_OF, id=reservation_id)
    return rows[0][0] if rows else None


async def expired(session: AsyncSession, most: int) -> list[UUID]:
    """Reservations whose time has passed but which are still on the books."""
    return [row[0] for row in await _tuples(session, EXPIRED, most=most)]


async def resolve_shortage(session: AsyncSession, shortage_id: UUID, resolution: str) -> bool:
    """Mark a shortage as dealt with; False when it was not open."""
    who = actor_of(session).id
    rows = await _tuples(session, RESOLVE, id=shortage_id, resolution=resolution, actor=who)
    return bool(rows[0][0])
