"""What can be wrong with an import of records, as sentences."""

from __future__ import annotations

from onhand.kernel import Conflict, Invalid


class UnknownKind(Invalid):
    """There is no kind of record {kind}; there are {known}."""

    code = "intake.unknown_kind"


class UnknownColumn(Invalid):
    """{kind} have no column {column}; they have {known}."""

    code = "intake.unknown_column"


class MissingColumns(Invalid):
    """No column of the file holds {missing}."""

    code = "intake.missing_columns"


class RowsRefused(Conflict):
    """{count} of {total} rows are refused, the first in row {line}: {reason} Mend them, or choose to leave them out."""

    code = "intake.rows_refused"


class BroughtBefore(Conflict):
    """This very file was imported on {day} by {who}, and what it says is added: it would count twice."""

    code = "intake.brought_before"


class NameTaken(Conflict):
    """There is a mapping called {name} already."""

    code = "intake.name_taken"


class StockGone(Conflict):
    """This import cannot be undone: {count} SKUs hold less than it brought ({example}). Bring it back first."""

    code = "intake.stock_gone"
