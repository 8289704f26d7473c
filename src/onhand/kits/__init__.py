"""Kits: SKUs made of other SKUs. They have no stock of their own; how many there are follows from their components.

`refuse_kits` is the one check in front of whoever moves stock by hand; the database has the last word, by a trigger.
"""

from onhand.kits.domain import Part, complete
from onhand.kits.errors import HasStock, HoldsItself, KitHasNoStock, UnknownKit
from onhand.kits.events import KIT_CHANGED
from onhand.kits.reads import for_sale, named_parts, parts_of, refuse_kits, sellable, with_kits
from onhand.kits.routes import router
from onhand.kits.service import Kit, kit_by, remove_kit, write_kit
from onhand.kits.store import AVAILABLE as AVAILABLE_SQL

__all__ = [
    "AVAILABLE_SQL",
    "KIT_CHANGED",
    "HasStock",
    "HoldsItself",
    "Kit",
    "KitHasNoStock",
    "Part",
    "UnknownKit",
    "complete",
    "for_sale",
    "kit_by",
    "named_parts",
    "parts_of",
    "refuse_kits",
    "remove_kit",
    "router",
    "sellable",
    "with_kits",
    "write_kit",
]
