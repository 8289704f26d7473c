"""Months of movements leave and come back: levels, proof and past days do not notice, reversals say why not."""

from __future__ import annotations

import gzip
import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest

from onhand import catalog, ledger, past, places, proof
from onhand.kernel import Conflict, NotFound, new_id, now
from onhand.past.domain import Part, why_not_attached, why_not_detached
from onhand.past.parts import FileDiffers, PartStays

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
        for first, until in itertools.pairwise(MONTHS):
            admin.execute(
                f"CREATE TABLE IF NOT EXISTS movement_{first:%Y%m} PARTITION OF movement "
                f"FOR VALUES FROM ('{first:%Y-%m-%d}') TO ('{until:%Y-%m-%d}')"
            )
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
    file = tmp_path / f"{JANUARY}.csv.gz"
    assert gone.place == str(file)
    whole = file.read_bytes()
    file.write_bytes(gzip.compress(gzip.decompress(whole).replace(b"purchase", b"purchasf")))
    with pytest.raises(FileDiffers, match="checksum"):
        await past.attach_part(url, JANUARY)
    file.unlink()
    with pytest.raises(FileDiffers, match="not there"):
        await past.attach_part(url, JANUARY)
    file.write_bytes(whole)
    assert (await past.attach_part(url, JANUARY)).attached
    with pytest.raises(PartStays, match="is there already"):
        await past.detach_part(url, JANUARY, tmp_path)


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
    assert issubclass(PartStays, Conflict)
