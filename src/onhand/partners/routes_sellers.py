"""The API of sellers."""

from __future__ import annotations

from fastapi import Request, Response

from onhand.infra.http import Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data
from onhand.partners import service, store
from onhand.partners.routes_suppliers import READ, WRITE, router
from onhand.partners.schemas import SellerChange, SellerIn, SellerOut, SellerRow
from onhand.partners.service import SELLER
from onhand.partners.tables import Seller

__all__ = ["router"]


def _answer(response: Response, seller: Seller) -> Data[SellerOut]:
    response.headers["ETag"] = etag(seller.updated_at)
    return Data(data=SellerOut.model_validate(seller))


@router.listing("/sellers", store.SELLERS, SellerRow, permission=READ)
def list_sellers(_: ListQuery) -> Source:
    """Sellers, with the suppliers they are linked to."""
    return store.SELLERS, store.sellers()


@router.post("/sellers", permission=WRITE)
async def create_seller(session: Session, response: Response, body: SellerIn) -> Data[SellerOut]:
    """Add a seller."""
    return _answer(response, await service.create_partner(session, SELLER, body.model_dump()))


@router.get("/sellers/{key}", permission=READ)
async def read_seller(session: Session, response: Response, key: str) -> Data[SellerOut]:
    """One seller, by id or code."""
    return _answer(response, await service.partner_by(session, SELLER, key))


@router.put("/sellers/{key}", permission=WRITE)
@router.patch("/sellers/{key}", permission=WRITE)
async def change_seller(
    session: Session, request: Request, response: Response, key: str, body: SellerChange
) -> Data[SellerOut]:
    """Change the fields sent; with `If-Match` only if nobody changed the seller meanwhile."""
    seller = await service.partner_by(session, SELLER, key, lock=True)
    require_match(request, "seller", seller.updated_at)
    changes = body.model_dump(exclude_unset=True)
    return _answer(response, await service.change_partner(session, SELLER, seller, changes))


@router.delete("/sellers/{key}", permission=WRITE)
async def remove_seller(session: Session, request: Request, key: str) -> None:
    """Delete a seller that nothing refers to; archive any other."""
    seller = await service.partner_by(session, SELLER, key, lock=True)
    require_match(request, "seller", seller.updated_at)
    await service.remove_partner(session, SELLER, seller)
