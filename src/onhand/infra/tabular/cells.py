"""A file's columns, each distinct value kept once: a third of a million lines hold a few thousand different values."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Cell = str | int | float | datetime | None
Row = tuple[int, Sequence[Cell] | str]  # the line and its cells, or why it has none
Codes = NDArray[np.int32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may grow to before it is refused. Sizes in bytes."""

    size: int = 100_000_000
    expanded: int = 512_000_000
    ratio: int = 200
    parts: int = 1_000
    rows: int = 2_000_000
    columns: int = 200
    blank_run: int = 10_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file looks like from its beginning: its columns and the first rows, for the preview and the guess."""

    kind: str
    header: list[str]
    sample: list[list[Cell]]
    encoding: str = ""
    delimiter: str = ""

    def cells(self, column: str | None) -> list[Cell]:
        """The sample of one column; nothing of none."""
        if column is None:
            return []
        place = self.header.index(column)
        return [row[place] for row in self.sample]


@dataclass(frozen=True, slots=True)
class Column:
    """Line i holds values[codes[i]]; an empty cell is None."""

    values: list[Cell]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line of the file (1 is the header) was left out. `column` is the file's own name for it, or empty."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """The wanted columns of a file, the line each row stands on, and the lines that could not be read at all."""

    columns: dict[str, Column]
    lines: Numbers
    faults: list[Fault]


def unique_header(cells: Sequence[Cell]) -> list[str]:
    """Names of the columns: blanks get a number, a repeated name a counter."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = showable(plain_text(cell).strip("\ufeff ")) or f"column {place}"
        repeated = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({repeated + 1})" if repeated else name)
    return names


UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffd]")


def showable(text: str) -> str:
    """The text with a replacement character for whatever is none, so that it can be stored and shown."""
    return UNPRINTABLE.sub("\ufffd", text)


def plain_text(value: Cell) -> str:
    """A cell as people read it: 17850.0 from a spreadsheet is 17850."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class Collector:
    """Gathers rows into columns of distinct values."""

    def __init__(self, header: list[str], wanted: Sequence[str]) -> None:
        self._width = len(header)
        self._names = list(wanted)
        self._seen: list[dict[Cell, int]] = [{None: 0, "": 0} for _ in wanted]
        self._codes = [array("i") for _ in wanted]
        self._places = [header.index(name) for name in wanted]
        self._lines = array("q")
        self.faults: list[Fault] = []

    def add_all(self, rows: Iterable[Row]) -> None:
        """Take rows of (line, cells); a string in place of the cells is the reason why the line is unreadable."""
        slots = list(zip(self._places, self._seen, self._codes, strict=True))
        width, remember = self._width, self._lines.append
        for line, cells in rows:
            if isinstance(cells, str):
                self.faults.append(Fault(line, "", "", cells))
                continue
            if len(cells) != width and not self._fits(line, cells):
                continue
            remember(line)
            for place, seen, codes in slots:
                cell = cells[place]
                codes.append(seen.setdefault(cell, len(seen)))

    def _fits(self, line: int, cells: Sequence[Cell]) -> bool:
        if len(cells) > self._width and not any(cells[self._width :]):
            return True
        self.faults.append(Fault(line, "", "", f"has {len(cells)} cells where the header has {self._width}"))
        return False

    def table(self) -> Table:
        """All that was gathered."""
        columns = {
            name: Column(_in_order(seen), np.frombuffer(codes, np.int32) if codes else np.empty(0, np.int32))
            for name, seen, codes in zip(self._names, self._seen, self._codes, strict=True)
        }
        lines = np.frombuffer(self._lines, np.int64) if self._lines else np.empty(0, np.int64)
        return Table(columns, lines, self.faults)


def _in_order(seen: dict[Cell, int]) -> list[Cell]:
    """Values by code; codes have gaps, since None and the empty text share one."""
    values: list[Cell] = [None] * (max(seen.values()) + 1)
    for value, code in seen.items():
        values[code] = value or None if isinstance(value, str) else value
    return values
