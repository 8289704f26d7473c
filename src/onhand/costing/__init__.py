"""What stock costs and is worth."""

from onhand.costing.tables import ExchangeRate

__all__ = ["ExchangeRate"]
