"""How stock is valued, changed by adjusting entries; receipts told of late; and why a sale cost what it did."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.costing.conftest import books
from tests.costing.model import Costs
from tests.costing.test_entries import Trade, clerk, landed, told, trade

from onhand.costing.replay import Step, left_of, replay
from onhand.kernel import now

if TYPE_CHECKING:
    import httpx

__all__ = ["clerk", "trade"]
METHODS = "/api/v1/costs/methods"
changes = st.lists(
    st.tuples(st.booleans(), st.integers(1, 9).map(Decimal), st.none() | st.decimals("0", "9", places=2)), max_size=12
)


@given(st.sampled_from(["fifo", "lifo", "average"]), changes)
def test_a_replay_is_what_would_have_been(method: Any, drawn: list[tuple[bool, Decimal, Decimal | None]]) -> None:
    model, steps, place = Costs(MAIN=method), [], uuid4()
    for number, (comes, quantity, cost) in enumerate(drawn):
        at = now() + timedelta(minutes=number)
        if comes:
            model.receive("MAIN", quantity, cost)
            value = Decimal(0) if cost is None else quantity * cost
            steps.append(Step((place, number), at, quantity, value, quantity if cost is None else Decimal(0)))
        elif (part := min(quantity, model.levels["MAIN"].units)) > 0:
            model.issue("MAIN", part)
            steps.append(Step((place, number), at, -part, Decimal(0), Decimal(0)))
    level = model.levels["MAIN"]
    assert left_of(replay(method, steps)) == (level.units, level.value, level.uncosted)


async def choose(client: httpx.AsyncClient, method: str | None, **more: Any) -> dict[str, Any]:
    answer = await client.put(METHODS, json={"method": method} | more)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


async def test_changing_the_method_revalues_by_an_entry(clerk: httpx.AsyncClient, trade: Trade) -> None:
    trade.buy(10, "2")
    trade.buy(10, "4")
    sold = trade.sell(5)
    assert books(trade.shop) == {"MAIN": (15, 50, 0)}
    expected = {"lifo": 40, "average": 45, "fifo": 50}
    for method, value in expected.items():
        made = await choose(clerk, method)
        assert made["levels"] == 1
        assert books(trade.shop) == {"MAIN": (15, value, 0)}
        [entry, *_] = (await clerk.get("/api/v1/costs/entries")).json()["data"]
        assert entry["kind"] == "method"
    assert trade.cogs(sold) == 10  # what was sold stays as it was booked
    assert (await choose(clerk, "fifo"))["levels"] == 0
    trade.sell(15)
    assert books(trade.shop) == {"MAIN": (0, 0, 0)}


async def test_a_category_may_differ_and_those_below_follow(clerk: httpx.AsyncClient, trade: Trade) -> None:
    top = (await clerk.post("/api/v1/categories", json={"name": "Food"})).json()["data"]["id"]
    sub = (await clerk.post("/api/v1/categories", json={"name": "Fruit", "parent_id": top})).json()["data"]["id"]
    trade.shop.admin.execute(
        "UPDATE product SET category_id = %s WHERE organization_id = %s AND name = 'A'",
        (sub, trade.shop.actor.organization_id),
    )
    await choose(clerk, "lifo", category_id=top)
    trade.buy(10, "2")
    trade.buy(10, "4")
    trade.buy(10, "2", "B")
    trade.buy(10, "4", "B")
    assert [trade.cogs(trade.sell(5)), trade.cogs(trade.sell(5, "B"))] == [20, 10]
    made = await choose(clerk, None, category_id=top)
    assert (made["levels"], made["methods"]) == (1, [])
    assert trade.cogs(trade.sell(5)) == 10
    missing = await clerk.put(METHODS, json={"method": "fifo", "category_id": str(uuid4())})
    assert missing.status_code == 404
    assert (await clerk.put(METHODS, json={"method": "guess"})).status_code == 422


async def test_a_receipt_told_of_late_corrects_what_was_sold_since(clerk: httpx.AsyncClient, trade: Trade) -> None:
    trade.buy(10, "8", effective_at=now() - timedelta(days=3))
    sold = trade.sell(6)
    trade.buy(10, "5", effective_at=now() - timedelta(days=4))
    assert [trade.cogs(sold), books(trade.shop)] == [48, {"MAIN": (14, 82, 0)}]
    settled = await clerk.post("/api/v1/costs/late-receipts")
    assert settled.json()["data"] == {"levels": 1}
    assert [trade.cogs(sold), books(trade.shop)] == [30, {"MAIN": (14, 100, 0)}]
    [entry, *_] = (await clerk.get("/api/v1/costs/entries")).json()["data"]
    assert (entry["kind"], entry["stock"], entry["sold"]) == ("backdated", "18", "-18")
    assert (await clerk.post("/api/v1/costs/late-receipts")).json()["data"] == {"levels": 0}


async def test_a_sale_is_explained_down_to_receipts_rates_and_landed_costs(
    clerk: httpx.AsyncClient, trade: Trade
) -> None:
    await clerk.put("/api/v1/exchange-rates", json={"currency": "USD", "day": "2026-01-01", "rate": "0.8"})
    abroad = trade.buy(10, "5", currency="USD")
    trade.buy(10, "7")
    await landed(clerk, abroad)
    trade.carry(12)
    sold = trade.sell(11, place="EAST")
    await told(clerk, abroad, "6", currency="USD")
    [line] = (await clerk.get(f"/api/v1/costs/postings/{sold}")).json()["data"]
    assert (line["booked"], line["later"], line["cost"], line["uncosted"]) == ("57", "8", "65", "0")
    first, second = line["uses"]
    assert (first["quantity"], first["value"], first["carried"], first["document"]) == ("10", "50", True, "PO-1")
    assert (first["source_cost"], first["source_currency"], first["rate"]) == ("5", "USD", "0.8")
    assert (first["landed"], first["receipt_id"]) == ("1", str(abroad))
    assert (second["quantity"], second["value"], second["landed"]) == ("1", "7", None)
    [correction] = line["corrections"]
    assert (correction["kind"], correction["value"], correction["document"]) == ("bill", "8", "B-7")
    assert (await clerk.get(f"/api/v1/costs/postings/{uuid4()}")).json()["data"] == []
    assert (await clerk.get(f"/api/v1/costs/references/order/{uuid4()}")).json()["data"] == []


@pytest.mark.parametrize("body", [{"method": "fifo", "extra": 1}, {}])
async def test_a_method_says_what_it_is_about(clerk: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert (await clerk.put(METHODS, json=body)).status_code == 422
