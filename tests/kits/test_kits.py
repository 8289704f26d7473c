from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import httpx
import psycopg
import pytest
from tests.sales.shop import Shop

from onhand import ledger
from onhand.infra.db import Database, raw
from onhand.kernel import Actor


async def kit(shop: Shop, sku: str, status: int = 200, **quantities: str) -> dict[str, Any]:
    """Make a kit: `kit(shop, "BOX", CARD="2")`; its SKU is made when it is new."""
    await shop.stock(sku)
    components = [{"sku": name, "quantity": quantity} for name, quantity in quantities.items()]
    return await shop.call("PUT", f"/kits/{sku}", {"components": components}, status)


async def test_availability_is_that_of_the_scarcest_component_per_warehouse_and_in_all(shop: Shop) -> None:
    await shop.warehouse("EAST")
    await shop.stock("CARD", MAIN=5, EAST=2)
    await shop.stock("FOIL", MAIN=9, EAST=9)
    made = await kit(shop, "BOX", CARD="2", FOIL="1")
    assert (made["available"], made["total"]["limited_by"]) == ("3", "CARD")
    there = {each["warehouse"]: (each["available"], each["limited_by"]) for each in made["warehouses"]}
    assert there == {"MAIN": ("2", "CARD"), "EAST": ("1", "CARD")}
    [card, foil] = made["total"]["parts"]
    assert (card["sku"], card["available"], card["quantity"], card["enough_for"]) == ("CARD", "7", "2", "3")
    assert foil["enough_for"] == "18"
    row = await shop.call("GET", "/inventory/BOX")
    assert (row["is_kit"], row["available"], row["on_hand"]) == (True, "3", "0")
    assert (await shop.call("GET", "/inventory/CARD"))["is_kit"] is False
    [listed] = (await shop.client.get("/api/v1/kits?q=box")).json()["data"]
    assert (listed["sku"], listed["components"], listed["available"]) == ("BOX", 2, "3")


async def test_a_kit_of_kits_is_opened_and_follows_when_the_inner_one_changes(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=60)
    await shop.stock("DICE", MAIN=4)
    await kit(shop, "PACK", CARD="10")
    outer = await kit(shop, "CASE", PACK="2", DICE="1")
    assert [(c["sku"], c["is_kit"]) for c in outer["components"]] == [("PACK", True), ("DICE", False)]
    assert outer["available"] == "3"
    await kit(shop, "PACK", CARD="15")
    assert (await shop.call("GET", "/kits/CASE"))["available"] == "2"
    await shop.call("DELETE", "/kits/PACK", None, 204)
    assert [p["sku"] for p in (await shop.call("GET", "/kits/CASE"))["total"]["parts"]] == ["PACK", "DICE"]


@pytest.mark.parametrize(
    ("components", "code", "pointer"),
    [
        ([{"sku": "NOPE", "quantity": "1"}], "kits.unknown_components", "/components/0/sku"),
        ([{"sku": "CARD", "quantity": "1"}, {"sku": "card", "quantity": "1"}], "kits.same_component_twice", None),
        ([{"sku": "CARD", "quantity": "0"}], "request.invalid", "/components/0/quantity"),
        ([{"sku": "CARD", "quantity": "NaN"}], "request.invalid", "/components/0/quantity"),
        ([{"sku": "CARD", "quantity": "0.0000001"}], "request.invalid", "/components/0/quantity"),
        ([{"sku": "CARD", "quantity": 1.5}], "request.invalid", "/components/0/quantity"),
        ([], "request.invalid", "/components"),
        ([{"sku": "BOX", "quantity": "1"}], "kits.holds_itself", "/components/0/sku"),
        ([{"sku": "CASE", "quantity": "1"}], "kits.holds_itself", "/components/0/sku"),
    ],
)
async def test_what_no_kit_can_be_made_of_is_refused_and_nothing_written(
    shop: Shop, components: list[dict[str, Any]], code: str, pointer: str | None
) -> None:
    await shop.stock("CARD", MAIN=4)
    await kit(shop, "BOX", CARD="2")
    await kit(shop, "CASE", BOX="2")
    refused = await shop.call("PUT", "/kits/BOX", {"components": components}, 422)
    assert refused["code"] == code
    if pointer:
        assert refused["errors"][0]["pointer"] == pointer
    kept = await shop.call("GET", "/kits/BOX")
    assert [(c["sku"], c["quantity"]) for c in kept["components"]] == [("CARD", "2")]


async def test_kits_too_deep_or_too_fine_are_refused(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=1)
    await kit(shop, "K1", CARD="0.001")
    for n in range(2, 6):
        await kit(shop, f"K{n}", 200, **{f"K{n - 1}": "1"})
    assert (await kit(shop, "K6", 422, K5="1"))["code"] == "kits.too_deep"
    assert (await kit(shop, "K0", 422, K1="0.0001"))["code"] == "kits.too_fine"
    assert (await shop.call("GET", "/kits/K6", None, 404))["code"] == "kits.unknown_kit"


async def test_the_stock_of_a_kit_is_not_moved_but_its_components(shop: Shop) -> None:
    await shop.warehouse("EAST")
    await shop.stock("CARD", MAIN=4)
    await kit(shop, "BOX", CARD="2")
    line = {"sku": "box", "warehouse": "MAIN", "quantity": "1"}
    tries: list[tuple[str, dict[str, Any]]] = [
        ("/inventory/adjust", {"lines": [line]}),
        ("/inventory/adjust", {"lines": [{**line, "quantity": "-1"}]}),
        ("/inventory/adjust?dry_run=true", {"lines": [line]}),
        ("/inventory/adjust", {"lines": [{**line, "quantity": "-1"}], "fact": True}),
        ("/inventory/set", {"lines": [line]}),
        ("/reservations", line),
        ("/stock-levels", line),
        (
            "/inventory/transfer",
            {"from_warehouse": "MAIN", "to_warehouse": "EAST", "lines": [{"sku": "BOX", "quantity": "1"}]},
        ),
        ("/transfers", {"from_warehouse": "MAIN", "to_warehouse": "EAST", "lines": [{"sku": "BOX", "quantity": "1"}]}),
    ]
    for path, body in tries:
        refused = await shop.call("POST", path, body, 422)
        assert (refused["code"], refused["facts"]["sku"]) == ("kits.kit_has_no_stock", "BOX"), path
        assert refused["errors"][0]["pointer"].endswith("/sku")
        assert "components" in refused["detail"]
    assert await shop.levels("BOX") == {}
    assert await shop.levels("CARD") == {"MAIN": (4, 0)}


async def test_a_sku_with_stock_becomes_a_kit_once_that_is_gone(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=4)
    await shop.stock("BOX", MAIN=1)
    refused = await kit(shop, "BOX", 409, CARD="2")
    assert (refused["code"], refused["facts"]["sku"]) == ("kits.has_stock", "BOX")
    await shop.lose("BOX", 1)
    assert (await kit(shop, "BOX", CARD="2"))["available"] == "2"
    proof = await shop.call("GET", "/proof")
    assert proof["differences"] == []
    await shop.call("DELETE", "/kits/BOX", None, 204)
    await shop.stock("BOX", MAIN=3)
    assert await shop.level("BOX") == (3, 0)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE kit_component SET quantity = 0", "kit_component_quantity_positive"),
        ("UPDATE kit_component SET component_id = kit_id", "kit_component_not_itself"),
        ("UPDATE kit_part SET quantity = -1", "kit_part_quantity_positive"),
        ("DELETE FROM sku WHERE code = 'CARD'", "kit_component_organization_id_component_id_fkey"),
    ],
)
async def test_the_database_refuses_what_no_code_should_write(shop: Shop, statement: str, constraint: str) -> None:
    await shop.stock("CARD")
    await kit(shop, "BOX", CARD="2")
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        async with shop.database.session(shop.actor) as session:
            await (await raw(session)).execute(statement)
    assert refused.value.diag.constraint_name == constraint


async def test_who_opens_a_level_and_who_makes_a_kit_at_once_do_not_both_win(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=9)

    async def receive(sku: str) -> bool:
        line = {"sku": sku, "warehouse": "MAIN", "quantity": "1"}
        answer = await shop.client.post("/api/v1/inventory/adjust", json={"lines": [line]})
        assert answer.status_code in {201, 422}, answer.text
        return answer.status_code == 201

    async def make(sku: str) -> bool:
        body = {"components": [{"sku": "CARD", "quantity": "1"}]}
        answer = await shop.client.put(f"/api/v1/kits/{sku}", json=body)
        assert answer.status_code in {200, 409}, answer.text
        return answer.status_code == 200

    for n in range(8):
        await shop.stock(f"B{n}")
        both = await asyncio.gather(receive(f"B{n}"), make(f"B{n}"))
        assert sum(both) == 1


async def test_post_itself_is_held_back_by_the_database(database: Database, actor: Actor, shop: Shop) -> None:
    await shop.stock("CARD", MAIN=4)
    await kit(shop, "BOX", CARD="2")
    posting = ledger.Posting(lines=[ledger.Move(sku="BOX", warehouse="MAIN", quantity=Decimal(1))])
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        await ledger.send_alone(database, actor, [posting])
    assert refused.value.diag.constraint_name == "kit_has_no_stock"


async def test_a_dry_run_tells_and_changes_nothing(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=4)
    await shop.stock("BOX")
    body = {"components": [{"sku": "CARD", "quantity": "2"}]}
    tried = await shop.call("PUT", "/kits/BOX?dry_run=true", body)
    assert tried["available"] == "2"
    await shop.call("GET", "/kits/BOX", None, 404)


async def test_staff_see_kits_and_others_do_not(shop: Shop, staff: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    await shop.stock("CARD", MAIN=4)
    await kit(shop, "BOX", CARD="2")
    assert (await staff.get("/api/v1/kits/BOX")).status_code == 200
    assert (await staff.delete("/api/v1/kits/BOX")).status_code == 403
    assert (await other.get("/api/v1/kits/BOX")).status_code == 404


async def test_the_history_says_what_a_kit_was_made_of(shop: Shop) -> None:
    await shop.stock("CARD", MAIN=4)
    await kit(shop, "BOX", CARD="2")
    await kit(shop, "BOX", CARD="3")
    rows = (await shop.client.get("/api/v1/audit?filter[entity]=kit")).json()["data"]
    assert [(row["action"], row["before"], row["after"]) for row in rows] == [
        ("update", {"CARD": "2"}, {"CARD": "3"}),
        ("create", None, {"CARD": "2"}),
    ]
