"""Which warehouse serves what: plan on the stock there is, and promise it through the ledger."""

from onhand.allocation.domain import Need, Plan, Share, Site, plan
from onhand.allocation.lines import LinePart, LineState, anything_left, held_by, needs_of, shares_of
from onhand.allocation.service import Holder, Promise, StockMoves, Taken, not_enough, planned, promise, release, ship
from onhand.allocation.store import broken_holders, held

__all__ = [
    "Holder",
    "LinePart",
    "LineState",
    "Need",
    "Plan",
    "Promise",
    "Share",
    "Site",
    "StockMoves",
    "Taken",
    "anything_left",
    "broken_holders",
    "held",
    "held_by",
    "needs_of",
    "not_enough",
    "plan",
    "planned",
    "promise",
    "release",
    "shares_of",
    "ship",
]
