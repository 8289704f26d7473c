"""Units of measure: the organization's list, how each product is measured, and exact conversion to stock units."""

from onhand.units.domain import Measure, Read, per_stock, split
from onhand.units.errors import QuantityRefused, StockUnitFixed, UnitCodeTaken, UnitInUse, UnknownUnit, WrongMeasure
from onhand.units.routes import router
from onhand.units.service import Given, Measured, Wanted, ensure_defaults, measure_product, measured, unit_by
from onhand.units.service_entry import Entry, plain_pieces, read_entries

__all__ = [
    "Entry",
    "Given",
    "Measure",
    "Measured",
    "QuantityRefused",
    "Read",
    "StockUnitFixed",
    "UnitCodeTaken",
    "UnitInUse",
    "UnknownUnit",
    "Wanted",
    "WrongMeasure",
    "ensure_defaults",
    "measure_product",
    "measured",
    "per_stock",
    "plain_pieces",
    "read_entries",
    "router",
    "split",
    "unit_by",
]
