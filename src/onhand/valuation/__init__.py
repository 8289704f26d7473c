"""What stock is worth, and why: by day and currency, layer by layer, line by line."""

from onhand.valuation.routes import router
from onhand.valuation.service import Ask, Valuation, valuation
from onhand.valuation.store_explain import explain, explain_reference

__all__ = ["Ask", "Valuation", "explain", "explain_reference", "router", "valuation"]
