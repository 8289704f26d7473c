from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from sqlalchemy import text
from tests.conftest import make_organization

from onhand import catalog, exchange, ledger, proof, salesfile
from onhand.infra.db import Database
from onhand.kernel import Actor, OnhandError

Rows = list[tuple[Any, ...]]
LEVELS = """SELECT s.code, l.on_hand, l.reserved, l.unavailable FROM level l
JOIN sku s ON s.organization_id = l.organization_id AND s.id = l.sku_id ORDER BY 1"""
MOVES = """SELECT s.code, m.type, m.quantity, m.effective_at, p.document, p.reason FROM movement m
JOIN posting p ON p.organization_id = m.organization_id AND p.id = m.posting_id
JOIN sku s ON s.organization_id = m.organization_id AND s.id = m.sku_id ORDER BY 1, 4, 2, 3, 5, 6"""
ORDERS = """SELECT external_id, status, order_date, currency, items, shipping, fees, total, c.code FROM sales_order o
LEFT JOIN customer c ON c.organization_id = o.organization_id AND c.id = o.customer_id ORDER BY 1"""
ORDER_LINES = """SELECT o.external_id, l.sku, l.quantity, l.unit_price FROM order_line l
JOIN sales_order o ON o.organization_id = l.organization_id AND o.id = l.order_id ORDER BY 1, 2, 3, 4"""
PRODUCTS = """SELECT s.code, p.name, s.selling_price FROM sku s
JOIN product p ON p.organization_id = s.organization_id AND p.id = s.product_id ORDER BY 1"""


@dataclass
class Shop:
    """An organization that imports files."""

    database: Database
    actor: Actor
    home: Path
    seen: list[tuple[int, int]] = field(default_factory=list)

    async def note(self, done: int, total: int, _message: str | None) -> None:
        self.seen.append((done, total))

    def job(self, run_id: UUID) -> exchange.Job:
        return exchange.Job(self.database, self.actor, run_id, self.home, self.note)

    async def receive(self, path: Path, **options: Any) -> UUID:
        return await exchange.receive(self.database, self.actor, self.home, exchange.Received(path, options))

    async def bring(self, path: Path, **options: Any) -> tuple[UUID, dict[str, Any]]:
        run_id = await self.receive(path, **options)
        return run_id, await exchange.commit(self.job(run_id))

    async def rows(self, sql: str) -> Rows:
        async with self.database.session(self.actor) as session:
            return [tuple(row) for row in await session.execute(text(sql))]

    async def everything(self) -> dict[str, Rows]:
        """All that an import makes, without ids and without when it was recorded."""
        asked = {"levels": LEVELS, "orders": ORDERS, "lines": ORDER_LINES, "products": PRODUCTS, "moves": MOVES}
        found = {name: await self.rows(sql) for name, sql in asked.items()}
        opened: dict[tuple[Any, ...], Decimal] = {}
        for sku, kind, quantity, at, *_ in [row for row in found["moves"] if row[1] == "opening"]:
            opened[sku, kind, at] = opened.get((sku, kind, at), Decimal(0)) + quantity
        found["moves"] = [row for row in found["moves"] if row[1] != "opening"]
        return found | {"opening": sorted((*key, units) for key, units in opened.items())}

    async def status(self, run_id: UUID) -> str:
        async with self.database.session(self.actor) as session:
            return (await exchange.find_run(session, run_id)).status


@pytest.fixture
async def shop(database: Database, actor: Actor, tmp_path: Path) -> Shop:
    return Shop(database, actor, tmp_path)


@pytest.fixture
async def other_shop(database: Database, tmp_path: Path) -> Shop:
    return Shop(database, await make_organization(database), tmp_path)


WriteFile = Callable[..., Path]
Line = Callable[..., str]


async def test_a_file_becomes_products_customers_orders_and_dated_movements(
    shop: Shop, write: WriteFile, line: Line
) -> None:
    path = write(
        line(date="2011-07-10 08:26"),
        line(sku="POST", description="POSTAGE", quantity="1", price="18.00", date="2011-07-10 08:26"),
        line(invoice="C536400", quantity="-2", date="2011-07-11 09:00"),
        line(invoice="536401", quantity="-3", price="0", customer="", description="damaged", date="2011-07-12 09:00"),
        line(invoice="536402", quantity="1", price="0", date="2011-07-13 09:00"),
    )
    _, result = await shop.bring(path)
    assert result["posted"] == {"sale": 1, "return": 1, "write_off": 1, "given_away": 1, "charge": 1}
    assert result["opening"] == {"units": "8", "skus": 1, "at": "2011-07-09T23:00:00Z"}
    found = await shop.everything()
    assert found["levels"] == [("85123A", 0, 0, 0)]
    assert found["products"] == [("85123A", "WHITE HANGING HEART", Decimal("2.55"))]
    assert (result["new_skus"], result["new_customers"], result["orders"]) == (1, 1, 3)
    july = [
        datetime(2011, 7, day, hour, minute, tzinfo=UTC)
        for day, hour, minute in ((10, 7, 26), (11, 8, 0), (12, 8, 0), (13, 8, 0))
    ]
    assert [(kind, quantity, at, document, reason) for _, kind, quantity, at, document, reason in found["moves"]] == [
        ("sale", -6, july[0], "536365", "sold"),
        ("return", 2, july[1], "C536400", "returned"),
        ("waste", -3, july[2], "536401", "damaged"),
        ("adjustment", -1, july[3], "536402", "given away"),
    ]
    assert found["orders"] == [
        ("536365", "delivered", july[0], "GBP", Decimal("15.30"), 18, 0, Decimal("33.30"), "17850"),
        ("536402", "delivered", july[3], "GBP", 0, 0, 0, 0, "17850"),
        ("C536400", "returned", july[1], "GBP", Decimal("-5.10"), 0, 0, Decimal("-5.10"), "17850"),
    ]


async def test_running_twice_changes_nothing(shop: Shop, write: WriteFile, line: Line) -> None:
    path = write(line(), line(), line(invoice="536366", sku="22633", quantity="2"))
    await shop.bring(path)
    before = await shop.everything()
    _, result = await shop.bring(path)
    assert (result["unchanged"], sum(result["posted"].values()), result["opening"]["skus"]) == (3, 0, 0)
    assert await shop.everything() == before


async def test_the_beginning_then_the_whole_equals_the_whole_alone(
    shop: Shop, other_shop: Shop, write: WriteFile, line: Line
) -> None:
    rows = [
        line(description="NAME A"),
        line(invoice="536366", description="NAME B", quantity="4", price="2.75", date="2010-12-02 10:00"),
        line(invoice="C536367", description="NAME B", quantity="-9", date="2010-12-03 10:00"),
        line(invoice="C536367", sku="22633", description="WARMER", quantity="-1", date="2010-12-03 10:00"),
        line(
            invoice="536368",
            description="NAME B",
            quantity="30",
            price="2.95",
            date="2010-12-04 10:00",
            customer="12345",
        ),
        line(
            invoice="536368", sku="22633", description="WARMER", quantity="5", date="2010-12-04 10:00", customer="12345"
        ),
    ]
    whole = write(*rows, name="whole.csv")
    await shop.bring(write(*rows[:3], name="part.csv"))
    _, result = await shop.bring(whole)
    assert result["unchanged"] == 3
    await other_shop.bring(whole)
    assert await shop.everything() == await other_shop.everything()


async def test_what_a_person_named_and_priced_stays(shop: Shop, write: WriteFile, line: Line) -> None:
    rows = [line(), line(invoice="536366", description="NAME B", price="9.99", date="2010-12-02 10:00")]
    await shop.bring(write(rows[0], name="part.csv"))
    async with shop.database.session(shop.actor) as session:
        item = await catalog.product_by(session, "85123A", lock=True)
        await catalog.change_product(session, item, {"name": "My heart", "selling_price": Decimal(5)})
    await shop.bring(write(*rows, rows[1], rows[1], name="whole.csv"))
    assert (await shop.everything())["products"] == [("85123A", "My heart", 5)]


async def test_lines_between_those_on_file_are_covered_too(
    shop: Shop, other_shop: Shop, write: WriteFile, line: Line
) -> None:
    late = line(invoice="2", quantity="5", date="2010-12-05 10:00")
    early = [line(invoice="1", quantity="4"), line(invoice="C3", quantity="-4", date="2010-12-06 10:00")]
    await shop.bring(write(late, name="late.csv"))
    _, result = await shop.bring(write(*early, late, name="all.csv"))
    assert (result["shortages"], result["unchanged"]) == (0, 1)
    await other_shop.bring(write(*early, late, name="all.csv"))
    assert (await shop.everything())["levels"] == (await other_shop.everything())["levels"] == [("85123A", 4, 0, 0)]


async def test_a_line_that_says_something_else_now_is_reported_and_left(
    shop: Shop, write: WriteFile, line: Line
) -> None:
    await shop.bring(write(line()))
    before = await shop.everything()
    run_id, result = await shop.bring(write(line(quantity="7"), name="again.csv"))
    assert (result["differing"], result["unchanged"]) == (1, 0)
    assert await shop.everything() == before
    written = (shop.home / "files" / str(shop.actor.organization_id) / str(run_id) / "result.csv").read_text()
    assert '2,differs,536365,85123A,"was imported before with another quantity' in written


async def test_another_source_is_another_line(shop: Shop, write: WriteFile, line: Line) -> None:
    path = write(line())
    await shop.bring(path)
    _, result = await shop.bring(path, source="till")
    assert result["posted"]["sale"] == 1
    assert len((await shop.everything())["orders"]) == 2


async def test_stock_of_today_is_not_used_up_by_the_past(shop: Shop, write: WriteFile, line: Line) -> None:
    await shop.bring(write(line()))
    async with shop.database.session(shop.actor) as session:
        await ledger.record(
            session, ledger.Posting(lines=[ledger.Move(sku="85123A", warehouse="MAIN", quantity=Decimal(100))])
        )
    await shop.bring(write(line(invoice="536366", quantity="40"), name="more.csv"))
    assert (await shop.everything())["levels"] == [("85123A", 100, 0, 0)]


async def test_without_an_opening_what_was_never_there_is_a_shortage(shop: Shop, write: WriteFile, line: Line) -> None:
    _, result = await shop.bring(write(line()), opening=False)
    assert (result["shortages"], result["short_units"], result["opening"]["skus"]) == (1, "6", 0)
    assert (await shop.everything())["levels"] == [("85123A", 0, 0, 0)]


async def test_undoing_returns_every_level_and_the_file_may_come_again(
    shop: Shop, write: WriteFile, line: Line
) -> None:
    await shop.bring(write(line(quantity="1"), name="first.csv"), source="till")
    before = await shop.everything()
    path = write(line(), line(invoice="C536366", quantity="-2"), line(sku="22633"))
    run_id, _ = await shop.bring(path)
    brought = await shop.everything()
    gone = await exchange.undo(shop.job(run_id))
    assert (gone["lines"], await shop.status(run_id)) == (3, "undone")
    assert await shop.rows(f"SELECT lines_done, lines_recorded FROM import_run WHERE id = '{run_id}'") == [(0, 0)]
    after = await shop.everything()
    assert after["orders"] == before["orders"]
    assert [level for level in after["levels"] if level[1]] == [level for level in before["levels"] if level[1]]
    _, again = await shop.bring(path)
    assert again["posted"]["sale"] == 2
    assert (await shop.everything())["levels"] == brought["levels"]


async def test_what_an_import_brought_and_is_gone_cannot_be_undone(shop: Shop, write: WriteFile, line: Line) -> None:
    run_id, _ = await shop.bring(
        write(line(quantity="6"), line(invoice="C536366", quantity="-6", date="2010-12-02 10:00"))
    )
    async with shop.database.session(shop.actor) as session:
        await ledger.record(
            session, ledger.Posting(lines=[ledger.Move(sku="85123A", warehouse="MAIN", quantity=Decimal(-2))])
        )
    before = await shop.everything()
    with pytest.raises(exchange.CannotUndo, match=r"1 SKUs hold less than it brought \(85123A\)"):
        await exchange.undo(shop.job(run_id))
    assert await shop.everything() == before
    assert await shop.status(run_id) == "finished"
    [(done, problem)] = await shop.rows(f"SELECT lines_done, problem FROM import_run WHERE id = '{run_id}'")
    assert (done, "hold less than it brought" in problem) == (2, True)


async def test_bad_lines_are_left_out_and_said(shop: Shop, write: WriteFile, line: Line) -> None:
    run_id, result = await shop.bring(write(line(), line(quantity="six"), line(date="2011-02-30 08:00"), "nonsense"))
    assert (result["failed"], result["posted"]["sale"]) == (3, 1)
    async with shop.database.session(shop.actor) as session:
        faults = await exchange.first_faults(session, run_id, 10)
    assert [(fault.line, fault.reason) for fault in faults] == [
        (3, "quantity is not a number"),
        (4, "date is not a date: day is out of range for month"),
        (5, "has 1 cells where the header has 8"),
    ]


async def test_a_check_counts_and_imports_nothing(shop: Shop, write: WriteFile, line: Line) -> None:
    run_id = await shop.receive(write(line(), line(quantity="six")))
    summary = await exchange.check(shop.job(run_id))
    assert (summary["fresh"], summary["new_skus"], summary["opening"]) == (1, 1, {"units": "6", "skus": 1})
    assert await shop.status(run_id) == "checked"
    assert not any((await shop.everything()).values())


async def test_a_file_without_its_columns_is_refused_with_their_names(shop: Shop, write: WriteFile) -> None:
    with pytest.raises(salesfile.MissingColumns, match="No column holds unit price"):
        await shop.receive(write("1,A,5,2010-12-01", header="invoice,sku,quantity,date"))
    assert not list((shop.home / "files").rglob("upload"))


async def test_an_unknown_warehouse_fails_the_run_and_leaves_nothing(shop: Shop, write: WriteFile, line: Line) -> None:
    run_id = await shop.receive(write(line()), warehouse="MOON")
    with pytest.raises(OnhandError, match="MOON"):
        await exchange.commit(shop.job(run_id))
    assert await shop.status(run_id) == "failed"
    assert not any((await shop.everything()).values())


class Cut(Exception):
    """The process dies here."""


def dies_after(shop: Shop, reports: int) -> Callable[..., Awaitable[None]]:
    async def report(done: int, _total: int, message: str | None) -> None:
        shop.seen.append((done, _total))
        if message is None and len([seen for seen in shop.seen if seen[0]]) >= reports:
            raise Cut

    return report


async def test_a_run_that_was_cut_off_is_unfinished_and_goes_on(
    shop: Shop, other_shop: Shop, write: WriteFile, line: Line
) -> None:
    path = write(
        *(
            line(invoice=str(500 + n), sku=f"A{n % 3}", quantity=str(n + 1), date=f"2010-12-{n + 1:02} 08:00")
            for n in range(20)
        )
    )
    run_id = await shop.receive(path)
    with pytest.raises(Cut):
        await exchange.commit(exchange.Job(shop.database, shop.actor, run_id, shop.home, dies_after(shop, 2), chunk=4))
    assert await shop.status(run_id) == "unfinished"
    assert 0 < len((await shop.everything())["moves"]) < 20
    result = await exchange.resume(shop.job(run_id))
    assert result["posted"]["sale"] == 20
    assert await shop.status(run_id) == "finished"
    await other_shop.bring(path)
    assert await shop.everything() == await other_shop.everything()


async def test_a_run_that_was_cut_off_can_be_undone(shop: Shop, write: WriteFile, line: Line) -> None:
    path = write(*(line(invoice=str(500 + n), quantity="1") for n in range(20)))
    run_id = await shop.receive(path)
    with pytest.raises(Cut):
        await exchange.commit(exchange.Job(shop.database, shop.actor, run_id, shop.home, dies_after(shop, 2), chunk=4))
    await exchange.undo(shop.job(run_id))
    found = await shop.everything()
    assert (found["orders"], found["lines"]) == ([], [])
    assert found["levels"] == [("85123A", 0, 0, 0)]
    with pytest.raises(exchange.WrongRunState, match="undone"):
        await exchange.resume(shop.job(run_id))


async def test_two_runs_of_one_source_never_interleave(shop: Shop, write: WriteFile, line: Line) -> None:
    path = write(*(line(invoice=str(500 + n), quantity="1") for n in range(20)))
    first, second = await shop.receive(path), await shop.receive(path)
    results = await asyncio.gather(
        exchange.commit(replace(shop.job(first), chunk=4)),
        exchange.commit(replace(shop.job(second), chunk=4)),
        return_exceptions=True,
    )
    refused = [result for result in results if isinstance(result, exchange.AlreadyRunning)]
    assert len(refused) == 1
    assert len((await shop.everything())["lines"]) == 20


async def test_history_is_announced_as_a_whole(shop: Shop, write: WriteFile, line: Line) -> None:
    await shop.bring(write(*(line(invoice=str(n)) for n in range(500, 520))))
    kinds = [row[0] for row in await shop.rows("SELECT kind FROM event ORDER BY id")]
    assert kinds.count("exchange.import_finished") == 1
    assert "ledger.posted" not in kinds
    assert len(kinds) < 15


@pytest.mark.shared
@pytest.mark.timeout(600)
async def test_the_sample_then_more_of_the_real_file_equals_it_alone(
    shop: Shop, other_shop: Shop, shared_data: Path, tmp_path: Path
) -> None:
    sample, most = shared_data / "online_retail_sample_20k.csv", tmp_path / "most.parquet"
    pq.write_table(pq.read_table(shared_data / "online_retail_dev.parquet").slice(0, 50_000), most)
    await shop.bring(sample)
    _, result = await shop.bring(most)
    assert (result["unchanged"], result["shortages"], result["failed"]) == (20_000, 0, 0)
    await other_shop.bring(most)
    mine, theirs = await shop.everything(), await other_shop.everything()
    for name, rows in theirs.items():
        assert mine[name] == rows, name


@pytest.mark.shared
@pytest.mark.timeout(600)
async def test_the_real_file_comes_in_whole_and_goes_out_whole(shop: Shop, shared_data: Path) -> None:
    run_id, result = await shop.bring(shared_data / "online_retail_dev.parquet")
    assert result["posted"] == {"sale": 364_415, "return": 5_782, "write_off": 938, "given_away": 773, "charge": 2_020}
    assert (result["shortages"], result["opening"]["units"], result["opening"]["skus"]) == (0, "3936663", 2_764)
    assert (result["new_skus"], result["new_customers"]) == (2_776, 4_308)
    assert (await proof.prove(shop.database, shop.actor.organization_id)).holds
    await exchange.undo(shop.job(run_id))
    assert not any(on_hand for _, on_hand, *_ in await shop.rows(LEVELS))
    assert await shop.rows(ORDERS) == []
    assert (await proof.prove(shop.database, shop.actor.organization_id)).holds
