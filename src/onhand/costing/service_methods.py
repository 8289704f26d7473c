"""Verbs of methods: how stock is valued, chosen for the organization or a category, and levels told anew for it.

Also what a receipt changes that is told of late. Each by adjusting entries; nothing recorded is rewritten.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from onhand import audit, catalog
from onhand.costing import events, store_entries, store_methods, store_trail
from onhand.costing.domain import ZERO, EntryKind, Line, Method
from onhand.costing.replay import replay
from onhand.costing.tables import CostEntry, CostingMethod
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.costing.replay import Replayed
    from onhand.costing.store_methods import Astray

AT_ONCE = 200  # levels told anew in one transaction
LATE_DAYS = 2  # receipts recorded so recently are looked at


async def set_method(session: AsyncSession, category_id: UUID | None, method: Method | None) -> int:
    """Choose how stock is valued; None gives a category back to what is above it.

    Returns how many levels were told anew, at most 200: the rest is left to the job.
    """
    if category_id is not None:
        await catalog.category_by_id(session, category_id)
    row = await store_methods.find_method(session, category_id)
    before = None if row is None else {"method": row.method}
    if row is None and method is not None:
        row = await add_row(session, CostingMethod, {"category_id": category_id, "method": method})
    elif row is not None and method is not None:
        await change_row(session, row, {"method": method})
    elif row is not None:
        await remove_row(session, row)
    after = None if method is None else {"method": method}
    await audit.record(session, "update", "costing_method", str(category_id or "organization"), before, after)
    facts = {"category_id": category_id and str(category_id), "method": method}
    await announce(session, events.METHOD_CHANGED, facts)
    return await align(session)


async def align(session: AsyncSession) -> int:
    """Tell anew the levels that are not valued as they should be, at most 200; returns how many."""
    return await _restate(session, "method", await store_methods.astray(session, AT_ONCE))


async def settle_late(session: AsyncSession) -> int:
    """Correct what went after a receipt came, but before it was told of; returns of how many levels."""
    since = now() - timedelta(days=LATE_DAYS)
    return await _restate(session, "backdated", await store_methods.late(session, since, AT_ONCE))


async def _restate(session: AsyncSession, kind: EntryKind, levels: Sequence[Astray]) -> int:
    if not levels:
        return 0
    await store_trail.lock(session, sorted({level.sku_id for level in levels}))
    number, who = await store_entries.next_number(session), actor_of(session).label
    note = "valued by another method" if kind == "method" else "told of late"
    values: dict[str, Any] = {"number": number, "kind": kind, "created_by": who, "note": note}
    entry = await add_row(session, CostEntry, values)
    stock = sold = ZERO
    for level in levels:
        made = replay(cast("Method", level.method), await store_methods.history(session, level))
        costs = await _corrections(session, level, made) if kind == "backdated" else {}
        stock += await store_methods.restate(session, entry, level, made, costs)
        sold += sum(costs.values(), ZERO)
        if kind == "backdated":
            await store_methods.settled(session, entry, level)
    await change_row(session, entry, {"value": stock + sold, "stock": stock, "sold": sold})
    await audit.record(session, "create", "cost_entry", entry.id, None, audit.snapshot(entry))
    facts = {"entry_id": str(entry.id), "kind": kind, "number": number}
    await announce(session, events.COSTS_CHANGED, facts)
    return len(levels)


async def _corrections(session: AsyncSession, level: Astray, made: Replayed) -> dict[Line, Decimal]:
    """What each line that took goods costs more or less than was booked."""
    booked = await store_methods.taken(session, level)
    differences = {line: made.costs[line] - booked[line][0] for line in list(made.costs) if line in booked}
    return {line: difference for line, difference in differences.items() if difference}
