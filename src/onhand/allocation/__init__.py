"""Which warehouse serves what: plan on the stock there is, and promise it through the ledger."""

from onhand.allocation.domain import Need, Plan, Share, Site, plan
from onhand.allocation.service import Holder, Promise, StockMoves, Taken, not_enough, planned, promise, release, ship
from onhand.allocation.store import broken_holders, held

__all__ = [
    "Holder",
    "Need",
    "Plan",
    "Promise",
    "Share",
    "Site",
    "StockMoves",
    "Taken",
    "broken_holders",
    "held",
    "not_enough",
    "plan",
    "planned",
    "promise",
    "release",
    "ship",
]
