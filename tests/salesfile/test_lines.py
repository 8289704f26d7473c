from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onhand.infra.tabular import UnknownTimeZone, describe, read_table
from onhand.salesfile.domain import Options
from onhand.salesfile.errors import MissingColumns
from onhand.salesfile.lines import Reading, read_lines, wanted_columns
from onhand.salesfile.mapping import Mapping

WriteFile = Callable[..., Path]
ReadFile = Callable[..., Reading]
Line = Callable[..., str]
LONDON = Options(currency="GBP", timezone="Europe/London", warehouse="MAIN")


def test_every_kind_of_line_is_counted(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    reading = read(
        write(
            line(),
            line(invoice="536366", sku="POST", quantity="1", price="18.00"),
            line(invoice="C536367", quantity="-2"),
            line(invoice="536368", quantity="-3", price="0", customer="", description="damaged"),
            line(invoice="536369", quantity="1", price="0.0"),
            line(invoice="A536370", sku="B", quantity="1", price="-11062.06", customer=""),
        )
    )
    assert reading.faults == []
    summary = reading.summary
    assert summary.kinds == {"sale": 1, "return": 1, "write_off": 1, "given_away": 1, "charge": 2}
    assert summary.units == {"sale": "6", "return": "-2", "write_off": "-3", "given_away": "1", "charge": "2"}
    assert summary.charge_codes == {"POST": 1, "B": 1}
    assert (summary.customers, summary.without_customer, summary.invoices, summary.skus) == (1, 2, 6, 1)
    assert (reading.lines.change // 1_000_000).tolist() == [-6, 0, 2, -3, -1, 0]


def test_codes_that_differ_in_case_are_one_sku_and_said_so(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    reading = read(write(line(sku="85123a"), line(sku="85123A"), line(sku="22633")))
    assert reading.summary.merged == {"85123A": ["85123A", "85123a"]}
    assert reading.lines.texts["sku"] == ["85123A", "22633"]
    assert reading.lines.occurrence.tolist() == [1, 2, 1]


def test_two_scans_of_one_item_are_kept_and_counted(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    path = write(line(), line(), line(quantity="7"), line(invoice="536366"))
    kept, dropped = read(path), read(path, replace(LONDON, drop_duplicates=True))
    assert (len(kept.lines), kept.summary.duplicates, kept.summary.duplicates_dropped) == (4, 1, 0)
    assert (len(dropped.lines), dropped.summary.duplicates, dropped.summary.duplicates_dropped) == (3, 1, 1)
    assert dropped.lines.occurrence.tolist() == [1, 3, 1]


def test_mending_a_bad_line_changes_no_other_lines_key(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    reading = read(write(line(quantity="six"), line(quantity="7")))
    assert reading.lines.occurrence.tolist() == [2]


@pytest.mark.parametrize(("cells", "column", "reason"), [
    ({"quantity": "six"}, "quantity", "quantity is not a number"),
    ({"quantity": ""}, "quantity", "quantity is missing"),
    ({"quantity": "0"}, "quantity", "quantity is zero"),
    ({"price": "free"}, "unit_price", "unit price is not a number"),
    ({"date": "2011-02-30 08:00"}, "invoice_date", "date is not a date: day is out of range for month"),
    ({"date": "2999-01-01"}, "invoice_date", "date is in the future"),
    ({"invoice": " "}, "invoice_no", "invoice is missing"),
    ({"sku": ""}, "stock_code", "sku is missing"),
    ({"sku": "A" * 65}, "stock_code", "sku is longer than 64 characters"),
    ({"description": "\x07"}, "description", "description has characters that are no text in this encoding"),
])  # fmt: skip
def test_a_bad_line_is_named_with_its_reason_and_the_rest_goes_on(
    cells: dict[str, str], column: str, reason: str,
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str],
) -> None:  # fmt: skip
    reading = read(write(line(), line(**cells), line(sku="22633")))
    assert [(fault.line, fault.column, fault.reason) for fault in reading.faults] == [(3, column, reason)]
    assert reading.lines.line.tolist() == [2, 4]
    assert (reading.summary.lines, reading.summary.accepted, reading.summary.failed) == (3, 2, 1)


def test_a_cancellation_that_takes_more_out_is_refused(write: WriteFile, read: ReadFile, line: Line) -> None:
    reading = read(write(line(invoice="C1", quantity="-2"), line(invoice="C2", quantity="-2"), line(invoice="C3")))
    assert [(fault.line, fault.reason) for fault in reading.faults] == [
        (4, "quantity of a cancellation must be negative")
    ]
    assert reading.summary.kinds["return"] == 2


def test_a_shop_whose_invoices_begin_with_c_just_sells(write: WriteFile, read: ReadFile, line: Line) -> None:
    reading = read(
        write(line(invoice="C1"), line(invoice="C2"), line(invoice="C3", quantity="-2"), line(invoice="CH4"))
    )
    assert (reading.faults, reading.summary.kinds["sale"], reading.summary.kinds["return"]) == ([], 3, 1)


def test_a_line_with_two_faults_is_reported_once(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    assert len(read(write(line(quantity="six", price="free"))).faults) == 1


def test_a_customer_from_a_spreadsheet_loses_its_point_zero(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    path = write(line(), header="invoice,sku,title,qty,date,price,customer id,country")
    reading = read(path)
    assert reading.lines.texts["customer"] == ["17850"]


def test_the_shop_says_which_codes_are_no_goods(
    write: Callable[..., Path], read: Callable[..., Reading], line: Callable[..., str]
) -> None:
    path = write(line(sku="WRAP"), line(sku="POST"))
    assert read(path, replace(LONDON, not_goods=("wrap",))).summary.charge_codes == {"WRAP": 1}


def test_needed_columns_that_nobody_mapped_are_named() -> None:
    with pytest.raises(MissingColumns, match=r"sku, quantity, date, unit price"):
        wanted_columns(Mapping({"invoice": "invoice_no"}))


def test_an_unknown_time_zone_is_refused(write: Callable[..., Path], line: Callable[..., str]) -> None:
    path = write(line())
    mapping = Mapping({
        "invoice": "invoice_no", "sku": "stock_code", "quantity": "quantity", "date": "invoice_date",
        "unit_price": "unit_price",
    })  # fmt: skip
    table = read_table(path, describe(path), wanted_columns(mapping))
    with pytest.raises(UnknownTimeZone, match="Mars/Olympus"):
        read_lines(table, mapping, replace(LONDON, timezone="Mars/Olympus"))


def test_optional_columns_may_be_absent(write: Callable[..., Path], read: Callable[..., Reading]) -> None:
    path = write("1,A,5,2010-12-01,2.50", header="invoice,sku,quantity,date,price")
    reading = read(path)
    assert (len(reading.lines), reading.summary.without_customer) == (1, 1)
    assert reading.lines.customer.tolist() == [-1]


def test_a_file_with_a_header_alone_has_no_lines(write: Callable[..., Path], read: Callable[..., Reading]) -> None:
    reading = read(write(header="invoice,sku,quantity,date,price"))
    assert (reading.summary.lines, reading.summary.first_at) == (0, None)


@pytest.mark.shared
def test_the_real_file_comes_out_as_it_is(shared_data: Path, read: Callable[..., Reading]) -> None:
    reading = read(shared_data / "online_retail_dev.parquet")
    summary = reading.summary
    assert reading.faults == []
    assert (summary.lines, summary.accepted, summary.without_customer) == (373_928, 373_928, 91_556)
    assert summary.kinds == {"sale": 364_415, "return": 5_782, "write_off": 938, "given_away": 773, "charge": 2_020}
    assert (summary.invoices, summary.skus, summary.customers) == (23_930, 2_776, 4_308)
    assert (summary.duplicates, summary.duplicates_dropped) == (3_654, 0)
    assert len(summary.merged) == 80
    assert summary.merged["85123A"] == ["85123A", "85123a"]
    assert (summary.first_at, summary.last_at) == ("2010-12-01T08:26:00Z", "2011-12-09T12:50:00Z")


@pytest.mark.shared
def test_the_sample_is_the_beginning_of_the_whole(shared_data: Path, read: Callable[..., Reading]) -> None:
    sample = read(shared_data / "online_retail_sample_20k.csv").lines
    whole = read(shared_data / "online_retail_dev.parquet").lines
    for name in ("quantity", "price", "at", "kind", "change", "occurrence"):
        assert (getattr(sample, name) == getattr(whole, name)[:20_000]).all(), name
