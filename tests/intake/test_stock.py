"""Files that move stock, and orders: through the ledger, once, and back as one group."""

from __future__ import annotations

import pytest
from tests.intake.conftest import Desk

from onhand import proof
from onhand.infra.db import Database
from onhand.kernel import Actor

OPENING = "sku,warehouse,quantity,unit cost\nA-1,MAIN,10,2.50\nA-2,MAIN,4,1\n"


@pytest.fixture(autouse=True)
async def goods(desk: Desk) -> None:
    await desk.brought("sku,name,barcodes\nA-1,One,111\nA-2,Two,222\n", "products")


async def on_hand(desk: Desk) -> dict[str, str]:
    return {row["sku"]: row["on_hand"] for row in await desk.rows("stock-levels?sort=sku")}


async def test_opening_stock_comes_once_and_goes_as_one_group(desk: Desk, database: Database, actor: Actor) -> None:
    run = await desk.brought(OPENING, "opening-stock")
    assert (run["status"], run["result"]["tally"]["post"]) == ("finished", 2)
    assert await on_hand(desk) == {"A-1": "10", "A-2": "4"}
    moved = await desk.rows("inventory/movements?sort=sku")
    assert [(m["type"], m["reason"], m["group_id"] == run["id"]) for m in moved] == [
        ("opening", "opening stock", True)
    ] * 2
    again = await desk.brought(OPENING, "opening-stock")
    assert (again["status"], "would count twice" in again["problem"]) == ("failed", True)
    other = await desk.checked("sku,warehouse,quantity\nA-1,MAIN,1\n", "opening-stock")
    assert await desk.faults(other["id"]) == [(2, "sku", "Stock of it has moved there already.")]
    assert (await desk.done(run["id"], "undo"))["status"] == "undone"
    assert await on_hand(desk) == {"A-1": "0", "A-2": "0"}
    assert (await proof.prove(database, actor.organization_id)).holds


async def test_an_undo_says_whose_stock_is_gone(desk: Desk) -> None:
    run = await desk.brought(OPENING, "opening-stock")
    await desk.brought("sku,quantity\nA-1,3\n", "levels", warehouse="MAIN")
    stays = await desk.done(run["id"], "undo")
    assert stays["status"] == "finished"
    assert "1 SKUs hold less than it brought (A-1)" in stays["problem"]
    assert await on_hand(desk) == {"A-1": "3", "A-2": "4"}


async def test_levels_set_and_adjustments_add(desk: Desk) -> None:
    levels = "barcode;on hand\n111;7,5\n222;0\n"
    run = await desk.brought(levels, "levels", warehouse="MAIN")
    tally = run["result"]["tally"]
    assert (tally["post"], tally["same"], await on_hand(desk)) == (1, 1, {"A-1": "7.5"})
    assert (await desk.checked(levels, "levels", warehouse="MAIN"))["summary"]["same"] == 2
    change = "sku,change,reason\nA-1,-2.5,broken\nA-1,-5,gone\nA-1,-1,too much\n"
    refused = await desk.checked(change, "adjustments", warehouse="MAIN")
    assert await desk.faults(refused["id"]) == [(4, "change", "Only 0 are available; 1 would go.")]
    await desk.brought(change, "adjustments", warehouse="MAIN", skip_refused=True)
    assert await on_hand(desk) == {"A-1": "0"}
    twice = await desk.brought(change, "adjustments", warehouse="MAIN", skip_refused=True)
    assert twice["status"] == "failed"


async def test_counts_are_facts(desk: Desk) -> None:
    await desk.brought(OPENING, "opening-stock")
    await desk.brought("sku,counted,reason\nA-1,9,shelf\nA-2,4,shelf\n", "counts", warehouse="MAIN")
    assert await on_hand(desk) == {"A-1": "9", "A-2": "4"}
    counted = await desk.rows("inventory/movements?filter[type]=count")
    assert {row["reason"] for row in counted} == {"shelf"}


async def test_what_names_nothing_is_refused_by_column(desk: Desk) -> None:
    text = "sku,warehouse,quantity,currency,unit cost\nNO,MAIN,1,,\nA-1,MOON,1,,\nA-2,MAIN,1,XYZ,1\n"
    run = await desk.brought(text, "levels")
    assert await desk.faults(run["id"]) == [
        (2, "sku", "There is no SKU NO."),
        (3, "warehouse", "There is no warehouse MOON."),
        (4, "currency", "Currency is no currency."),
    ]
    assert (run["status"], await on_hand(desk)) == ("failed", {})


async def test_orders_are_taken_with_their_lines_and_deleted_again(desk: Desk) -> None:
    await desk.brought(OPENING, "opening-stock")
    text = (
        "order number,sku,quantity,unit price,customer,customer name,date\n"
        "1001,A-1,2,8.50,jo@x.example,Jo,2026-03-02\n1002,A-2,1,4,,,\n1001,A-2,1,4.25,jo@x.example,Jo,2026-03-02\n"
        "1003,A-1,1,1,,,\n1003,NO,1,1,,,\n"
    )
    run = await desk.brought(text, "orders", skip_refused=True, source="paper")
    assert (run["result"]["tally"]["create"], run["result"]["refused"]) == (2, 2)
    orders = {row["external_id"]: row for row in await desk.rows("orders?sort=external_id")}
    assert {key: (row["lines"], row["items"], row["customer"]) for key, row in orders.items()} == {
        "1001": (2, "21.25", "Jo"), "1002": (1, "4", None),
    }  # fmt: skip
    levels = {row["sku"]: row["reserved"] for row in await desk.rows("stock-levels")}
    assert levels == {"A-1": "2", "A-2": "2"}
    again = await desk.checked(text, "orders", skip_refused=True, source="paper")
    assert (again["summary"]["create"], again["summary"]["same"]) == (0, 3)
    undone = await desk.done(run["id"], "undo")
    assert (undone["result"]["undo"]["removed"], await desk.rows("orders")) == (2, [])
