"""What changes costs without moving stock: methods, landed costs, late bills, costs told later."""

from onhand.costing.domain import rounded
from onhand.costing.jobs import revalue, revalue_all
from onhand.costing.routes import router
from onhand.costing.service import add_landed, reverse_entry, tell_costs
from onhand.costing.tables import CostCharge, CostEntry

__all__ = [
    "CostCharge",
    "CostEntry",
    "add_landed",
    "revalue",
    "revalue_all",
    "reverse_entry",
    "rounded",
    "router",
    "tell_costs",
]
