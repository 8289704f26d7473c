"""Many buyers at one shelf: real processes, real connections, a scratch organization that is gone afterwards."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from onhand import catalog, identity, ledger, places
from onhand.infra.db import Database
from onhand.infra.jobs import system_actor
from onhand.kernel import new_id
from onhand.proof import store_scratch
from onhand.proof.domain import Trial
from onhand.proof.service import prove

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Barrier  # the manager's stands for one that all processes share
    from uuid import UUID

    from onhand.kernel import Actor

SKU, SHELF = "LAST-ONES", "SHELF"
CONNECTIONS = 6  # per process: PostgreSQL's default allows a hundred in all
PATIENCE = 120.0

Counts = tuple[int, int, int]  # won, refused, failed


@dataclass(frozen=True, slots=True)
class Oversell:
    """So many buyers want one piece each of so few, from so many processes at once."""

    buyers: int = 200
    units: int = 5
    processes: int = 4


async def oversell(database: Database, urls: tuple[str, str], command: Oversell) -> Trial:
    """Let them all buy at the same moment and count who won. `urls` are the application's and the administrator's."""
    actor = await _scratch(database, command.units)
    try:
        started = time.monotonic()
        counts = await asyncio.to_thread(_let_buy, urls[0], actor.organization_id, command)
        seconds = time.monotonic() - started
        proof = await prove(database, actor.organization_id)
    finally:
        await asyncio.to_thread(store_scratch.sweep, urls[1], actor.organization_id)
    won, refused, failed = (sum(column) for column in zip(*counts, strict=True))
    return Trial(command.buyers, command.units, command.processes, won, refused, failed, seconds, proof)


async def _scratch(database: Database, units: int) -> Actor:
    """An organization with `units` pieces of one SKU on one shelf."""
    async with database.anonymous() as session:
        command = identity.CreateOrganization(f"oversell-{new_id().hex[-10:]}", "Oversell proof")
        made = await identity.create_organization(session, command)
    actor = system_actor(made.id, "oversell proof")
    async with database.session(actor) as session:
        await places.ensure_warehouse(session, SHELF, "The shelf")
        await catalog.ensure_skus(session, [catalog.SkuWanted(SKU, "The last ones")])
        line = ledger.Set(sku=SKU, warehouse=SHELF, quantity=Decimal(units))
        await ledger.record(session, ledger.Posting(lines=[line], type="opening", reason="oversell proof"))
    return actor


def _let_buy(url: str, organization_id: UUID, command: Oversell) -> Sequence[Counts]:
    shares = [len(range(n, command.buyers, command.processes)) for n in range(command.processes)]
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        gate = manager.Barrier(command.processes)
        with context.Pool(command.processes) as pool:
            buying = partial(_crowd, url, organization_id, gate)
            return pool.map(buying, shares, chunksize=1)


def _crowd(url: str, organization_id: UUID, gate: Barrier, buyers: int) -> Counts:
    """One process' buyers."""
    return asyncio.run(_buy_all(url, organization_id, gate, buyers))


async def _buy_all(url: str, organization_id: UUID, gate: Barrier, buyers: int) -> Counts:
    async with Database(url, CONNECTIONS) as database:
        await asyncio.to_thread(gate.wait, PATIENCE)
        actor = system_actor(organization_id, "buyer")
        answers = await asyncio.gather(*(_buy(database, actor, n) for n in range(buyers)), return_exceptions=True)
    won = sum(answer is True for answer in answers)
    refused = sum(answer is False for answer in answers)
    return won, refused, len(answers) - won - refused


async def _buy(database: Database, actor: Actor, number: int) -> bool:
    """Reserve one piece: every other buyer by a gathered write, the others each in a transaction of their own."""
    line = ledger.Reserve(sku=SKU, warehouse=SHELF, quantity=Decimal(1), holder_kind="buyer")
    posting = ledger.Posting(lines=[line], reason="bought")
    if number % 2:
        return (await ledger.gatherer(database).post(actor, posting)).ok
    try:
        async with database.session(actor) as session:
            await ledger.record(session, posting)
    except ledger.NotEnoughStock:
        return False
    return True
