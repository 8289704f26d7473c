"""What imported history announces, once per chunk: `{"group_id", "orders", "lines"}`."""

HISTORY_RECORDED = "sales.history_recorded"
HISTORY_UNDONE = "sales.history_undone"
