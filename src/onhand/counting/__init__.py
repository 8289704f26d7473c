"""Counting: full counts and cycle counts, blind unless said otherwise, posted as what differs while stock moves on.

Tables are exported to be read: lists, schedules and the API are a floor above.
"""

from onhand.counting.domain import (
    By,
    NewCount,
    Rest,
    Rules,
    Scope,
    Summary,
    Viewer,
    needs_approval,
    shows_expected,
)
from onhand.counting.errors import NothingToCount, UnknownCode, UnknownCount
from onhand.counting.service import (
    cancel,
    change,
    change_rules,
    count_by,
    counters_of,
    how_many,
    plan,
    rules_of,
    set_classes,
    start,
)
from onhand.counting.service_review import approve, explain, post, recount, submit
from onhand.counting.service_tally import Entry, Noted, skus_named, tally
from onhand.counting.sql import UNIT_COST
from onhand.counting.tables import CountLine, CountTally, StockCount

__all__ = [
    "UNIT_COST",
    "By",
    "CountLine",
    "CountTally",
    "Entry",
    "NewCount",
    "Noted",
    "NothingToCount",
    "Rest",
    "Rules",
    "Scope",
    "StockCount",
    "Summary",
    "UnknownCode",
    "UnknownCount",
    "Viewer",
    "approve",
    "cancel",
    "change",
    "change_rules",
    "count_by",
    "counters_of",
    "explain",
    "how_many",
    "needs_approval",
    "plan",
    "post",
    "recount",
    "rules_of",
    "set_classes",
    "shows_expected",
    "skus_named",
    "start",
    "submit",
    "tally",
]
