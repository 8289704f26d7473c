"""Read the cells of a table as text, numbers and times, each distinct value once; what cannot be read is a fault."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from onhand.infra.tabular.cells import UNPRINTABLE, Cell, Column, Fault, Flags, Numbers, Table, plain_text, showable
from onhand.infra.tabular.values import DateOrder, read_number, read_time
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from zoneinfo import ZoneInfo


class Judge:
    """One pass over a table. `columns` says which of its columns holds which field; `required` ones may not be empty.

    `good` are the rows without a fault so far, `texts` the distinct texts of the fields read as text.
    """

    def __init__(self, table: Table, columns: Mapping[str, str], required: Collection[str]) -> None:
        self.table, self._columns, self._required = table, columns, frozenset(required)
        self.size = len(table.lines)
        self.good: Flags = np.ones(self.size, np.bool_)
        self.texts: dict[str, list[str]] = {}
        self._faults: dict[int, Fault] = {}  # by row: the first thing wrong with it

    def text(self, field: str, longest: int, *, merge: bool = False) -> Numbers:
        """Places in `texts[field]`, -1 for none. With `merge`, spellings that differ in case alone become one."""
        places: dict[str, int] = {}

        def read(value: Cell) -> int:
            text = unicodedata.normalize("NFC", plain_text(value))
            if UNPRINTABLE.search(text):
                raise ValueError("has characters that are no text in this encoding")
            if len(text) > longest:
                raise ValueError(f"is longer than {longest} characters")
            return places.setdefault(text.upper() if merge else text, len(places))

        result = self._by_value(field, read, -1)
        self.texts[field] = list(places)
        return result

    def numbers(self, field: str, *, decimal_comma: bool = False) -> Numbers:
        """Whole millionths; 0 for none."""

        def read(value: Cell) -> int:
            return read_number(str(value).strip(), decimal_comma=decimal_comma and isinstance(value, str))

        return self._by_value(field, read, 0)

    def times(self, field: str, zone: ZoneInfo, order: DateOrder) -> Numbers:
        """Seconds since 1970 UTC of the wall-clock times of `zone`; 0 for none."""
        latest = now() + timedelta(days=1)  # clocks and zones differ; more than a day ahead is a mistake

        def read(value: Cell) -> int:
            return read_time(value if isinstance(value, datetime) else plain_text(value), zone, latest, order)

        return self._by_value(field, read, 0)

    def refuse(self, rows: Flags, field: str, reason: str) -> None:
        """Find fault with these rows."""
        column = self._column(field)
        for row in np.flatnonzero(rows).tolist():
            self._find_fault([row], field, plain_text(column.values[column.codes[row]]) if column else "", reason)

    def repeated(self) -> Flags:
        """Rows that equal an earlier one in every column."""
        group = np.zeros(self.size, np.int64)
        for column in self.table.columns.values():
            _, group = np.unique(group * len(column.values) + column.codes, return_inverse=True)
        _, first = np.unique(group, return_index=True)
        repeated = np.ones(self.size, np.bool_)
        repeated[first] = False
        return repeated

    def spellings(self, field: str) -> dict[str, list[str]]:
        """Texts of good rows that the file spells in more than one way, by the spelling in capitals."""
        column = self._column(field)
        used = np.unique(column.codes[self.good]).tolist() if column else []
        found: dict[str, set[str]] = {}
        for text in (plain_text(column.values[code]) for code in used if column):
            found.setdefault(text.upper(), set()).add(text)
        return {text: sorted(ways) for text, ways in sorted(found.items()) if len(ways) > 1}

    def faults(self) -> list[Fault]:
        """Everything wrong with the file, by line."""
        return sorted([*self.table.faults, *self._faults.values()], key=lambda fault: fault.line)

    def _column(self, field: str) -> Column | None:
        name = self._columns.get(field)
        return self.table.columns[name] if name else None

    def _by_value(self, field: str, read: Callable[[Cell], int], empty: int) -> Numbers:
        """Apply `read` once per distinct value; a ValueError is a fault of all its rows."""
        column = self._column(field)
        if column is None:
            return np.full(self.size, empty, np.int64)
        results = np.full(len(column.values), empty, np.int64)
        for code, value in enumerate(column.values):
            blank = value is None or (isinstance(value, str) and not value.strip())
            if blank and field not in self._required:
                continue
            try:
                if blank:
                    raise ValueError("is missing")
                results[code] = read(value)
            except ValueError as problem:
                rows = np.flatnonzero(column.codes == code).tolist()
                self._find_fault(rows, field, plain_text(value), f"{field.replace('_', ' ')} {problem}")
        return results[column.codes]

    def _find_fault(self, rows: Iterable[int], field: str, value: str, reason: str) -> None:
        column = self._columns.get(field) or field
        for row in rows:
            if row not in self._faults:
                self._faults[row] = Fault(int(self.table.lines[row]), column, showable(value[:200]), reason)
                self.good[row] = False
