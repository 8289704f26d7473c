"""What stock was at any moment: by when things happened, and by when they were known."""

from onhand.past.domain import Bounds, Held, Part, Span, View, WarehouseChange, WarehouseThen
from onhand.past.jobs import keep as keep_job
from onhand.past.parts import attach as attach_part
from onhand.past.parts import detach as detach_part
from onhand.past.parts import parts
from onhand.past.service import keep, look_back, sku_trend, trend
from onhand.past.store import bounds, warehouse_by

__all__ = [
    "Bounds",
    "Held",
    "Part",
    "Span",
    "View",
    "WarehouseChange",
    "WarehouseThen",
    "attach_part",
    "bounds",
    "detach_part",
    "keep",
    "keep_job",
    "look_back",
    "parts",
    "sku_trend",
    "trend",
    "warehouse_by",
]
