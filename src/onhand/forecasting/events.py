"""What forecasting announces."""

from __future__ import annotations

FORECAST_MADE = "forecasting.forecast_made"
"""One forecast was made or renewed: forecast_id, sku_id, warehouse_id."""
ALL_FORECAST = "forecasting.all_forecast"
"""A run over every SKU ended: run_id, series."""
