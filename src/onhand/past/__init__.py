"""What stock was at any moment: by when things happened, and by when they were known."""

from onhand.past.domain import Bounds, Held, Span, View, WarehouseChange, WarehouseThen
from onhand.past.jobs import keep as keep_job
from onhand.past.service import keep, look_back, sku_trend, trend
from onhand.past.store import bounds, warehouse_by

__all__ = [
    "Bounds",
    "Held",
    "Span",
    "View",
    "WarehouseChange",
    "WarehouseThen",
    "bounds",
    "keep",
    "keep_job",
    "look_back",
    "sku_trend",
    "trend",
    "warehouse_by",
]
