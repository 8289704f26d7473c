"""The API of orders."""

from __future__ import annotations

from fastapi import Request, Response

from onhand.infra.http import Router, Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data
from onhand.sales import service, service_fulfil, store, view
from onhand.sales.domain import Shipment
from onhand.sales.schemas import CancelIn, OrderChange, OrderDetail, OrderIn, OrderOut, OrderRow, ShipIn
from onhand.sales.service_allocate import allocate_order
from onhand.sales.tables import Order

router = Router("sales")
READ = declare("sales.read", "See orders", staff=True)
WRITE = declare("sales.write", "Take, ship, change and cancel orders", staff=True)


async def _answer(session: Session, response: Response, order: Order) -> Data[OrderOut]:
    response.headers["ETag"] = etag(order.updated_at)
    return Data(data=await view.order_out(session, order))


@router.listing("/orders", store.ORDERS, OrderRow, permission=READ)
def list_orders(_: ListQuery) -> Source:
    """Orders, newest first. `filter[status]` also takes `on_hold` and `backordered`; `filter[sku]` finds its buyers."""
    return store.ORDERS, store.orders()


@router.post("/orders", permission=WRITE)
async def create_order(session: Session, response: Response, body: OrderIn) -> Data[OrderOut]:
    """Take an order by hand and reserve for it, from the warehouse named or by the warehouses' priority.

    Without enough stock it is refused and nothing is kept, or, with `on_shortage` backorder, the rest waits.
    """
    return await _answer(session, response, await service.create_order(session, body.command()))


@router.get("/orders/{key}", permission=READ)
async def read_order(session: Session, response: Response, key: str) -> Data[OrderDetail]:
    """One order, by its id or number, with its lines, allocations, charges and history."""
    order = await service.order_by(session, key)
    response.headers["ETag"] = etag(order.updated_at)
    return Data(data=await view.order_detail(session, order))


@router.put("/orders/{key}", permission=WRITE)
@router.patch("/orders/{key}", permission=WRITE)
async def change_order(
    session: Session, request: Request, response: Response, key: str, body: OrderChange
) -> Data[OrderOut]:
    """Change the fields sent. A status does what it says: `shipped` posts the sale, `cancelled` releases the stock."""
    order = await service.order_by(session, key, lock=True)
    require_match(request, "order", order.updated_at)
    order = await service.change_order(session, order, body.fields())
    if "status" in body.model_fields_set:
        order = await service_fulfil.set_status(session, order, body.status)
    return await _answer(session, response, order)


@router.delete("/orders/{key}", permission=WRITE)
async def delete_order(session: Session, request: Request, key: str) -> None:
    """Delete an order that is still pending; cancel any other."""
    order = await service.order_by(session, key, lock=True)
    require_match(request, "order", order.updated_at)
    await service_fulfil.delete_order(session, order)


@router.post("/orders/{key}/ship", permission=WRITE, status_code=200)
async def ship_order(session: Session, response: Response, key: str, body: ShipIn | None = None) -> Data[OrderOut]:
    """Send all that is reserved, or the lines given: posts the sale."""
    order = await service.order_by(session, key, lock=True)
    given = body or ShipIn()
    lines = [(line.line_id, line.quantity) for line in given.lines]
    shipment = Shipment(
        order_id=order.id, lines=lines, tracking=given.tracking, carrier=given.carrier, shipped_at=given.shipped_at
    )
    return await _answer(session, response, await service_fulfil.ship_order(session, order, shipment))


@router.post("/orders/{key}/deliver", permission=WRITE, status_code=200)
async def deliver_order(session: Session, response: Response, key: str) -> Data[OrderOut]:
    """Note that a shipped order has arrived."""
    order = await service.order_by(session, key, lock=True)
    return await _answer(session, response, await service_fulfil.deliver_order(session, order))


@router.post("/orders/{key}/cancel", permission=WRITE, status_code=200)
async def cancel_order(session: Session, response: Response, key: str, body: CancelIn | None = None) -> Data[OrderOut]:
    """Call off what has not left; its stock is free again."""
    order = await service.order_by(session, key, lock=True)
    reason = body.reason if body else None
    return await _answer(session, response, await service_fulfil.cancel_order(session, order, reason))


@router.post("/orders/{key}/allocate", permission=WRITE, status_code=200)
async def allocate(session: Session, response: Response, key: str) -> Data[OrderOut]:
    """Reserve what the order still waits for, as far as stock reaches."""
    order = await service.order_by(session, key, lock=True)
    await allocate_order(session, order)
    return await _answer(session, response, order)
