"""Orders of the past, from imports: recorded and taken back in bulk. Sales offer these verbs as theirs."""

from onhand.pastsales.chunks import CHUNK, Ground, chunks_of, history_of, postings_of
from onhand.pastsales.domain import History, HistoryCharges, HistoryLines, HistoryOrders, Recorded
from onhand.pastsales.service import record_history, undo_history

__all__ = [
    "CHUNK",
    "Ground",
    "History",
    "HistoryCharges",
    "HistoryLines",
    "HistoryOrders",
    "Recorded",
    "chunks_of",
    "history_of",
    "postings_of",
    "record_history",
    "undo_history",
]
