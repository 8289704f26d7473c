"""SQL that makes many SKUs at once, in one round trip each, for imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

# Two imports that bring the same new code: the second waits here and then finds it.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('onhand.sku:' || %s, 0))"
KNOWN = "SELECT code_key, id FROM sku WHERE organization_id = %s AND code_key = ANY(%s)"
ADD_PRODUCTS = """
INSERT INTO product (organization_id, id, name, search_text)
SELECT %s, made.* FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS made
"""
ADD_SKUS = """
INSERT INTO sku (organization_id, id, product_id, code, selling_price, cost_price, currency)
SELECT %s, made.* FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::numeric[], %s::numeric[], %s::text[]) AS made
ON CONFLICT (organization_id, code_key) DO NOTHING
"""
DROP_EMPTY = """
DELETE FROM product p WHERE p.organization_id = %s AND p.id = ANY(%s)
AND NOT EXISTS (SELECT FROM sku s WHERE s.organization_id = p.organization_id AND s.product_id = p.id)
"""


BARCODES = """
SELECT sku_id, value FROM barcode WHERE organization_id = %s AND sku_id = ANY(%s) ORDER BY sku_id, position
"""
RENAME_PRODUCTS = """
UPDATE product p SET name = made.name, search_text = made.search_text, updated_at = clock_timestamp()
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS made(id, name, search_text)
WHERE p.organization_id = %s AND p.id = made.id
"""
REPRICE_SKUS = """
UPDATE sku s SET selling_price = made.price, updated_at = clock_timestamp()
FROM unnest(%s::uuid[], %s::numeric[]) AS made(id, price) WHERE s.organization_id = %s AND s.id = made.id
"""


async def lock_skus(session: AsyncSession) -> None:
    """Take turns with other bulk makers of this organization, until the transaction ends."""
    connection = await raw(session)
    await connection.execute(LOCK, (str(actor_of(session).organization_id),))


async def known_skus(session: AsyncSession, keys: Sequence[str]) -> dict[str, UUID]:
    """The ids of those lower-cased codes that exist."""
    connection = await raw(session)
    found = await connection.execute(KNOWN, (actor_of(session).organization_id, list(keys)))
    return {row[0]: row[1] for row in await found.fetchall()}


async def add_products(session: AsyncSession, columns: Sequence[Sequence[Any]]) -> None:
    """Insert products from parallel columns: id, name, search text."""
    connection = await raw(session)
    await connection.execute(ADD_PRODUCTS, (actor_of(session).organization_id, *map(list, columns)))


async def add_skus(session: AsyncSession, columns: Sequence[Sequence[Any]]) -> None:
    """Insert SKUs from parallel columns: id, product id, code, selling price, cost price, currency.

    A code that somebody else made in this very moment wins, and the product meant for it goes.
    """
    connection, organization_id = await raw(session), actor_of(session).organization_id
    done = await connection.execute(ADD_SKUS, (organization_id, *map(list, columns)))
    if done.rowcount < len(columns[0]):
        await connection.execute(DROP_EMPTY, (organization_id, list(columns[1])))


async def barcodes_of(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The barcodes of these SKUs, in their order."""
    connection = await raw(session)
    found = await connection.execute(BARCODES, (actor_of(session).organization_id, list(sku_ids)))
    barcodes: dict[UUID, list[str]] = {}
    for sku_id, value in await found.fetchall():
        barcodes.setdefault(sku_id, []).append(value)
    return barcodes


async def revise(session: AsyncSession, products: Sequence[Sequence[Any]], skus: Sequence[Sequence[Any]]) -> None:
    """Rename products (columns id, name, search text) and price SKUs (columns id, selling price)."""
    connection, organization_id = await raw(session), actor_of(session).organization_id
    await connection.execute(RENAME_PRODUCTS, (*map(list, products), organization_id))
    await connection.execute(REPRICE_SKUS, (*map(list, skus), organization_id))
