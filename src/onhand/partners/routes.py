"""The API of supplier items; beside it stand those of suppliers, customers and sellers."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Request, Response

from onhand.infra.http import Session, etag, listed, require_match
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.schemas import Data, Page, PositiveQuantity
from onhand.partners import prices, routes_customers, routes_sellers, service, store_items
from onhand.partners import service_items as offers
from onhand.partners.routes_suppliers import READ, WRITE, router
from onhand.partners.schemas import (
    PriceBreakOut,
    PriceBreaks,
    PriceOut,
    SupplierItemChange,
    SupplierItemIn,
    SupplierItemOut,
    SupplierItemRow,
)
from onhand.partners.service import SUPPLIER

__all__ = ["router", "routes_customers", "routes_sellers"]
Query = Annotated[ListQuery, store_items.ITEMS.query()]
ONE = Decimal(1)


def _answer(response: Response, offer: offers.Offer) -> Data[SupplierItemOut]:
    response.headers["ETag"] = etag(offer.item.updated_at)
    return Data(data=SupplierItemOut.of(offer))


@router.get("/supplier-items", permission=READ, response_model=Page[SupplierItemRow])
async def list_supplier_items(session: Session, query: Query) -> Response:
    """Which supplier sells us which SKU, on which terms."""
    return listed(await run_list(session, store_items.ITEMS, store_items.items(), query))


router.export("supplier-items", store_items.ITEMS, lambda _: (store_items.ITEMS, store_items.items()), permission=READ)


@router.get("/suppliers/{key}/items", permission=READ, response_model=Page[SupplierItemRow])
async def list_items_of_supplier(session: Session, key: str, query: Query) -> Response:
    """What one supplier sells us."""
    supplier = await service.partner_by(session, SUPPLIER, key)
    return listed(await run_list(session, store_items.ITEMS, store_items.items_of(supplier.id), query))


@router.post("/suppliers/{key}/items", permission=WRITE)
async def create_supplier_item(
    session: Session, response: Response, key: str, body: SupplierItemIn
) -> Data[SupplierItemOut]:
    """Note that the supplier sells us a SKU."""
    supplier = await service.partner_by(session, SUPPLIER, key)
    return _answer(response, await offers.create_offer(session, supplier, body.sku, body.model_dump(exclude={"sku"})))


@router.get("/supplier-items/{item_id}", permission=READ)
async def read_supplier_item(session: Session, response: Response, item_id: UUID) -> Data[SupplierItemOut]:
    """One supplier item."""
    return _answer(response, await offers.offer_by_id(session, item_id))


@router.put("/supplier-items/{item_id}", permission=WRITE)
@router.patch("/supplier-items/{item_id}", permission=WRITE)
async def change_supplier_item(
    session: Session, request: Request, response: Response, item_id: UUID, body: SupplierItemChange
) -> Data[SupplierItemOut]:
    """Change the fields sent; preferring one supplier takes the preference from the other."""
    offer = await offers.offer_by_id(session, item_id, lock=True)
    require_match(request, "supplier item", offer.item.updated_at)
    return _answer(response, await offers.change_offer(session, offer, body.model_dump(exclude_unset=True)))


@router.delete("/supplier-items/{item_id}", permission=WRITE)
async def remove_supplier_item(session: Session, request: Request, item_id: UUID) -> None:
    """Forget that the supplier sells us the SKU."""
    offer = await offers.offer_by_id(session, item_id, lock=True)
    require_match(request, "supplier item", offer.item.updated_at)
    await offers.remove_offer(session, offer)


async def _prices(session: Session, offer: offers.Offer, quantity: Decimal) -> Data[PriceOut]:
    found = await prices.price_of(session, offer, quantity)
    breaks = [PriceBreakOut.model_validate(one) for one in await prices.breaks_of(session, offer)]
    return Data(data=PriceOut(quantity=quantity, price=found.price, currency=found.currency, breaks=breaks))


@router.get("/supplier-items/{item_id}/prices", permission=READ)
async def read_prices(session: Session, item_id: UUID, quantity: PositiveQuantity = ONE) -> Data[PriceOut]:
    """What the supplier asks for one unit, of so many, and all price breaks."""
    return await _prices(session, await offers.offer_by_id(session, item_id), quantity)


@router.put("/supplier-items/{item_id}/prices", permission=WRITE)
async def set_prices(session: Session, item_id: UUID, body: PriceBreaks) -> Data[PriceOut]:
    """Replace the price breaks of a supplier item."""
    offer = await offers.offer_by_id(session, item_id, lock=True)
    await prices.set_breaks(session, offer, [(one.quantity, one.price) for one in body.breaks])
    return await _prices(session, offer, ONE)
