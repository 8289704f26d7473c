"""Counting: full counts and cycle counts, blind unless said otherwise, posted as what differs while stock moves on."""

from onhand.counting.domain import By, NewCount, Rules, Scope
from onhand.counting.errors import UnknownCount
from onhand.counting.jobs import plan_due
from onhand.counting.routes_schedules import router
from onhand.counting.service import cancel, count_by, plan, rules_of, set_classes, start
from onhand.counting.service_review import approve, post, submit
from onhand.counting.service_tally import Entry, tally

__all__ = [
    "By",
    "Entry",
    "NewCount",
    "Rules",
    "Scope",
    "UnknownCount",
    "approve",
    "cancel",
    "count_by",
    "plan",
    "plan_due",
    "post",
    "router",
    "rules_of",
    "set_classes",
    "start",
    "submit",
    "tally",
]
