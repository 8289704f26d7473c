"""Transfers between warehouses: documents over the ledger's movements."""

from onhand.transfers.domain import Arrival, Incoming, NewTransfer, Wanted
from onhand.transfers.errors import IllegalStatus, MoreThanUnderWay, NotPending, SamePlace, UnknownLine, UnknownTransfer
from onhand.transfers.routes import router
from onhand.transfers.service import cancel, create, dispatch, incoming, receive, transfer_by

__all__ = [
    "Arrival",
    "IllegalStatus",
    "Incoming",
    "MoreThanUnderWay",
    "NewTransfer",
    "NotPending",
    "SamePlace",
    "UnknownLine",
    "UnknownTransfer",
    "Wanted",
    "cancel",
    "create",
    "dispatch",
    "incoming",
    "receive",
    "router",
    "transfer_by",
]
