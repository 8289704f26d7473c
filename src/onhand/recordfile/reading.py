"""The rows of a file as typed values, each distinct cell read once; what cannot be read is told with its remedy."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from onhand.infra.tabular import (
    UNPRINTABLE,
    Cell,
    Table,
    decimal_of,
    moment_of,
    plain_cell,
    plain_text,
    read_number,
    read_time,
    showable,
    zone_named,
)
from onhand.kernel import now
from onhand.recordfile.currencies import CURRENCIES
from onhand.recordfile.domain import Column, Entity, Problem, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    from onhand.recordfile.mapping import Mapping

YES, NO = {"yes", "y", "true", "1", "x", "ja", "si", "ndiyo"}, {"no", "n", "false", "0", "nein", "hapana"}
SHOWN = 200
ROUNDED = 1e-9  # what arithmetic in a spreadsheet adds to a number of six places
FIXES = {
    "number": "Write digits, with a point before at most six decimals, such as 12.5.",
    "quantity": "Write 0 or more, in digits, with at most six decimals.",
    "positive": "Write a number above 0, in digits, with at most six decimals.",
    "money": "Write an amount of 0 or more, such as 8.50.",
    "whole": "Write a whole number of 0 or more.",
    "date": "Write the date as 2026-03-31, or say how dates are written.",
    "moment": "Write the date as 2026-03-31, a time behind it if it matters.",
    "yes_no": "Write yes or no.",
    "currency": "Write the three letters of a currency, such as EUR.",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """How the cells of a file are written."""

    mapping: Mapping
    zone: str
    escaped: bool = False  # a CSV, whose texts may begin with an apostrophe that only guards them


@dataclass(slots=True)
class Reading:
    """Good rows, made when asked for, and what is wrong with the others."""

    entity: Entity
    lines: list[int]
    columns: dict[str, tuple[list[Any], Any]]
    good: list[int]
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def rows(self, start: int, stop: int) -> Iterator[Row]:
        """Good rows number `start` up to `stop`."""
        for place in self.good[start:stop]:
            yield Row(self.lines[place], {name: values[codes[place]] for name, (values, codes) in self.columns.items()})


class _Wrong:
    """A value that could not be read."""

    def __init__(self, value: Cell, reason: str) -> None:
        self.value, self.reason = value, reason


def read_rows(entity: Entity, table: Table, ways: Ways) -> Reading:
    """Judge every row. Raises UnknownTimeZone; all else is reported per row."""
    zone = zone_named(ways.zone)
    problems = [Problem(f.line, f.column, f.value, f.reason, "Give the row as many cells as the header has.")
                for f in table.faults]  # fmt: skip
    bad: set[int] = set()
    columns: dict[str, tuple[list[Any], Any]] = {}
    lines = table.lines.tolist()
    for column in entity.columns:
        heading = ways.mapping.columns.get(column.name)
        if not heading:
            continue
        found = table.columns[heading]
        read = _reader(column, ways, zone)
        values = [_read(read, value, column) for value in found.values]
        columns[column.name] = (values, found.codes)
        for code, wrong in enumerate(values):
            if isinstance(wrong, _Wrong):
                for place in np.flatnonzero(found.codes == code).tolist():
                    bad.add(place)
                    value = showable(plain_text(wrong.value)[:SHOWN])
                    problems.append(
                        Problem(
                            lines[place], heading, value, f"{column.label} {wrong.reason}.", _fix(column, wrong.reason)
                        )
                    )
    reading = Reading(entity, lines, columns, [p for p in range(len(lines)) if p not in bad], problems)
    reading.total = len(lines) + len(table.faults)
    _refuse_unnamed(reading, ways)
    _refuse_repeated(reading, ways)
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _fix(column: Column, reason: str) -> str:
    if reason == "is missing":
        return f"Fill in {column.label}, as in {column.example}." if column.example else f"Fill in {column.label}."
    if column.kind == "choice":
        return f"Write one of {', '.join(column.choices)}."
    return FIXES.get(column.kind, f"Shorten it to {column.longest} plain characters.")


def _read(read: Callable[[Cell], Any], value: Cell, column: Column) -> Any:
    blank = value is None or (isinstance(value, str) and not value.strip())
    if blank:
        return _Wrong(None, "is missing") if column.required else None
    try:
        return read(value)
    except ValueError as problem:
        return _Wrong(value, str(problem))


def _refuse_unnamed(reading: Reading, ways: Ways) -> None:
    """Rows that name nothing: none of the columns of which one is needed."""
    entity, kept = reading.entity, []
    names = [reading.columns[name] for name in entity.one_of if name in reading.columns]
    for place in reading.good:
        if not entity.one_of or any(values[codes[place]] is not None for values, codes in names):
            kept.append(place)
            continue
        labels = " or ".join(entity.column(name).label for name in entity.one_of)
        heading = next((ways.mapping.columns[n] for n in entity.one_of if ways.mapping.columns.get(n)), "")
        reading.problems.append(
            Problem(reading.lines[place], heading, "", f"{labels} is missing.", f"Fill in {labels}.")
        )
    reading.good = kept


def _refuse_repeated(reading: Reading, ways: Ways) -> None:
    """Rows that name what an earlier row names: which of them counts, nobody could say."""
    entity, kept = reading.entity, []
    keys = [(name, *reading.columns[name]) for name in entity.key if name in reading.columns]
    seen: dict[tuple[Any, ...], int] = {}
    for place in reading.good:
        key = tuple(
            str(values[codes[place]]).lower() if values[codes[place]] is not None else None for _, values, codes in keys
        )
        line = reading.lines[place]
        first = seen.setdefault(key, line) if any(key) else line
        if first == line:
            kept.append(place)
            continue
        name = next(n for (n, _, _), part in reversed(list(zip(keys, key, strict=True))) if part)
        value = str(next(part for part in reversed(key) if part))
        reading.problems.append(
            Problem(line, ways.mapping.columns[name], value, f"Row {first} names the same.", "Keep one of the two.")
        )
    reading.good = kept


def _reader(column: Column, ways: Ways, zone: ZoneInfo) -> Callable[[Cell], Any]:
    kind = column.kind
    if kind in {"number", "quantity", "positive", "money", "whole"}:
        return lambda value: _number(column, value, ways)
    if kind in {"date", "moment"}:
        return lambda value: _time(column, value, ways, zone)
    readers: dict[str, Callable[[Column, str], Any]] = {
        "yes_no": _yes_no, "choice": _choice, "currency": _currency, "list": _list, "address": _address,
    }  # fmt: skip
    read = readers.get(kind, _plain)
    return lambda value: read(column, _text(column, value, ways))


def _text(column: Column, value: Cell, ways: Ways) -> str:
    text = unicodedata.normalize("NFC", plain_text(value))
    text = plain_cell(text) if ways.escaped else text
    if UNPRINTABLE.search(text):
        raise ValueError("has characters that are no text in this encoding")
    if len(text) > column.longest and column.kind not in {"list", "address"}:
        raise ValueError(f"is longer than {column.longest} characters")
    return text


def _number(column: Column, value: Cell, ways: Ways) -> Any:
    if isinstance(value, float) and abs(value - round(value, 6)) < ROUNDED:
        value = round(value, 6)
    text = plain_cell(str(value).strip())
    number = decimal_of(read_number(text, decimal_comma=ways.mapping.decimal_comma and isinstance(value, str)))
    if column.kind == "whole" and (number != int(number) or not 0 <= number <= column.most):
        raise ValueError(f"is no whole number from 0 to {column.most}")
    if column.kind in {"quantity", "money"} and number < 0:
        raise ValueError("is below 0")
    if column.kind == "positive" and number <= 0:
        raise ValueError("is not above 0")
    if column.kind == "number" and number == 0:
        raise ValueError("is 0")
    return int(number) if column.kind == "whole" else number


FAR = datetime(2200, 1, 1, tzinfo=UTC)


def _time(column: Column, value: Cell, ways: Ways, zone: ZoneInfo) -> date | datetime:
    latest = FAR if column.kind == "date" else now() + timedelta(days=1)
    given = value if isinstance(value, datetime) else plain_text(value)
    moment = moment_of(read_time(given, zone, latest, ways.mapping.date_order))
    return moment.astimezone(zone).date() if column.kind == "date" else moment


def _plain(_: Column, text: str) -> str:
    return text


def _yes_no(_: Column, text: str) -> bool:
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise ValueError("is neither yes nor no")


def _choice(column: Column, text: str) -> str:
    word = text.lower().replace(" ", "_")
    if word not in column.choices:
        raise ValueError(f"is none of {', '.join(column.choices)}")
    return word


def _currency(_: Column, text: str) -> str:
    if text.upper() not in CURRENCIES:
        raise ValueError("is no currency")
    return text.upper()


def _list(column: Column, text: str) -> list[str]:
    parts = [part.strip().replace("\\;", ";") for part in re.split(r"(?<!\\);|\|", text)]
    found = list({part.lower(): part for part in parts if part}.values())
    if any(len(part) > column.longest for part in found):
        raise ValueError(f"has a part longer than {column.longest} characters")
    return found


def _address(column: Column, text: str) -> dict[str, str]:
    """An address as the API writes it, or one line of text."""
    if len(text) > column.longest:
        raise ValueError(f"is longer than {column.longest} characters")
    if not text.startswith("{"):
        return {"line1": text}
    try:
        found = json.loads(text)
    except ValueError as problem:
        raise ValueError("is no address") from problem
    if not all(value is None or isinstance(value, str) for value in found.values()):
        raise ValueError("is no address")
    return {name: value for name, value in found.items() if value is not None}
