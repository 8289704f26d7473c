"""Imported orders: the SQL functions that write and take back thousands at once (migrations/sql/sales/history.sql)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand.infra.db import actor_of, raw
from onhand.sales.domain import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.domain import History

RECORD = """SELECT orders, lines, charges FROM record_history(%s, %s, %s, %s,
    %s::uuid[], %s::text[], %s::timestamptz[], %s::uuid[],
    %s::uuid[], %s::uuid[], %s::integer[], %s::uuid[], %s::text[], %s::numeric[], %s::numeric[],
    %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::numeric[])"""
UNDO = "SELECT orders, lines FROM undo_history(%s, %s, %s)"


def bare(values: Iterable[object]) -> str:
    """An array literal of ids, numbers or times; far cheaper than the driver's handling of each element."""
    return "{" + ",".join(["NULL" if value is None else f'"{value}"' for value in values]) + "}"


def quoted(values: Iterable[str | None]) -> str:
    """An array literal of texts."""
    return bare(None if v is None else v.replace("\\", "\\\\").replace('"', '\\"') for v in values)


async def _row(session: AsyncSession, statement: str, *values: object) -> tuple[Any, ...]:
    connection = await raw(session)
    row = await (await connection.execute(statement, (actor_of(session).organization_id, *values))).fetchone()
    return row or ()


async def record(session: AsyncSession, history: History) -> Recorded:
    """Insert what is not on file; returns how many rows were new."""
    orders, lines, charges = history.orders, history.lines, history.charges
    columns = (
        bare(orders.ids), quoted(orders.external_ids), bare(orders.placed_at), bare(orders.customer_ids),
        bare(lines.ids), bare(lines.order_ids), bare(lines.positions), bare(lines.sku_ids), quoted(lines.codes),
        bare(lines.quantities), bare(lines.unit_prices),
        bare(charges.ids), bare(charges.order_ids), bare(charges.kinds), quoted(charges.codes),
        quoted(charges.descriptions), bare(charges.amounts),
    )  # fmt: skip
    return Recorded(*await _row(session, RECORD, history.group_id, history.channel, history.currency, *columns))


async def undo(session: AsyncSession, group_id: UUID, most: int) -> tuple[int, int]:
    """Delete what a run brought to at most so many orders; returns how many orders and lines that were."""
    orders, lines = await _row(session, UNDO, group_id, most)
    return orders, lines
