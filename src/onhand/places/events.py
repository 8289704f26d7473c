"""What places announce. Facts: `{"warehouse_id", "code", "change"}`; of bins `{"warehouse_id", "change"}`."""

WAREHOUSE_CHANGED = "places.warehouse_changed"
BINS_CHANGED = "places.bins_changed"
