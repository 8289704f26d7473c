"""What rates announce."""

CHANGED = "rates.changed"  # {"currency", "day"} by hand, {"source", "count"} by the job
