"""SQL of supplier items: what each supplier sells us, and on which terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, Uuid, and_, column, delete, func, insert, or_, select, table, update

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.partners.tables import PriceBreak, Supplier, SupplierItem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

# The catalogue is a neighbour: its tables are named, as the foreign key names them; only codes and names are read.
_KEY = (column("organization_id", Uuid), column("id", Uuid))
SKU = table("sku", *_KEY, column("product_id", Uuid), column("code", Text), column("code_key", Text))
PRODUCT = table("product", column("organization_id", Uuid), column("id", Uuid), column("name", Text))
LEAD_TIME = func.coalesce(SupplierItem.lead_time_days, Supplier.lead_time_days)
ITEMS = ListSpec(
    columns={
        "id": Column(SupplierItem.id, "uuid"),
        "supplier_id": Column(SupplierItem.supplier_id, "uuid", sortable=False),
        "supplier": Column(
            Supplier.code,
            where=lambda value: Supplier.code_key.in_(
                [one.lower() for one in ([value] if isinstance(value, str) else value)]
            ),
        ),
        "supplier_name": Column(Supplier.name),
        "sku_id": Column(SupplierItem.sku_id, "uuid", sortable=False),
        "sku": Column(
            SKU.c.code,
            where=lambda value: SKU.c.code_key.in_(
                [one.lower() for one in ([value] if isinstance(value, str) else value)]
            ),
        ),
        "name": Column(PRODUCT.c.name),
        "supplier_sku": Column(SupplierItem.supplier_sku),
        "price": Column(SupplierItem.price, "number"),
        "currency": Column(func.coalesce(SupplierItem.currency, Supplier.currency), sortable=False),
        "minimum_quantity": Column(SupplierItem.minimum_quantity, "number"),
        "pack_size": Column(SupplierItem.pack_size, "number"),
        "lead_time_days": Column(LEAD_TIME, "number", sortable=False),
        "preferred": Column(SupplierItem.preferred, "bool"),
        "created_at": Column(SupplierItem.created_at, "time"),
        "updated_at": Column(SupplierItem.updated_at, "time"),
    },
    default_sort="sku",
    search=lambda q: or_(
        SKU.c.code_key.contains(q.lower(), autoescape=True),
        func.lower(PRODUCT.c.name).contains(q.lower(), autoescape=True),
        func.lower(SupplierItem.supplier_sku).contains(q.lower(), autoescape=True),
    ),
    aliases={"search": "q"},
)


def items() -> Select[Any]:
    """Supplier items with their suppliers and SKUs."""
    return (
        select(SupplierItem)
        .join(
            Supplier,
            and_(Supplier.organization_id == SupplierItem.organization_id, Supplier.id == SupplierItem.supplier_id),
        )
        .join(SKU, and_(SKU.c.organization_id == SupplierItem.organization_id, SKU.c.id == SupplierItem.sku_id))
        .join(PRODUCT, and_(PRODUCT.c.organization_id == SKU.c.organization_id, PRODUCT.c.id == SKU.c.product_id))
    )


def items_of(supplier_id: UUID) -> Select[Any]:
    """The items of one supplier."""
    return items().where(SupplierItem.supplier_id == supplier_id)


async def find_item(
    session: AsyncSession, item_id: UUID, *, lock: bool = False
) -> Row[SupplierItem, str, str, str, int] | None:
    """(item, supplier's code, SKU's code, product's name, lead time in days) of one item."""
    mine = SupplierItem.organization_id == actor_of(session).organization_id
    statement = items().where(mine, SupplierItem.id == item_id)
    statement = statement.with_only_columns(SupplierItem, Supplier.code, SKU.c.code, PRODUCT.c.name, LEAD_TIME)
    if lock:
        statement = statement.with_for_update(key_share=True, of=SupplierItem)
    found = await session.execute(statement, execution_options={"populate_existing": True})
    row: Row[SupplierItem, str, str, str, int] | None = found.one_or_none()
    return row


async def sku_id_of(session: AsyncSession, code: str) -> UUID | None:
    """The id of the SKU with this code."""
    mine = SKU.c.organization_id == actor_of(session).organization_id
    return (await session.execute(select(SKU.c.id).where(mine, SKU.c.code_key == code.lower()))).scalar_one_or_none()


async def lock_suppliers_of(session: AsyncSession, sku_id: UUID) -> list[tuple[UUID, UUID]]:
    """(item, supplier) of everybody who supplies the SKU, locked: of several, one at most is preferred."""
    mine = SupplierItem.organization_id == actor_of(session).organization_id
    statement = select(SupplierItem.id, SupplierItem.supplier_id).where(mine, SupplierItem.sku_id == sku_id)
    rows = await session.execute(statement.order_by(SupplierItem.id).with_for_update())
    return [(row.id, row.supplier_id) for row in rows]


async def prefer_none(session: AsyncSession, sku_id: UUID) -> None:
    """Take the preference from whoever has it, so that another can be given it."""
    mine = SupplierItem.organization_id == actor_of(session).organization_id
    statement = update(SupplierItem).where(mine, SupplierItem.sku_id == sku_id, SupplierItem.preferred)
    await session.execute(statement.values(preferred=False), execution_options={"synchronize_session": False})


async def breaks_of(session: AsyncSession, item_id: UUID) -> Sequence[PriceBreak]:
    """The price breaks of a supplier item, the lowest first."""
    mine = PriceBreak.organization_id == actor_of(session).organization_id
    statement = select(PriceBreak).where(mine, PriceBreak.supplier_item_id == item_id)
    return (await session.execute(statement.order_by(PriceBreak.quantity))).scalars().all()


async def replace_breaks(session: AsyncSession, item_id: UUID, breaks: Sequence[tuple[Decimal, Decimal]]) -> None:
    """Write these in place of all that there were."""
    organization = actor_of(session).organization_id
    mine = PriceBreak.organization_id == organization
    await session.execute(delete(PriceBreak).where(mine, PriceBreak.supplier_item_id == item_id))
    fixed = {"organization_id": organization, "supplier_item_id": item_id}
    rows = [{**fixed, "quantity": quantity, "price": price} for quantity, price in breaks]
    if rows:
        await session.execute(insert(PriceBreak), rows)


async def find_terms(
    session: AsyncSession, supplier_id: UUID, sku_id: UUID
) -> tuple[UUID, Decimal | None, str | None] | None:
    """(item, own price, currency) of a SKU as a supplier sells it."""
    mine = SupplierItem.organization_id == actor_of(session).organization_id
    currency = func.coalesce(SupplierItem.currency, Supplier.currency)
    statement = (
        select(SupplierItem.id, SupplierItem.price, currency)
        .join(
            Supplier,
            and_(Supplier.organization_id == SupplierItem.organization_id, Supplier.id == SupplierItem.supplier_id),
        )
        .where(mine, SupplierItem.supplier_id == supplier_id, SupplierItem.sku_id == sku_id)
    )
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])
