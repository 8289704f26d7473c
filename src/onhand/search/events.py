"""What is announced of views. Facts: `{"view_id", "list", "change"}`."""

VIEW_CHANGED = "search.view_changed"
