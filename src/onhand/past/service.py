"""Keeping the sums of the past, and what they say."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from onhand.infra import jobs
from onhand.past import domain, store
from onhand.past.domain import View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database
    from onhand.past.domain import Held, Span

LOOKS_EVERY = 0.1
PATIENCE = 5.0  # seconds that are waited for running transactions to end; else the next run goes on with the same mark
LONGEST_RUN = 30.0
_pending: list[store.Mark] = []


async def keep(database: Database, organizations: Sequence[UUID], *, longest: float = LONGEST_RUN) -> int:
    """Add what is settled to the sums of these organizations, as far as time allows; returns how many rows."""
    at = await _settled(database)
    if at is None:
        return 0
    until, done = time.monotonic() + longest, 0
    for organization_id in organizations:
        while time.monotonic() < until:
            async with database.session(jobs.system_actor(organization_id)) as session:
                if not await store.behind(session, at):
                    break
                done += await store.fold(session, at)
    return done


async def _settled(database: Database) -> store.Mark | None:
    """A mark that no running transaction is below of; the one before it if that had to be waited for."""
    async with database.pool.connection() as connection:
        if not _pending:
            _pending.append(await store.mark(connection))
        until = time.monotonic() + PATIENCE
        while not await store.settled(connection, _pending[0]):
            if time.monotonic() > until:
                return None
            await asyncio.sleep(LOOKS_EVERY)
        return _pending.pop()


async def look_back(
    session: AsyncSession, as_of: datetime | None, known_at: datetime | None, warehouses: Sequence[UUID] | None = None
) -> View:
    """What each warehouse held at a moment, by what was known, and holds now."""
    then = await store.warehouse_changes(session, as_of, known_at, warehouses)
    now = await store.warehouse_changes(session, None, None, warehouses)
    known = now if known_at is None else await store.warehouse_changes(session, None, known_at, warehouses)
    return View(domain.by_warehouse(then, now), known)


async def trend(session: AsyncSession, span: Span) -> list[tuple[date, Held]]:
    """What was held at the end of each business day, over all warehouses or those named."""
    changes = await store.warehouse_changes(session, None, span.known_at, span.warehouses)
    return domain.ends_of_days(changes, span.first, span.last)


async def sku_trend(session: AsyncSession, sku_id: UUID, span: Span) -> list[tuple[date, Held]]:
    """The same of one SKU."""
    changes = await store.level_changes(session, sku_id, span.known_at, span.warehouses)
    return domain.ends_of_days(changes, span.first, span.last)
