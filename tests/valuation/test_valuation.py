"""What stock was worth on a day, in a currency, and what rates made of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.costing.conftest import admin, connection, shop
from tests.costing.test_entries import Trade, clerk, told, trade

from onhand.kernel import now

if TYPE_CHECKING:
    import httpx

__all__ = ["admin", "clerk", "connection", "shop", "trade"]
WHERE = "/api/v1/valuation"


async def worth(client: httpx.AsyncClient, **query: str) -> dict[str, Any]:
    answer = await client.get(WHERE, params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


async def test_value_follows_days_warehouses_and_categories(clerk: httpx.AsyncClient, trade: Trade) -> None:
    today = now().date()
    long_ago = now() - timedelta(days=5)
    trade.buy(10, "3", effective_at=long_ago)
    trade.buy(2, "7", "B", "EAST")
    trade.buy(4, None, "B", "EAST")
    trade.carry(4)
    found = await worth(clerk, days="7")
    assert (found["total"]["value"], found["total"]["uncosted"], found["total"]["uncosted_units"]) == ("44", 1, "4")
    assert {row["code"]: row["value"] for row in found["warehouses"]} == {"MAIN": "18", "EAST": "26"}
    assert [row["name"] for row in found["categories"]] == [None]
    assert [day["value"] for day in found["trend"]] == ["0", "30", "30", "30", "30", "30", "44"]
    past = await worth(clerk, as_of=(today - timedelta(days=1)).isoformat())
    assert (past["total"]["value"], past["total"]["units"]) == ("30", "10")
    east = await worth(clerk, warehouse="east")
    assert east["total"]["value"] == "26"
    before = await worth(clerk, as_of="2020-01-01")
    assert (before["total"]["value"], before["total"]["skus"]) == ("0", 0)


async def test_any_currency_at_the_rate_of_the_day(clerk: httpx.AsyncClient, trade: Trade) -> None:
    trade.buy(10, "3")
    for currency in ("XQZ", "KES", "pounds"):
        answer = await clerk.get(WHERE, params={"currency": currency})
        assert answer.status_code == 422, currency
    await clerk.put("/api/v1/exchange-rates", json={"currency": "USD", "day": "2026-01-01", "rate": "0.75"})
    found = await worth(clerk, currency="usd")
    assert (found["currency"], found["own"], found["rate"], found["total"]["value"]) == ("USD", "GBP", "0.75", "40")


async def test_what_rates_made_of_goods_bought_abroad_stands_apart(clerk: httpx.AsyncClient, trade: Trade) -> None:
    await clerk.put("/api/v1/exchange-rates", json={"currency": "USD", "day": "2026-01-01", "rate": "0.8"})
    trade.buy(10, "5", currency="USD", effective_at=now() - timedelta(days=3))
    trade.carry(4)
    trade.sell(1)
    today = now().date()
    await clerk.put("/api/v1/exchange-rates", json={"currency": "USD", "day": today.isoformat(), "rate": "0.9"})
    found = await worth(clerk)
    assert found["total"]["value"] == "36"  # at what was paid
    [usd] = found["abroad"]
    assert (usd["currency"], usd["units"], usd["amount"], usd["then"], usd["now"]) == ("USD", "9", "45", "36", "40.5")
    assert usd["difference"] == "4.5"
    [usd] = (await worth(clerk, as_of=(today - timedelta(days=1)).isoformat()))["abroad"]
    assert (usd["units"], usd["difference"]) == ("10", "0")


async def test_a_late_bill_counts_from_the_day_it_is_known(clerk: httpx.AsyncClient, trade: Trade) -> None:
    bought = trade.buy(10, "3", effective_at=now() - timedelta(days=5))
    await told(clerk, bought, "4")
    yesterday = (now() - timedelta(days=1)).date().isoformat()
    assert (await worth(clerk, as_of=yesterday))["total"]["value"] == "30"
    assert (await worth(clerk))["total"]["value"] == "40"


@pytest.mark.parametrize("query", [{"as_of": "soon"}, {"days": "-1"}, {"days": "100000"}, {"category": "x"}])
async def test_a_question_that_makes_no_sense_is_refused(clerk: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert (await clerk.get(WHERE, params=query)).status_code == 422


async def test_the_page_of_one_sku_shows_its_average_cost(clerk: httpx.AsyncClient, trade: Trade) -> None:
    trade.buy(2, "3")
    trade.buy(2, "4")
    trade.buy(1, None)
    [row] = (await clerk.get("/api/v1/inventory?filter[sku]=a")).json()["data"]
    assert (row["unit_cost"], row["value"], row["uncosted"]) == ("3.5", "14", "1")
    assert Decimal(row["value"]) == (await ledger_value(clerk))


async def ledger_value(client: httpx.AsyncClient) -> Decimal:
    return Decimal((await client.get("/api/v1/inventory/valuation")).json()["data"]["value"])
