"""Records brought in from files, changed by the next file, and taken back."""

from __future__ import annotations

import csv
import io

import pytest
from tests.intake.conftest import Desk

GOODS = (
    "SKU,Name,Barcodes,Price,Category,Supplier,Tags\n"
    "MUG-1,Blue mug 🫖,5901234123457,8.50,Kitchen > Mugs,ACME,blue; kitchen\n"
    "CUP-1,كوب,,4.25,Kitchen,,\n"
)


async def test_products_are_made_changed_and_put_back(desk: Desk) -> None:
    await desk.brought("code,name\nACME,Acme Ceramics\n", "suppliers")
    first = await desk.checked(GOODS)
    assert (first["kind"], first["summary"]["create"], first["summary"]["refused"]) == ("products", 2, 0)
    assert await desk.rows("products") == [], "a dry run writes nothing"
    made = await desk.done(first["id"], "commit")
    assert (made["status"], made["result"]["tally"]["create"]) == ("finished", 2)
    mug = (await desk.rows("products?filter[sku]=MUG-1"))[0]
    assert (mug["name"], mug["barcodes"], mug["selling_price"]) == ("Blue mug 🫖", ["5901234123457"], "8.5")
    assert (mug["category"], mug["supplier"], mug["tags"]) == ("Mugs", "Acme Ceramics", ["blue", "kitchen"])
    assert [row["sku"] for row in await desk.rows("products?q=blue mug")] == ["MUG-1"]

    again = await desk.checked(GOODS.replace("8.50", "9.00"))
    assert (again["summary"]["change"], again["summary"]["same"]) == (1, 1)
    assert again["summary"]["shown"][0] == {
        "line": 2, "label": "MUG-1", "action": "change",
        "before": {"selling_price": "8.5"}, "after": {"selling_price": "9"},
    }  # fmt: skip
    await desk.done(again["id"], "commit")
    undone = await desk.done(again["id"], "undo")
    assert (undone["status"], undone["result"]["undo"]["restored"]) == ("undone", 1)
    assert (await desk.rows("products?filter[sku]=MUG-1"))[0]["selling_price"] == "8.5"
    gone = await desk.done(first["id"], "undo")
    assert gone["result"]["undo"]["removed"] == 2
    assert await desk.rows("products") == []


async def test_what_was_changed_since_stays_and_is_named(desk: Desk) -> None:
    run = await desk.brought("sku,name,price\nA-1,One,1\nA-2,Two,2\n")
    change = await desk.brought("sku,name,price\nA-1,One,5\nA-2,Zwei,6\n")
    answer = await desk.client.patch("/api/v1/products/A-2", json={"selling_price": "7"})
    answer.raise_for_status()
    undone = (await desk.done(change["id"], "undo"))["result"]["undo"]
    assert [(k["line"], k["label"], k["field"], k["imported"], k["now"]) for k in undone["kept"]] == [
        (3, "A-2", "selling_price", "6", "7")
    ]
    left = {row["sku"]: (row["name"], row["selling_price"]) for row in await desk.rows("products")}
    assert left == {"A-1": ("One", "1"), "A-2": ("Two", "7")}
    kept = (await desk.done(run["id"], "undo"))["result"]["undo"]
    assert ([one["label"] for one in kept["kept"]], kept["removed"]) == (["A-2"], 1)


async def test_a_sku_is_found_by_barcode_and_by_external_id(desk: Desk) -> None:
    await desk.brought("sku,name,barcodes,external_id\nA-1,One,111,shop-1\n")
    by_barcode = await desk.brought("barcode,price\n111,3\n", "products")
    by_id = await desk.brought("external id,price\nshop-1,4\n", "products")
    assert (by_barcode["result"]["tally"]["change"], by_id["result"]["tally"]["change"]) == (1, 1)
    assert [row["selling_price"] for row in await desk.rows("products")] == ["4"]
    refused = await desk.checked("external id,price\nshop-2,4\n", "products")
    assert await desk.faults(refused["id"]) == [(2, "external id", "Nothing has this, and a new product needs a SKU.")]


async def test_nothing_is_written_while_a_row_is_refused_unless_that_is_asked_for(desk: Desk) -> None:
    text = "sku,name,price\nA-1,One,1\nA-2,Two,NaN\nA-3,,3\nA-1,Again,1\n"
    run = await desk.brought(text)
    assert run["status"] == "failed"
    assert "3 of 4 rows are refused, the first in row 3: Selling price is not a number." in run["problem"]
    assert await desk.rows("products") == []
    assert await desk.faults(run["id"]) == [
        (3, "price", "Selling price is not a number."),
        (4, "name", "A-3 is new and has no name."),
        (5, "sku", "Row 2 names the same."),
    ]
    file = await desk.client.get(f"/api/v1/imports/{run['id']}/errors/file")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert (rows[0]["row"], rows[0]["sku"], rows[0]["price"], rows[0]["problem in column"]) == (
        "3",
        "A-2",
        "NaN",
        "price",
    )
    assert rows[0]["what to do"] == "Write an amount of 0 or more, such as 8.50."
    left_out = await desk.brought(text, skip_refused=True)
    assert (left_out["status"], left_out["result"]["refused"]) == ("finished", 3)
    assert [row["sku"] for row in await desk.rows("products")] == ["A-1"]


@pytest.mark.parametrize(("kind", "text", "path", "one"), [
    ("customers", "code,name,email,address\nC-1,Jo,jo@x.example,2 Hill Road\n", "customers", {"name": "Jo"}),
    ("warehouses", "code,name,kind\nSHOP,The shop,store\n", "warehouses?filter[code]=SHOP", {"kind": "store"}),
    ("suppliers", "code,name,lead time\nACME,Acme,9\n", "suppliers", {"lead_time_days": 9}),
])  # fmt: skip
async def test_partners_and_places(desk: Desk, kind: str, text: str, path: str, one: dict[str, object]) -> None:
    run = await desk.brought(text, kind)
    assert run["result"]["tally"]["create"] == 1
    [row] = await desk.rows(path)
    assert row | one == row
    assert (await desk.brought(text, kind))["result"]["tally"]["same"] == 1
    assert (await desk.done(run["id"], "undo"))["result"]["undo"]["removed"] == 1
    assert await desk.rows(path) == []


async def test_supplier_prices_lots_and_serials(desk: Desk) -> None:
    await desk.brought("sku,name\nA-1,One\n")
    await desk.brought("code,name\nACME,Acme\n", "suppliers")
    items = "supplier,sku,price,moq,preferred\nAcme,A-1,3.10,12,yes\n"
    await desk.brought(items, "supplier-items")
    [item] = await desk.rows("supplier-items")
    assert (item["price"], item["minimum_quantity"], item["preferred"]) == ("3.1", "12", True)
    assert (await desk.checked(items, "supplier-items"))["summary"]["same"] == 1
    lots = await desk.brought("sku,lot,made on,best before\nA-1,L1,2026-01-01,2026-09-30\n", "lots")
    assert lots["result"]["tally"]["create"] == 1
    serials = await desk.brought("sku,serial,lot\nA-1,S1,L1\nA-1,S2,L1\n", "serials")
    assert serials["result"]["tally"]["create"] == 2
    twice = await desk.checked("sku,serial\nA-1,S9\nA-1,s9\n", "serials")
    assert await desk.faults(twice["id"]) == [(3, "serial", "Row 2 names the same.")]
    early = await desk.checked("sku,lot,made on,best before\nA-1,L2,2026-05-01,2026-04-01\n", "lots")
    assert [fault[1] for fault in await desk.faults(early["id"])] == ["best before"]


async def test_a_mapping_is_remembered_by_the_columns_of_a_file(desk: Desk) -> None:
    odd = "Nummer;Was;Geld\nA-1;Eins;1,50\n"
    run = await desk.uploaded(odd, "products")
    columns = {"sku": "Nummer", "name": "Was", "selling_price": "Geld"}
    await desk.mapped(run, columns=columns, decimal_comma=True, save_as="Kasse")
    next_one = await desk.uploaded("Was;Geld;Nummer\nZwei;2,25;A-2\n")
    assert (next_one["kind"], next_one["mapping"]["columns"], next_one["mapping"]["saved_as"]) == (
        "products",
        columns,
        "Kasse",
    )
    done = await desk.done((await desk.mapped(next_one))["id"], "commit")
    assert done["status"] == "finished"
    assert [row["selling_price"] for row in await desk.rows("products")] == ["2.25"]
    [kept] = await desk.rows("import-mappings")
    assert (await desk.client.delete(f"/api/v1/import-mappings/{kept['id']}")).status_code == 204
    assert "saved_as" not in (await desk.uploaded(odd, "products"))["mapping"]


async def test_cells_are_pasted(desk: Desk) -> None:
    body = {"text": "SKU\tName\tPrice\nA-1\tOne\t1.5\n"}
    answer = await desk.client.post("/api/v1/imports/pasted", json=body)
    run = answer.json()["data"]
    assert (answer.status_code, run["kind"], run["shape"]["delimiter"]) == (201, "products", "\t")
    assert (await desk.done((await desk.mapped(run))["id"], "commit"))["result"]["tally"]["create"] == 1


async def test_every_template_can_be_read_again(desk: Desk) -> None:
    for kind in await desk.rows("import-kinds"):
        answer = await desk.client.get(f"/api/v1/import-kinds/{kind['name']}/template")
        run = await desk.uploaded(answer.content, kind["name"])
        assert set(run["mapping"]["columns"]) == {column["name"] for column in kind["columns"]}
        assert run["shape"]["doubts"] == []


async def test_who_may_not_write_records_by_hand_may_not_import_them(desk: Desk, staff: object) -> None:
    run = await desk.uploaded("sku,name\nA-1,One\n")
    answer = await staff.post(f"/api/v1/imports/{run['id']}/commit")  # type: ignore[attr-defined]  # a client
    assert answer.status_code == 403
