"""Imported orders: the SQL functions that write and take back thousands at once (migrations/sql/sales/history.sql)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand.infra.arrays import ids, numbers, texts
from onhand.infra.db import actor_of, raw
from onhand.pastsales.domain import Recorded

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.pastsales.domain import History

RECORD = """SELECT orders, lines, charges FROM record_history(%s, %s, %s, %s,
    %s::uuid[], %s::text[], %s::timestamptz[], %s::uuid[],
    %s::uuid[], %s::uuid[], %s::integer[], %s::uuid[], %s::text[], %s::numeric[], %s::numeric[],
    %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::numeric[])"""
UNDO = "SELECT orders, lines FROM undo_history(%s, %s, %s)"


async def _row(session: AsyncSession, statement: str, *values: object) -> tuple[Any, ...]:
    connection = await raw(session)
    row = await (await connection.execute(statement, (actor_of(session).organization_id, *values))).fetchone()
    return row or ()


async def record(session: AsyncSession, history: History) -> Recorded:
    """Insert what is not on file; returns how many rows were new."""
    orders, lines, charges = history.orders, history.lines, history.charges
    columns = (
        ids(orders.ids), texts(orders.external_ids), texts(orders.placed_at), ids(orders.customer_ids),
        ids(lines.ids), ids(lines.order_ids), numbers(lines.positions), ids(lines.sku_ids), texts(lines.codes),
        numbers(lines.quantities), numbers(lines.unit_prices),
        ids(charges.ids), ids(charges.order_ids), texts(charges.kinds), texts(charges.codes),
        texts(charges.descriptions), numbers(charges.amounts),
    )  # fmt: skip
    return Recorded(*await _row(session, RECORD, history.group_id, history.channel, history.currency, *columns))


async def undo(session: AsyncSession, group_id: UUID, most: int) -> tuple[int, int]:
    """Delete what a run brought to at most so many orders; returns how many orders and lines that were."""
    orders, lines = await _row(session, UNDO, group_id, most)
    return orders, lines
