"""What stock was at any moment: by when things happened, and by when they were known."""

from onhand.past.domain import Held, WarehouseChange, WarehouseThen
from onhand.past.jobs import keep as keep_job
from onhand.past.service import keep, sku_trend, trend, warehouses_then
from onhand.past.store import bounds, warehouse_by

__all__ = [
    "Held",
    "WarehouseChange",
    "WarehouseThen",
    "bounds",
    "keep",
    "keep_job",
    "sku_trend",
    "trend",
    "warehouse_by",
    "warehouses_then",
]
