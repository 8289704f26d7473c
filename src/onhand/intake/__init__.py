"""Records of a file into the catalogue, the partners, the ledger: planned, written in chunks, taken back."""

from onhand.intake.errors import BroughtBefore, MissingColumns, RowsRefused, StockGone
from onhand.intake.routes import router
from onhand.intake.service import check_columns, entity_of, find_mapping, keep_mapping
from onhand.intake.steps import Context, Step
from onhand.intake.work import Tally, Undone, bring, chunks, remembered, undo_some, undo_stock, writer_of

__all__ = [
    "BroughtBefore",
    "Context",
    "MissingColumns",
    "RowsRefused",
    "Step",
    "StockGone",
    "Tally",
    "Undone",
    "bring",
    "check_columns",
    "chunks",
    "entity_of",
    "find_mapping",
    "keep_mapping",
    "remembered",
    "router",
    "undo_some",
    "undo_stock",
    "writer_of",
]
