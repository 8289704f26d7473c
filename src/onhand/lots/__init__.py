"""Which batches and which single pieces of a SKU there are, and why the ledger says no to one."""

from onhand.lots.errors import (
    PROBLEMS,
    TOLD,
    EarlierLotFirst,
    LotExpired,
    LotHeld,
    LotNeeded,
    NowhereElse,
    SerialNeeded,
    SerialNotOne,
    SerialTwice,
    UnknownBin,
    UnknownLot,
    UnknownSerial,
)
from onhand.lots.tables import Lot, Serial

__all__ = [
    "PROBLEMS",
    "TOLD",
    "EarlierLotFirst",
    "Lot",
    "LotExpired",
    "LotHeld",
    "LotNeeded",
    "NowhereElse",
    "Serial",
    "SerialNeeded",
    "SerialNotOne",
    "SerialTwice",
    "UnknownBin",
    "UnknownLot",
    "UnknownSerial",
]
