"""Where things are: warehouses, and each organization's virtual transit."""

from onhand import identity
from onhand.places.errors import UnknownWarehouse, WarehouseCodeTaken
from onhand.places.routes import router
from onhand.places.service import (
    change_warehouse,
    create_warehouse,
    ensure_warehouse,
    open_transit,
    open_warehouses,
    remove_warehouse,
    transit_of,
    warehouse_by,
)

__all__ = [
    "UnknownWarehouse",
    "WarehouseCodeTaken",
    "change_warehouse",
    "create_warehouse",
    "ensure_warehouse",
    "open_transit",
    "open_warehouses",
    "remove_warehouse",
    "router",
    "transit_of",
    "warehouse_by",
]

identity.on_organization_created(open_transit)
