"""What costing announces."""

COSTS_CHANGED = "costing.costs_changed"  # {"entry_id", "kind", "number"}
METHOD_CHANGED = "costing.method_changed"  # {"category_id", "method"}
