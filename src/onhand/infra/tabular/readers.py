"""Any file of a table: told apart by its first bytes, never by its name."""

from __future__ import annotations

import importlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from onhand.infra.tabular.cells import LIMITS, Collector, Limits, Row, Shape, Table
from onhand.infra.tabular.errors import FileTooLarge, UnknownColumns, UnreadableFile
from onhand.infra.tabular.text import csv_rows, text_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SAMPLE = 200
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "it is an old .xls or a protected workbook; save it as .xlsx without a password"),
    (b"\x1f\x8b", "it is compressed with gzip; unpack it first"),
    (b"%PDF", "it is a PDF; export the table as CSV"),
    (b"7z\xbc\xaf", "it is a 7z archive; unpack it first"),
    (b"<", "it is HTML or XML; export the table as CSV"),
)


def _of(kind: str) -> Any:
    """The module that reads a kind of file, loaded when the first one comes: two of them take 36 MB of a process."""
    return importlib.import_module(f"onhand.infra.tabular.{kind}")


def describe(path: Path, limits: Limits = LIMITS, encoding: str = "", delimiter: str = "") -> Shape:
    """The kind of a file, its columns and first rows. Raises UnreadableFile or FileTooLarge with the reason."""
    size = path.stat().st_size
    if size > limits.size:
        raise FileTooLarge(what="it", size=size, limit=limits.size)
    with path.open("rb") as file:
        head = file.read(8)
    if not head.strip():
        raise UnreadableFile(problem="it is empty")
    for mark, problem in FOREIGN:
        if head.startswith(mark):
            raise UnreadableFile(problem=problem)
    shape: Shape
    if head.startswith(b"PAR1"):
        shape = _of("parquet").parquet_shape(path, SAMPLE, limits)
        return shape
    if head.startswith(b"PK\x03\x04"):
        shape = _of("sheets").sheet_shape(path, SAMPLE, limits)
        return shape
    return text_shape(path, SAMPLE, encoding, delimiter)


def read_table(path: Path, shape: Shape, wanted: Sequence[str], limits: Limits = LIMITS) -> Table:
    """The wanted columns of the whole file. Raises UnknownColumns, UnreadableFile or FileTooLarge."""
    unknown = [name for name in wanted if name not in shape.header]
    if unknown:
        raise UnknownColumns(unknown=", ".join(unknown), columns=", ".join(shape.header))
    if shape.kind == "parquet":
        table: Table = _of("parquet").parquet_table(path, wanted, limits)
        return table
    collector = Collector(shape.header, wanted)
    collector.add_all(_bounded(_rows(path, shape, limits), limits))
    return collector.table()


def _rows(path: Path, shape: Shape, limits: Limits) -> Iterator[Row]:
    sheet = shape.kind == "xlsx"
    rows = _of("sheets").sheet_rows(path, limits) if sheet else csv_rows(path, shape.encoding, shape.delimiter)
    return islice(rows, 1, None)


def _bounded(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count >= limits.rows:
            raise FileTooLarge(what="its number of rows", size=f"more than {count}", limit=limits.rows)
        yield row
