"""The API of suppliers; and the permissions of partners."""

from __future__ import annotations

from fastapi import Request, Response

from onhand.infra.http import Router, Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data
from onhand.partners import service, store
from onhand.partners.schemas import SupplierChange, SupplierIn, SupplierOut
from onhand.partners.service import SUPPLIER
from onhand.partners.tables import Supplier

router = Router("partners")
READ = declare("partners.read", "See suppliers, what they sell us, customers and sellers", staff=True)
WRITE = declare(
    "partners.write", "Add, change and remove suppliers, what they sell us, customers and sellers", staff=False
)


def _answer(response: Response, supplier: Supplier) -> Data[SupplierOut]:
    response.headers["ETag"] = etag(supplier.updated_at)
    return Data(data=SupplierOut.model_validate(supplier))


@router.listing("/suppliers", store.SUPPLIERS, SupplierOut, permission=READ)
def list_suppliers(_: ListQuery) -> Source:
    """Suppliers."""
    return store.SUPPLIERS, store.suppliers()


@router.post("/suppliers", permission=WRITE)
async def create_supplier(session: Session, response: Response, body: SupplierIn) -> Data[SupplierOut]:
    """Add a supplier."""
    return _answer(response, await service.create_partner(session, SUPPLIER, body.model_dump()))


@router.get("/suppliers/{key}", permission=READ)
async def read_supplier(session: Session, response: Response, key: str) -> Data[SupplierOut]:
    """One supplier, by id or code."""
    return _answer(response, await service.partner_by(session, SUPPLIER, key))


@router.put("/suppliers/{key}", permission=WRITE)
@router.patch("/suppliers/{key}", permission=WRITE)
async def change_supplier(
    session: Session, request: Request, response: Response, key: str, body: SupplierChange
) -> Data[SupplierOut]:
    """Change the fields sent; with `If-Match` only if nobody changed the supplier meanwhile."""
    supplier = await service.partner_by(session, SUPPLIER, key, lock=True)
    require_match(request, "supplier", supplier.updated_at)
    changes = body.model_dump(exclude_unset=True)
    return _answer(response, await service.change_partner(session, SUPPLIER, supplier, changes))


@router.delete("/suppliers/{key}", permission=WRITE)
async def remove_supplier(session: Session, request: Request, key: str) -> None:
    """Delete a supplier that nothing refers to; archive any other."""
    supplier = await service.partner_by(session, SUPPLIER, key, lock=True)
    require_match(request, "supplier", supplier.updated_at)
    await service.remove_partner(session, SUPPLIER, supplier)
