"""CSV and its relatives: which encoding, which delimiter, then row by row."""

from __future__ import annotations

import codecs
import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from onhand.infra.tabular.cells import Cell, Shape, unique_header
from onhand.infra.tabular.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 1 << 20
ENOUGH = 500  # lines tell one alphabet from another
DELIMITERS = (",", ";", "\t", "|")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROLS = bytes(code for code in range(32) if code not in b"\t\r\n\f")
OLD_ENCODINGS = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
]
_DAMAGED = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")


def text_shape(path: Path, rows: int, encoding: str = "", delimiter: str = "") -> Shape:
    """Header and first rows of a text file. Raises UnreadableFile when it is none, or for an unknown encoding."""
    encoding = _known_encoding(encoding) or find_encoding(path)
    delimiter = delimiter or _find_delimiter(path, encoding)
    read = csv_rows(path, encoding, delimiter)
    _, header = next(read, (0, []))
    if not header or isinstance(header, str):
        raise UnreadableFile(problem=header or "it is empty")
    blank: list[Cell] = [None] * len(header)
    sample = [[*cells, *blank][: len(header)] for _, cells in islice(read, rows) if not isinstance(cells, str)]
    return Shape("csv", unique_header(header), sample, encoding, delimiter)


def csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Rows with the line they begin on, the header first; blank lines are passed over.

    A row that cannot be split comes as the reason why. Bytes that the encoding has no meaning for survive as lone
    surrogates, and are reported with the cell that holds them.
    """
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        while True:
            try:
                for cells in reader:
                    if any(cells):
                        yield line, cells
                    line = reader.line_num + 1
            except csv.Error as problem:
                yield line, f"cannot be split into cells: {problem}"
                line = reader.line_num + 1
            else:
                return


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError as problem:
        raise UnreadableFile(problem=f"there is no encoding {name}") from problem


def find_encoding(path: Path) -> str:
    """The encoding a text file is written in. Raises UnreadableFile for bytes that are no text."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    if b"\0" in head:
        return _two_byte_encoding(head)
    if len(head.translate(None, CONTROLS)) < 0.99 * len(head):
        raise UnreadableFile(problem="it is no text; a CSV, XLSX or Parquet file is needed")
    foreign, damaged = _count_foreign(path)
    if foreign >= 10 * damaged:  # a few broken rows in a UTF-8 file are reported as such, one by one
        return "utf-8"
    return _old_encoding(path)


def _two_byte_encoding(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.3 * len(head) / 2 or min(even, odd) > 0.05 * len(head) / 2:
        raise UnreadableFile(problem="it is no text; a CSV, XLSX or Parquet file is needed")
    return "utf-16-le" if odd > even else "utf-16-be"


def _count_foreign(path: Path) -> tuple[int, int]:
    """How many characters beyond ASCII are valid UTF-8, and how many bytes are not."""
    foreign = damaged = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            if not text.isascii():
                foreign += len(_FOREIGN.findall(text))
                damaged += len(_DAMAGED.findall(text))
    return foreign, damaged


def _old_encoding(path: Path) -> str:
    """The likeliest encoding from before UTF-8, judged by the lines that are not plain ASCII."""
    telling: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                telling.append(line)
            if len(telling) >= ENOUGH:
                break
    best = from_bytes(b"".join(telling), cp_isolation=OLD_ENCODINGS).best()
    return best.encoding if best else "cp1252"


def _find_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that splits the first lines into the most cells, the same number in each."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows = [cells for _, cells in islice(csv_rows(path, encoding, delimiter), 50) if not isinstance(cells, str)]
        width = len(rows[0]) if rows else 0
        if width > 1:
            even = sum(len(cells) == width for cells in rows) / len(rows)
            best, best_score = max((best, best_score), (delimiter, (round(even, 1), width)), key=lambda pair: pair[1])
    return best
