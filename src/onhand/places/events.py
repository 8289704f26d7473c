"""What places announce. Facts: `{"warehouse_id", "code", "change"}`."""

WAREHOUSE_CHANGED = "places.warehouse_changed"
