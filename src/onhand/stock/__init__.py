"""Stock over HTTP: the hot routes, the lists, and the ordinary verbs of the ledger."""

from onhand.stock.routes import router
from onhand.stock.routes_hot import HOT_ROUTES, READ, WRITE, posting_id
from onhand.stock.routes_hot_docs import HOT_PATHS, HOT_SCHEMAS
from onhand.stock.routes_past import router as past_router
from onhand.stock.store import low_when

__all__ = [
    "HOT_PATHS",
    "HOT_ROUTES",
    "HOT_SCHEMAS",
    "READ",
    "WRITE",
    "low_when",
    "past_router",
    "posting_id",
    "router",
]
