"""Orders of the past, from imports: recorded and taken back in bulk, without reservations or an event for each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand import audit
from onhand.infra.events import announce
from onhand.pastsales import events, store
from onhand.pastsales.domain import History, Recorded

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

UNDONE_AT_ONCE = 2_000  # orders per call, so that no transaction lasts long enough to hold the readers of events back


async def record_history(session: AsyncSession, history: History) -> Recorded:
    """Write finished orders with their lines and charges; what is on file already is left alone.

    Set-based. Orders, lines and charges may be new or known independently of each other, so a file may bring more lines
    to an order of an earlier one; its totals follow. SKUs and customers must exist. Raises ExternalIdTaken.
    """
    recorded = await store.record(session, history)
    if recorded.orders or recorded.lines or recorded.charges:
        facts = {"group_id": str(history.group_id), "orders": recorded.orders, "lines": recorded.lines}
        await audit.record(session, "import", "order", "many", None, facts | {"charges": recorded.charges})
        await announce(session, events.HISTORY_RECORDED, facts)
    return recorded


async def undo_history(session: AsyncSession, group_id: UUID) -> Recorded:
    """Take back what a run recorded, at most 2,000 orders at a time: call it, each in its own transaction, until none.

    Returns how many orders and lines went; charges go with their orders, uncounted.
    """
    orders, lines = await store.undo(session, group_id, UNDONE_AT_ONCE)
    if orders:
        facts = {"group_id": str(group_id), "orders": orders, "lines": lines}
        await audit.record(session, "undo_import", "order", "many", None, facts)
        await announce(session, events.HISTORY_UNDONE, facts)
    return Recorded(orders, lines, 0)
