"""XLSX and Parquet, written batch by batch: no file is ever in memory as a whole."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, Self

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

from onhand.exports.domain import Format, Shown, text_of
from onhand.exports.errors import TooManyRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

MOST_SHEET_ROWS = 1_048_575  # what a sheet holds below its header
LONGEST_CELL = 32_767
DIGITS = 15  # a spreadsheet keeps no more of a number; longer ones are written as text
Values = tuple[bytes | None, ...]

ARROW: dict[str, pa.DataType] = {
    "number": pa.decimal128(38, 6),
    "whole": pa.int64(),
    "time": pa.timestamp("us", "UTC"),
    "bool": pa.bool_(),
}


class Writer(Protocol):
    """A file about to be filled."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End: whole unless something went wrong."""

    def add(self, rows: Sequence[Values]) -> None:
        """Take rows as text."""


def expression(columns: Sequence[Shown]) -> str:
    """What to ask for, so that `add` understands it."""
    return ", ".join(text_of(column) for column in columns)


class Parquet:
    """A Parquet file; numbers are exact decimals, times in UTC."""

    def __init__(self, path: Path, columns: Sequence[Shown]) -> None:
        self._columns = columns
        self._schema = pa.schema([(c.name, ARROW.get(c.kind, pa.string())) for c in columns])
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, rows: Sequence[Values]) -> None:
        """A batch becomes a part of the file."""
        columns = zip(*rows, strict=True)
        arrays = [
            pa.array(_values(shown.kind, column), field.type)
            for shown, field, column in zip(self._columns, self._schema, columns, strict=True)
        ]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))


class Sheet:
    """An XLSX file of one sheet. Text is text: nothing in it is a formula."""

    def __init__(self, path: Path, columns: Sequence[Shown]) -> None:
        self._path, self._columns, self._rows = path, columns, 0
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet("onhand")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([column.name for column in columns])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._book.save(self._path)
        else:
            self._sheet.close()

    def add(self, rows: Sequence[Values]) -> None:
        """Raises TooManyRows when the sheet is full."""
        self._rows += len(rows)
        if self._rows > MOST_SHEET_ROWS:
            raise TooManyRows(most=MOST_SHEET_ROWS, what="a sheet holds", remedy="Choose CSV or Parquet")
        for row in rows:
            self._sheet.append([self._cell(c.kind, value) for c, value in zip(self._columns, row, strict=True)])

    def _cell(self, kind: str, value: bytes | None) -> object:
        if value is None:
            return None
        text = value.decode()
        if kind in {"number", "whole"} and len(text.strip("-").replace(".", "").lstrip("0")) <= DIGITS:
            return Decimal(text)
        if kind == "bool":
            return text == "true"
        try:
            cell = WriteOnlyCell(self._sheet, value=text[:LONGEST_CELL])
        except IllegalCharacterError:
            cell = WriteOnlyCell(self._sheet, value="".join(c for c in text if c >= " " or c in "\t\n\r"))
        cell.data_type = "s"
        return cell


def _values(kind: str, column: Iterable[bytes | None]) -> list[Any]:
    """A column of texts as what Arrow takes."""
    texts = [None if value is None else value.decode() for value in column]
    if kind == "number":
        return [None if text is None else Decimal(text) for text in texts]
    if kind == "whole":
        return [None if text is None else int(text) for text in texts]
    if kind == "time":
        return [None if text is None else datetime.fromisoformat(text) for text in texts]
    if kind == "bool":
        return [None if text is None else text == "true" for text in texts]
    return texts


def writer(form: Format, path: Path, columns: Sequence[Shown]) -> Writer:
    """The writer of a format that is not streamed."""
    return Parquet(path, columns) if form == "parquet" else Sheet(path, columns)
