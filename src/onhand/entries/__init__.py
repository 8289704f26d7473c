"""Stock as people and programs enter it: the hot routes, quantities in any unit, and no kit by its own name."""

from onhand.entries.entered import in_stock_units
from onhand.entries.kit_guard import refuse_kits
from onhand.entries.routes_hot import HOT_ROUTES, READ, WRITE, code, posting_id
from onhand.entries.routes_hot_docs import HOT_PATHS, HOT_SCHEMAS

__all__ = [
    "HOT_PATHS",
    "HOT_ROUTES",
    "HOT_SCHEMAS",
    "READ",
    "WRITE",
    "code",
    "in_stock_units",
    "posting_id",
    "refuse_kits",
]
