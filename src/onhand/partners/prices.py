"""Prices by quantity: what a supplier asks, from how many units on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onhand import audit
from onhand.infra.events import announce
from onhand.kernel import plain
from onhand.partners import events, store_items
from onhand.partners.errors import BreakTwice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.partners.service_items import Offer
    from onhand.partners.tables import PriceBreak


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit costs; None when nobody told. Without a currency it is the organization's."""

    price: Decimal | None
    currency: str | None


def price_at(own: Decimal | None, breaks: Sequence[tuple[Decimal, Decimal]], quantity: Decimal) -> Decimal | None:
    """The price of the highest break that the quantity reaches, else the item's own."""
    reached = [price for start, price in sorted(breaks) if start <= quantity]
    return reached[-1] if reached else own


async def breaks_of(session: AsyncSession, offer: Offer) -> Sequence[PriceBreak]:
    """A supplier item's breaks, the lowest first."""
    return await store_items.breaks_of(session, offer.item.id)


async def set_breaks(session: AsyncSession, offer: Offer, breaks: Sequence[tuple[Decimal, Decimal]]) -> None:
    """Replace all breaks of a locked supplier item. Raises BreakTwice."""
    seen: set[Decimal] = set()
    for place, (quantity, _) in enumerate(breaks):
        if quantity in seen:
            raise BreakTwice(quantity, f"/breaks/{place}/quantity")
        seen.add(quantity)
    before = _told([(one.quantity, one.price) for one in await breaks_of(session, offer)])
    await store_items.replace_breaks(session, offer.item.id, sorted(breaks))
    await audit.record(session, "update", "supplier_item", offer.item.id, before, _told(sorted(breaks)))
    facts = {"id": offer.item.id, "supplier_id": offer.item.supplier_id, "sku_id": offer.item.sku_id}
    await announce(session, events.SUPPLIER_ITEM_CHANGED, {**facts, "change": "update"})


def _told(breaks: Sequence[tuple[Decimal, Decimal]]) -> dict[str, object]:
    return {"breaks": [{"quantity": plain(quantity), "price": plain(price)} for quantity, price in breaks]}


async def price_of(session: AsyncSession, offer: Offer, quantity: Decimal) -> Price:
    """What the supplier asks for one unit, of so many."""
    breaks = [(one.quantity, one.price) for one in await breaks_of(session, offer)]
    return Price(price_at(offer.item.price, breaks, quantity), offer.item.currency)


async def price_from(session: AsyncSession, supplier_id: UUID, sku_id: UUID, quantity: Decimal) -> Price:
    """What a supplier asks for one unit of a SKU, of so many; no price when they do not sell it."""
    found = await store_items.find_terms(session, supplier_id, sku_id)
    if found is None:
        return Price(None, None)
    item_id, price, currency = found
    breaks = [(one.quantity, one.price) for one in await store_items.breaks_of(session, item_id)]
    return Price(price_at(price, breaks, quantity), currency)
