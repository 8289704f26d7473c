"""What people see of an import while it is undone, and of an undo that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exchange.test_runs import Cut, Line, Shop, WriteFile

from onhand import exchange

if TYPE_CHECKING:
    from pathlib import Path

    from onhand.infra.db import Database
    from onhand.kernel import Actor


@pytest.fixture
async def shop(database: Database, actor: Actor, tmp_path: Path) -> Shop:
    return Shop(database, actor, tmp_path)


async def test_while_it_is_undone_everybody_sees_how_far_it_is(
    shop: Shop, write: WriteFile, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The movements are one transaction; their count is told beside it."""
    monkeypatch.setattr("onhand.ledger.service.MOST_POSTINGS", 4)
    run_id, _ = await shop.bring(write(*(line(invoice=str(500 + n), quantity="1") for n in range(11))))
    seen: list[tuple[str, int, int]] = []

    async def look(*_: object) -> None:
        row = f"SELECT status, lines_done, lines_recorded FROM import_run WHERE id = '{run_id}'"
        seen.extend([(str(status), int(done), int(taken)) for status, done, taken in await shop.rows(row)])

    await exchange.undo(exchange.Job(shop.database, shop.actor, run_id, shop.home, look))
    assert seen == [("undoing", 0, 0), ("undoing", 3, 0), ("undoing", 7, 0), ("undoing", 11, 0)]


async def test_an_undo_that_was_cut_off_says_so_and_may_be_asked_for_again(
    shop: Shop, write: WriteFile, line: Line
) -> None:
    run_id, _ = await shop.bring(write(*(line(invoice=str(500 + n), quantity="1") for n in range(3))))

    async def cut(*_: object) -> None:
        raise Cut

    with pytest.raises(Cut):
        await exchange.undo(exchange.Job(shop.database, shop.actor, run_id, shop.home, cut))
    assert await shop.status(run_id) == "undoing"
    [(problem,)] = await shop.rows(f"SELECT problem FROM import_run WHERE id = '{run_id}'")
    assert problem == "Undoing it was cut off. Undo it again: what is undone already stays so."
    await exchange.undo(shop.job(run_id))
    assert await shop.status(run_id) == "undone"
