"""What replenishment announces."""

from __future__ import annotations

POLICY_CHANGED = "replenishment.policy_changed"
"""A person changed how a SKU is reordered: policy_id, sku_id, warehouse_id."""
POLICIES_COMPUTED = "replenishment.policies_computed"
"""Every reorder point was computed anew: policies."""
