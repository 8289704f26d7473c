"""How the columns of a list are written in a file: per kind of value one expression of SQL, chosen by its type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["csv", "ndjson", "xlsx", "parquet"]
STREAMED: tuple[Format, ...] = ("csv", "ndjson")
MEDIA: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
Kind = Literal["text", "number", "whole", "time", "bool", "list", "json", "plain"]
# PostgreSQL's types by number (pg_type.dat); what is not here is written as text that needs no care.
KINDS: dict[int, Kind] = {
    16: "bool", 18: "text", 19: "text", 20: "whole", 21: "whole", 23: "whole", 25: "text", 700: "plain", 701: "plain",
    114: "json", 1042: "text", 1043: "text", 1009: "list", 1015: "list", 1184: "time", 1700: "number", 3802: "json",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of an export."""

    name: str
    kind: Kind

    @property
    def quoted(self) -> str:
        """Its name in SQL."""
        return '"' + self.name.replace('"', '""') + '"'


def text_of(column: Shown) -> str:
    """The value as the API writes it: numbers plain, times in UTC, lists joined by semicolons. Null stays null."""
    c = column.quoted
    if column.kind == "number":
        return f"trim_scale({c})::text"
    if column.kind == "time":
        return f"(to_json({c} AT TIME ZONE 'UTC') #>> '{{}}') || 'Z'"
    if column.kind == "list":  # a semicolon within an item is escaped, so that it can be taken apart again
        return f"replace(replace(array_to_string({c}, E'\\x1f'), ';', '\\;'), E'\\x1f', '; ')"
    return f"{c}::text"


def csv_cell(column: Shown) -> str:
    """The value as a cell of a CSV: quoted where it may hold anything, and never taken for a formula.

    A text that begins as formulas do gets an apostrophe before it; one that reads as if it had one already, too, so
    that taking one off gives the text again (`tabular.plain_cell`).
    """
    text = text_of(column)
    if column.kind not in {"text", "list", "json"}:
        return f"coalesce({text}, '')"
    safe = (
        f"CASE WHEN left({text}, 1) IN ('=', '+', '-', '@', E'\\t', E'\\r')"
        f" OR left({text}, 2) IN ('''=', '''+', '''-', '''@', E'''\\t', E'''\\r', '''''') THEN '''' ELSE '' END"
    )
    return f"coalesce('\"' || {safe} || replace({text}, '\"', '\"\"') || '\"', '')"


def csv_line(columns: list[Shown]) -> str:
    """The row as a line of CSV."""
    return " || ',' || ".join(csv_cell(column) for column in columns)


def json_line(columns: list[Shown]) -> str:
    """The row as a JSON object: decimals and times as strings, as in the API."""
    as_text = {"number", "time", "plain"}
    cells = [f"{text_of(column) if column.kind in as_text else column.quoted} AS {column.quoted}" for column in columns]
    return f"(SELECT row_to_json(o)::text FROM (SELECT {', '.join(cells)}) o)"


def header_of(columns: list[Shown]) -> str:
    """The first line of a CSV."""
    return ",".join(column.name for column in columns)
