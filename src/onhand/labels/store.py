"""SQL that reads what labels are for. Tables of floors below are named, and only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.rows import dict_row

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

_SKU = """s.code AS sku, p.name, s.selling_price, coalesce(s.currency, o.currency) AS currency,
    ARRAY(SELECT b.value FROM barcode b WHERE b.organization_id = s.organization_id AND b.sku_id = s.id
        ORDER BY b.position) AS barcodes"""
_JOINED = """JOIN product p ON p.organization_id = s.organization_id AND p.id = s.product_id
JOIN organization o ON o.id = s.organization_id"""
THINGS = {
    "sku": f"""SELECT s.id, s.code, {_SKU}, NULL AS lot, NULL::date AS expires_on, NULL AS serial
        FROM sku s {_JOINED} WHERE s.organization_id = %(organization)s
        AND (s.id = ANY(%(ids)s) OR s.code_key = ANY(%(keys)s))""",
    "lot": f"""SELECT l.id, l.code, {_SKU}, l.code AS lot, l.expires_on, NULL AS serial
        FROM lot l JOIN sku s ON s.organization_id = l.organization_id AND s.id = l.sku_id {_JOINED}
        WHERE l.organization_id = %(organization)s AND (l.id = ANY(%(ids)s) OR l.code_key = ANY(%(keys)s))
        ORDER BY l.id""",
    "serial": f"""SELECT n.id, n.code, {_SKU}, l.code AS lot, l.expires_on, n.code AS serial
        FROM serial n JOIN sku s ON s.organization_id = n.organization_id AND s.id = n.sku_id {_JOINED}
        LEFT JOIN lot l ON l.organization_id = n.organization_id AND l.id = n.lot_id
        WHERE n.organization_id = %(organization)s AND (n.id = ANY(%(ids)s) OR n.code_key = ANY(%(keys)s))
        ORDER BY n.id""",
    "bin": """SELECT b.id, b.code, b.code AS sku, w.code || coalesce(' · ' || b.name, '') AS name,
        NULL::numeric AS selling_price, NULL AS currency, '{}'::text[] AS barcodes, NULL AS lot,
        NULL::date AS expires_on, NULL AS serial
        FROM bin b JOIN warehouse w ON w.organization_id = b.organization_id AND w.id = b.warehouse_id
        WHERE b.organization_id = %(organization)s AND (b.id = ANY(%(ids)s) OR b.code_key = ANY(%(keys)s))
        ORDER BY b.id""",
}


async def things(session: AsyncSession, kind: str, keys: Sequence[UUID | str]) -> dict[UUID | str, dict[str, Any]]:
    """What these ids and codes name, by id and by lower-cased code; of several lots of one code the first."""
    values = {
        "organization": actor_of(session).organization_id,
        "ids": [key for key in keys if isinstance(key, UUID)],
        "keys": [key.lower() for key in keys if isinstance(key, str)],
    }
    found: dict[UUID | str, dict[str, Any]] = {}
    async with (await raw(session)).cursor(row_factory=dict_row) as cursor:
        await cursor.execute(THINGS[kind], values)
        for row in await cursor.fetchall():
            found[row["id"]] = row
            found.setdefault(row["code"].lower(), row)
    return found
