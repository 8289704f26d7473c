"""Gathered writes: requests that arrive while others are being written share the next call of post().

Each posting keeps its own outcome and its own atomicity; the database decides, so other processes stay correct. A
request that writes other tables too is never gathered: it posts in its own transaction.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from onhand.ledger import store_post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from onhand.infra.db import Database
    from onhand.kernel import Actor
    from onhand.ledger.domain import Outcome, Posting

LANES = 2  # calls in flight per organization: one writes while the next is gathered, on one hot SKU as well (ADR 0023)
MOST = 256  # postings per call
RETRIES = 5
RETRYABLE = frozenset({"40001", "40P01"})  # an id was taken meanwhile; deadlock
JITTER = secrets.SystemRandom()

Waiting = tuple["Posting", "asyncio.Future[Outcome]"]


@dataclass(slots=True)
class _Queue:
    """What waits in one organization, and how many calls are in flight."""

    waiting: list[Waiting] = field(default_factory=list)
    flying: int = 0


class Gatherer:
    """One per process and database. A lone posting goes straight through; nobody lingers for company."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queues: dict[UUID, _Queue] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def post(self, actor: Actor, posting: Posting) -> Outcome:
        """Post in a call shared with whoever else is waiting in the actor's organization."""
        queue = self._queues.setdefault(actor.organization_id, _Queue())
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        queue.waiting.append((posting, done))
        if queue.flying < LANES:
            queue.flying += 1
            task = asyncio.create_task(self._drain(actor, queue))  # not ours to cancel: it writes for others too
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await done

    async def _drain(self, actor: Actor, queue: _Queue) -> None:
        try:
            while queue.waiting:
                batch, queue.waiting = queue.waiting[:MOST], queue.waiting[MOST:]
                await self._write(actor, batch)
        finally:
            queue.flying -= 1

    async def _write(self, actor: Actor, batch: Sequence[Waiting]) -> None:
        """Give every waiter of the batch its outcome; if the call as such fails, each is tried alone."""
        try:
            answers = await self._call(actor, [posting for posting, _ in batch])
        except Exception as problem:  # noqa: BLE001 - whatever it was, its waiters must hear of it
            if len(batch) == 1:
                _answer(batch[0][1], problem)
                return
            for one in batch:
                await self._write(actor, [one])
            return
        for (_, done), outcome in zip(batch, answers, strict=True):
            _answer(done, outcome)
        self._database.pulse.beat()

    async def _call(self, actor: Actor, postings: Sequence[Posting]) -> list[Outcome]:
        for attempt in range(RETRIES):
            try:
                return await store_post.send_alone(self._database, actor, postings)
            except Exception as problem:
                if attempt + 1 == RETRIES or getattr(problem, "sqlstate", None) not in RETRYABLE:
                    raise
                await asyncio.sleep(JITTER.uniform(0.5, 1.5) * 0.002 * 2**attempt)
        raise AssertionError("unreachable: the last attempt returns or raises")


def _answer(done: asyncio.Future[Outcome], answer: Outcome | Exception) -> None:
    """Tell the waiter, unless its client has gone meanwhile."""
    if done.done():
        return
    if isinstance(answer, Exception):
        done.set_exception(answer)
    else:
        done.set_result(answer)


_GATHERERS: WeakKeyDictionary[Database, Gatherer] = WeakKeyDictionary()


def gatherer(database: Database) -> Gatherer:
    """The gatherer of this process and database."""
    if database not in _GATHERERS:
        _GATHERERS[database] = Gatherer(database)
    return _GATHERERS[database]
