"""SQL of kits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, Numeric, Select, Text, Uuid, and_, column, func, literal_column, select, table

from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.kits.domain import Part
from onhand.kits.tables import KitComponent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('onhand.kits:' || %s, 0))"
COMPONENTS = """SELECT kit_id, component_id, quantity FROM kit_component
WHERE organization_id = %s AND kit_id = ANY(%s) ORDER BY kit_id, position"""
KITS_ABOVE = "SELECT DISTINCT kit_id FROM kit_component WHERE organization_id = %s AND component_id = ANY(%s)"
PARTS = """SELECT kit_id, sku_id, quantity FROM kit_part
WHERE organization_id = %s AND kit_id = ANY(%s) ORDER BY kit_id, position"""
KITS_WITH = "SELECT DISTINCT kit_id FROM kit_part WHERE organization_id = %s AND sku_id = ANY(%s)"
NAMED_KITS = """SELECT s.id, s.code_key, s.code FROM sku s
WHERE s.organization_id = %(organization)s AND (s.id = ANY(%(ids)s) OR s.code_key = ANY(%(keys)s))
    AND EXISTS (SELECT FROM kit_part k WHERE k.organization_id = s.organization_id AND k.kit_id = s.id)"""
DROP = "DELETE FROM {table} WHERE organization_id = %s AND kit_id = ANY(%s)"
ADD_COMPONENTS = """INSERT INTO kit_component (organization_id, kit_id, component_id, quantity, position)
SELECT %s, %s, n.component_id, n.quantity, n.position
FROM unnest(%s::uuid[], %s::numeric[]) WITH ORDINALITY AS n(component_id, quantity, position)"""
ADD_PARTS = """INSERT INTO kit_part (organization_id, kit_id, sku_id, quantity, position)
SELECT %s, n.kit_id, n.sku_id, n.quantity, n.position
FROM unnest(%s::uuid[], %s::uuid[], %s::numeric[], %s::integer[]) AS n(kit_id, sku_id, quantity, position)"""

SKU = table(
    "sku",
    column("organization_id", Uuid),
    column("id", Uuid),
    column("product_id", Uuid),
    column("code", Text),
    column("code_key", Text),
    column("selling_price", Numeric),
    column("currency", Text),
)
PRODUCT = table("product", column("organization_id", Uuid), column("id", Uuid), column("name", Text))
# What there is for one kit over all warehouses: the same sum as `domain.complete`, for lists.
AVAILABLE = """(SELECT min(floor(greatest(coalesce((
    SELECT sum(v.on_hand - v.reserved - v.unavailable) FROM level v
    JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id AND w.kind <> 'transit'
    WHERE v.organization_id = p.organization_id AND v.sku_id = p.sku_id), 0), 0) / p.quantity))
FROM kit_part p WHERE p.organization_id = sku.organization_id AND p.kit_id = sku.id)"""
KITS = ListSpec(
    columns={
        "id": Column(SKU.c.id, "uuid"),
        "sku": Column(SKU.c.code, where=lambda value: SKU.c.code_key == value.lower()),
        "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name),
        "components": Column(literal_column("made.components", BigInteger), "number"),
        "available": Column(literal_column(AVAILABLE, Numeric), "number"),
        "selling_price": Column(SKU.c.selling_price, "number"),
        "currency": Column(SKU.c.currency, sortable=False),
    },
    default_sort="sku",
    search=lambda q: func.lower(SKU.c.code + " " + PRODUCT.c.name).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
)


@cache
def kits() -> Select[Any]:
    """All kits with their names."""
    made = (
        select(KitComponent.organization_id, KitComponent.kit_id, func.count().label("components"))
        .group_by(KitComponent.organization_id, KitComponent.kit_id)
        .subquery("made")
    )
    return (
        select(SKU.c.id)
        .select_from(SKU)
        .join(made, and_(made.c.organization_id == SKU.c.organization_id, made.c.kit_id == SKU.c.id))
        .join(PRODUCT, and_(PRODUCT.c.organization_id == SKU.c.organization_id, PRODUCT.c.id == SKU.c.product_id))
    )


async def _rows(session: AsyncSession, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor = await (await raw(session)).execute(statement, (actor_of(session).organization_id, *values))
    return await cursor.fetchall() if cursor.description else []


async def lock_kits(session: AsyncSession) -> None:
    """Who changes kits takes turns, also with whoever opens a level: two at once could close a circle unseen."""
    await (await raw(session)).execute(LOCK, (str(actor_of(session).organization_id),))


async def components_of(session: AsyncSession, kit_ids: Sequence[UUID]) -> dict[UUID, list[Part]]:
    """The components of these kits as written down; what is no kit is left out."""
    return _by_kit(await _rows(session, COMPONENTS, list(kit_ids)))


async def parts_of(session: AsyncSession, kit_ids: Sequence[UUID]) -> dict[UUID, list[Part]]:
    """The stocked parts of those of these SKUs that are kits."""
    return _by_kit(await _rows(session, PARTS, list(kit_ids))) if kit_ids else {}


def _by_kit(rows: Sequence[tuple[Any, ...]]) -> dict[UUID, list[Part]]:
    found: dict[UUID, list[Part]] = {}
    for kit_id, sku_id, quantity in rows:
        found.setdefault(kit_id, []).append(Part(sku_id, quantity))
    return found


async def kits_above(session: AsyncSession, sku_ids: Sequence[UUID]) -> list[UUID]:
    """The kits that name one of these as a component."""
    return [row[0] for row in await _rows(session, KITS_ABOVE, list(sku_ids))]


async def kits_with(session: AsyncSession, sku_ids: Sequence[UUID]) -> list[UUID]:
    """The kits that hold one of these once they are opened."""
    return [row[0] for row in await _rows(session, KITS_WITH, list(sku_ids))]


async def named_kits(session: AsyncSession, ids: Sequence[UUID], codes: Sequence[str]) -> dict[UUID | str, str]:
    """Those of these SKUs that are kits, by id and by lower-cased code, with the code as it is written."""
    values = {"organization": actor_of(session).organization_id, "ids": list(ids), "keys": list(codes)}
    rows = await (await (await raw(session)).execute(NAMED_KITS, values)).fetchall()
    found: dict[UUID | str, str] = {}
    for sku_id, key, code in rows:
        found[sku_id] = found[key] = code
    return found


async def write_components(session: AsyncSession, kit_id: UUID, components: Sequence[Part]) -> None:
    """Replace what a kit is made of; with none it is no kit any more."""
    await _rows(session, DROP.format(table="kit_component"), [kit_id])
    if components:
        skus, quantities = [c.sku_id for c in components], [c.quantity for c in components]
        await _rows(session, ADD_COMPONENTS, kit_id, skus, quantities)


async def write_parts(session: AsyncSession, opened: Mapping[UUID, Sequence[Part]]) -> None:
    """Replace what these kits come to once opened."""
    rows = [(kit, p.sku_id, p.quantity, n) for kit, parts in opened.items() for n, p in enumerate(parts, 1)]
    await _rows(session, DROP.format(table="kit_part"), list(opened))
    if rows:
        await _rows(session, ADD_PARTS, *(list(values) for values in zip(*rows, strict=True)))
