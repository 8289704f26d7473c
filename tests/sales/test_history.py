from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from tests.sales.shop import Shop

from onhand import catalog, pastsales
from onhand.kernel import derived_id, new_id

SPACE = UUID(int=7)
DAY = datetime(2011, 12, 9, 12, 50, tzinfo=UTC)


def named(text: str) -> UUID:
    return derived_id(SPACE, text)


async def past(
    shop: Shop, run: UUID, invoices: dict[str, list[tuple[str, int]]], postage: str = ""
) -> pastsales.History:
    """A chunk: invoice → (SKU, quantity) at 2.50 each, and postage on the first of them."""
    codes = sorted({sku for lines in invoices.values() for sku, _ in lines})
    async with shop.database.session(shop.actor) as session:
        skus = await catalog.ensure_skus(session, [catalog.SkuWanted(code, code) for code in codes])
    lines = [(f"{invoice} {n}", invoice, n, *line) for invoice, all_ in invoices.items() for n, line in enumerate(all_)]
    charged = list(invoices)[:1] if postage else []
    return pastsales.History(
        group_id=run,
        channel="shop file",
        currency="GBP",
        orders=pastsales.HistoryOrders(
            ids=[named(i) for i in invoices],
            external_ids=list(invoices),
            placed_at=[DAY] * len(invoices),
            customer_ids=[None] * len(invoices),
        ),
        lines=pastsales.HistoryLines(
            ids=[named(key) for key, *_ in lines],
            order_ids=[named(invoice) for _, invoice, *_ in lines],
            sku_ids=[skus[sku] for *_, sku, _ in lines],
            codes=[sku for *_, sku, _ in lines],
            quantities=[Decimal(quantity) for *_, quantity in lines],
            unit_prices=[Decimal("2.50")] * len(lines),
            positions=[n for _, _, n, *_ in lines],
        ),
        charges=pastsales.HistoryCharges(
            ids=[named(f"{i} post") for i in charged],
            order_ids=[named(i) for i in charged],
            kinds=["shipping" for _ in charged],
            codes=["POST" for _ in charged],
            amounts=[Decimal(postage) for _ in charged],
            descriptions=['say "cheese" \\ {,}' for _ in charged],
        ),
    )


async def record(shop: Shop, history: pastsales.History) -> pastsales.Recorded:
    async with shop.database.session(shop.actor) as session:
        return await pastsales.record_history(session, history)


async def undo(shop: Shop, run: UUID) -> int:
    async with shop.database.session(shop.actor) as session:
        return (await pastsales.undo_history(session, run)).orders


async def shown(shop: Shop) -> dict[str, tuple[str, str, str]]:
    """Outside number → (status, total, units)."""
    rows = (await shop.client.get("/api/v1/orders?sort=number")).json()["data"]
    return {row["external_id"]: (row["status"], row["total"], row["units"]) for row in rows}


async def test_history_becomes_finished_orders_and_repeating_adds_nothing(shop: Shop) -> None:
    history = await past(shop, new_id(), {"536365": [("A", 6), ("B", 1)], "C536379": [("A", -1)]}, "18")
    assert await record(shop, history) == pastsales.Recorded(2, 3, 1)
    expected = {"536365": ("delivered", "35.5", "7"), "C536379": ("returned", "-2.5", "-1")}
    assert await shown(shop) == expected
    assert await record(shop, history) == pastsales.Recorded(0, 0, 0)
    assert await shown(shop) == expected
    order = await shop.call("GET", "/orders/SO-000001")
    assert (order["shipping"], order["charges"][0]["description"]) == ("18", 'say "cheese" \\ {,}')
    assert await shop.levels("A") == {}
    await shop.stock("A", MAIN=1)
    assert (await shop.order({"A": 1}))["number"] == "SO-000003"


async def test_a_sample_and_then_the_whole_equal_the_whole(shop: Shop) -> None:
    sample, whole = new_id(), new_id()
    await record(shop, await past(shop, sample, {"1": [("A", 6)]}))
    assert await record(shop, await past(shop, whole, {"1": [("A", 6), ("B", 2)], "2": [("A", 1)]}, "5")) == (
        pastsales.Recorded(1, 2, 1)
    )
    assert await shown(shop) == {"1": ("delivered", "25", "8"), "2": ("delivered", "2.5", "1")}

    assert await undo(shop, sample) == 1
    assert await shown(shop) == {"1": ("delivered", "10", "2"), "2": ("delivered", "2.5", "1")}
    assert await undo(shop, whole) == 2
    assert await shown(shop) == {}
    assert await undo(shop, whole) == 0


async def test_undoing_leaves_other_runs_and_orders_by_hand_alone(shop: Shop) -> None:
    kept, gone = new_id(), new_id()
    await shop.stock("A", MAIN=5)
    order = await shop.order({"A": 1})
    await record(shop, await past(shop, kept, {"1": [("A", 1)]}))
    await record(shop, await past(shop, gone, {"2": [("A", 1)]}))
    assert await undo(shop, gone) == 1
    assert await shop.list("sort=number") == [order["number"], "SO-000002"]


async def test_a_run_tells_and_notes_itself_once(shop: Shop) -> None:
    await record(shop, await past(shop, new_id(), {str(n): [("A", 1)] for n in range(50)}))
    rows = (await shop.client.get("/api/v1/audit?filter[entity]=order")).json()["data"]
    assert [(row["action"], row["after"]["orders"], row["after"]["lines"]) for row in rows] == [("import", 50, 50)]


@pytest.mark.parametrize("orders", [3_000])
async def test_thousands_of_orders_are_a_handful_of_statements(shop: Shop, orders: int) -> None:
    history = await past(shop, new_id(), {f"{n:06d}": [("A", 1), ("B", 2), ("C", -1)] for n in range(orders)})
    assert await record(shop, history) == pastsales.Recorded(orders, 3 * orders, 0)
    assert len(await shop.list("limit=500")) == 500
