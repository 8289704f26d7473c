"""How accurate counts found the stock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from onhand import counting, identity
from onhand.kernel import now
from onhand.stocktaking import store_due
from onhand.stocktaking.domain import months_back
from onhand.stocktaking.schemas_schedules import CountAccuracyOut, CountMonthOut

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


def _month(month: date, counts: int, summary: counting.Summary) -> CountMonthOut:
    return CountMonthOut(
        month=month,
        counts=counts,
        lines=summary.lines,
        accurate=summary.accurate,
        expected_value=summary.expected_value,
        absolute_value=summary.absolute_value,
        net_value=summary.net_value,
        by_lines=summary.by_lines,
        by_value=summary.by_value,
    )


async def accuracy(session: AsyncSession, months: int, warehouse_id: UUID | None) -> CountAccuracyOut:
    """Of the counts posted in so many months, this one the last."""
    organization = await identity.organization_of(session)
    first = months_back(now().astimezone(ZoneInfo(organization.time_zone)).date(), months - 1)
    rows = await store_due.accuracy(session, first, warehouse_id)
    found = [
        (month, counts, counting.Summary(lines, accurate, expected, net, absolute))
        for month, counts, lines, accurate, expected, absolute, net in rows
    ]
    whole = None
    if found:
        summaries = [summary for *_, summary in found]
        together = counting.Summary(
            sum(one.lines for one in summaries),
            sum(one.accurate for one in summaries),
            sum((one.expected_value for one in summaries), Decimal(0)),
            sum((one.net_value for one in summaries), Decimal(0)),
            sum((one.absolute_value for one in summaries), Decimal(0)),
        )
        whole = _month(first, sum(counts for _, counts, _ in found), together)
    return CountAccuracyOut(months=[_month(*one) for one in found], overall=whole, currency=organization.currency)
