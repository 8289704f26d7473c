"""Where things are: warehouses with what is inside them, and each organization's virtual transit."""

from onhand import identity
from onhand.places.domain import Load, Node, chosen_bin, loads
from onhand.places.errors import UnknownWarehouse, WarehouseCodeTaken
from onhand.places.errors_bins import BinNotEmpty, UnknownBin
from onhand.places.routes import router
from onhand.places.routes_bins import list_bins
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
    "BinNotEmpty",
    "Load",
    "Node",
    "UnknownBin",
    "UnknownWarehouse",
    "WarehouseCodeTaken",
    "change_warehouse",
    "chosen_bin",
    "create_warehouse",
    "ensure_warehouse",
    "list_bins",
    "loads",
    "open_transit",
    "open_warehouses",
    "remove_warehouse",
    "router",
    "transit_of",
    "warehouse_by",
]

identity.on_organization_created(open_transit)
