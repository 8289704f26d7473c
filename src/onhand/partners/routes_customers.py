"""The API of customers."""

from __future__ import annotations

from fastapi import Request, Response

from onhand.infra.http import Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data
from onhand.partners import service, store
from onhand.partners.routes_suppliers import READ, WRITE, router
from onhand.partners.schemas import CustomerChange, CustomerIn, CustomerOut
from onhand.partners.service import CUSTOMER
from onhand.partners.tables import Customer

__all__ = ["router"]


def _answer(response: Response, customer: Customer) -> Data[CustomerOut]:
    response.headers["ETag"] = etag(customer.updated_at)
    return Data(data=CustomerOut.model_validate(customer))


@router.listing("/customers", store.CUSTOMERS, CustomerOut, permission=READ)
def list_customers(_: ListQuery) -> Source:
    """Customers."""
    return store.CUSTOMERS, store.customers()


@router.post("/customers", permission=WRITE)
async def create_customer(session: Session, response: Response, body: CustomerIn) -> Data[CustomerOut]:
    """Add a customer."""
    return _answer(response, await service.create_partner(session, CUSTOMER, body.model_dump()))


@router.get("/customers/{key}", permission=READ)
async def read_customer(session: Session, response: Response, key: str) -> Data[CustomerOut]:
    """One customer, by id or code."""
    return _answer(response, await service.partner_by(session, CUSTOMER, key))


@router.put("/customers/{key}", permission=WRITE)
@router.patch("/customers/{key}", permission=WRITE)
async def change_customer(
    session: Session, request: Request, response: Response, key: str, body: CustomerChange
) -> Data[CustomerOut]:
    """Change the fields sent; with `If-Match` only if nobody changed the customer meanwhile."""
    customer = await service.partner_by(session, CUSTOMER, key, lock=True)
    require_match(request, "customer", customer.updated_at)
    changes = body.model_dump(exclude_unset=True)
    return _answer(response, await service.change_partner(session, CUSTOMER, customer, changes))


@router.delete("/customers/{key}", permission=WRITE)
async def remove_customer(session: Session, request: Request, key: str) -> None:
    """Delete a customer whom nothing refers to; archive any other."""
    customer = await service.partner_by(session, CUSTOMER, key, lock=True)
    require_match(request, "customer", customer.updated_at)
    await service.remove_partner(session, CUSTOMER, customer)
