from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
from tests.sales.shop import Shop

from onhand import analytics, ledger, pastsales, sales
from onhand.infra.db import raw
from onhand.kernel import new_id

LONDON = ZoneInfo("Europe/London")
Json = dict[str, Any]


def ago(days: int, hour: int = 12) -> str:
    """A moment so many business days ago in London."""
    day = datetime.now(LONDON).date() - timedelta(days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).isoformat()


async def figures(shop: Shop, period: str = "7d") -> Json:
    return await shop.call("GET", f"/analytics/dashboard?period={period}")


async def test_sales_are_added_up_by_channel_and_compared_with_the_days_before(shop: Shop) -> None:
    await shop.stock("A", MAIN=99)
    await shop.order({"A": 2}, order_date=ago(0), charges=[{"kind": "shipping", "amount": "5"}])
    await shop.order({"A": 3}, order_date=ago(6), channel="till")
    await shop.order({"A": 1}, order_date=ago(7), channel="till")
    await shop.order({"A": 9}, order_date=ago(14))
    await shop.order({"A": 1}, currency="EUR", order_date=ago(1))
    shown = await figures(shop)
    sold = shown["sales"]
    assert (sold["amount"], sold["units"], sold["orders"]) == ("100", "5", 2)
    assert (sold["before"]["amount"], sold["change"]["amount"], sold["change"]["orders"]) == ("20", "400", "100")
    assert sold["other_currencies"] == [{"currency": "EUR", "amount": "20", "units": "1", "orders": 1}]
    assert [(c["channel"], c["amount"], c["share"], c["change"]["amount"]) for c in shown["channels"]] == [
        ("till", "60", "60", "200"),
        ("manual", "40", "40", None),
    ]
    assert [point["amount"] for point in shown["series"]] == ["60", "0", "0", "0", "0", "0", "40"]
    assert [(row["sku"], row["units"], row["amount"]) for row in shown["best_sellers"]["rows"]] == [("A", "5", "100")]
    assert "formula" in sold["explain"]
    assert sold["explain"]["rows"].startswith("/api/v1/orders?from_date=")


async def test_a_day_begins_at_midnight_in_the_organizations_time_zone(shop: Shop) -> None:
    await shop.stock("A", MAIN=99)
    await shop.order({"A": 1}, order_date="2026-07-01T22:59:00Z")
    await shop.order({"A": 2}, order_date="2026-07-01T23:01:00Z")
    path = "/analytics/sales-trends?period=custom&from=2026-07-01&to=2026-07-02"
    rows = (await shop.call("GET", path))["rows"]
    assert [(row["start"], row["units"]) for row in rows] == [("2026-07-01", "1"), ("2026-07-02", "2")]
    months = (await shop.call("GET", path + "&group_by=month&channel=manual"))["rows"]
    assert [(row["start"], row["amount"]) for row in months] == [("2026-07-01", "60")]
    assert (await shop.call("GET", path + "&channel=nowhere"))["rows"][0]["units"] == "0"


async def test_cancelled_deleted_and_partly_cancelled_orders_leave_the_sums(shop: Shop) -> None:
    await shop.stock("A", MAIN=99)
    kept = await shop.order({"A": 4})
    for path, verb in (("/cancel", "POST"), ("", "DELETE")):
        order = await shop.order({"A": 2})
        await shop.client.request(verb, f"/api/v1/orders/{order['id']}{path}")
    line = kept["lines"][0]["id"]
    await shop.call("POST", f"/orders/{kept['id']}/ship", {"lines": [{"line_id": line, "quantity": "3"}]})
    await shop.call("POST", f"/orders/{kept['id']}/cancel")
    sold = (await figures(shop))["sales"]
    assert (sold["amount"], sold["units"], sold["orders"]) == ("60", "3", 1)


async def test_stock_value_has_a_trend_and_tells_what_has_no_cost(shop: Shop) -> None:
    await shop.stock("A")
    await shop.stock("B", MAIN=7)
    async with shop.database.session(shop.actor) as session:
        for days, quantity in ((5, 10), (2, -4)):
            move = ledger.Move(
                sku="A",
                warehouse="MAIN",
                quantity=Decimal(quantity),
                unit_cost=Decimal("2.50") if quantity > 0 else None,
                effective_at=datetime.fromisoformat(ago(days)),
            )
            await ledger.record(session, ledger.Posting(lines=[move], reason="test"))
    stock = (await figures(shop))["stock"]
    assert (stock["value"], stock["units"], stock["skus"], stock["uncosted"], stock["uncosted_units"]) == (
        ("15", "13", 2, 1, "7")
    )
    assert [point["value"] for point in stock["trend"]] == ["0", "25", "25", "25", "15", "15", "15"]
    assert stock["trend"][-1]["day"] == datetime.now(LONDON).date().isoformat()


async def test_open_orders_are_counted_by_what_they_wait_for(shop: Shop) -> None:
    await shop.stock("A", MAIN=5)
    held, done = await shop.order({"A": 1}), await shop.order({"A": 1})
    await shop.order({"A": 9}, on_shortage="backorder")
    await shop.call("PATCH", f"/orders/{held['id']}", {"on_hold": True})
    await shop.call("POST", f"/orders/{done['id']}/ship")
    orders = (await figures(shop))["orders"]
    assert (orders["to_ship"], orders["on_hold"], orders["backordered"]) == (1, 1, 1)
    assert len((await shop.client.get(orders["explain"]["rows"])).json()["data"]) == orders["to_ship"]


async def test_what_runs_low_is_what_the_list_of_replenishment_holds(shop: Shop) -> None:
    for sku, quantity, point in (("A", 5, "9"), ("B", 9, "9"), ("C", 0, "1"), ("D", 0, "0")):
        await shop.stock(sku, MAIN=quantity)
        body = {"sku": sku, "warehouse": "MAIN", "manual_point": point}
        await shop.call("PUT", "/replenishment/policies", body)
    shown = await shop.call("GET", "/analytics/inventory-alerts")
    assert (shown["low_stock"], shown["out_of_stock"], shown["running_out"]) == (2, 2, 0)
    for name, explain in shown["explain"].items():
        rows = explain["rows"] + ("&" if "?" in explain["rows"] else "?") + "page=1"
        assert (await shop.client.get(rows)).json()["meta"]["total"] == shown[name], name


async def test_abc_classes_follow_the_amount_sold(shop: Shop) -> None:
    for sku, quantity in (("A", 80), ("B", 15), ("C", 4), ("D", 1)):
        await shop.stock(sku, MAIN=100)
        await shop.order({sku: quantity})
    shown = await shop.call("GET", "/analytics/abc-analysis?period=12m")
    assert [(row["sku"], row["abc"], row["amount"]) for row in shown["rows"]] == [
        ("A", "A", "1600"),
        ("B", "B", "300"),
        ("C", "C", "80"),
        ("D", "C", "20"),
    ]
    assert [(c["name"], c["skus"], c["share"]) for c in shown["classes"]] == [
        ("A", 1, "80"),
        ("B", 1, "15"),
        ("C", 2, "5"),
    ]
    wider = await shop.call("GET", "/analytics/abc-analysis?a=90&b=96&limit=1")
    assert [(row["sku"], row["abc"]) for row in wider["rows"]] == [("A", "A")]
    assert (await shop.call("GET", "/analytics/abc-analysis?a=95&b=80", None, 422))["code"] == "analytics.bad_shares"
    assert (await shop.call("GET", "/analytics/abc-analysis?a=5e-324", None, 422))["code"] == "request.invalid"


@pytest.mark.parametrize(
    "wrong", ["period=custom", "period=custom&from=2026-02-01&to=2026-01-01", "period=5w", "period=custom&from=x&to=y",
              "period=custom&from=2001-01-01&to=2026-01-01"],
)  # fmt: skip
async def test_a_period_that_is_none_is_refused(shop: Shop, wrong: str) -> None:
    await shop.call("GET", f"/analytics/dashboard?{wrong}", None, 422)


async def test_figures_are_for_those_within(
    shop: Shop, staff: httpx.AsyncClient, stranger: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await shop.stock("A", MAIN=9)
    await shop.order({"A": 1})
    path = "/api/v1/analytics/dashboard"
    assert (await stranger.get(path)).status_code == 401
    assert (await staff.get(path)).json()["data"]["sales"]["orders"] == 1
    nothing = (await other.get(path)).json()["data"]
    assert (nothing["sales"]["orders"], nothing["channels"], nothing["stock"]["value"]) == (0, [], "0")


async def sums(shop: Shop) -> list[list[Any]]:
    """All sums of the organization, without those of nothing."""
    async with shop.database.session(shop.actor) as session:
        connection = await raw(session)
        days = await connection.execute(
            "SELECT day, channel, currency, orders, units, amount FROM sales_day"
            " WHERE orders <> 0 OR units <> 0 OR amount <> 0 ORDER BY 1, 2, 3"
        )
        skus = await connection.execute(
            "SELECT day, sku_id, currency, units, amount FROM sku_sales_day"
            " WHERE units <> 0 OR amount <> 0 ORDER BY 1, 2, 3"
        )
        return [await days.fetchall(), await skus.fetchall()]


def history(run: UUID, orders: list[UUID], sku_id: UUID) -> pastsales.History:
    """Orders of the past with two lines each, the second of them a return."""
    lines = [(new_id(), order, quantity) for order in orders for quantity in (3, -1)]
    day = datetime.fromisoformat(ago(3))
    return pastsales.History(
        group_id=run,
        channel="file",
        currency="GBP",
        orders=pastsales.HistoryOrders(
            orders, [str(order) for order in orders], [day] * len(orders), [None] * len(orders)
        ),
        lines=pastsales.HistoryLines(
            [line for line, _, _ in lines],
            [order for _, order, _ in lines],
            [sku_id] * len(lines),
            ["A"] * len(lines),
            [Decimal(quantity) for *_, quantity in lines],
            [Decimal("1.25")] * len(lines),
            [1] * len(lines),
        ),
        charges=pastsales.HistoryCharges([], [], [], [], [], []),
    )


async def test_whatever_is_done_to_orders_the_sums_are_those_of_the_orders_on_file(shop: Shop) -> None:
    await shop.stock("A", MAIN=99)
    sku_id = UUID((await shop.call("GET", "/products/A"))["sku_id"])
    discounted = [{"sku": "A", "quantity": "3", "unit_price": "7", "discount": "1"}]
    part = await shop.call("POST", "/orders", {"lines": discounted}, 201)
    line = part["lines"][0]["id"]
    await shop.call("POST", f"/orders/{part['id']}/ship", {"lines": [{"line_id": line, "quantity": "1"}]})
    await shop.call("POST", f"/orders/{part['id']}/cancel")
    gone = await shop.order({"A": 2}, channel="till")
    await shop.call("DELETE", f"/orders/{gone['id']}", None, 204)
    await shop.order({"A": 5}, order_date=ago(2))
    kept, undone = new_id(), new_id()
    async with shop.database.session(shop.actor) as session:
        chunk = history(kept, [new_id(), new_id()], sku_id)
        for each in (chunk, history(undone, [new_id()], sku_id), chunk):
            await pastsales.record_history(session, each)
        await pastsales.undo_history(session, undone)
        late = sales.ChannelOrder(
            channel_id=new_id(),
            channel="web",
            external_id="W",
            placed_at=datetime.fromisoformat(ago(1)),
            currency="GBP",
            lines=[sales.LineGiven(sku="LATER", quantity=Decimal(2), unit_price=Decimal(3))],
        )
        accepted = await sales.accept_channel_order(session, late)
    await shop.stock("LATER", MAIN=1)
    await shop.call("POST", f"/orders/{accepted.id}/allocate")

    counted = await sums(shop)
    assert [(row[1], row[3], row[4], row[5]) for row in counted[0]] == [
        ("file", 2, Decimal(4), Decimal(5)),
        ("manual", 1, Decimal(5), Decimal(100)),
        ("web", 1, Decimal(2), Decimal(6)),
        ("manual", 1, Decimal(1), Decimal("6.666667")),
    ]
    async with shop.database.session(shop.actor) as session:
        await analytics.recount(session)
    assert await sums(shop) == counted
    assert isinstance(counted[0][0][0], date)
