"""SQL of count lines: scans become tallies, tallies become differences, differences what was last counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand.counting.sql import UNIT_COST, rows, run, tuples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

NONE = Decimal(0)

# A scan is a SKU's code, its id, or a barcode of it.
FIND_CODES = """SELECT t.code, coalesce(
    (SELECT s.id FROM sku s WHERE s.organization_id = %(organization)s AND s.code_key = lower(t.code)),
    (SELECT b.sku_id FROM barcode b WHERE b.organization_id = %(organization)s AND b.value = t.code),
    (SELECT s.id FROM sku s WHERE s.organization_id = %(organization)s AND s.id::text = lower(t.code)))
FROM unnest(%(codes)s::text[]) t(code)"""

# In the order of their ids, so that two who scan the same things never wait for each other in a circle.
LOCKED = """SELECT l.id, l.sku_id, s.code AS sku, l.round, l.status, l.found
FROM count_line l JOIN sku s ON s.organization_id = l.organization_id AND s.id = l.sku_id
WHERE l.organization_id = %(organization)s AND """
LOCK_LINES = f"""{LOCKED} l.count_id = %(count)s AND l.sku_id = ANY(%(skus)s::uuid[])
    AND l.status <> 'left_out' AND l.bin_id IS NULL AND l.lot IS NULL AND l.serial IS NULL
ORDER BY l.id FOR NO KEY UPDATE OF l"""
LOCK_BY_IDS = f"{LOCKED} l.id = ANY(%(lines)s::uuid[]) ORDER BY l.id FOR NO KEY UPDATE OF l"

ADD_FOUND = f"""INSERT INTO count_line (organization_id, count_id, place, sku_id, warehouse_id, planned, unit_cost,
    found)
SELECT %(organization)s, %(count)s,
    (SELECT coalesce(max(place), 0) FROM count_line WHERE organization_id = %(organization)s AND count_id = %(count)s)
        + row_number() OVER (ORDER BY s.code),
    s.id, %(warehouse)s, coalesce(v.on_hand, 0), {UNIT_COST}, true
FROM sku s JOIN organization o ON o.id = s.organization_id
LEFT JOIN level v ON v.organization_id = s.organization_id AND v.sku_id = s.id AND v.warehouse_id = %(warehouse)s
WHERE s.organization_id = %(organization)s AND s.id = ANY(%(skus)s::uuid[])
ON CONFLICT DO NOTHING"""

ELSEWHERE = """SELECT s.code, c.number FROM count_line l
JOIN stock_count c ON c.organization_id = l.organization_id AND c.id = l.count_id
JOIN sku s ON s.organization_id = l.organization_id AND s.id = l.sku_id
WHERE l.organization_id = %(organization)s AND l.open AND l.warehouse_id = %(warehouse)s
    AND l.sku_id = ANY(%(skus)s::uuid[]) AND l.count_id <> %(count)s
ORDER BY s.code LIMIT 1"""

# What the ledger says now, and how far it has come there; of one statement, so that both are of one moment.
SEEN = """SELECT l.id, coalesce(v.on_hand, 0) AS expected, coalesce((SELECT max(m.id) FROM movement m
        WHERE m.organization_id = l.organization_id AND m.sku_id = l.sku_id AND m.warehouse_id = l.warehouse_id), 0)
    AS seen, clock_timestamp() AS counted_at
FROM count_line l
LEFT JOIN level v ON v.organization_id = l.organization_id AND v.sku_id = l.sku_id AND v.warehouse_id = l.warehouse_id
WHERE l.organization_id = %(organization)s AND l.id = ANY(%(lines)s::uuid[])"""

TALLIES = """SELECT t.line_id, t.counter_id, t.counter, t.quantity, t.expected, t.seen_first, t.seen, t.counted_at
FROM count_tally t JOIN count_line l ON l.organization_id = t.organization_id AND l.id = t.line_id
WHERE t.organization_id = %(organization)s AND t.line_id = ANY(%(lines)s::uuid[]) AND t.round = l.round
ORDER BY t.counted_at, t.id"""

SET_TALLIES = """INSERT INTO count_tally (organization_id, line_id, round, counter_id, counter, quantity, expected,
    seen_first, seen, counted_at)
SELECT %(organization)s, t.line_id, t.round, t.counter_id, %(counter)s, t.quantity, t.expected, t.seen, t.seen,
    t.counted_at
FROM unnest(%(lines)s::uuid[], %(rounds)s::integer[], %(counters)s::uuid[], %(quantities)s::numeric[],
    %(expected)s::numeric[], %(seen)s::bigint[], %(counted_at)s::timestamptz[])
    t(line_id, round, counter_id, quantity, expected, seen, counted_at)
ON CONFLICT (organization_id, line_id, round, counter_id) DO UPDATE SET counter = excluded.counter,
    quantity = excluded.quantity, expected = excluded.expected, seen = excluded.seen, counted_at = excluded.counted_at,
    seen_first = CASE WHEN count_tally.line_id = ANY(%(afresh)s::uuid[]) THEN excluded.seen
        ELSE count_tally.seen_first END"""

MARK_COUNTED = """UPDATE count_line SET status = 'counted', counted = t.quantity, expected = t.expected, seen = t.seen,
    counted_at = t.counted_at
FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[], %(expected)s::numeric[], %(seen)s::bigint[],
    %(counted_at)s::timestamptz[]) t(line_id, quantity, expected, seen, counted_at)
WHERE organization_id = %(organization)s AND id = t.line_id"""

NOTE_COUNTER = """INSERT INTO count_counter (organization_id, count_id, counter_id, counter)
VALUES (%(organization)s, %(count)s, %(counter)s, %(label)s) ON CONFLICT DO NOTHING"""

# What happened before a line was counted and was written down only after: the shelf knew it, the ledger did not yet.
# A posting that was not dated back happened when it was written, whatever clock or lock it waited for.
LATE = """SELECT t.n, coalesce(sum(m.quantity), 0) FROM unnest(%(skus)s::uuid[], %(seen)s::bigint[],
    %(counted_at)s::timestamptz[]) WITH ORDINALITY t(sku_id, seen, counted_at, n)
JOIN movement m ON m.organization_id = %(organization)s AND m.sku_id = t.sku_id AND m.warehouse_id = %(warehouse)s
    AND m.id > t.seen AND m.recorded_at > %(since)s AND m.effective_at < m.recorded_at
    AND m.effective_at <= t.counted_at
GROUP BY t.n HAVING sum(m.quantity) <> 0"""

# Every line that is still part of the count, with its tallies of this round.
TO_JUDGE = """SELECT l.id, l.sku_id, s.code AS sku, l.round, l.status, l.why, l.unit_cost, t.quantity, t.expected,
    t.seen_first, t.seen, t.counted_at
FROM count_line l
JOIN sku s ON s.organization_id = l.organization_id AND s.id = l.sku_id
LEFT JOIN count_tally t ON t.organization_id = l.organization_id AND t.line_id = l.id AND t.round = l.round
WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.status <> 'left_out'
ORDER BY l.place, l.id, t.counted_at, t.id"""

JUDGE = """UPDATE count_line SET status = t.status, why = t.why, round = t.round, counted = t.counted,
    expected = t.expected, late = coalesce(t.late, 0), difference = t.difference, seen = t.seen,
    counted_at = t.counted_at
FROM unnest(%(ids)s::uuid[], %(statuses)s::text[], %(whys)s::text[], %(rounds)s::integer[], %(counted)s::numeric[],
    %(expected)s::numeric[], %(late)s::numeric[], %(differences)s::numeric[], %(seen)s::bigint[],
    %(counted_at)s::timestamptz[]) t(id, status, why, round, counted, expected, late, difference, seen, counted_at)
WHERE organization_id = %(organization)s AND count_line.id = t.id"""

LEAVE_OUT = """UPDATE count_line SET status = 'left_out', open = false
WHERE organization_id = %(organization)s AND id = ANY(%(lines)s::uuid[])"""

ASK_AGAIN = """UPDATE count_line SET status = 'recount', why = 'asked', round = round + 1
WHERE organization_id = %(organization)s AND count_id = %(count)s AND id = ANY(%(lines)s::uuid[])
    AND status = 'counted'"""

SETTLED = """SELECT l.id, l.sku_id, s.code AS sku, l.bin_id, l.lot, l.serial, l.counted, l.expected, l.late,
    l.difference, l.unit_cost, l.seen, l.counted_at, l.reason, l.note
FROM count_line l JOIN sku s ON s.organization_id = l.organization_id AND s.id = l.sku_id
WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.status = 'counted'
ORDER BY l.place, l.id"""

SET_POSTED = """UPDATE count_line SET late = t.late, difference = t.difference, open = false
FROM unnest(%(ids)s::uuid[], %(late)s::numeric[], %(differences)s::numeric[]) t(id, late, difference)
WHERE organization_id = %(organization)s AND count_line.id = t.id"""

# A SKU's pieces counted in several lines are together what was counted of it at the warehouse.
REMEMBER = """INSERT INTO last_counted (organization_id, sku_id, warehouse_id, bin_id, count_id, counted_at, quantity,
    difference)
SELECT l.organization_id, l.sku_id, l.warehouse_id, b.bin_id, l.count_id, max(l.counted_at), sum(l.counted),
    sum(l.difference)
FROM count_line l CROSS JOIN LATERAL (SELECT NULL::uuid AS bin_id UNION SELECT l.bin_id) b
WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.status = 'counted'
GROUP BY l.organization_id, l.sku_id, l.warehouse_id, b.bin_id, l.count_id
ON CONFLICT (organization_id, sku_id, warehouse_id, bin_id) DO UPDATE SET count_id = excluded.count_id,
    counted_at = excluded.counted_at, quantity = excluded.quantity, difference = excluded.difference"""

EXPLAIN = """UPDATE count_line SET reason = CASE WHEN %(set_reason)s THEN %(reason)s ELSE reason END,
    note = CASE WHEN %(set_note)s THEN %(note)s ELSE note END
WHERE organization_id = %(organization)s AND count_id = %(count)s AND id = %(line)s RETURNING id"""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A locked line."""

    id: UUID
    sku_id: UUID
    sku: str
    round: int
    status: str
    found: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What the ledger said of a line, and when."""

    id: UUID
    expected: Decimal
    seen: int
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class TallyRow:
    """What one counter said in the line's round."""

    line_id: UUID
    counter_id: UUID
    counter: str
    quantity: Decimal
    expected: Decimal
    seen_first: int
    seen: int
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """One line beside one of its tallies, or none."""

    id: UUID
    sku_id: UUID
    sku: str
    round: int
    status: str
    why: str | None
    unit_cost: Decimal | None
    quantity: Decimal | None
    expected: Decimal | None
    seen_first: int | None
    seen: int | None
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A line that stands."""

    id: UUID
    sku_id: UUID
    sku: str
    bin_id: UUID | None
    lot: str | None
    serial: str | None
    counted: Decimal
    expected: Decimal
    late: Decimal
    difference: Decimal | None
    unit_cost: Decimal | None
    seen: int
    counted_at: datetime
    reason: str | None
    note: str | None


async def find_codes(session: AsyncSession, codes: Sequence[str]) -> dict[str, UUID]:
    """SKU ids by what was scanned; what nothing is known by is left out."""
    return {row[0]: row[1] for row in await tuples(session, FIND_CODES, codes=list(codes)) if row[1]}


async def lock_lines(session: AsyncSession, count_id: UUID, sku_ids: Sequence[UUID]) -> dict[UUID, LineRow]:
    """The lines of these SKUs, by SKU; nobody else changes them until we end."""
    found = await rows(session, LineRow, LOCK_LINES, count=count_id, skus=list(sku_ids))
    return {row.sku_id: row for row in found}


async def lock_by_ids(session: AsyncSession, line_ids: Sequence[UUID]) -> list[LineRow]:
    """These lines; nobody else changes them until we end."""
    return await rows(session, LineRow, LOCK_BY_IDS, lines=list(line_ids))


async def add_found(session: AsyncSession, count_id: UUID, warehouse_id: UUID, sku_ids: Sequence[UUID]) -> int:
    """Lines for what was found though nobody expected it; returns how many were made."""
    return await run(session, ADD_FOUND, count=count_id, warehouse=warehouse_id, skus=list(sku_ids))


async def elsewhere(
    session: AsyncSession, count_id: UUID, warehouse_id: UUID, sku_ids: Sequence[UUID]
) -> tuple[str, int]:
    """The first of these SKUs that is in another open count, and that count's number."""
    found = await tuples(session, ELSEWHERE, count=count_id, warehouse=warehouse_id, skus=list(sku_ids))
    return (found[0][0], found[0][1]) if found else ("", 0)


async def seen(session: AsyncSession, line_ids: Sequence[UUID]) -> dict[UUID, Seen]:
    """What the ledger says of these lines at this moment."""
    return {row.id: row for row in await rows(session, Seen, SEEN, lines=list(line_ids))}


async def tallies(session: AsyncSession, line_ids: Sequence[UUID]) -> dict[UUID, list[TallyRow]]:
    """What was said of these lines in their present round, in the order in which it was."""
    found: dict[UUID, list[TallyRow]] = {}
    for row in await rows(session, TallyRow, TALLIES, lines=list(line_ids)):
        found.setdefault(row.line_id, []).append(row)
    return found


async def set_tallies(
    session: AsyncSession, counter: str, said: Sequence[tuple[LineRow, UUID, Decimal, Seen]], afresh: Sequence[UUID]
) -> None:
    """Write what a counter says. `afresh` are the lines that this counter began again."""
    columns: dict[str, list[Any]] = {
        "lines": [line.id for line, *_ in said],
        "rounds": [line.round for line, *_ in said],
        "counters": [who for _, who, _, _ in said],
        "quantities": [quantity for _, _, quantity, _ in said],
        "expected": [seen.expected for *_, seen in said],
        "seen": [seen.seen for *_, seen in said],
        "counted_at": [seen.counted_at for *_, seen in said],
    }
    await run(session, SET_TALLIES, counter=counter, afresh=list(afresh), **columns)


async def mark_counted(session: AsyncSession, said: Sequence[tuple[LineRow, UUID, Decimal, Seen]]) -> None:
    """Lines that have all the tallies they need."""
    columns: dict[str, list[Any]] = {
        "lines": [line.id for line, *_ in said],
        "quantities": [quantity for _, _, quantity, _ in said],
        "expected": [seen.expected for *_, seen in said],
        "seen": [seen.seen for *_, seen in said],
        "counted_at": [seen.counted_at for *_, seen in said],
    }
    await run(session, MARK_COUNTED, **columns)


async def note_counter(session: AsyncSession, count_id: UUID, counter: UUID, label: str) -> None:
    """Remember who counted."""
    await run(session, NOTE_COUNTER, count=count_id, counter=counter, label=label)


async def late(
    session: AsyncSession, warehouse_id: UUID, since: datetime, seen: Sequence[tuple[UUID, int, datetime]]
) -> list[Decimal]:
    """Of each (SKU, position, counted at): what happened before it was counted but was written down after."""
    columns = [list(column) for column in zip(*seen, strict=True)] or [[], [], []]
    named = dict(zip(("skus", "seen", "counted_at"), columns, strict=True))
    found = dict(await tuples(session, LATE, warehouse=warehouse_id, since=since, **named))
    return [found.get(n + 1, Decimal(0)) for n in range(len(seen))]


async def to_judge(session: AsyncSession, count_id: UUID) -> list[Judged]:
    """The lines of a count, each beside each of its tallies."""
    return await rows(session, Judged, TO_JUDGE, count=count_id)


async def judge(session: AsyncSession, judged: Sequence[tuple[Any, ...]]) -> None:
    """Write (id, status, why, round, counted, expected, late, difference, seen, counted at) of lines."""
    names = ("ids", "statuses", "whys", "rounds", "counted", "expected", "late", "differences", "seen", "counted_at")
    if judged:
        await run(session, JUDGE, **dict(zip(names, map(list, zip(*judged, strict=True)), strict=True)))


async def leave_out(session: AsyncSession, line_ids: Sequence[UUID]) -> None:
    """These lines are no part of the count any more."""
    await run(session, LEAVE_OUT, lines=list(line_ids))


async def ask_again(session: AsyncSession, count_id: UUID, line_ids: Sequence[UUID]) -> int:
    """Have counted lines counted again; returns how many."""
    return await run(session, ASK_AGAIN, count=count_id, lines=list(line_ids))


async def settled(session: AsyncSession, count_id: UUID) -> list[Settled]:
    """The lines that stand, in their order."""
    return await rows(session, Settled, SETTLED, count=count_id)


async def set_posted(session: AsyncSession, lines: Sequence[tuple[UUID, Decimal, Decimal]]) -> None:
    """Write (id, late, difference) as posted."""
    columns = [list(column) for column in zip(*lines, strict=True)] or [[], [], []]
    await run(session, SET_POSTED, **dict(zip(("ids", "late", "differences"), columns, strict=True)))


async def remember(session: AsyncSession, count_id: UUID) -> None:
    """What was counted of each SKU at each place, for the next time."""
    await run(session, REMEMBER, count=count_id)


async def explain(session: AsyncSession, count_id: UUID, line_id: UUID, changes: dict[str, str | None]) -> bool:
    """Say why a line differs; False when there is no such line."""
    values = {
        "set_reason": "reason" in changes,
        "reason": changes.get("reason"),
        "set_note": "note" in changes,
        "note": changes.get("note"),
    }
    return bool(await tuples(session, EXPLAIN, count=count_id, line=line_id, **values))
