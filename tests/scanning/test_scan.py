from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import pytest
from tests.sales.shop import Shop

from onhand.infra.db import raw
from onhand.kernel import new_id

Json = dict[str, Any]
GTIN = "9521234543213"  # of the range that GS1 keeps for examples
GS = "\x1d"


async def scan(shop: Shop, code: str, status: int = 200) -> Json:
    answer = await shop.client.get("/api/v1/scan", params={"code": code})
    assert answer.status_code == status, answer.text
    data: Json = answer.json().get("data", answer.json())
    return data


async def stocked(shop: Shop) -> None:
    await shop.call("POST", "/products", {"sku": "TEA", "name": "شاي 🍵", "barcodes": [GTIN]}, 201)
    await shop.stock("TEA", MAIN=7)


async def write(shop: Shop, statement: str, *values: object) -> None:
    async with shop.database.session(shop.actor) as session:
        await (await raw(session)).execute(statement, values)


@pytest.mark.parametrize(
    "code",
    [
        GTIN,
        f"]E0{GTIN}",
        f"0{GTIN}",
        "TEA",
        "tea",
        f"  {GTIN}\n",
        f"(01)0{GTIN}",
        f"]d2010{GTIN}17271231",
        f"https://id.gs1.org/01/0{GTIN}",
    ],
)
async def test_a_product_is_found_by_any_way_of_writing_its_number(shop: Shop, code: str) -> None:
    await stocked(shop)
    [match] = (await scan(shop, code))["matches"]
    assert (match["kind"], match["sku"], match["name"]) == ("sku", "TEA", "شاي 🍵")
    assert (match["on_hand"], match["available"], match["where"][0]["warehouse"]) == ("7", "7", "MAIN")


async def test_a_upc_leads_to_what_was_filed_as_ean_and_the_short_form_to_the_long(shop: Shop) -> None:
    await shop.call("POST", "/products", {"sku": "POP", "name": "Pop", "barcodes": ["0036000291452"]}, 201)
    await shop.call("POST", "/products", {"sku": "GUM", "name": "Gum", "barcodes": ["012345000065"]}, 201)
    assert [m["sku"] for m in (await scan(shop, "036000291452"))["matches"]] == ["POP"]
    assert [m["sku"] for m in (await scan(shop, "01234565"))["matches"]] == ["GUM"]


@pytest.mark.parametrize(
    "code",
    [
        f"]C1010{GTIN}17271231310300125010L-42{GS}21S1",
        f"]d2010{GTIN}17271231310300125010L-42{GS}21S1",
        f"(01)0{GTIN}(17)271231(3103)001250(10)L-42(21)S1",
        f"010{GTIN}17271231310300125010L-42{{GS}}21S1",
        f"010{GTIN}17271231310300125010L-42^]21S1",
        f"https://example.com/01/0{GTIN}/10/L-42/21/S1?17=271231&3103=001250",
    ],
)
async def test_one_scan_gives_product_lot_expiry_serial_and_weight(shop: Shop, code: str) -> None:
    await stocked(shop)
    lot, sku = new_id(), (await shop.call("GET", "/inventory/TEA"))["id"]
    one = "INSERT INTO lot (organization_id, id, sku_id, code, expires_on) VALUES (%s, %s, %s, 'l-42', '2027-12-31')"
    await write(shop, one, shop.actor.organization_id, lot, sku)
    found = await scan(shop, code)
    label = found["label"]
    assert (label["gtin"], label["lot"], label["serial"], label["expires_on"]) == (
        f"0{GTIN}",
        "L-42",
        "S1",
        "2027-12-31",
    )
    assert (Decimal(label["measure"]), label["measure_unit"]) == (Decimal("1.25"), "kg")
    assert [(m["kind"], m["code"]) for m in found["matches"]] == [("lot", "l-42"), ("sku", "TEA")]
    assert found["matches"][0]["expires_on"] == "2027-12-31"
    assert found["warnings"] == ["There is no serial S1 of it yet."]


async def test_count_made_on_and_best_before_are_read(shop: Shop) -> None:
    await stocked(shop)
    label = (await scan(shop, f"(01)0{GTIN}(11)261101(15)270630(30)12"))["label"]
    assert (label["made_on"], label["best_before"], label["count"]) == ("2026-11-01", "2027-06-30", "12")
    titles = [(e["ai"], e["title"]) for e in label["elements"]]
    assert titles[0] == ("01", "GTIN")


async def test_a_day_00_is_the_last_of_the_month(shop: Shop) -> None:
    assert (await scan(shop, f"(01)0{GTIN}(17)270200"))["label"]["expires_on"] == "2027-02-28"


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("5901234123450", "check digit should be 7"),
        ("(01)09521234543210(10)A", "check digit"),
        ("(01)952123454321(10)A", "(01)"),
        (f"]C1010{GTIN}17271331", "17271331"),
        (f"]C1010{GTIN}99", "99"),
        ("]d2hello", "Application Identifier"),
    ],
)
async def test_what_is_broken_is_said_and_leads_nowhere(shop: Shop, code: str, word: str) -> None:
    await stocked(shop)
    found = await scan(shop, code)
    assert found["matches"] == []
    assert word in " ".join(found["warnings"])


async def test_places_orders_and_transfers_are_found_by_their_codes(shop: Shop) -> None:
    await shop.warehouse("EAST")
    await stocked(shop)
    [place] = (await scan(shop, "east"))["matches"]
    assert (place["kind"], place["code"], place["on_hand"]) == ("warehouse", "EAST", None)
    order = await shop.order({"TEA": 2})
    [found] = (await scan(shop, order["number"].lower()))["matches"]
    assert (found["kind"], found["id"], found["status"]) == ("order", order["id"], "pending")
    body = {"from_warehouse": "MAIN", "to_warehouse": "EAST", "lines": [{"sku": "TEA", "quantity": "1"}]}
    moved = await shop.call("POST", "/transfers", body, 201)
    [transfer] = (await scan(shop, moved["document"]))["matches"]
    assert (transfer["kind"], transfer["name"], transfer["status"]) == ("transfer", "MAIN → EAST", "pending")
    main = (await shop.call("GET", "/warehouses/MAIN"))["id"]
    spot = "INSERT INTO bin (organization_id, warehouse_id, code) VALUES (%s, %s, 'A-01')"
    await write(shop, spot, shop.actor.organization_id, main)
    [shelf] = (await scan(shop, "a-01"))["matches"]
    assert (shelf["kind"], shelf["code"], shelf["warehouse"], shelf["status"]) == ("bin", "A-01", "MAIN", "storage")


async def test_a_kit_says_how_many_there_are(shop: Shop) -> None:
    await stocked(shop)
    await shop.stock("BOX")
    await shop.call("PUT", "/kits/BOX", {"components": [{"sku": "TEA", "quantity": "2"}]})
    [kit] = (await scan(shop, "BOX"))["matches"]
    assert (kit["is_kit"], kit["available"], kit["on_hand"]) == (True, "3", "0")


async def test_nothing_is_an_answer_too_and_others_see_nothing(shop: Shop, other: httpx.AsyncClient) -> None:
    await stocked(shop)
    found = await scan(shop, "never seen <b>")
    assert (found["matches"], found["warnings"], found["code"]) == ([], [], "never seen <b>")
    theirs = (await other.get("/api/v1/scan", params={"code": GTIN})).json()["data"]
    assert theirs["matches"] == []
    for code in ("", "x" * 2_001):
        refused = await scan(shop, code, 422)
        assert refused["errors"][0]["pointer"] == "/code"
