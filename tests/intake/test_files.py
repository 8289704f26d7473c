"""Broken files: the row and the column are named, and nothing is written. Exports come back unchanged."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from tests.intake.conftest import Desk

SHARED = Path(__import__("os").environ.get("ONHAND_SHARED", "../shared")) / "data"


@pytest.mark.parametrize(("row", "column", "reason"), [
    ("A-1,One,NaN", "price", "Selling price is not a number."),
    ("A-1,One,inf", "price", "Selling price is not a number."),
    ("A-1,One," + "9" * 400, "price", "Selling price is too large."),
    ("A-1,One,1.2345678", "price", "Selling price has more than 6 decimal places."),
    ("A-1,One,-1", "price", "Selling price is below 0."),
    (",One,1", "sku", "SKU or Barcodes or External id is missing."),
    ("A-1," + "x" * 256 + ",1", "name", "Name is longer than 255 characters."),
    ("A" * 101 + ",One,1", "sku", "SKU is longer than 100 characters."),
    ("A-1,One,1,more,yet", "", "has 5 cells where the header has 3"),
])  # fmt: skip
async def test_a_bad_cell_is_named(desk: Desk, row: str, column: str, reason: str) -> None:
    run = await desk.brought(f"sku,name,price\n{row}\n")
    assert run["status"] == "failed"
    assert await desk.faults(run["id"]) == [(2, column, reason)]
    assert await desk.rows("products") == []


async def test_a_nul_is_no_text(desk: Desk) -> None:
    answer = await desk.client.post(
        "/api/v1/imports", files={"file": ("a.csv", b"sku,name\nA\0,B\n")}, data={"kind": "products"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "file.unreadable")


async def test_old_encodings_and_told_ones(desk: Desk) -> None:
    text = "sku;name\nA-1;Größe\nA-2;Café\nA-3;Überzug\n"
    await desk.brought(text.encode("cp1252"))
    assert {row["name"] for row in await desk.rows("products")} == {"Größe", "Café", "Überzug"}
    run = await desk.uploaded("sku~name\nA-1~One\n", "products")
    body = {"kind": "products", "columns": {"sku": "sku", "name": "name"},
            "options": {"currency": "GBP", "timezone": "Europe/London", "delimiter": "~"}}  # fmt: skip
    told = await desk.client.put(f"/api/v1/imports/{run['id']}/columns", json=body)
    assert told.json()["data"]["shape"]["header"] == ["sku", "name"]
    body["options"] = body["options"] | {"encoding": "klingon"}  # type: ignore[operator]  # a mapping
    assert (await desk.client.put(f"/api/v1/imports/{run['id']}/columns", json=body)).status_code == 422


async def test_a_repeated_heading_is_doubted(desk: Desk) -> None:
    run = await desk.uploaded("sku,name,name\nA-1,One,Uno\n", "products")
    assert run["shape"]["doubts"] == ["The file has more than one column called name; the first is read."]


@pytest.mark.parametrize("change", [
    {"kind": "dragons"}, {"columns": {"sku": "sku"}, "kind": "orders"}, {"columns": {"colour": "sku"}},
    {"columns": {"sku": "nowhere"}}, {"options": {"currency": "GBP", "timezone": "Mars/Olympus"}},
])  # fmt: skip
async def test_a_mapping_that_cannot_be_is_refused(desk: Desk, change: dict[str, object]) -> None:
    run = await desk.uploaded("sku,name\nA-1,One\n", "products")
    body = {"kind": "products", "columns": {"sku": "sku"}, "options": {"currency": "GBP", "timezone": "Europe/London"}}
    answer = await desk.client.put(f"/api/v1/imports/{run['id']}/columns", json=body | change)
    assert answer.status_code == 422, answer.text


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["sku", "name", "price"], ["A-1", "One", 0.1 + 0.2], ["A-2", "Two", "=1/0"], ["A-3", "Three", 3]):
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"sku": ["A-1", "A-2"], "name": ["One", "Two"], "price": [0.3, float("nan")]}), out)
    return out.getvalue()


@pytest.mark.parametrize(("make", "prices"), [(workbook, {"A-1": "0.3", "A-2": None, "A-3": None}),
                                              (parquet, {"A-1": "0.3", "A-2": None})])  # fmt: skip
async def test_workbooks_and_parquet(desk: Desk, make: Callable[[], bytes], prices: dict[str, str | None]) -> None:
    run = await desk.brought(make())
    assert run["status"] == "finished"
    assert {row["sku"]: row["selling_price"] for row in await desk.rows("products")} == prices


async def filled(desk: Desk) -> None:
    await desk.brought("code,name,lead time,currency\nACME,=Acme,9,EUR\n", "suppliers")
    await desk.brought(
        "sku,name,barcodes,price,category,supplier,tags\n"
        "A-1,'=SUM(1),1\\;2; 3,1.50,Kitchen > Mugs,ACME,a; b\nA-2,-dash 🫖,,,,,\n"
    )
    await desk.brought("supplier,sku,price\nACME,A-1,1\n", "supplier-items")
    await desk.brought("code,name,shipping address\nC-1,عميل,2 Hill Road\n", "customers")
    await desk.brought("sku,quantity\nA-1,5\nA-2,2.5\n", "levels", warehouse="MAIN")


@pytest.mark.parametrize(("name", "kind"), [
    ("products", "products"), ("suppliers", "suppliers"), ("supplier-items", "supplier-items"),
    ("customers", "customers"), ("warehouses", "warehouses"), ("stock-levels", "levels"),
])  # fmt: skip
async def test_what_is_exported_and_imported_again_changes_nothing(desk: Desk, name: str, kind: str) -> None:
    await filled(desk)
    for form in ("csv", "xlsx", "parquet"):
        file = await desk.client.get(f"/api/v1/exports/{name}?format={form}")
        run = await desk.checked(file.content, kind)
        assert await desk.faults(run["id"]) == []
        counts = {word: run["summary"][word] for word in ("create", "change", "post", "refuse")}
        assert counts == dict.fromkeys(counts, 0), (form, run["summary"]["shown"])
        assert run["summary"]["same"] > 0


@pytest.mark.shared
@pytest.mark.parametrize(("file", "columns", "least"), [
    ("cards_mtg_lea_dev.csv", {"sku": "multiverseid", "name": "name"}, 290),
    ("uci_weekly_products.csv", {"sku": "Product_Code", "name": "Product_Code"}, 811),
    ("restaurant_taiwan_hourly_items.csv", {"sku": "item", "name": "item"}, 100),
])  # fmt: skip
async def test_real_files_become_products(desk: Desk, file: str, columns: dict[str, str], least: int) -> None:
    run = await desk.mapped(
        await desk.uploaded((SHARED / file).read_bytes(), "products"), columns=columns, skip_refused=True
    )
    done = await desk.done(run["id"], "commit")
    assert (done["status"], done["result"]["tally"]["create"] >= least) == ("finished", True)
