"""XLSX: a zip of XML from strangers, so it is weighed before it is opened."""

from __future__ import annotations

import struct
import warnings
import zlib
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from onhand.infra.tabular.cells import LIMITS, Cell, Limits, Shape, unique_header
from onhand.infra.tabular.errors import FileTooLarge, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BLOCK = 1 << 20
SMALL_PART = 10_000_000  # below this a part may be packed as tightly as it likes
# openpyxl meets a malformed file with whatever its parser trips over.
BROKEN = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, struct.error, EOFError, OSError, RuntimeError,
    ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip


def sheet_shape(path: Path, rows: int, limits: Limits = LIMITS) -> Shape:
    """Header and first rows of the first sheet. Raises UnreadableFile or FileTooLarge."""
    read = sheet_rows(path, limits)
    _, header = next(read, (0, []))
    if not header:
        raise UnreadableFile(problem="its first sheet is empty")
    return Shape("xlsx", unique_header(header), [list(cells) for _, cells in islice(read, rows)])


def sheet_rows(path: Path, limits: Limits = LIMITS) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows of the first sheet with their numbers, the header first; blank rows are passed over."""
    weigh(path, limits)
    # Given the path, openpyxl would judge the file by its name; uploads have none.
    with _readable(), path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # the declared size may be a lie; rows are counted as they come
            width = blank = 0
            for line, row in enumerate(sheet.iter_rows(max_col=limits.columns, values_only=True), 1):
                filled = next((place for place in range(len(row), 0, -1) if row[place - 1] not in (None, "")), 0)
                blank = 0 if filled else blank + 1
                if blank > limits.blank_run:
                    return
                if not filled:
                    continue
                width = width or filled
                yield line, [_cell(value) for value in row[: max(width, filled)]]
        finally:
            book.close()


def weigh(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse an archive that would unpack to more than it may, or whose XML declares entities."""
    with _readable(), ZipFile(path) as archive:
        parts = archive.infolist()
        declared = sum(part.file_size for part in parts)
        if len(parts) > limits.parts:
            raise FileTooLarge(what="its number of parts", size=len(parts), limit=limits.parts)
        if declared > limits.expanded:
            raise FileTooLarge(what="its unpacked size", size=declared, limit=limits.expanded)
        for part in parts:
            if part.file_size > SMALL_PART and part.file_size > limits.ratio * max(part.compress_size, 1):
                raise FileTooLarge(what=f"the ratio by which {part.filename} unpacks", size="more", limit=limits.ratio)
        left = limits.expanded
        for part in parts:
            left -= _unpack(archive, part, left)


def _unpack(archive: ZipFile, part: ZipInfo, allowed: int) -> int:
    """Read a part to its end, trusting no declared size. Returns how long it is."""
    xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    length, tail = 0, b""
    with archive.open(part) as file:
        while block := file.read(BLOCK):
            length += len(block)
            if length > allowed:
                raise FileTooLarge(what="its unpacked size", size=f"more than {allowed}", limit=allowed)
            if xml and (b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block or b"\0" in block):
                raise UnreadableFile(problem=f"{part.filename} declares XML entities, which no spreadsheet needs")
            tail = block[-16:]
    return length


@contextmanager
def _readable() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl does not know don't concern a table of sales
            yield
    except BROKEN as problem:
        raise UnreadableFile(problem=f"it is no valid XLSX file ({problem})") from problem


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, (bool, str, int, float, datetime)):
        return value
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
