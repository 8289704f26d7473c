"""Which batches and which single pieces of a SKU there are."""

from onhand.lots.tables import Lot, Serial

__all__ = ["Lot", "Serial"]
