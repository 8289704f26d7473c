"""The proof holds on honest books and names whatever was tampered with."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import psycopg
import pytest

from onhand import ledger, proof
from onhand.kernel import now

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings
    from onhand.kernel import Actor


async def test_honest_books_prove(database: Database, stocked: Actor) -> None:
    outcome = await proof.prove(database, stocked.organization_id)
    assert outcome.holds
    assert (outcome.differences, outcome.findings) == ([], [])
    assert outcome.counted == {"levels": 2, "movements": 4, "postings": 2, "reservations": 1}


@pytest.mark.parametrize(
    ("tampering", "check", "subject"),
    [
        ("UPDATE level SET on_hand = on_hand + 1 WHERE reserved = 3", "level", "A at MAIN"),
        ("UPDATE level SET reserved = 2 WHERE reserved = 3", "reserved", "A at MAIN"),
        ("UPDATE reservation SET open = 2, taken = 1", "reservation", None),
        ("UPDATE movement SET balance = 11 WHERE balance = 10 AND line = 1", "balance", "A at MAIN, movement"),
        ("DELETE FROM movement WHERE reservation_id IS NOT NULL", "posting", None),
        ("DELETE FROM posting WHERE reason = 'received'", "posting", None),
        ("UPDATE level SET value = value + 0.01 WHERE reserved = 3", "layers", "A at MAIN"),
        ("UPDATE level SET value = value + 0.01 WHERE reserved = 3", "value", "A at MAIN"),
        ("UPDATE cost_layer SET value = value + 0.01 WHERE value > 0", "layers", "A at MAIN"),
        ("UPDATE movement SET value = value + 0.01 WHERE quantity > 0", "value", "A at MAIN"),
        ("DELETE FROM level WHERE unavailable = 2", "level", "B at MAIN"),
    ],
)
async def test_tampering_is_named(
    database: Database, settings: Settings, stocked: Actor, tampering: str, check: str, subject: str | None
) -> None:
    assert settings.database_url
    with psycopg.connect(settings.database_url, options="-c search_path=onhand", autocommit=True) as admin:
        where = " AND" if "WHERE" in tampering else " WHERE"
        admin.execute(f"{tampering}{where} organization_id = '{stocked.organization_id}'")
    outcome = await proof.prove(database, stocked.organization_id)
    assert not outcome.holds
    found = [d for d in outcome.differences if d.check == check]
    assert found
    assert subject is None or any(d.subject.startswith(subject) for d in found)


async def test_what_a_sale_took_of_layers_is_what_it_cost(
    database: Database, settings: Settings, stocked: Actor
) -> None:
    async with database.session(stocked) as session:
        line = ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(-2))
        await ledger.record(session, ledger.Posting(lines=[line], type="sale"))
    assert (await proof.prove(database, stocked.organization_id)).holds
    assert settings.database_url
    with psycopg.connect(settings.database_url, options="-c search_path=onhand", autocommit=True) as admin:
        where = f"WHERE organization_id = '{stocked.organization_id}'"
        admin.execute(f"UPDATE cost_use SET value = value + 0.01 {where}")
    outcome = await proof.prove(database, stocked.organization_id)
    assert [(d.check, d.said, d.derived) for d in outcome.differences] == [("cost of lines", "4.000000", "4.010000")]


async def test_a_negative_past_is_a_finding_not_a_failure(database: Database, stocked: Actor) -> None:
    early = now() - timedelta(days=30)
    line = ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(-2), effective_at=early)
    async with database.session(stocked) as session:
        await ledger.record(session, ledger.Posting(lines=[line], type="sale", reason="told late"))
    outcome = await proof.prove(database, stocked.organization_id)
    assert outcome.holds
    assert [(f.check, f.subject) for f in outcome.findings] == [("past", "A at MAIN")]


async def test_one_snapshot_while_others_write(database: Database, stocked: Actor) -> None:
    async def write() -> None:
        for _ in range(20):
            line = ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(1))
            await ledger.gatherer(database).post(stocked, ledger.Posting(lines=[line]))

    async def check() -> list[bool]:
        return [(await proof.prove(database, stocked.organization_id)).holds for _ in range(8)]

    _, held = await asyncio.gather(write(), check())
    assert held == [True] * 8


async def test_the_proof_over_http(client: httpx.AsyncClient, database: Database, stocked: Actor) -> None:
    _ = (database, stocked)
    answer = await client.get("/api/v1/proof")
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert (data["holds"], data["counted"]["movements"]) == (True, 4)
