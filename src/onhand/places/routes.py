"""The API of places."""

from __future__ import annotations

from fastapi import Request, Response

from onhand.infra.http import Router, Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data
from onhand.places import service, store
from onhand.places.schemas import WarehouseChange, WarehouseIn, WarehouseOut
from onhand.places.tables import Warehouse

router = Router("places")
READ = declare("places.read", "See warehouses", staff=True)
WRITE = declare("places.write", "Add, change and remove warehouses", staff=False)


def _answer(response: Response, warehouse: Warehouse) -> Data[WarehouseOut]:
    response.headers["ETag"] = etag(warehouse.updated_at)
    return Data(data=WarehouseOut.model_validate(warehouse))


@router.listing("/warehouses", store.WAREHOUSES, WarehouseOut, permission=READ)
def list_warehouses(_: ListQuery) -> Source:
    """Warehouses in the order in which they serve orders."""
    return store.WAREHOUSES, store.warehouses()


@router.post("/warehouses", permission=WRITE)
async def create_warehouse(session: Session, response: Response, body: WarehouseIn) -> Data[WarehouseOut]:
    """Add a warehouse."""
    return _answer(response, await service.create_warehouse(session, body.model_dump()))


@router.get("/warehouses/{key}", permission=READ)
async def read_warehouse(session: Session, response: Response, key: str) -> Data[WarehouseOut]:
    """One warehouse, by its id or code."""
    return _answer(response, await service.warehouse_by(session, key))


@router.put("/warehouses/{key}", permission=WRITE)
@router.patch("/warehouses/{key}", permission=WRITE)
async def change_warehouse(
    session: Session, request: Request, response: Response, key: str, body: WarehouseChange
) -> Data[WarehouseOut]:
    """Change the fields sent; with `If-Match` only if nobody changed it meanwhile."""
    warehouse = await service.warehouse_by(session, key, lock=True)
    require_match(request, "warehouse", warehouse.updated_at)
    return _answer(response, await service.change_warehouse(session, warehouse, body.model_dump(exclude_unset=True)))


@router.delete("/warehouses/{key}", permission=WRITE)
async def remove_warehouse(session: Session, request: Request, key: str) -> None:
    """Delete a warehouse that nothing refers to; archive any other."""
    warehouse = await service.warehouse_by(session, key, lock=True)
    require_match(request, "warehouse", warehouse.updated_at)
    await service.remove_warehouse(session, warehouse)
