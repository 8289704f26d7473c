"""What will be wanted: forecasts per SKU and warehouse, each tried against the past before it is believed."""
