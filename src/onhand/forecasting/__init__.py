"""What will be wanted: forecasts per SKU and warehouse, each tried against the past before it is believed."""

from onhand.forecasting.errors import NothingForecast, UnknownAlgorithm, UnknownForecast
from onhand.forecasting.events import ALL_FORECAST, FORECAST_MADE
from onhand.forecasting.night import forecast_all
from onhand.forecasting.routes import READ, WRITE, router
from onhand.forecasting.series import EPOCH
from onhand.forecasting.service import (
    ForecastRequest,
    Outlooks,
    forecast_by,
    forecast_one,
    newest_run,
    outlook_of,
    outlooks,
    remove_forecast,
)

__all__ = [
    "ALL_FORECAST",
    "EPOCH",
    "FORECAST_MADE",
    "READ",
    "WRITE",
    "ForecastRequest",
    "NothingForecast",
    "Outlooks",
    "UnknownAlgorithm",
    "UnknownForecast",
    "forecast_all",
    "forecast_by",
    "forecast_one",
    "newest_run",
    "outlook_of",
    "outlooks",
    "remove_forecast",
    "router",
]
