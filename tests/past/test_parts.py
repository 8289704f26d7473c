"""Months of movements leave and come back: levels, proof and past days do not notice, reversals say why not."""

from __future__ import annotations

import asyncio
import gzip
import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest

from onhand import catalog, ledger, past, places, proof
from onhand.kernel import NotFound, new_id, now
from onhand.past import store_parts
from onhand.past.domain import Part, why_not_attached, why_not_detached
from onhand.past.errors import FileDiffers, PartStays

if TYPE_CHECKING:
    from pathlib import Path

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings
    from onhand.kernel import Actor

MONTHS = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC))
JANUARY, FEBRUARY = "movement_202501", "movement_202502"
MADE_OLD = "UPDATE {} SET recorded_at = %s, effective_at = %s WHERE organization_id = %s AND {} = %s"


def part(name: str, until: datetime, kept_as: str = "attached") -> Part:
    return Part("movement", name, until - timedelta(days=31), until, 1, 1, kept_as)


def test_the_oldest_goes_first_and_three_months_stay() -> None:
    old, newer, young = part("a", MONTHS[1]), part("b", MONTHS[2]), part("c", now())
    assert why_not_detached(old, [old, newer, young], now()) is None
    assert "older" in str(why_not_detached(newer, [old, newer, young], now()))
    assert "last 3 months" in str(why_not_detached(young, [young], now()))
    assert "already" in str(why_not_detached(part("a", MONTHS[1], "schema"), [], now()))


def test_the_youngest_comes_back_first() -> None:
    out, later = part("a", MONTHS[1], "file"), part("b", MONTHS[2], "file")
    assert why_not_attached(later, [out, later]) is None
    assert "younger" in str(why_not_attached(out, [out, later]))
    assert "in its table" in str(why_not_attached(part("a", MONTHS[1]), []))


@pytest.fixture
async def stocked(database: Database, actor: Actor, settings: Settings) -> tuple[Actor, dict[str, UUID]]:
    """Ten of A came in January and four went in February, of which the books have partitions; three came today."""
    ids = {name: new_id() for name in ("january", "february", "today")}
    async with database.session(actor) as session:
        await places.ensure_warehouse(session, "MAIN", "Main")
        await catalog.ensure_skus(session, [catalog.SkuWanted("A", "A")])
        for (name, posting), quantity in zip(ids.items(), (10, -4, 3), strict=True):
            cost = Decimal(2) if quantity > 0 else None
            line = ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(quantity), unit_cost=cost)
            kind: Any = "purchase" if quantity > 0 else "sale"
            await ledger.record(session, ledger.Posting(id=posting, lines=[line], type=kind, reason=name))
    with psycopg.connect(str(settings.database_url), options="-c search_path=onhand", autocommit=True) as admin:
        admin.execute("SET ROLE onhand_owner")
        for first, until in itertools.pairwise(MONTHS):
            admin.execute(
                f"CREATE TABLE IF NOT EXISTS movement_{first:%Y%m} PARTITION OF movement "
                f"FOR VALUES FROM ('{first:%Y-%m-%d}') TO ('{until:%Y-%m-%d}')"
            )
        admin.execute("RESET ROLE")
        for name, first in zip(("january", "february"), MONTHS, strict=False):
            when = first + timedelta(days=9)
            for table, column in (("movement", "posting_id"), ("posting", "id")):
                admin.execute(MADE_OLD.format(table, column), (when, when, actor.organization_id, ids[name]))
    return actor, ids


async def held(database: Database, actor: Actor, as_of: datetime | None) -> list[Decimal]:
    async with database.session(actor) as session:
        found = await ledger.levels_at(session, as_of, None, [await ledger.sku_by(session, "A")])
        seen = await past.look_back(session, as_of, None)
    return [sum((one.on_hand for one in found), start=Decimal(0)), seen.then.on_hand, seen.then.value]


@pytest.mark.parametrize("to_file", [False, True])
async def test_a_month_leaves_and_comes_back(
    database: Database, settings: Settings, stocked: tuple[Actor, dict[str, UUID]], tmp_path: Path, *, to_file: bool
) -> None:
    actor, ids = stocked
    url, folder = str(settings.database_url), tmp_path if to_file else None
    end_of_january = datetime(2025, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)
    with pytest.raises(PartStays, match="older"):
        await past.detach_part(url, FEBRUARY, folder)
    gone = await past.detach_part(url, JANUARY, folder)
    assert gone.kept_as == ("file" if to_file else "schema")
    await past.detach_part(url, FEBRUARY, folder)
    with pytest.raises(PartStays, match="already"):
        await past.detach_part(url, FEBRUARY, folder)
    assert (await proof.prove(database, actor.organization_id)).holds
    assert await held(database, actor, None) == [9, 9, 18]
    assert await held(database, actor, end_of_january) == [10, 10, 20]
    async with database.session(actor) as session:
        with pytest.raises(ledger.NotReversible, match=JANUARY):
            await ledger.reverse(session, ids["january"])
    with pytest.raises(PartStays, match="younger"):
        await past.attach_part(url, JANUARY)
    for name in (FEBRUARY, JANUARY):
        assert (await past.attach_part(url, name)).attached
    with psycopg.connect(url) as admin:
        owned = "SELECT DISTINCT tableowner FROM pg_tables WHERE tablename IN (%s, %s)"
        assert admin.execute(owned, (JANUARY, FEBRUARY)).fetchall() == [("onhand_owner",)]
    assert (await proof.prove(database, actor.organization_id)).holds
    assert await held(database, actor, end_of_january) == [10, 10, 20]
    async with database.session(actor) as session:
        await ledger.reverse(session, ids["february"])
    assert await held(database, actor, None) == [13, 13, 26]


async def test_a_file_that_was_changed_is_refused(
    settings: Settings, stocked: tuple[Actor, dict[str, UUID]], tmp_path: Path
) -> None:
    assert stocked
    url = str(settings.database_url)
    gone = await past.detach_part(url, JANUARY, tmp_path)
    file = tmp_path / str(gone.place).rpartition("/")[2]
    assert str(file) == gone.place
    whole = file.read_bytes()
    file.write_bytes(gzip.compress(gzip.decompress(whole).replace(b"purchase", b"purchasf")))
    with pytest.raises(FileDiffers, match="checksum"):
        await past.attach_part(url, JANUARY)
    file.unlink()
    with pytest.raises(FileDiffers, match="not there"):
        await past.attach_part(url, JANUARY)
    file.write_bytes(whole)
    assert (await past.attach_part(url, JANUARY)).attached


async def test_what_the_table_has_gained_meanwhile_is_empty_in_what_comes_back(
    settings: Settings, stocked: tuple[Actor, dict[str, UUID]]
) -> None:
    actor, ids = stocked
    url = str(settings.database_url)
    await past.detach_part(url, JANUARY)
    with psycopg.connect(url, options="-c search_path=onhand", autocommit=True) as admin:
        admin.execute(f"ALTER TABLE onhand_archive.{JANUARY} DROP COLUMN note")
        assert (await past.attach_part(url, JANUARY)).attached
        asked = "SELECT quantity, note FROM movement WHERE organization_id = %s AND posting_id = %s"
        found = admin.execute(asked, (actor.organization_id, ids["january"])).fetchall()
    assert found == [(Decimal(10), None)]


async def test_a_table_in_use_keeps_its_months_and_nothing_is_half_done(
    database: Database, settings: Settings, stocked: tuple[Actor, dict[str, UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, _ = stocked
    url = str(settings.database_url)
    monkeypatch.setattr(store_parts, "PATIENCE", "SET LOCAL lock_timeout = '50ms'")
    with psycopg.connect(url, options="-c search_path=onhand") as reader:
        reader.execute("SELECT count(*) FROM movement")
        with pytest.raises(PartStays, match="in use"):
            await past.detach_part(url, JANUARY)
        carried = "SELECT count(*) FROM carried_level WHERE organization_id = %s"
        assert reader.execute(carried, (actor.organization_id,)).fetchone() == (0,)
    assert (await proof.prove(database, actor.organization_id)).holds


async def test_two_who_move_the_same_month_take_turns(
    settings: Settings, stocked: tuple[Actor, dict[str, UUID]]
) -> None:
    assert stocked
    url = str(settings.database_url)
    both = await asyncio.gather(*(past.detach_part(url, JANUARY) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in both) == ["Part", "PartStays"]
    assert (await past.attach_part(url, JANUARY)).attached


async def test_a_month_that_does_not_exist_is_not_found(settings: Settings) -> None:
    with pytest.raises(NotFound):
        await past.detach_part(str(settings.database_url), "movement; DROP TABLE level")


async def test_the_books_without_what_was_carried_do_not_prove(
    database: Database, settings: Settings, stocked: tuple[Actor, dict[str, UUID]]
) -> None:
    actor, _ = stocked
    await past.detach_part(str(settings.database_url), JANUARY)
    with psycopg.connect(str(settings.database_url), options="-c search_path=onhand", autocommit=True) as admin:
        admin.execute(
            "UPDATE carried_level SET quantity = quantity + 1 WHERE organization_id = %s", (actor.organization_id,)
        )
    failed = {row.check for row in (await proof.prove(database, actor.organization_id)).differences}
    assert {"level", "balance", "days"} <= failed
