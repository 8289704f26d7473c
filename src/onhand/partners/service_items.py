"""Verbs of supplier items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.partners import events, store_items
from onhand.partners.errors import AlreadySupplied, NoSuchSku, UnknownSupplierItem
from onhand.partners.tables import Supplier, SupplierItem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Offer:
    """A supplier item with the codes of both sides and the product's name.

    `lead_time_days` is the supplier's where the item has none.
    """

    item: SupplierItem
    supplier: str
    sku: str
    name: str
    lead_time_days: int


async def offer_by_id(session: AsyncSession, item_id: UUID, *, lock: bool = False) -> Offer:
    """One supplier item. Raises UnknownSupplierItem."""
    row = await store_items.find_item(session, item_id, lock=lock)
    if row is None:
        raise UnknownSupplierItem(key=item_id)
    return Offer(row[0], row[1], row[2], row[3], row[4])


async def create_offer(session: AsyncSession, supplier: Supplier, sku: str, values: Mapping[str, Any]) -> Offer:
    """Note that a supplier sells us a SKU. The first one to sell it is preferred unless said otherwise.

    Raises NoSuchSku, AlreadySupplied.
    """
    sku_id = await store_items.sku_id_of(session, sku)
    if sku_id is None:
        raise NoSuchSku(sku)
    suppliers = await store_items.lock_suppliers_of(session, sku_id)
    if supplier.id in {supplier_id for _, supplier_id in suppliers}:
        raise AlreadySupplied(supplier=supplier.name, sku=sku)
    given = {name: value for name, value in values.items() if value is not None}
    given.setdefault("preferred", not suppliers)
    if given["preferred"]:
        await store_items.prefer_none(session, sku_id)
    item = await add_row(session, SupplierItem, {"supplier_id": supplier.id, "sku_id": sku_id, **_upper(given)})
    made = await offer_by_id(session, item.id)
    await _note(session, "create", item, None, _snapshot(made))
    return made


async def change_offer(session: AsyncSession, offer: Offer, changes: Mapping[str, Any]) -> Offer:
    """Write the changes to a locked supplier item; preferring one takes the preference from the other."""
    item = offer.item
    before = _snapshot(offer)
    if changes.get("preferred") and not item.preferred:
        await store_items.lock_suppliers_of(session, item.sku_id)
        await store_items.prefer_none(session, item.sku_id)
    await change_row(session, item, _upper(changes))
    await _note(session, "update", item, before, _snapshot(offer))
    return await offer_by_id(session, item.id)


async def remove_offer(session: AsyncSession, offer: Offer) -> None:
    """Forget that the supplier sells us the SKU."""
    before = _snapshot(offer)
    await remove_row(session, offer.item)
    await _note(session, "delete", offer.item, before, None)


def _upper(values: Mapping[str, Any]) -> dict[str, Any]:
    currency = values.get("currency")
    return {**values, "currency": currency.upper()} if currency else dict(values)


def _snapshot(offer: Offer) -> dict[str, Any]:
    return audit.snapshot(offer.item) | {"sku": offer.sku, "supplier": offer.supplier}


async def _note(
    session: AsyncSession,
    change: str,
    item: SupplierItem,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    await audit.record(session, change, "supplier_item", item.id, before, after)
    facts = {"id": item.id, "supplier_id": item.supplier_id, "sku_id": item.sku_id, "change": change}
    await announce(session, events.SUPPLIER_ITEM_CHANGED, facts)
