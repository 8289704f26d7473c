"""What currencies are worth: by day, fetched and by hand."""

from onhand.rates.errors import UnknownCurrency
from onhand.rates.jobs import fetch, fetch_all
from onhand.rates.routes import READ, WRITE, router
from onhand.rates.service import business_day, rate_of
from onhand.rates.tables import ExchangeRate

__all__ = [
    "READ",
    "WRITE",
    "ExchangeRate",
    "UnknownCurrency",
    "business_day",
    "fetch",
    "fetch_all",
    "rate_of",
    "router",
]
