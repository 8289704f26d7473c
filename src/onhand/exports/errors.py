"""What can be wrong with an export, as sentences."""

from __future__ import annotations

from onhand.kernel import Conflict, Invalid


class UnknownFormat(Invalid):
    """There is no format {given}; an export is csv, ndjson, xlsx or parquet."""

    code = "exports.unknown_format"


class TooManyRows(Invalid):
    """This list has more than {most} rows, the most that {what}. {remedy}."""

    code = "exports.too_many_rows"


class NotReady(Conflict):
    """This export is {status}; its file can be fetched when it has succeeded."""

    code = "exports.not_ready"
