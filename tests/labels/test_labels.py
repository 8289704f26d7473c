from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from tests.sales.shop import Shop

from onhand.infra.db import raw
from onhand.kernel import new_id
from onhand.labels import fonts
from onhand.labels.domain import SHEETS, Thing, code_for, element_strings

GTIN = "9521234543213"
NAMES = {
    "emoji": "Karten 🎴 ❤️ 👍🏽",
    "arabic": "شاي أخضر ٢٠٠ غ",
    "hebrew": "תה ירוק",
    "mixed": "Tee – שלום – 5 €",
    "others": "Größe Żółć Ελλάς Кофе ชา हरी",
}


async def labels(shop: Shop, status: int = 200, **body: Any) -> bytes:
    answer = await shop.client.post("/api/v1/labels", json=body)
    assert answer.status_code == status, answer.text
    assert status != 200 or answer.headers["content-type"] == "application/pdf"
    return answer.content


def read(pdf: bytes, page: int = 0) -> tuple[list[str], str]:
    """The barcodes that a reader finds on a page, and the page's text."""
    opened = pypdfium2.PdfDocument(BytesIO(pdf))
    shown = np.asarray(opened[page].render(scale=6, grayscale=True).to_numpy())
    found = zxingcpp.read_barcodes(np.ascontiguousarray(shown.reshape(shown.shape[:2])))
    return sorted(f"{one.format}: {one.text}" for one in found), opened[page].get_textpage().get_text_bounded()


async def article(shop: Shop, sku: str = "TEA", name: str = "Tea", *barcodes: str) -> str:
    body = {"sku": sku, "name": name, "barcodes": list(barcodes), "selling_price": "4.50", "currency": "EUR"}
    return str((await shop.call("POST", "/products", body, 201))["sku_id"])


@pytest.mark.parametrize(
    ("symbol", "read_as"),
    [
        ("auto", f"EAN-13: {GTIN}"),
        ("retail", f"EAN-13: {GTIN}"),
        ("code128", "Code 128: TEA"),
        ("gs1_128", f"Code 128: (01)0{GTIN}"),
        ("qr", "QR Code: TEA"),
        ("datamatrix", "Data Matrix: TEA"),
    ],
)
async def test_a_scanner_reads_what_was_printed(shop: Shop, symbol: str, read_as: str) -> None:
    await article(shop, "TEA", "Green tea", GTIN)
    fields = ["name", "code", "price"]
    items = [{"key": "tea", "copies": 2}]
    for sheet in ("avery-l7160", "roll-57x32"):
        codes, text = read(await labels(shop, sheet=sheet, items=items, symbol=symbol, fields=fields))
        assert codes == [read_as] * (2 if sheet.startswith("avery") else 1)
        assert "Green tea" in text
        assert "4.50 EUR" in text


@pytest.mark.parametrize("sheet", list(SHEETS))
async def test_every_sheet_is_filled_and_goes_on_to_the_next_page(shop: Shop, sheet: str) -> None:
    await article(shop)
    count = SHEETS[sheet].per_page + 1
    pdf = await labels(shop, sheet=sheet, items=[{"key": "TEA", "copies": count}], symbol="qr")
    opened = pypdfium2.PdfDocument(BytesIO(pdf))
    assert len(opened) == 2
    sizes = (SHEETS[sheet].page_width, SHEETS[sheet].page_height)
    assert opened[0].get_size() == pytest.approx([mm / 25.4 * 72 for mm in sizes], abs=0.1)
    assert len(read(pdf, 1)[0]) == 1


@given(st.sampled_from(list(SHEETS.values())), st.integers(1, 10), st.integers(1, 90))
def test_no_label_leaves_its_page_or_lies_on_another(sheet: Any, first: int, count: int) -> None:
    places = list(sheet.places(first, count))
    assert len(set(places)) == count
    for _, x, y in places:
        assert -0.01 <= x <= sheet.page_width - sheet.width + 0.01
        assert -0.01 <= y <= sheet.page_height - sheet.height + 0.01
    for page, x, y in places:
        beside = [p for p in places if p[0] == page and abs(p[1] - x) < sheet.width - 0.01]
        assert sum(abs(p[2] - y) < sheet.height - 0.01 for p in beside) == 1


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
async def test_names_in_any_script_are_printed_unchanged_and_no_letter_is_a_box(shop: Shop, name: str) -> None:
    await article(shop, "TEA", name)
    pdf = await labels(shop, sheet="roll-100x50", items=[{"key": "TEA"}], symbol="qr")
    _, text = read(pdf)
    printed = {letter for letter in text if not letter.isspace()}
    wanted = {letter for letter in name if not letter.isspace() and letter not in "\u200d\ufe0f"}
    assert wanted <= printed
    assert fonts.needed(name)[1] == ""


async def test_a_letter_that_no_font_knows_is_refused_by_name(shop: Shop) -> None:
    await article(shop, "TEA", "Tea \U00013000")
    answer = await shop.client.post("/api/v1/labels", json={"items": [{"key": "TEA"}]})
    said = answer.json()
    assert (answer.status_code, said["code"], said["facts"]["letters"]) == (422, "labels.no_glyphs", "\U00013000")
    assert said["errors"][0]["pointer"] == "/items/0"


async def test_a_lot_a_serial_and_a_bin_have_labels_of_their_own(shop: Shop) -> None:
    sku = await article(shop, "TEA", "Tea", GTIN)
    lot, serial, spot = new_id(), new_id(), new_id()
    main = (await shop.call("GET", "/warehouses/MAIN"))["id"]
    mine = shop.actor.organization_id
    async with shop.database.session(shop.actor) as session:
        connection = await raw(session)
        add = "INSERT INTO lot (organization_id, id, sku_id, code, expires_on) VALUES (%s, %s, %s, 'L1', '2027-12-31')"
        await connection.execute(add, (mine, lot, sku))
        add = "INSERT INTO serial (organization_id, id, sku_id, lot_id, code) VALUES (%s, %s, %s, %s, 'S9')"
        await connection.execute(add, (mine, serial, sku, lot))
        add = "INSERT INTO bin (organization_id, id, warehouse_id, code) VALUES (%s, %s, %s, 'A-01-02')"
        await connection.execute(add, (mine, spot, main))
    items = [{"kind": "lot", "key": str(lot)}, {"kind": "serial", "key": "s9"}, {"kind": "bin", "key": str(spot)}]
    codes, text = read(await labels(shop, items=items, fields=["name", "code", "lot", "expiry"]))
    assert codes == sorted(
        [
            f"Data Matrix: (01)0{GTIN}(17)271231(10)L1",
            f"Data Matrix: (01)0{GTIN}(17)271231(10)L1(21)S9",
            "Code 128: A-01-02",
        ]
    )
    assert "2027-12-31" in text


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"items": [{"key": "TEA"}, {"key": "NOPE"}]}, "labels.unknown", "/items/1/key"),
        ({"items": [{"kind": "lot", "key": "NOPE"}]}, "labels.unknown", "/items/0/key"),
        ({"items": [{"key": "TEA"}], "symbol": "retail"}, "labels.cannot_encode", "/items/0"),
        ({"items": [{"key": "TEA"}], "symbol": "gs1_128"}, "labels.cannot_encode", "/items/0"),
        ({"items": [{"key": "TEA"}], "sheet": "avery-1"}, "request.invalid", "/sheet"),
        ({"items": [{"key": "TEA", "copies": 0}]}, "request.invalid", "/items/0/copies"),
        ({"items": [{"key": "TEA", "copies": 600}, {"key": "TEA", "copies": 600}]}, "labels.too_many", None),
        ({"items": []}, "request.invalid", "/items"),
    ],
)
async def test_what_cannot_be_printed_is_refused(
    shop: Shop, body: dict[str, Any], code: str, pointer: str | None
) -> None:
    await article(shop)
    answer = await shop.client.post("/api/v1/labels", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_gs1_says_only_what_its_letters_can() -> None:
    assert element_strings(Thing("lot", "TEA", "Tea", (GTIN,), lot="L1")) == f"(01)0{GTIN}(10)L1"
    assert element_strings(Thing("lot", "TEA", "Tea", (GTIN,), lot="ç 1")) == ""
    assert element_strings(Thing("lot", "TEA", "Tea", (), lot="L1")) == ""
    assert code_for(Thing("sku", "צבע", "Paint"), "auto").format == "QRCode"


async def test_the_sheets_are_listed(shop: Shop) -> None:
    sheets = await shop.call("GET", "/labels/sheets")
    listed: list[dict[str, str]] = [*sheets]  # type: ignore[list-item]  # a list, whatever the builder's type says
    assert {"avery-l7160", "avery-5160", "roll-57x32"} <= {sheet["code"] for sheet in listed}
