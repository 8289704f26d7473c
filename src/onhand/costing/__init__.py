"""What stock costs and is worth: methods, landed costs, late bills, exchange rates, valuation."""

from onhand.costing.errors import UnknownCurrency
from onhand.costing.jobs import fetch_all_rates, fetch_rates, revalue, revalue_all
from onhand.costing.routes import router
from onhand.costing.routes_rates import READ, WRITE
from onhand.costing.service_rates import rate_of
from onhand.costing.tables import ExchangeRate

__all__ = [
    "READ",
    "WRITE",
    "ExchangeRate",
    "UnknownCurrency",
    "fetch_all_rates",
    "fetch_rates",
    "rate_of",
    "revalue",
    "revalue_all",
    "router",
]
