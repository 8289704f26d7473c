"""What costing announces."""

RATES_CHANGED = "costing.rates_changed"  # {"currency", "day"} by hand, {"source", "count"} by the job
COSTS_CHANGED = "costing.costs_changed"  # {"entry_id", "kind", "number"}
METHOD_CHANGED = "costing.method_changed"  # {"category_id", "method"}
