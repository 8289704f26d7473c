"""Two streams of chunks, side by side: movements into the ledger, orders into sales. Each chunk is one transaction.

They touch different tables and each remembers how far it has come, so PostgreSQL works on both at once; what the other
has not yet reached after a crash is brought in when the run is resumed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeVar

from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.exc import DBAPIError

from onhand import ledger, pastsales, salesfile
from onhand.exchange import service, store
from onhand.infra import files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.exchange.tally import Tally
    from onhand.infra.db import Database
    from onhand.infra.tabular import Numbers
    from onhand.kernel import Actor

T = TypeVar("T")
Report = Callable[[int, int, "str | None"], Awaitable[None]]
ATTEMPTS = 4
RETRYABLE = frozenset({"40001", "40P01"})  # serialization failure, deadlock


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work: on which database, for whom, which run, where its files lie, whom to tell."""

    database: Database
    actor: Actor
    run_id: UUID
    home: Path
    report: Report
    chunk: int = pastsales.CHUNK

    @property
    def folder(self) -> Path:
        """Where the run's files lie."""
        return files.folder_of(self.home, self.actor.organization_id, self.run_id)


@dataclass(frozen=True, slots=True)
class Lot:
    """Lines in the order in which one stream takes them, with their ids and what they stand on."""

    lines: salesfile.Lines
    ids: list[str]
    ground: pastsales.Ground
    currency: str


@dataclass(frozen=True, slots=True)
class Moves:
    """One chunk of movements."""

    ids: list[str]
    contents: list[int]
    postings: list[ledger.Posting]


async def post_movements(job: Job, lot: Lot, tally: Tally) -> None:
    """Stream the movements, and put their lines on file. `tally` gathers the shortages."""
    done = 0

    def make(places: Numbers) -> Moves:
        lines, ids = lot.lines.take(places), lot.ids[places[0] : places[-1] + 1]
        postings = pastsales.postings_of(lines, ids, lot.ground, job.actor.organization_id)
        return Moves(ids, salesfile.contents(lines).tolist(), postings)

    async def write(session: AsyncSession, moves: Moves) -> Tally:
        outcomes = await ledger.post(session, moves.postings, brief=True, silent=True)
        await store.add_lines(session, job.run_id, moves.ids, moves.contents)
        counted = tally.with_shortages(outcomes)
        await store.advance(session, job.run_id, posted=len(moves.ids), result=asdict(counted))
        await service.tell(session, job.run_id)
        return counted

    async def written(moves: Moves) -> None:
        nonlocal done
        tally.take(await transaction(job, lambda session: write(session, moves)))
        done += len(moves.ids)
        await job.report(done, len(lot.lines), None)

    await _stream(list(pastsales.chunks_of(lot.lines, job.chunk)), make, written)


async def record_orders(job: Job, lot: Lot) -> None:
    """Stream the orders with their lines and charges."""

    def make(places: Numbers) -> tuple[int, pastsales.History]:
        lines, ids = lot.lines.take(places), lot.ids[places[0] : places[-1] + 1]
        return len(ids), pastsales.history_of(lines, ids, lot.ground, job.actor.organization_id, lot.currency)

    async def written(made: tuple[int, pastsales.History]) -> None:
        lines, history = made

        async def write(session: AsyncSession) -> None:
            await pastsales.record_history(session, history)
            await store.advance(session, job.run_id, recorded=lines)

        await transaction(job, write)

    await _stream(list(pastsales.chunks_of(lot.lines, job.chunk)), make, written)


async def _stream(
    pieces: Sequence[Numbers], make: Callable[[Numbers], T], write: Callable[[T], Awaitable[None]]
) -> None:
    """Piece by piece; while PostgreSQL writes one, the next is made ready."""

    def ready(places: Numbers) -> asyncio.Task[T]:
        return asyncio.create_task(asyncio.to_thread(make, places))

    waiting = deque(ready(places) for places in pieces[:1])
    for number in range(len(pieces)):
        made = await waiting.popleft()
        waiting.extend(ready(places) for places in pieces[number + 1 : number + 2])
        await write(made)


async def transaction(job: Job, write: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """One chunk, whole or not at all; tried again when the database asks for it."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with job.database.session(job.actor) as session:
                await store.plan_for_many(session)
                return await write(session)
        except (DBAPIError, DeadlockDetected, SerializationFailure) as problem:
            if attempt == ATTEMPTS or _state(problem) not in RETRYABLE:
                raise
            await asyncio.sleep(0.05 * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _state(problem: Exception) -> str | None:
    """PostgreSQL's code of an error, whether SQLAlchemy wrapped it or not."""
    return getattr(getattr(problem, "orig", problem), "sqlstate", None)
