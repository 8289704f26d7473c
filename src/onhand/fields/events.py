"""What fields announce. Facts: `{"field_id", "target", "code", "change"}`."""

FIELD_CHANGED = "fields.field_changed"
