"""Tables in files of strangers: CSV, XLSX, Parquet. Weighed before they are opened, read by distinct value."""

from onhand.infra.tabular.cells import (
    LIMITS,
    Cell,
    Fault,
    Flags,
    Limits,
    Numbers,
    Shape,
    Table,
    plain_text,
    showable,
)
from onhand.infra.tabular.errors import FileTooLarge, UnknownColumns, UnknownTimeZone, UnreadableFile
from onhand.infra.tabular.guess import Holds, guess_columns, guess_date_order, guess_decimal_comma
from onhand.infra.tabular.judge import Judge
from onhand.infra.tabular.readers import describe, read_table
from onhand.infra.tabular.values import (
    SCALE,
    DateOrder,
    decimal_of,
    moment_of,
    plain_cell,
    read_number,
    read_time,
    safe_cell,
    zone_named,
)

__all__ = [
    "LIMITS",
    "SCALE",
    "Cell",
    "DateOrder",
    "Fault",
    "FileTooLarge",
    "Flags",
    "Holds",
    "Judge",
    "Limits",
    "Numbers",
    "Shape",
    "Table",
    "UnknownColumns",
    "UnknownTimeZone",
    "UnreadableFile",
    "decimal_of",
    "describe",
    "guess_columns",
    "guess_date_order",
    "guess_decimal_comma",
    "moment_of",
    "plain_cell",
    "plain_text",
    "read_number",
    "read_table",
    "read_time",
    "safe_cell",
    "showable",
    "zone_named",
]
