"""What can be wrong with a file or a run, as sentences."""

from __future__ import annotations

from onhand.kernel import Conflict, Invalid, TooLarge


class UnreadableFile(Invalid):
    """This file cannot be read as a table of sales: {problem}."""

    code = "exchange.unreadable_file"


class FileTooLarge(TooLarge):
    """The file is too large to import: {what} is {size}, the limit is {limit}."""

    code = "exchange.file_too_large"


class MissingColumns(Invalid):
    """No column holds {missing}. The file has the columns {columns}."""

    code = "exchange.missing_columns"


class UnknownColumns(Invalid):
    """The file has no column {unknown}. It has {columns}."""

    code = "exchange.unknown_columns"


class UnknownTimeZone(Invalid):
    """There is no time zone {name}; names look like Europe/London."""

    code = "exchange.unknown_time_zone"


class WrongRunState(Conflict):
    """This import is {status}; {verb} is possible only when it is {allowed}."""

    code = "exchange.wrong_run_state"
