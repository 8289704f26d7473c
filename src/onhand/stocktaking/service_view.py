"""A count as somebody may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import counting, identity, places
from onhand.infra.db import actor_of
from onhand.stocktaking import store, store_lists
from onhand.stocktaking.errors import Blind
from onhand.stocktaking.schemas import CountOut, CountProgress, CountReasonSum, CountReportOut, CountSummaryOut
from onhand.stocktaking.schemas_schedules import CountScheduleRow

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.stocktaking.tables import CountSchedule


def is_open_to(count: counting.StockCount, *, may_approve: bool) -> bool:
    """Whether expected quantities are shown."""
    return counting.shows_expected(blind=count.blind, status=count.status, viewer=counting.Viewer(may_approve))


def _me(session: AsyncSession) -> UUID:
    actor = actor_of(session)
    return actor.id or actor.organization_id


def lines_for(session: AsyncSession, count: counting.StockCount) -> Any:
    """The rows of a count's lines, as the actor counts them."""
    return store_lists.lines_of(count.id, count.counters, _me(session))


def _summary(count: counting.StockCount) -> counting.Summary:
    return counting.Summary(
        count.lines, count.accurate, count.expected_value, count.net_value, count.absolute_value, count.uncosted
    )


def _summary_out(count: counting.StockCount) -> CountSummaryOut:
    return CountSummaryOut.model_validate(_summary(count))


async def view(session: AsyncSession, count: counting.StockCount, *, may_approve: bool) -> CountOut:
    """The count with how far it is; what it found only if the actor may know."""
    place = await places.warehouse_by(session, str(count.warehouse_id))
    counters = await counting.counters_of(session, count)
    rules, me = await counting.rules_of(session), _me(session)
    shown = is_open_to(count, may_approve=may_approve)
    judged = count.status in {"review", "approved", "posted"}
    numbers = await store.progress(session, count.id, me, shared=count.counters == 1)
    names = [name for name in CountOut.model_fields if hasattr(count, name)]
    own = {name: getattr(count, name) for name in names}
    return CountOut(
        **own,
        document=f"C-{count.number}",
        warehouse=place.code,
        warehouse_name=place.name,
        shows_expected=shown,
        needs_approval=judged
        and count.approved_by is None
        and counting.needs_approval(_summary(count), rules.approve_above),
        may_approve=may_approve and me not in counters,
        currency=(await identity.organization_of(session)).currency,
        progress=CountProgress(**dict(zip(("lines", "counted", "recounts", "found", "mine"), numbers, strict=True))),
        counted_by=list(counters.values()),
        summary=_summary_out(count) if shown and judged else None,
    )


async def schedule(session: AsyncSession, row: CountSchedule) -> dict[str, Any]:
    """A schedule with the codes of where it counts."""
    found = {name: getattr(row, name) for name in CountScheduleRow.model_fields if hasattr(row, name)}
    place = await places.warehouse_by(session, str(row.warehouse_id)) if row.warehouse_id else None
    return found | {"warehouse": place and place.code, "bin": await store.bin_code(session, row.bin_id)}


async def report(session: AsyncSession, count: counting.StockCount, *, may_approve: bool) -> CountReportOut:
    """What a count found, by reason. Raises Blind."""
    if count.status not in {"review", "approved", "posted"} or not is_open_to(count, may_approve=may_approve):
        raise Blind(number=count.number)
    sums = await store.reasons(session, count.id)
    return CountReportOut(
        summary=_summary_out(count),
        reasons=[CountReasonSum(reason=why, lines=lines, quantity=off, value=value) for why, lines, off, value in sums],
        currency=(await identity.organization_of(session)).currency,
    )
