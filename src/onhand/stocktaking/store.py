"""SQL of schedules, and of how far a count is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from onhand.infra.db import actor_of, raw
from onhand.infra.rows import find_row
from onhand.stocktaking.tables import CountSchedule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

PROGRESS = """SELECT count(*) AS lines, count(*) FILTER (WHERE l.status = 'counted') AS counted,
    count(*) FILTER (WHERE l.status = 'recount') AS recounts, count(*) FILTER (WHERE l.found) AS found,
    count(*) FILTER (WHERE EXISTS (SELECT FROM count_tally t WHERE t.organization_id = l.organization_id
        AND t.line_id = l.id AND t.round = l.round AND (%(shared)s OR l.round > 1 OR t.counter_id = %(counter)s)))
    AS mine
FROM count_line l
WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.status <> 'left_out'"""
REASONS = """SELECT reason, count(*), sum(difference), coalesce(round(sum(difference * unit_cost), 6), 0)
FROM count_line
WHERE organization_id = %(organization)s AND count_id = %(count)s AND status = 'counted' AND difference <> 0
GROUP BY reason ORDER BY sum(abs(difference * unit_cost)) DESC NULLS LAST, reason"""
BIN_CODE = "SELECT code FROM bin WHERE organization_id = %(organization)s AND id = %(bin)s"
BIN_BY = """SELECT id, warehouse_id FROM bin WHERE organization_id = %(organization)s
    AND (code_key = lower(%(key)s) OR id::text = lower(%(key)s))
    AND (%(warehouse)s::uuid IS NULL OR warehouse_id = %(warehouse)s) AND archived_at IS NULL LIMIT 2"""
OPEN_OF_SCHEDULE = """SELECT EXISTS (SELECT FROM stock_count WHERE organization_id = %(organization)s
AND schedule_id = %(schedule)s AND warehouse_id = %(warehouse)s
AND status IN ('planned', 'counting', 'review', 'approved'))"""


async def tuples(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement that knows its organization as %(organization)s."""
    connection = await raw(session)
    found = await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})
    return await found.fetchall()


async def progress(session: AsyncSession, count_id: UUID, counter: UUID, *, shared: bool) -> tuple[int, ...]:
    """Lines, counted, to be counted again, found, and done by this counter."""
    return (await tuples(session, PROGRESS, count=count_id, counter=counter, shared=shared))[0]


async def reasons(session: AsyncSession, count_id: UUID) -> list[tuple[str | None, int, Decimal, Decimal]]:
    """(reason, lines, quantity, value) of the lines that differ."""
    return await tuples(session, REASONS, count=count_id)


async def is_open(session: AsyncSession, schedule_id: UUID, warehouse_id: UUID) -> bool:
    """Whether a count of this schedule is still open there."""
    return bool((await tuples(session, OPEN_OF_SCHEDULE, schedule=schedule_id, warehouse=warehouse_id))[0][0])


async def find_schedule(session: AsyncSession, schedule_id: UUID, *, lock: bool = False) -> CountSchedule | None:
    """The schedule with this id."""
    return await find_row(session, CountSchedule, CountSchedule.id == schedule_id, lock=lock)


async def schedules(session: AsyncSession, *, active: bool) -> Sequence[CountSchedule]:
    """The schedules, or those in force."""
    statement = select(CountSchedule).where(CountSchedule.organization_id == actor_of(session).organization_id)
    if active:
        statement = statement.where(CountSchedule.active)
    return (await session.execute(statement.order_by(CountSchedule.created_at, CountSchedule.id))).scalars().all()


async def bin_code(session: AsyncSession, bin_id: UUID | None) -> str | None:
    """The code of a bin."""
    found = await tuples(session, BIN_CODE, bin=bin_id) if bin_id else []
    return found[0][0] if found else None


async def find_bin(session: AsyncSession, warehouse_id: UUID | None, key: str) -> UUID | None:
    """The one bin of this code or id; None when there is none, or several in different warehouses."""
    found = await tuples(session, BIN_BY, key=key, warehouse=warehouse_id)
    return found[0][0] if len(found) == 1 else None
