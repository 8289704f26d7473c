"""What units announce. Facts: `{"unit_id", "code", "change"}`, `{"product_id"}`."""

UNIT_CHANGED = "units.unit_changed"
MEASURE_CHANGED = "units.measure_changed"
