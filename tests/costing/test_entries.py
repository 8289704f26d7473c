"""Landed costs, late bills and costs told later: what is in stock and what is sold each bear their part."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from tests.conftest import client_for, key_for
from tests.costing.conftest import books
from tests.ledger.conftest import Connection, Shop

from onhand.ledger.domain import Move, Posting, reversal_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from fastapi import FastAPI

    from onhand.infra.db import Database

METHODS = ("fifo", "lifo", "average")


@pytest.fixture
async def clerk(app: FastAPI, database: Database, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with client_for(app, await key_for(database, shop.actor)) as opened:
        yield opened


def use_method(shop: Shop, method: str) -> None:
    shop.admin.execute(
        "INSERT INTO costing_method (organization_id, method) VALUES (%s, %s)", (shop.actor.organization_id, method)
    )


class Trade:
    """Receipts, sales and transfers of a shop."""

    def __init__(self, shop: Shop, connection: Connection) -> None:
        self.shop, self.connection = shop, connection

    def post(self, *lines: Move, kind: Any, **more: Any) -> UUID:
        posting = Posting(lines=lines, type=kind, **more)
        [outcome] = self.shop.post(self.connection, posting)
        assert outcome.ok, outcome
        return posting.id

    def buy(self, quantity: int, cost: str | None, sku: str = "A", place: str = "MAIN", **more: Any) -> UUID:
        price = None if cost is None else Decimal(cost)
        line = Move(sku=sku, warehouse=place, quantity=Decimal(quantity), unit_cost=price, **more)
        return self.post(line, kind="purchase", document="PO-1")

    def sell(self, quantity: int, sku: str = "A", place: str = "MAIN") -> UUID:
        return self.post(Move(sku=sku, warehouse=place, quantity=Decimal(-quantity)), kind="sale")

    def carry(self, quantity: int, sku: str = "A") -> UUID:
        out = Move(sku=sku, warehouse="MAIN", quantity=Decimal(-quantity))
        into = Move(sku=sku, warehouse="EAST", quantity=Decimal(quantity), carried=True)
        return self.post(out, into, kind="transfer")

    def cogs(self, posting: UUID) -> Decimal:
        """What a sale cost: when it was made, and corrected since."""
        [[cost]] = self.shop.ask(
            """SELECT coalesce((SELECT -sum(m.value) FROM movement m WHERE m.organization_id = o.id
                AND m.posting_id = p.id), 0) + coalesce((SELECT sum(a.value) FROM cost_adjustment a
                WHERE a.organization_id = o.id AND a.posting_id = p.id), 0)
            FROM organization o JOIN posting p ON p.organization_id = o.id WHERE o.id = %s AND p.id = %s""",
            posting,
        )
        return Decimal(cost)


@pytest.fixture
def trade(shop: Shop, connection: Connection) -> Trade:
    return Trade(shop, connection)


async def landed(client: httpx.AsyncClient, *receipts: UUID, **more: Any) -> dict[str, Any]:
    told = {"charge": "freight", "amount": "10", "receipts": [{"posting_id": str(one)} for one in receipts]} | more
    answer = await client.post("/api/v1/costs/landed", json=told)
    assert answer.status_code == 201, answer.text
    entry: dict[str, Any] = answer.json()["data"]
    return entry


async def told(client: httpx.AsyncClient, posting: UUID, cost: str, **more: Any) -> dict[str, Any]:
    line = {"posting_id": str(posting), "line": 1, "unit_cost": cost} | more
    answer = await client.post("/api/v1/costs/receipts", json={"lines": [line], "document": "B-7"})
    assert answer.status_code == 201, answer.text
    entry: dict[str, Any] = answer.json()["data"]
    return entry


@pytest.mark.parametrize("method", METHODS)
async def test_freight_goes_to_what_is_left_and_corrects_what_is_sold(
    clerk: httpx.AsyncClient, trade: Trade, method: str
) -> None:
    use_method(trade.shop, method)
    bought = trade.buy(10, "3")
    sold = trade.sell(6)
    entry = await landed(clerk, bought)
    assert (entry["value"], entry["stock"], entry["sold"]) == ("10", "4", "6")
    assert entry["charges"][0]["sku"] == "A"
    assert books(trade.shop) == {"MAIN": (4, 16, 0)}
    assert trade.cogs(sold) == 24


@pytest.mark.parametrize("method", METHODS)
async def test_a_late_bill_follows_the_goods_to_another_warehouse_and_can_be_taken_back(
    clerk: httpx.AsyncClient, trade: Trade, method: str
) -> None:
    use_method(trade.shop, method)
    bought = trade.buy(10, "3")
    trade.carry(6)
    sold = trade.sell(2, place="EAST")
    entry = await told(clerk, bought, "4")
    assert (entry["kind"], entry["value"], entry["stock"], entry["sold"]) == ("bill", "10", "8", "2")
    assert books(trade.shop) == {"EAST": (4, 16, 0), "MAIN": (4, 16, 0)}
    assert trade.cogs(sold) == 8
    back = await clerk.post(f"/api/v1/costs/entries/{entry['number']}/reverse")
    assert back.status_code == 201, back.text
    assert (back.json()["data"]["value"], back.json()["data"]["reverses_id"]) == ("-10", entry["id"])
    assert books(trade.shop) == {"EAST": (4, 12, 0), "MAIN": (4, 12, 0)}
    assert trade.cogs(sold) == 6
    again = await clerk.post(f"/api/v1/costs/entries/C-{entry['number']}/reverse")
    assert (again.status_code, again.json()["code"]) == (409, "costing.already_reversed")


@pytest.mark.parametrize("method", METHODS)
async def test_what_nobody_knew_is_listed_and_counted_once_it_is_told(
    clerk: httpx.AsyncClient, trade: Trade, method: str
) -> None:
    use_method(trade.shop, method)
    trade.buy(5, "2")
    unknown = trade.buy(10, None)
    sold = trade.sell(8)
    [row] = (await clerk.get("/api/v1/costs/uncosted")).json()["data"]
    assert (row["posting_id"], row["value"]) == (str(unknown), None)
    left = Decimal(row["remaining"])
    entry = await told(clerk, unknown, "3")
    assert (entry["kind"], entry["value"]) == ("costed", "30")
    assert Decimal(entry["stock"]) == 3 * left
    assert (await clerk.get("/api/v1/costs/uncosted")).json()["data"] == []
    [(units, value, uncosted)] = books(trade.shop).values()
    assert (units, uncosted) == (7, 0)
    assert value + trade.cogs(sold) == 40
    assert trade.buy(1, "2")
    books(trade.shop)
    refused = await clerk.post(f"/api/v1/costs/entries/{entry['number']}/reverse")
    assert (refused.status_code, refused.json()["code"]) == (409, "costing.not_reversible")


async def test_duty_is_shared_by_value_weight_or_quantity(clerk: httpx.AsyncClient, trade: Trade) -> None:
    first, second = trade.buy(10, "3"), trade.buy(30, "3", "B")
    by_value = await landed(clerk, first, second, charge="duty", basis="value")
    by_quantity = await landed(clerk, first, second, charge="duty", basis="quantity")
    receipts = [
        {"posting_id": str(first), "line": 1, "weight": "9"},
        {"posting_id": str(second), "line": 1, "weight": "1"},
    ]
    by_weight = await landed(clerk, charge="duty", basis="weight", receipts=receipts)
    found = [[c["value"] for c in one["charges"]] for one in (by_value, by_quantity, by_weight)]
    assert found == [["2.5", "7.5"], ["2.5", "7.5"], ["9", "1"]]
    [b, a] = (await clerk.get("/api/v1/costs/receipts")).json()["data"]
    assert (a["landed"], b["landed"], a["value"]) == ("14", "16", "30")
    layers = (await clerk.get("/api/v1/costs/layers?filter[sku]=a")).json()["data"]
    assert [one["value"] for one in layers] == ["44"]


async def test_costs_in_another_currency_take_the_rate_of_the_day(clerk: httpx.AsyncClient, trade: Trade) -> None:
    bought = trade.buy(10, "3")
    missing = await clerk.post(
        "/api/v1/costs/landed",
        json={"charge": "freight", "amount": "10", "currency": "USD", "receipts": [{"posting_id": str(bought)}]},
    )
    assert (missing.status_code, missing.json()["code"]) == (422, "rates.unknown_currency")
    assert missing.json()["errors"][0]["pointer"] == "/currency"
    await clerk.put("/api/v1/exchange-rates", json={"currency": "USD", "day": "2026-01-01", "rate": "0.8"})
    entry = await landed(clerk, bought, currency="usd")
    assert (entry["amount"], entry["currency"], entry["rate"], entry["value"]) == ("10", "USD", "0.8", "8")
    assert books(trade.shop) == {"MAIN": (10, 38, 0)}


@pytest.mark.parametrize(
    ("path", "pointer", "body"),
    [
        ("landed", "/amount", {"amount": "0"}),
        ("landed", "/amount", {"amount": "NaN"}),
        ("landed", "/charge", {"charge": "tea"}),
        ("landed", "/basis", {"basis": "colour"}),
        ("landed", "/receipts", {"receipts": []}),
        ("landed", "/receipts/0/posting_id", {"receipts": [{"posting_id": str(uuid4())}]}),
        ("landed", "/receipts/0/weight", {"basis": "weight"}),
        ("receipts", "/lines/0/unit_cost", {"unit_cost": "-1"}),
        ("receipts", "/lines/0/unit_cost", {"unit_cost": "1" * 400}),
        ("receipts", "/lines/0/line", {"line": 7}),
        ("receipts", "/lines/0/currency", {"currency": "XQZ"}),
        ("receipts", "/lines/0/currency", {"currency": "KES"}),
    ],
)
async def test_bad_input_is_refused_by_its_field_and_nothing_changes(
    clerk: httpx.AsyncClient, trade: Trade, path: str, pointer: str, body: dict[str, Any]
) -> None:
    bought = str(trade.buy(10, "3"))
    good: dict[str, Any] = {"charge": "freight", "amount": "10", "receipts": [{"posting_id": bought}]} | body
    if path == "receipts":
        good = {"lines": [{"posting_id": bought, "line": 1, "unit_cost": "4"} | body]}
    answer = await clerk.post(f"/api/v1/costs/{path}", json=good)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert books(trade.shop) == {"MAIN": (10, 30, 0)}
    assert (await clerk.get("/api/v1/costs/entries")).json()["data"] == []


async def test_a_receipt_that_was_taken_back_bears_nothing(clerk: httpx.AsyncClient, trade: Trade) -> None:
    bought = trade.buy(10, "3")
    undo = Move(sku="A", warehouse="MAIN", quantity=Decimal(-10), undoes=1)
    trade.post(undo, kind="purchase", id=reversal_id(bought), reverses_id=bought)
    body = {"charge": "freight", "amount": "10", "receipts": [{"posting_id": str(bought)}]}
    answer = await clerk.post("/api/v1/costs/landed", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "costing.nothing_received")


def test_costs_are_written_by_their_functions_alone(connection: Connection) -> None:
    for table in ("cost_layer", "cost_use", "cost_adjustment"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"DELETE FROM {table}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT pool_layers(uuidv7(), uuidv7(), '{}')")


async def test_a_supplier_in_place_of_a_cost_gives_the_price_of_that_quantity(
    clerk: httpx.AsyncClient, trade: Trade
) -> None:
    bought = trade.buy(10, None)
    await clerk.post("/api/v1/suppliers", json={"code": "ACME", "name": "Acme"})
    line = {"posting_id": str(bought), "line": 1}
    for body, pointer in ((line, "unit_cost"), (line | {"supplier": "ACME"}, "supplier")):
        refused = await clerk.post("/api/v1/costs/receipts", json={"lines": [body]})
        assert (refused.status_code, refused.json()["code"]) == (422, "costing.no_price")
        assert refused.json()["errors"][0]["pointer"] == f"/lines/0/{pointer}"
    item = (await clerk.post("/api/v1/suppliers/ACME/items", json={"sku": "A", "price": "3"})).json()["data"]["id"]
    prices = f"/api/v1/supplier-items/{item}/prices"
    twice = [{"quantity": "5", "price": "2"}, {"quantity": "5.0", "price": "1"}]
    refused = await clerk.put(prices, json={"breaks": twice})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/breaks/1/quantity")
    breaks = [{"quantity": "20", "price": "1"}, {"quantity": "5", "price": "2"}]
    assert (await clerk.put(prices, json={"breaks": breaks})).status_code == 200
    asked = [(await clerk.get(prices, params={"quantity": q})).json()["data"]["price"] for q in ("1", "5", "19", "20")]
    assert asked == ["3", "2", "2", "1"]
    answer = await clerk.post("/api/v1/costs/receipts", json={"lines": [line | {"supplier": "acme"}]})
    assert (answer.status_code, answer.json()["data"]["value"]) == (201, "20")
    assert books(trade.shop) == {"MAIN": (10, 20, 0)}


async def test_a_receipt_in_a_currency_that_is_none_is_refused(clerk: httpx.AsyncClient, shop: Shop) -> None:
    line = {"sku": "A", "warehouse": "MAIN", "quantity": "1", "unit_cost": "1", "currency": "XQZ"}
    answer = await clerk.post("/api/v1/inventory/adjust", json={"reason": "received", "lines": [line]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/lines/0/currency")
    assert books(shop) == {}
