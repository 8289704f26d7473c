"""SQL that finds what a code leads to, and what there is of it. Tables of floors below are named, and only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.rows import class_row

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

MOST = 20  # of each kind: a lot code may be every supplier's

FIND = """WITH o AS (SELECT %(organization)s::uuid AS id), k AS (SELECT lower(%(text)s) AS key)
(SELECT 'sku' AS kind, s.id, s.code, p.name, s.id AS sku_id, NULL::uuid AS warehouse_id, NULL::text AS status,
    NULL::date AS expires_on, 1 AS place
FROM o JOIN sku s ON s.organization_id = o.id JOIN product p ON p.organization_id = o.id AND p.id = s.product_id
WHERE s.code_key = (SELECT key FROM k)
    OR s.id IN (SELECT b.sku_id FROM barcode b WHERE b.organization_id = %(organization)s AND b.value = ANY(%(values)s))
LIMIT %(most)s)
UNION ALL
(SELECT 'lot', l.id, l.code, p.name, l.sku_id, NULL, l.status, l.expires_on, 2
FROM o JOIN lot l ON l.organization_id = o.id JOIN sku s ON s.organization_id = o.id AND s.id = l.sku_id
JOIN product p ON p.organization_id = o.id AND p.id = s.product_id
WHERE l.code_key = lower(coalesce(%(lot)s, %(text)s)) AND (%(lot)s::text IS NULL OR l.sku_id = ANY(%(skus)s))
ORDER BY l.expires_on NULLS LAST, l.id LIMIT %(most)s)
UNION ALL
(SELECT 'serial', n.id, n.code, p.name, n.sku_id, NULL, NULL, NULL, 3
FROM o JOIN serial n ON n.organization_id = o.id JOIN sku s ON s.organization_id = o.id AND s.id = n.sku_id
JOIN product p ON p.organization_id = o.id AND p.id = s.product_id
WHERE n.code_key = lower(coalesce(%(serial)s, %(text)s)) AND (%(serial)s::text IS NULL OR n.sku_id = ANY(%(skus)s))
ORDER BY n.id LIMIT %(most)s)
UNION ALL
(SELECT 'bin', b.id, b.code, coalesce(b.name, b.code), NULL, b.warehouse_id, b.type, NULL, 4
FROM o JOIN bin b ON b.organization_id = o.id JOIN k ON b.code_key = k.key
WHERE b.archived_at IS NULL ORDER BY b.id LIMIT %(most)s)
UNION ALL
(SELECT 'warehouse', w.id, w.code, w.name, NULL, w.id, w.kind, NULL, 5
FROM o JOIN warehouse w ON w.organization_id = o.id JOIN k ON w.code_key = k.key WHERE w.kind <> 'transit')
UNION ALL
(SELECT 'order', r.id, r.number, r.channel, NULL, NULL, r.status, NULL, 6
FROM o JOIN sales_order r ON r.organization_id = o.id
WHERE %(orders)s AND (r.number = upper(%(text)s) OR r.external_id = %(text)s)
ORDER BY r.order_date DESC LIMIT %(most)s)
UNION ALL
(SELECT 'transfer', t.id, 'T-' || t.number, f.code || ' → ' || d.code, NULL, NULL, t.status, NULL, 7
FROM o JOIN transfer t ON t.organization_id = o.id
JOIN warehouse f ON f.organization_id = o.id AND f.id = t.source_id
JOIN warehouse d ON d.organization_id = o.id AND d.id = t.destination_id
WHERE t.number = substring(upper(%(text)s) FROM '^T-([0-9]{1,9})$')::integer)
ORDER BY place"""

SKUS_OF = """SELECT DISTINCT sku_id FROM barcode
WHERE organization_id = %(organization)s AND value = ANY(%(values)s)"""

LEVELS = """SELECT v.sku_id, w.code AS warehouse, NULL::text AS bin, NULL::text AS lot, v.on_hand, v.unavailable,
    v.on_hand - v.reserved - v.unavailable AS available
FROM level v JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id
WHERE v.organization_id = %(organization)s AND v.sku_id = ANY(%(ids)s) AND w.kind <> 'transit' AND v.on_hand > 0
ORDER BY v.sku_id, w.code"""
HOLDINGS = """SELECT {of} AS of_id, h.sku_id, s.code AS sku, p.name, w.code AS warehouse, b.code AS bin, l.code AS lot,
    n.code AS serial, h.on_hand, h.unavailable, h.on_hand - h.unavailable AS available
FROM holding h JOIN warehouse w ON w.organization_id = h.organization_id AND w.id = h.warehouse_id
JOIN sku s ON s.organization_id = h.organization_id AND s.id = h.sku_id
JOIN product p ON p.organization_id = h.organization_id AND p.id = s.product_id
LEFT JOIN bin b ON b.organization_id = h.organization_id AND b.id = h.bin_id
LEFT JOIN lot l ON l.organization_id = h.organization_id AND l.id = h.lot_id
LEFT JOIN serial n ON n.organization_id = h.organization_id AND n.id = h.serial_id
WHERE h.organization_id = %(organization)s AND {of} = ANY(%(ids)s) AND h.on_hand > 0
ORDER BY w.code, b.code NULLS LAST, s.code, l.code NULLS LAST LIMIT %(most)s"""
WAREHOUSES = "SELECT id, code FROM warehouse WHERE organization_id = %(organization)s AND id = ANY(%(ids)s)"
SKUS = """SELECT s.id, s.code, s.product_id, p.name, s.selling_price, s.currency, s.tracks_lots, s.tracks_serials
FROM sku s JOIN product p ON p.organization_id = s.organization_id AND p.id = s.product_id
WHERE s.organization_id = %(organization)s AND s.id = ANY(%(ids)s)"""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that carries the code. `place` is the order in which kinds are shown."""

    kind: str
    id: UUID
    code: str
    name: str
    sku_id: UUID | None
    warehouse_id: UUID | None
    status: str | None
    expires_on: date | None
    place: int


@dataclass(frozen=True, slots=True)
class Lying:
    """So much that lies somewhere; `of_id` is the lot, serial or bin that was asked for."""

    of_id: UUID
    sku_id: UUID
    sku: str
    name: str
    warehouse: str
    bin: str | None
    lot: str | None
    serial: str | None
    on_hand: Decimal
    unavailable: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """A SKU at a warehouse."""

    sku_id: UUID
    warehouse: str
    bin: str | None
    lot: str | None
    on_hand: Decimal
    unavailable: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class SkuFacts:
    """What a card says of a SKU."""

    id: UUID
    code: str
    product_id: UUID
    name: str
    selling_price: Decimal | None
    currency: str | None
    tracks_lots: bool
    tracks_serials: bool


async def _rows(session: AsyncSession, kind: type[Any], statement: str, **values: Any) -> list[Any]:
    async with (await raw(session)).cursor(row_factory=class_row(kind)) as cursor:
        await cursor.execute(statement, {"organization": actor_of(session).organization_id, "most": MOST, **values})
        return await cursor.fetchall()


async def find(session: AsyncSession, text: str, **values: Any) -> list[Found]:
    """All that carries this code: in `values` as a barcode, in `text` as a code or number."""
    return await _rows(session, Found, FIND, text=text, **values)


async def skus_of(session: AsyncSession, barcodes: Sequence[str]) -> list[UUID]:
    """The SKUs that one of these barcodes leads to."""
    values = {"organization": actor_of(session).organization_id, "values": list(barcodes)}
    rows = await (await (await raw(session)).execute(SKUS_OF, values)).fetchall()
    return [row[0] for row in rows]


async def sku_facts(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, SkuFacts]:
    """What a card says of these SKUs."""
    return {row.id: row for row in await _rows(session, SkuFacts, SKUS, ids=list(ids))}


async def levels(session: AsyncSession, sku_ids: Sequence[UUID]) -> list[Level]:
    """Where these SKUs lie."""
    return await _rows(session, Level, LEVELS, ids=list(sku_ids))


async def lying(session: AsyncSession, column: str, ids: Sequence[UUID]) -> list[Lying]:
    """What of these lots, serials or bins (`lot_id`, `serial_id`, `bin_id`) lies where; the first of each."""
    return await _rows(session, Lying, HOLDINGS.format(of=f"h.{column}"), ids=list(ids))


async def warehouse_codes(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The codes of these warehouses."""
    values = {"organization": actor_of(session).organization_id, "ids": list(ids)}
    return dict(await (await (await raw(session)).execute(WAREHOUSES, values)).fetchall())
