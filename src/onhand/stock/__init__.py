"""Stock over HTTP: its lists, now and then, and the ordinary verbs of the ledger."""

from onhand.stock.routes import router
from onhand.stock.routes_past import router as past_router
from onhand.stock.store import low_when

__all__ = ["low_when", "past_router", "router"]
