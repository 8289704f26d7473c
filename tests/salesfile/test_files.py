from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onhand.infra.tabular import LIMITS, FileTooLarge, UnknownColumns, UnreadableFile, describe, read_table

if TYPE_CHECKING:
    from onhand.salesfile.lines import Reading

WriteFile = Callable[..., Path]
HEADER = ["invoice_no", "stock_code", "description", "quantity", "invoice_date", "unit_price", "customer_id"]
MOMENT = datetime.fromisoformat("2010-12-01 08:26:00")


def workbook(path: Path, *rows: list[str | int | float | datetime | None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_any_usual_encoding(
    encoding: str, write: WriteFile, line: Callable[..., str], read: Callable[..., Reading]
) -> None:
    rows = [line(description="Dotcomgiftshop Gift Voucher £20.00"), line(description="CAFÉ SIGN", sku="A")]
    reading = read(write(*rows, encoding=encoding))
    assert reading.faults == []
    assert reading.lines.texts["description"] == ["Dotcomgiftshop Gift Voucher £20.00", "CAFÉ SIGN"]


def test_a_damaged_row_of_a_utf8_file_is_reported_alone(
    write: WriteFile, line: Callable[..., str], read: Callable[..., Reading]
) -> None:
    path = write(*(line(sku=f"A{number}", description="CAFÉ £ SIGN") for number in range(20)))
    path.write_bytes(path.read_bytes().replace("CAFÉ".encode(), b"CAF\xe9", 1))
    reading = read(path)
    assert [(fault.line, fault.column) for fault in reading.faults] == [(2, "description")]
    assert "no text in this encoding" in reading.faults[0].reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(
    delimiter: str, write: WriteFile, line: Callable[..., str], read: Callable[..., Reading]
) -> None:
    path = write(line(description="A-B"), line(sku="22633"))
    path.write_text(path.read_text().replace(",", delimiter))
    assert len(read(path).lines) == 2


def test_lines_are_numbered_as_an_editor_numbers_them(
    write: WriteFile, line: Callable[..., str], read: Callable[..., Reading]
) -> None:
    path = write(line(description='"two\nlines"'), "", line(quantity="six"))
    assert [fault.line for fault in read(path).faults] == [5]


def test_a_short_or_long_row_is_reported(
    write: WriteFile, line: Callable[..., str], read: Callable[..., Reading]
) -> None:
    reading = read(write("536365,A", line() + ",more", line() + ",,", line()))
    assert [(fault.line, fault.reason) for fault in reading.faults] == [
        (2, "has 2 cells where the header has 8"),
        (3, "has 9 cells where the header has 8"),
    ]
    assert len(reading.lines) == 2


def test_a_cell_without_end_is_reported_and_the_rest_goes_on(
    write: WriteFile, line: Callable[..., str], read: Callable[..., Reading]
) -> None:
    path = write(line(), line(description='"' + "x" * 200_000 + '"'), line(sku="22633"))
    reading = read(path)
    assert len(reading.lines) == 2
    assert [fault.line for fault in reading.faults] == [3]
    assert "cannot be split into cells" in reading.faults[0].reason


def test_ten_megabytes_of_garbage_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(random.Random(1).randbytes(10_000_000))
    with pytest.raises(UnreadableFile, match="it is no text"):
        describe(path)


def test_ten_megabytes_in_one_line_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("x" * 10_000_000)
    with pytest.raises(UnreadableFile, match="field larger than field limit"):
        describe(path)


def test_ten_megabytes_of_lines_without_sales_are_reported_line_by_line(
    write: WriteFile, read: Callable[..., Reading]
) -> None:
    rows = ["one more line of prose that has nothing to do with any sale at all"] * 150_000
    reading = read(write(*rows))
    assert len(reading.faults) == 150_000
    assert len(reading.lines) == 0


@pytest.mark.parametrize(("head", "hint"), [
    (b"", "it is empty"), (b"\n\n \n", "it is empty"), (b"%PDF-1.7 ...", "it is a PDF"), (b"\x1f\x8b\x08\x00", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "old .xls"), (b"<html><table>", "HTML"), (b"PK\x03\x04junk", "no valid XLSX"),
    (b"PAR1junk", "no valid Parquet"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is no text"),
])  # fmt: skip
def test_other_files_are_told_what_they_are(head: bytes, hint: str, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(head)
    with pytest.raises(UnreadableFile, match=hint):
        describe(path)


def test_a_file_beyond_the_limit_is_refused_unread(write: WriteFile, line: Callable[..., str]) -> None:
    with pytest.raises(FileTooLarge, match="the limit is 10"):
        describe(write(line()), replace(LIMITS, size=10))


def test_too_many_rows_are_refused(write: WriteFile, line: Callable[..., str]) -> None:
    path = write(*(line(sku=str(number)) for number in range(5)))
    with pytest.raises(FileTooLarge, match="number of rows"):
        read_table(path, describe(path), ["quantity"], replace(LIMITS, rows=4))


def test_a_column_that_is_not_there_is_named(write: WriteFile, line: Callable[..., str]) -> None:
    path = write(line())
    with pytest.raises(UnknownColumns, match=r"no column size.*invoice_no"):
        read_table(path, describe(path), ["size"])


def test_repeated_and_nameless_columns_get_names_of_their_own(write: WriteFile) -> None:
    assert describe(write("1,2,3,4", header="a,,a,a")).header == ["a", "column 2", "a (2)", "a (3)"]


def test_a_workbook_is_read_like_any_text(tmp_path: Path, read: Callable[..., Reading]) -> None:
    path = workbook(
        tmp_path / "sales.xlsx",
        [536365, 22633, "HAND WARMER", 6, MOMENT, 1.85, 17850.0],
        [],
        ["C536366", "85123a", None, -1, "2010-12-01 08:26", "2.55", None],
        [536367, "A", "x", "#N/A", MOMENT, 1, None],
    )
    reading = read(path)
    assert [(fault.line, fault.reason) for fault in reading.faults] == [(5, "quantity is not a number")]
    assert reading.lines.texts["sku"][:2] == ["22633", "85123A"]
    assert reading.lines.texts["customer"] == ["17850"]
    assert reading.lines.price.tolist() == [1_850_000, 2_550_000]
    assert reading.summary.kinds["return"] == 1


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.xlsx", xl__worksheets__sheet1=b"0" * 20_000_000)
    with pytest.raises(FileTooLarge, match="the ratio by which"):
        describe(bomb)
    with pytest.raises(FileTooLarge, match="its unpacked size"):
        describe(bomb, replace(LIMITS, expanded=1_000_000))


def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "liar.xlsx", sheet=b"0" * 5_000_000)
    size = (5_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))
    with pytest.raises((UnreadableFile, FileTooLarge)):
        describe(path)


def test_a_workbook_of_a_thousand_parts_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "many.xlsx", **{f"part{number}": b"" for number in range(1_001)})
    with pytest.raises(FileTooLarge, match="number of parts"):
        describe(path)


@pytest.mark.parametrize("text", [
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><x/>'.encode("utf-16"),
])  # fmt: skip
def test_a_workbook_with_entities_is_refused(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", text)
    with pytest.raises(UnreadableFile, match="declares XML entities"):
        describe(path)


def test_a_workbook_with_a_last_row_far_away_ends_at_its_rows(tmp_path: Path, read: Callable[..., Reading]) -> None:
    path = workbook(tmp_path / "far.xlsx", [536365, 22633, "HAND WARMER", 6, MOMENT, 1.85, 17850])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(1_000_000, 200, "far")
    book.save(path)
    assert len(read(path).lines) == 1


def test_parquet_of_other_types(tmp_path: Path, read: Callable[..., Reading]) -> None:
    table = pa.table({
        "invoice_no": pa.array([536365, 536366]),
        "stock_code": pa.array(["A", "B"]).dictionary_encode(),
        "quantity": pa.array([6.0, None]),
        "invoice_date": pa.array([MOMENT, MOMENT], pa.timestamp("ns", "UTC")),
        "unit_price": pa.array(["2.55", "3"]).cast(pa.decimal128(10, 2)),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "sales.parquet")
    reading = read(tmp_path / "sales.parquet")
    assert [(fault.line, fault.reason) for fault in reading.faults] == [(2, "quantity is missing")]
    assert reading.lines.price.tolist() == [2_550_000]


def test_parquet_with_lists_says_which_column(tmp_path: Path) -> None:
    pq.write_table(pa.table({"quantity": [[1], [2]]}), tmp_path / "sales.parquet")
    shape = describe(tmp_path / "sales.parquet")
    with pytest.raises(UnreadableFile, match="the column quantity holds list"):
        read_table(tmp_path / "sales.parquet", shape, ["quantity"])


def test_parquet_with_too_many_rows_is_refused_by_its_footer(tmp_path: Path) -> None:
    pq.write_table(pa.table({"quantity": [1] * 100}), tmp_path / "sales.parquet")
    with pytest.raises(FileTooLarge, match="number of rows"):
        describe(tmp_path / "sales.parquet", replace(LIMITS, rows=99))
