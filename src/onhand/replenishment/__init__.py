"""When to buy and how much: reorder points from calibrated demand, suggestions with their reasons."""

from onhand.replenishment.errors import UnknownPolicy
from onhand.replenishment.events import POLICIES_COMPUTED, POLICY_CHANGED
from onhand.replenishment.jobs import nightly, plan, start_planning
from onhand.replenishment.routes import router
from onhand.replenishment.service import change_policy, compute_all, policy_for

__all__ = [
    "POLICIES_COMPUTED",
    "POLICY_CHANGED",
    "UnknownPolicy",
    "change_policy",
    "compute_all",
    "nightly",
    "plan",
    "policy_for",
    "router",
    "start_planning",
]
