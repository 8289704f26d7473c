"""The lists of promises and of shortages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select

from onhand import ledger
from onhand.infra.lists import Column, ListSpec
from onhand.stock.store import EXPIRED, ZERO, named, of_sku_in, of_warehouse_in, search_names
from onhand.stock.store_names import PRODUCT, SKU, WAREHOUSE

if TYPE_CHECKING:
    from sqlalchemy import Select

Reservation, Shortage = ledger.Reservation, ledger.Shortage
RESERVATIONS = ListSpec(
    columns={
        "id": Column(Reservation.id, "uuid"),
        "sku": Column(SKU.c.code, where=of_sku_in(Reservation.sku_id)),
        "sku_id": Column(Reservation.sku_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, sortable=False),
        "warehouse": Column(WAREHOUSE.c.code, where=of_warehouse_in(Reservation.warehouse_id)),
        "warehouse_id": Column(Reservation.warehouse_id, "uuid", sortable=False),
        "quantity": Column(Reservation.quantity, "number"),
        "open": Column(Reservation.open, "number"),
        "taken": Column(Reservation.taken, "number"),
        "status": Column(case((EXPIRED, "expired"), else_=Reservation.status)),
        "holder_kind": Column(Reservation.holder_kind),
        "holder_id": Column(Reservation.holder_id, "uuid", sortable=False),
        "priority": Column(Reservation.priority, "number"),
        "channel": Column(Reservation.channel),
        "expires_at": Column(Reservation.expires_at, "time"),
        "created_at": Column(Reservation.created_at, "time"),
        "closed_at": Column(Reservation.closed_at, "time"),
    },
    default_sort="-created_at",
    search=search_names,
    aliases={"search": "q", "status": "filter[status]"},
)


@cache
def reservations() -> Select[Any]:
    """Reservations with their names."""
    positive = Reservation.quantity > ZERO  # as in the condition of the index by age
    return named(select(Reservation.id).select_from(Reservation).where(positive), Reservation)


SHORTAGES = ListSpec(
    columns={
        "id": Column(Shortage.id, "uuid"),
        "kind": Column(Shortage.kind),
        "sku": Column(SKU.c.code, where=of_sku_in(Shortage.sku_id)),
        "sku_id": Column(Shortage.sku_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, sortable=False),
        "warehouse": Column(WAREHOUSE.c.code, where=of_warehouse_in(Shortage.warehouse_id)),
        "warehouse_id": Column(Shortage.warehouse_id, "uuid", sortable=False),
        "quantity": Column(Shortage.quantity, "number"),
        "posting_id": Column(Shortage.posting_id, "uuid", sortable=False),
        "reservation_id": Column(Shortage.reservation_id, "uuid", sortable=False),
        "holder_kind": Column(Shortage.holder_kind),
        "holder_id": Column(Shortage.holder_id, "uuid", sortable=False),
        "document": Column(Shortage.document),
        "status": Column(Shortage.status),
        "resolution": Column(Shortage.resolution, sortable=False),
        "resolved_at": Column(Shortage.resolved_at, "time"),
        "created_at": Column(Shortage.created_at, "time"),
    },
    default_sort="-created_at",
    search=search_names,
    aliases={"search": "q", "status": "filter[status]"},
)


@cache
def shortages() -> Select[Any]:
    """Shortages with their names."""
    return named(select(Shortage.id).select_from(Shortage), Shortage)
