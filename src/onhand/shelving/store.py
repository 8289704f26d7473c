"""SQL of what lies where: reads of the ledger's holdings beside the places and the names of the catalogue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
)

from onhand import ledger
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy import TableClause
    from sqlalchemy.ext.asyncio import AsyncSession


def _named(name: str, *texts: str, others: Mapping[str, Any] | None = None) -> TableClause:
    """A table of a floor below, by name: only what is shown of it."""
    kinds = {"organization_id": Uuid, "id": Uuid, **dict.fromkeys(texts, Text), **(others or {})}
    return table(name, *(column(one, kind) for one, kind in kinds.items()))


SKU = _named("sku", "code", "code_key", others={"product_id": Uuid})
PRODUCT = _named("product", "name")
WAREHOUSE = _named("warehouse", "code", "code_key", "name", "kind")
BIN = _named("bin", "code", "code_key", "kind", "type", others={"warehouse_id": Uuid, "parent_id": Uuid})
LOT = _named("lot", "code", "code_key", "status", others={"expires_on": Date})
SERIAL = _named("serial", "code", "code_key")
Holding, Level = ledger.Holding, ledger.Level
ZERO: ColumnElement[Any] = literal_column("0")


def _one(row: TableClause, value: str) -> ColumnElement[bool]:
    """A row by its id or, ignoring case, its code."""
    try:
        return row.c.id == UUID(value)
    except ValueError:
        return row.c.code_key == value.lower()


def _among(row: TableClause) -> Any:
    return lambda value: or_(*(_one(row, one) for one in (value if isinstance(value, list) else [value])))


def _within(value: Any) -> ColumnElement[bool]:
    """Holdings in a place or anywhere below it."""
    tree = select(BIN.c.organization_id, BIN.c.id).where(_among(BIN)(value)).cte("within", recursive=True)
    below = and_(BIN.c.organization_id == tree.c.organization_id, BIN.c.parent_id == tree.c.id)
    tree = tree.union_all(select(BIN.c.organization_id, BIN.c.id).where(below))
    return Holding.bin_id.in_(select(tree.c.id))


def _search(q: str) -> ColumnElement[bool]:
    words = func.lower(func.concat_ws(" ", SKU.c.code, PRODUCT.c.name, BIN.c.code, LOT.c.code, SERIAL.c.code))
    return words.contains(q.lower(), autoescape=True)


HOLDINGS = ListSpec(
    columns={
        "id": Column(Holding.id, "uuid"),
        "sku": Column(SKU.c.code, nullable=False, where=_among(SKU)),
        "sku_id": Column(Holding.sku_id, "uuid", sortable=False),
        "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, nullable=False),
        "warehouse": Column(WAREHOUSE.c.code, nullable=False, where=_among(WAREHOUSE)),
        "warehouse_id": Column(Holding.warehouse_id, "uuid", sortable=False),
        "bin": Column(BIN.c.code, where=_among(BIN)),
        "bin_id": Column(Holding.bin_id, "uuid", sortable=False),
        "within": Column(Holding.bin_id, sortable=False, shown=False, where=_within),
        "bin_type": Column(BIN.c.type),
        "lot": Column(LOT.c.code, where=_among(LOT)),
        "lot_id": Column(Holding.lot_id, "uuid", sortable=False),
        "expires_on": Column(LOT.c.expires_on, "date"),
        "serial": Column(SERIAL.c.code, where=_among(SERIAL)),
        "serial_id": Column(Holding.serial_id, "uuid", sortable=False),
        "on_hand": Column(Holding.on_hand, "number"),
        "unavailable": Column(Holding.unavailable, "number"),
        "changed_at": Column(Holding.changed_at, "time"),
    },
    default_sort="bin,sku",
    search=_search,
    aliases={"search": "q"},
)


@cache
def holdings() -> Select[Any]:
    """All that lies in a known bin, is of a known lot or is a known piece."""
    same = Holding.organization_id

    def of(row: TableClause, key: Any) -> ColumnElement[bool]:
        return and_(row.c.organization_id == same, row.c.id == key)

    return (
        select(Holding.id)
        .join(SKU, of(SKU, Holding.sku_id))
        .join(PRODUCT, of(PRODUCT, SKU.c.product_id))
        .join(WAREHOUSE, of(WAREHOUSE, Holding.warehouse_id))
        .outerjoin(BIN, of(BIN, Holding.bin_id))
        .outerjoin(LOT, of(LOT, Holding.lot_id))
        .outerjoin(SERIAL, of(SERIAL, Holding.serial_id))
        .where(Holding.on_hand > ZERO)
    )


NOBODY: ColumnElement[Any] = literal_column("NULL::uuid", Uuid)
WAITING = union_all(
    select(
        Level.organization_id,
        Level.sku_id,
        Level.warehouse_id,
        NOBODY.label("lot_id"),
        NOBODY.label("serial_id"),
        (Level.on_hand - Level.placed).label("quantity"),
    ).where(Level.on_hand > Level.placed),
    select(
        Holding.organization_id,
        Holding.sku_id,
        Holding.warehouse_id,
        Holding.lot_id,
        Holding.serial_id,
        Holding.on_hand.label("quantity"),
    ).where(Holding.bin_id.is_(None), Holding.on_hand > ZERO),
).subquery("waiting")

PUT_AWAY = ListSpec(
    columns={
        "id": Column(
            func.concat_ws("@", WAITING.c.sku_id, WAITING.c.lot_id, WAITING.c.serial_id, type_=Text), nullable=False
        ),
        "sku": Column(SKU.c.code, nullable=False, where=_among(SKU)),
        "sku_id": Column(WAITING.c.sku_id, "uuid", sortable=False),
        "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, nullable=False),
        "lot": Column(LOT.c.code, where=_among(LOT)),
        "expires_on": Column(LOT.c.expires_on, "date"),
        "serial": Column(SERIAL.c.code, where=_among(SERIAL)),
        "quantity": Column(WAITING.c.quantity, "number", nullable=False),
    },
    default_sort="sku",
    search=lambda q: func.lower(func.concat_ws(" ", SKU.c.code, PRODUCT.c.name, LOT.c.code)).contains(
        q.lower(), autoescape=True
    ),
    aliases={"search": "q"},
)


def to_put_away(warehouse_id: UUID) -> Select[Any]:
    """What lies in a warehouse in no bin: of which nobody has said more, or lot or piece alone."""
    same = WAITING.c.organization_id

    def of(row: TableClause, key: Any) -> ColumnElement[bool]:
        return and_(row.c.organization_id == same, row.c.id == key)

    return (
        select(WAITING.c.sku_id)
        .select_from(WAITING)
        .join(SKU, of(SKU, WAITING.c.sku_id))
        .join(PRODUCT, of(PRODUCT, SKU.c.product_id))
        .outerjoin(LOT, of(LOT, WAITING.c.lot_id))
        .outerjoin(SERIAL, of(SERIAL, WAITING.c.serial_id))
        .where(WAITING.c.warehouse_id == warehouse_id)
    )


PLACES = text("""
SELECT b.id, b.parent_id, b.code, b.kind, b.type, b.capacity, coalesce(h.units, 0), coalesce(h.unavailable, 0),
    coalesce(h.skus, '{}'::uuid[])
FROM bin b LEFT JOIN (
    SELECT bin_id, sum(on_hand) AS units, sum(unavailable) AS unavailable, array_agg(DISTINCT sku_id) AS skus
    FROM holding WHERE organization_id = :organization AND warehouse_id = :warehouse AND on_hand > 0
        AND bin_id IS NOT NULL
    GROUP BY bin_id) h ON h.bin_id = b.id
WHERE b.organization_id = :organization AND b.warehouse_id = :warehouse AND b.archived_at IS NULL
ORDER BY b.pick_order, b.code_key
""")
TOTALS = text("""
SELECT coalesce(sum(v.on_hand), 0), coalesce(sum(v.on_hand), 0) - (
    SELECT coalesce(sum(on_hand), 0) FROM holding
    WHERE organization_id = :organization AND warehouse_id = :warehouse AND bin_id IS NOT NULL)
FROM level v WHERE v.organization_id = :organization AND v.warehouse_id = :warehouse
""")
SITES = text("""
SELECT w.id, w.code, w.name, w.kind, w.city, w.country, w.latitude, w.longitude, w.active,
    coalesce(v.units, 0) AS units, coalesce(v.skus, 0) AS skus, coalesce(v.value, 0) AS value,
    coalesce(v.uncosted, 0) AS uncosted, o.currency
FROM warehouse w JOIN organization o ON o.id = w.organization_id
LEFT JOIN (SELECT warehouse_id, sum(on_hand) AS units, count(*) FILTER (WHERE on_hand > 0) AS skus,
        sum(value) AS value, sum(uncosted) AS uncosted
    FROM level WHERE organization_id = :organization GROUP BY warehouse_id) v ON v.warehouse_id = w.id
WHERE w.organization_id = :organization AND w.kind <> 'transit' AND w.archived_at IS NULL
ORDER BY w.priority, w.code_key
""")


async def places(session: AsyncSession, warehouse_id: UUID) -> Sequence[Any]:
    """Each place of a warehouse in pick order: id, parent, code, kind, type, capacity, units, unavailable, SKU ids."""
    told = {"organization": actor_of(session).organization_id, "warehouse": warehouse_id}
    return (await session.execute(PLACES, told)).all()


async def totals(session: AsyncSession, warehouse_id: UUID) -> tuple[Decimal, Decimal]:
    """On hand of a warehouse, and what of it lies in no bin."""
    told = {"organization": actor_of(session).organization_id, "warehouse": warehouse_id}
    on_hand, waiting = (await session.execute(TOTALS, told)).one()
    return on_hand, waiting


async def sites(session: AsyncSession) -> Sequence[Any]:
    """Every warehouse with where it is and what lies there."""
    return (await session.execute(SITES, {"organization": actor_of(session).organization_id})).mappings().all()
