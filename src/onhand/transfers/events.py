"""What transfers announce. Facts: `{"transfer_id", "number", "status"}`."""

CHANGED = "transfers.changed"
