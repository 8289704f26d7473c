"""Orders of the past, from imports: recorded and taken back in bulk. Sales offer these verbs as theirs."""

from onhand.pastsales.domain import History, HistoryCharges, HistoryLines, HistoryOrders, Recorded
from onhand.pastsales.service import record_history, undo_history

__all__ = [
    "History",
    "HistoryCharges",
    "HistoryLines",
    "HistoryOrders",
    "Recorded",
    "record_history",
    "undo_history",
]
