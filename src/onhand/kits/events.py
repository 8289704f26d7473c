"""What kits announce. Facts: `{"sku_id", "sku", "change"}`."""

KIT_CHANGED = "kits.kit_changed"
