"""After counting: judge the lines, have some counted again, approve, post."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from onhand import audit, ledger
from onhand.counting import store, store_lines
from onhand.counting.domain import Figure, Rest, Rules, Summary, Told, Verdict, needs_approval, summed, verdict
from onhand.counting.errors import (
    ApprovalNeeded,
    CountedIt,
    NotCounting,
    NothingToCount,
    NotJudged,
    Uncounted,
    UnknownLine,
)
from onhand.counting.events import POSTED
from onhand.counting.service import announce_changed, check, note
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import change_row
from onhand.kernel import derived_id, now, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.counting.store_lines import Judged, Settled
    from onhand.counting.tables import StockCount

SLACK = timedelta(days=1)  # a transaction that began before the count may be recorded after what it says


async def submit(session: AsyncSession, count: StockCount, rest: Rest = "refuse") -> StockCount:
    """Say that a locked count is counted. Lines in doubt are to be counted again, and it stays open for them.

    Else it goes to whoever approves, or is approved at once when so little differs that nobody has to look.
    Raises NotCounting, Uncounted (`rest` says what becomes of lines nobody counted), NothingToCount.
    """
    if count.status != "counting":
        raise NotCounting(number=count.number, status=count.status)
    before = audit.snapshot(count)
    await _close_rest(session, count, rest)
    rules = await store.rules(session)
    again = await _judge(session, count, rules)
    if again:
        await note(session, "recount", count, before | {"recounts": 0})
        return count
    summary = summarize(await store_lines.settled(session, count.id))
    values: dict[str, Any] = _sums(summary) | {"submitted_at": now(), "submitted_by": actor_of(session).label}
    if needs_approval(summary, rules.approve_above):
        values["status"] = "review"
    else:
        values |= {"status": "approved", "approved_at": now(), "approved_by": None}
    await change_row(session, count, values)
    await note(session, "submit", count, before)
    return count


def _sums(summary: Summary) -> dict[str, Any]:
    names = ("lines", "accurate", "uncosted", "expected_value", "net_value", "absolute_value")
    return {name: getattr(summary, name) for name in names}


async def _close_rest(session: AsyncSession, count: StockCount, rest: Rest) -> None:
    rows = await store_lines.to_judge(session, count.id)
    waiting = {row.id: row for row in rows if row.status != "counted"}
    if not waiting:
        if not rows:
            raise NothingToCount
        return
    untouched = [row for row in waiting.values() if row.quantity is None]
    if rest == "refuse" or (rest == "zero" and len(untouched) < len(waiting)):
        first = next(iter(waiting.values()))
        lines = len({row.id for row in rows})
        raise Uncounted(number=count.number, missing=len(waiting), lines=lines, sku=first.sku)
    if rest == "leave_out":
        await store_lines.leave_out(session, list(waiting))
        if len(waiting) == len({row.id for row in rows}):
            raise NothingToCount
        return
    seen = await store_lines.seen(session, [row.id for row in untouched])
    locked = await store_lines.lock_by_ids(session, list(seen))
    me = actor_of(session).id or actor_of(session).organization_id
    zeros = [(line, me, store_lines.NONE, seen[line.id]) for line in locked]
    await store_lines.set_tallies(session, actor_of(session).label, zeros, [])
    await store_lines.mark_counted(session, zeros)
    await store_lines.note_counter(session, count.id, me, actor_of(session).label)


async def _judge(session: AsyncSession, count: StockCount, rules: Rules) -> int:
    """Judge every line by what was said of it; returns how many are to be counted again."""
    rows = await store_lines.to_judge(session, count.id)
    spoken = [row for row in rows if row.quantity is not None]
    late = await store_lines.late(
        session, count.warehouse_id, _since(count), [(r.sku_id, r.seen or 0, r.counted_at or now()) for r in spoken]
    )
    told = {(row.id, row.counted_at): _told(row, after) for row, after in zip(spoken, late, strict=True)}
    written, again = [], 0
    for _, group in groupby(rows, key=lambda row: row.id):
        line = list(group)
        said = [told[row.id, row.counted_at] for row in line if row.quantity is not None]
        # Whoever said that the rest is zero stands for all its counters.
        found = verdict(said, line[-1].round, min(count.counters, len(said)), rules, line[-1].unit_cost)
        again += found.status == "recount"
        written.append(_written(line[-1], found))
    await store_lines.judge(session, written)
    return again


def _since(count: StockCount) -> datetime:
    return (count.started_at or count.created_at) - SLACK


def _told(row: Judged, late: Decimal) -> Told:
    quantity, expected = row.quantity or store_lines.NONE, row.expected or store_lines.NONE
    return Told(quantity, expected, late, moved=row.seen_first != row.seen)


def _written(row: Judged, found: Verdict) -> tuple[Any, ...]:
    told = found.told
    if told is None:
        return (row.id, row.status, row.why, row.round, *[None] * 6)
    again = found.status == "recount"
    numbers = (told.quantity, told.expected, told.late, told.difference, row.seen, row.counted_at)
    return (row.id, found.status, found.why if again else row.why, row.round + again, *numbers)


def summarize(lines: Sequence[Settled]) -> Summary:
    """What lines that stand amount to."""
    return summed(
        Figure(line.expected + line.late, line.difference or store_lines.NONE, line.unit_cost) for line in lines
    )


async def recount(session: AsyncSession, count: StockCount, line_ids: Sequence[UUID]) -> StockCount:
    """Have lines of a locked count that is not posted yet counted again. Raises NotJudged, UnknownLine."""
    if count.status not in {"review", "approved"}:
        raise NotJudged(number=count.number, status=count.status)
    before = audit.snapshot(count)
    if await store_lines.ask_again(session, count.id, line_ids) != len(set(line_ids)):
        raise UnknownLine(number=count.number, key=", ".join(map(str, line_ids)))
    await change_row(session, count, {"status": "counting", "approved_at": None, "approved_by": None})
    await note(session, "recount", count, before)
    return count


async def approve(session: AsyncSession, count: StockCount) -> StockCount:
    """Approve a locked count's differences. Raises IllegalStatus, CountedIt when the actor counted in it.

    One that was within the limit may be approved too, should it have come to be beyond it since.
    """
    if count.status != "approved" or count.approved_by is not None:
        check(count, "approved")
    me = actor_of(session)
    if me.id in await store.counters_of(session, count.id):
        raise CountedIt(who=me.label, number=count.number)
    before = audit.snapshot(count)
    await change_row(session, count, {"status": "approved", "approved_at": now(), "approved_by": me.label})
    await note(session, "approve", count, before)
    return count


async def post(session: AsyncSession, count: StockCount) -> StockCount:
    """Post the differences of a locked, approved count, all or none; of a posted one nothing happens again.

    Stock may have moved since each line was counted: what is applied is the difference, as of when it was counted.
    Raises IllegalStatus, ApprovalNeeded, and what the ledger refuses (a freeze).
    """
    if count.status == "posted":
        return count
    check(count, "posted")
    before = audit.snapshot(count)
    lines = await store_lines.settled(session, count.id)
    late = await store_lines.late(
        session, count.warehouse_id, _since(count), [(line.sku_id, line.seen, line.counted_at) for line in lines]
    )
    final = [(line, after, line.counted - line.expected - after) for line, after in zip(lines, late, strict=True)]
    summary = summed(Figure(line.expected + after, off, line.unit_cost) for line, after, off in final)
    rules = await store.rules(session)
    if count.approved_by is None and needs_approval(summary, rules.approve_above):
        raise ApprovalNeeded(number=count.number, value=plain(summary.absolute_value))
    posting = await _apply(session, count, [(line, off) for line, _, off in final if off])
    await store_lines.set_posted(session, [(line.id, after, off) for line, after, off in final])
    await store_lines.remember(session, count.id)
    await store.close_lines(session, count.id)
    done = {"status": "posted", "posted_at": now(), "posted_by": actor_of(session).label, "posting_id": posting}
    await change_row(session, count, _sums(summary) | done)
    await note(session, "post", count, before)
    facts = {"count_id": str(count.id), "number": count.number, "lines": summary.lines, "accurate": summary.accurate}
    await announce(session, POSTED, facts)
    return count


async def _apply(session: AsyncSession, count: StockCount, off: Sequence[tuple[Settled, Decimal]]) -> UUID | None:
    """Post what differs as a fact; None when nothing does."""
    if not off:
        return None
    posting = ledger.Posting(
        lines=[_move(count, line, difference) for line, difference in off],
        id=derived_id(count.id, "posting"),  # one count, one effect, however often it is asked for
        type="count",
        reason=f"Count C-{count.number}",
        fact=True,
        reference_kind="count",
        reference_id=count.id,
        document=f"C-{count.number}",
    )
    return (await ledger.record(session, posting)).posting_id


def _move(count: StockCount, line: Settled, difference: Decimal) -> ledger.Move:
    return ledger.Move(
        sku=line.sku_id,
        warehouse=count.warehouse_id,
        quantity=difference,
        unit_cost=line.unit_cost if difference > 0 else None,
        effective_at=line.counted_at,
        note=line.reason or line.note,
    )


async def explain(session: AsyncSession, count: StockCount, line_id: UUID, changes: dict[str, str | None]) -> None:
    """Say why a line of a locked count that is not over differs. Raises UnknownLine, IllegalStatus."""
    if count.status in {"posted", "cancelled"}:
        check(count, "review")
    if not await store_lines.explain(session, count.id, line_id, changes):
        raise UnknownLine(number=count.number, key=line_id)
    await audit.record(session, "update", "count_line", line_id, None, {"number": count.number, **changes})
    await announce_changed(session, count)
