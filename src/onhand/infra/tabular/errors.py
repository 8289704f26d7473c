"""What can be wrong with a file of rows and columns, as sentences."""

from __future__ import annotations

from onhand.kernel import Invalid, TooLarge


class UnreadableFile(Invalid):
    """This file cannot be read as a table: {problem}."""

    code = "file.unreadable"


class FileTooLarge(TooLarge):
    """The file is too large: {what} is {size}, the limit is {limit}."""

    code = "file.too_large"


class UnknownColumns(Invalid):
    """The file has no column {unknown}. It has {columns}."""

    code = "file.unknown_columns"


class UnknownTimeZone(Invalid):
    """There is no time zone {name}; names look like Europe/London."""

    code = "file.unknown_time_zone"
