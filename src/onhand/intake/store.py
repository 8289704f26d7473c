"""SQL that reads and writes many records at once, one statement for each table, and what runs remember of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from psycopg import sql
from psycopg.rows import dict_row

from onhand.infra.db import actor_of, raw
from onhand.infra.schemas import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('onhand.intake:' || %s, 0))"
SKUS = """
SELECT s.id, s.code, s.product_id FROM sku s WHERE s.organization_id = %(org)s AND s.code_key = ANY(%(keys)s)
"""
BY_BARCODE = "SELECT value AS key, sku_id FROM barcode WHERE organization_id = %(org)s AND value = ANY(%(keys)s)"
BY_EXTERNAL = "SELECT value AS key, sku_id FROM external_id WHERE organization_id = %(org)s AND value = ANY(%(keys)s)"
SUPPLIERS = """
SELECT id, code, lower(name) AS name, lead_time_days, currency FROM supplier
WHERE organization_id = %(org)s AND (code_key = ANY(%(keys)s) OR lower(name) = ANY(%(keys)s))
"""
WAREHOUSES = """
SELECT id, code, code_key FROM warehouse WHERE organization_id = %(org)s AND code_key = ANY(%(keys)s)
    AND kind <> 'transit' AND archived_at IS NULL
"""
CATEGORIES = "SELECT id, parent_id, name FROM category WHERE organization_id = %(org)s"
LEVELS = """
SELECT sku_id, warehouse_id, on_hand, on_hand - reserved - unavailable AS available FROM level
WHERE organization_id = %(org)s AND sku_id = ANY(%(skus)s)
"""
HOLDINGS = """
SELECT h.sku_id, h.warehouse_id, lower(coalesce(b.code, '')) AS bin, lower(coalesce(l.code, '')) AS lot,
    lower(coalesce(s.code, '')) AS serial, h.on_hand
FROM holding h
LEFT JOIN bin b ON b.organization_id = h.organization_id AND b.id = h.bin_id
LEFT JOIN lot l ON l.organization_id = h.organization_id AND l.id = h.lot_id
LEFT JOIN serial s ON s.organization_id = h.organization_id AND s.id = h.serial_id
WHERE h.organization_id = %(org)s AND h.sku_id = ANY(%(skus)s)
"""
MOVED = """
SELECT DISTINCT m.sku_id, m.warehouse_id FROM movement m
JOIN posting p ON p.organization_id = m.organization_id AND p.id = m.posting_id
WHERE m.organization_id = %(org)s AND m.sku_id = ANY(%(skus)s) AND p.group_id IS DISTINCT FROM %(run)s
    AND m.type <> 'reservation'
"""
ORDERS = """
SELECT external_id FROM sales_order WHERE organization_id = %(org)s AND channel_id IS NULL AND channel = %(channel)s
    AND external_id = ANY(%(keys)s)
"""
CHANGES = """
SELECT line, row_id, label, action, before, after FROM import_change
WHERE organization_id = %(org)s AND run_id = %(run)s ORDER BY line DESC LIMIT %(most)s
"""
FORGET = "DELETE FROM import_change WHERE organization_id = %(org)s AND run_id = %(run)s AND line = ANY(%(lines)s)"
COUNT = "SELECT count(*) AS count FROM import_change WHERE organization_id = %(org)s AND run_id = %(run)s"
PRODUCTS = """
SELECT s.id, s.product_id, s.code AS sku, p.name, p.description, p.category_id, p.supplier_id, p.tags, p.status,
    s.cost_price, s.selling_price, s.currency, s.tracks_lots, s.tracks_serials,
    ARRAY(SELECT b.value FROM barcode b WHERE b.organization_id = s.organization_id AND b.sku_id = s.id
        ORDER BY b.position) AS barcodes,
    (SELECT e.value FROM external_id e WHERE e.organization_id = s.organization_id AND e.sku_id = s.id
        ORDER BY e.created_at, e.value LIMIT 1) AS external_id
FROM sku s JOIN product p ON p.organization_id = s.organization_id AND p.id = s.product_id
WHERE s.organization_id = %(org)s AND s.id = ANY(%(ids)s)
"""
BARCODES = "SELECT value, sku_id FROM barcode WHERE organization_id = %(org)s AND value = ANY(%(keys)s)"
DROP_BARCODES = "DELETE FROM barcode WHERE organization_id = %(org)s AND sku_id = ANY(%(ids)s)"
ADD_EXTERNAL = """
INSERT INTO external_id (organization_id, value, sku_id)
SELECT %(org)s, r.value, r.sku_id FROM unnest(%(values)s::text[], %(ids)s::uuid[]) AS r(value, sku_id)
ON CONFLICT (organization_id, value) DO NOTHING
"""
DROP_EXTERNAL = "DELETE FROM external_id WHERE organization_id = %(org)s AND sku_id = ANY(%(ids)s)"


async def rows(session: AsyncSession, statement: str, **values: Any) -> list[dict[str, Any]]:
    """What a reading statement finds in the organization."""
    connection = await raw(session)
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(statement, {"org": actor_of(session).organization_id, **values})
        return await cursor.fetchall()


async def run(session: AsyncSession, statement: str, **values: Any) -> int:
    """A writing statement; returns how many rows it wrote."""
    connection = await raw(session)
    return (await connection.execute(statement, {"org": actor_of(session).organization_id, **values})).rowcount


async def lock(session: AsyncSession, name: str) -> None:
    """Take turns with other imports of this kind, until the transaction ends."""
    connection = await raw(session)
    await connection.execute(LOCK, (f"{actor_of(session).organization_id}:{name}",))


async def matching(
    session: AsyncSession, table: str, columns: Iterable[str], by: str, values: Sequence[Any]
) -> list[dict[str, Any]]:
    """Rows of a table whose column `by` has one of these values."""
    names = sql.SQL(", ").join(map(sql.Identifier, ["id", *columns]))
    statement = sql.SQL("SELECT {} FROM {} WHERE organization_id = %s AND {} = ANY(%s)")
    connection = await raw(session)
    async with connection.cursor(row_factory=dict_row) as cursor:
        query = statement.format(names, sql.Identifier(table), sql.Identifier(by))
        await cursor.execute(query, (actor_of(session).organization_id, list(values)))
        return await cursor.fetchall()


async def insert(session: AsyncSession, table: str, new: Sequence[Mapping[str, Any]]) -> None:
    """Add rows; each names its columns, what it leaves out gets the table's default."""
    for columns, group in _by_columns(new).items():
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL(
            "INSERT INTO {0} (organization_id, {1}) SELECT %s, {1} FROM jsonb_populate_recordset(NULL::{0}, %s::jsonb)"
        )
        await _send(session, statement.format(sql.Identifier(table), names), group)


async def update(session: AsyncSession, table: str, changed: Sequence[Mapping[str, Any]]) -> None:
    """Write columns of rows, each named by its `id`."""
    for columns, group in _by_columns(changed).items():
        sets = sql.SQL(", ").join(
            sql.SQL("{0} = r.{0}").format(sql.Identifier(name)) for name in columns if name != "id"
        )
        statement = sql.SQL(
            "UPDATE {0} t SET {1}, updated_at = clock_timestamp() FROM (SELECT %s::uuid AS organization, r.*"
            " FROM jsonb_populate_recordset(NULL::{0}, %s::jsonb) r) r"
            " WHERE t.organization_id = r.organization AND t.id = r.id"
        )
        await _send(session, statement.format(sql.Identifier(table), sets), group)


async def delete(session: AsyncSession, table: str, ids: Sequence[UUID]) -> None:
    """Remove rows; raises IntegrityError when something refers to one."""
    statement = sql.SQL("DELETE FROM {} WHERE organization_id = %s AND id = ANY(%s)").format(sql.Identifier(table))
    connection = await raw(session)
    await connection.execute(statement, (actor_of(session).organization_id, list(ids)))


def _by_columns(given: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], list[Mapping[str, Any]]]:
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for one in given:
        groups.setdefault(tuple(sorted(one)), []).append(one)
    return groups


async def _send(session: AsyncSession, statement: sql.Composed, group: Sequence[Mapping[str, Any]]) -> None:
    connection = await raw(session)
    made = msgspec.json.encode([jsonable(dict(one)) for one in group]).decode()
    await connection.execute(statement, (actor_of(session).organization_id, made))


async def remember(session: AsyncSession, run_id: UUID, changes: Sequence[dict[str, Any]]) -> None:
    """Keep what a run made and changed, so that it can be taken back."""
    if changes:
        connection = await raw(session)
        made = msgspec.json.encode([jsonable(one) for one in changes]).decode()
        await connection.execute(
            "INSERT INTO import_change (organization_id, run_id, line, row_id, label, action, before, after)"
            " SELECT %s, %s, r.line, r.row_id, r.label, r.action, r.before, r.after"
            " FROM jsonb_populate_recordset(NULL::import_change, %s::jsonb) r",
            (actor_of(session).organization_id, run_id, made),
        )


UNPREFER = """
UPDATE supplier_item i SET preferred = false FROM supplier_item o
WHERE i.organization_id = %(org)s AND i.preferred AND i.sku_id = o.sku_id AND i.id <> o.id
    AND o.organization_id = i.organization_id AND o.id = ANY(%(ids)s)
"""
ARCHIVE = {
    table: f"UPDATE {table} SET archived_at = now() WHERE organization_id = %(org)s AND id = %(id)s"
    for table in ("supplier", "customer", "warehouse")
}
ARCHIVE_SKU = """
WITH gone AS (
    UPDATE sku SET archived_at = now() WHERE organization_id = %(org)s AND id = %(id)s RETURNING product_id
)
UPDATE product p SET status = 'archived', archived_at = now() FROM gone
WHERE p.organization_id = %(org)s AND p.id = gone.product_id
"""
DROP_EMPTY = """
DELETE FROM product p WHERE p.organization_id = %(org)s AND p.id = ANY(%(ids)s)
    AND NOT EXISTS (SELECT FROM sku s WHERE s.organization_id = p.organization_id AND s.product_id = p.id)
"""
