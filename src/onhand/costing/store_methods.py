"""SQL of methods: who values how, which levels are not valued so yet, and a level told anew."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from onhand.costing.replay import Step
from onhand.costing.tables import CostEntry, CostingMethod
from onhand.infra.db import actor_of, raw
from onhand.infra.questions import rows, tuples
from onhand.infra.rows import find_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.costing.domain import Line, Method
    from onhand.costing.replay import Replayed

METHODS = """SELECT m.category_id, c.name AS category, m.method FROM costing_method m
LEFT JOIN category c ON c.organization_id = m.organization_id AND c.id = m.category_id
WHERE m.organization_id = %(organization)s ORDER BY c.name NULLS FIRST"""
ASTRAY = """SELECT v.sku_id, v.warehouse_id, cost_method_of(v.organization_id, v.sku_id) AS method, v.value FROM level v
WHERE v.organization_id = %(organization)s AND v.cost_method <> cost_method_of(v.organization_id, v.sku_id)
ORDER BY v.sku_id, v.warehouse_id LIMIT %(most)s"""
# Receipts told of late: after goods were taken that had left after it came. Each is looked at once.
LATE = """SELECT DISTINCT l.sku_id, l.warehouse_id, v.cost_method AS method, v.value FROM cost_layer l
JOIN level v ON v.organization_id = l.organization_id AND v.sku_id = l.sku_id AND v.warehouse_id = l.warehouse_id
    AND v.cost_method <> 'average'
WHERE l.organization_id = %(organization)s AND l.origin_id IS NULL AND l.created_at >= %(since)s
    AND l.received_at < l.created_at - interval '1 minute'
    AND NOT EXISTS (SELECT FROM cost_charge c JOIN cost_entry e ON e.organization_id = c.organization_id
        AND e.id = c.entry_id AND e.kind IN ('backdated', 'method')
        WHERE c.organization_id = l.organization_id AND c.posting_id = l.posting_id AND c.line = l.line)
    AND EXISTS (SELECT FROM movement m WHERE m.organization_id = l.organization_id AND m.sku_id = l.sku_id
        AND m.warehouse_id = l.warehouse_id AND m.quantity < 0 AND m.effective_at > l.received_at
        AND m.recorded_at < l.created_at)
LIMIT %(most)s"""
# What was taken back and what takes it back are left out: together they are nothing. Costs are what is known today.
HISTORY = """
SELECT m.posting_id, m.line, m.effective_at, m.quantity,
    m.value + coalesce(c.value, 0), greatest(m.uncosted + coalesce(c.uncosted, 0), 0)
FROM movement m JOIN posting p ON p.organization_id = m.organization_id AND p.id = m.posting_id
LEFT JOIN LATERAL (
    SELECT sum(a.value) AS value, sum(a.uncosted) AS uncosted FROM cost_layer l
    JOIN cost_adjustment a ON a.organization_id = l.organization_id AND a.layer_id = l.id
    WHERE m.quantity > 0 AND l.organization_id = m.organization_id AND l.posting_id = m.posting_id AND l.line = m.line
) c ON true
WHERE m.organization_id = %(organization)s AND m.sku_id = %(sku)s AND m.warehouse_id = %(warehouse)s
    AND m.quantity <> 0 AND p.reverses_id IS NULL AND NOT EXISTS (SELECT FROM posting r
        WHERE r.organization_id = p.organization_id AND r.reverses_id = p.id)
    AND m.recorded_at > coalesce((SELECT max(l.created_at) FROM cost_layer l
        WHERE l.organization_id = m.organization_id AND l.sku_id = m.sku_id AND l.warehouse_id = m.warehouse_id
            AND l.line = 0 AND l.posting_id = %(opening)s), '-infinity')
ORDER BY m.effective_at, m.id"""
# Stock that was there when layers began.
OPENING = """SELECT l.posting_id, l.line, l.received_at, l.quantity,
    coalesce(l.quantity * l.unit_cost, 0), CASE WHEN l.unit_cost IS NULL THEN l.quantity ELSE 0 END
FROM cost_layer l WHERE l.organization_id = %(organization)s AND l.sku_id = %(sku)s AND l.warehouse_id = %(warehouse)s
    AND l.line = 0 AND NOT EXISTS (SELECT FROM posting p
        WHERE p.organization_id = l.organization_id AND p.id = l.posting_id)
ORDER BY l.id LIMIT 1"""
SETTLED = """INSERT INTO cost_charge (organization_id, entry_id, posting_id, line, sku_id, warehouse_id, quantity,
    measure, value)
SELECT l.organization_id, %(entry)s, l.posting_id, l.line, l.sku_id, l.warehouse_id, max(l.quantity), 0, 0
FROM cost_layer l WHERE l.organization_id = %(organization)s AND l.sku_id = %(sku)s AND l.warehouse_id = %(warehouse)s
    AND l.received_at < l.created_at - interval '1 minute' AND l.origin_id IS NULL
GROUP BY l.organization_id, l.posting_id, l.line, l.sku_id, l.warehouse_id
ON CONFLICT DO NOTHING"""
TAKEN = """SELECT m.posting_id, m.line, -m.value + coalesce((SELECT sum(a.value) FROM cost_adjustment a
        WHERE a.organization_id = m.organization_id AND a.posting_id = m.posting_id AND a.line = m.line), 0),
    p.type = 'transfer' AS carried
FROM movement m JOIN posting p ON p.organization_id = m.organization_id AND p.id = m.posting_id
WHERE m.organization_id = %(organization)s AND m.sku_id = %(sku)s AND m.warehouse_id = %(warehouse)s
    AND m.quantity < 0"""
RESTATE = """SELECT restate_costs(%(organization)s, %(entry)s, %(kind)s, %(document)s, %(note)s, %(actor)s,
    %(sku)s, %(warehouse)s, %(method)s,
    %(from)s::uuid[], %(from_lines)s::integer[], %(at)s::timestamptz[], %(units)s::numeric[], %(values)s::numeric[],
    %(unit_costs)s::numeric[], %(postings)s::uuid[], %(lines)s::integer[], %(costs)s::numeric[],
    %(uncosted)s::numeric[])"""


@dataclass(frozen=True, slots=True)
class MethodRow:
    """A chosen method."""

    category_id: UUID | None
    category: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Astray:
    """A level whose layers are to be told anew, and how."""

    sku_id: UUID
    warehouse_id: UUID
    method: str
    value: Decimal


async def methods(session: AsyncSession) -> list[MethodRow]:
    """What was chosen; the organization's own first."""
    return await rows(session, MethodRow, METHODS)


async def find_method(session: AsyncSession, category_id: UUID | None) -> CostingMethod | None:
    """The choice for a category, or the organization's own, locked."""
    same = CostingMethod.category_id.is_(None) if category_id is None else CostingMethod.category_id == category_id
    return await find_row(session, CostingMethod, same, lock=True)


async def astray(session: AsyncSession, most: int) -> list[Astray]:
    """Levels not valued as their organization or category says."""
    return await rows(session, Astray, ASTRAY, most=most)


async def late(session: AsyncSession, since: datetime, most: int) -> list[Astray]:
    """Levels with receipts that were told of after goods were taken that they came before."""
    return await rows(session, Astray, LATE, since=since, most=most)


async def history(session: AsyncSession, level: Astray) -> list[Step]:
    """All that ever came and went, by effective time, what was undone left out."""
    named = {"sku": level.sku_id, "warehouse": level.warehouse_id}
    opening = await tuples(session, OPENING, **named)
    found = await tuples(session, HISTORY, opening=opening[0][0] if opening else None, **named)
    return [Step((row[0], row[1]), *row[2:]) for row in [*opening, *found]]


async def settled(session: AsyncSession, entry: CostEntry, level: Astray) -> None:
    """Remember which late receipts of a level were seen to."""
    named = {"entry": entry.id, "sku": level.sku_id, "warehouse": level.warehouse_id}
    await (await raw(session)).execute(SETTLED, {"organization": entry.organization_id, **named})


async def taken(session: AsyncSession, level: Astray) -> dict[Line, tuple[Decimal, bool]]:
    """What each line that took goods has cost so far, and whether it carried them on."""
    found = await tuples(session, TAKEN, sku=level.sku_id, warehouse=level.warehouse_id)
    return {(row[0], row[1]): (row[2], row[3]) for row in found}


async def restate(
    session: AsyncSession, entry: CostEntry, level: Astray, made: Replayed, costs: dict[Line, Decimal]
) -> Decimal:
    """Tell a level's layers anew; returns what its value changed by."""
    rests: Sequence[Any] = made.rests
    values = {
        "organization": actor_of(session).organization_id,
        "entry": entry.id,
        "kind": entry.kind,
        "document": entry.document or f"C-{entry.number}",
        "note": entry.note,
        "actor": entry.created_by,
        "sku": level.sku_id,
        "warehouse": level.warehouse_id,
        "method": cast("Method", level.method),
        "from": [one.line[0] for one in rests],
        "from_lines": [one.line[1] for one in rests],
        "at": [one.at for one in rests],
        "units": [one.units for one in rests],
        "values": [one.value for one in rests],
        "unit_costs": [None if one.value is None else round(one.value / one.units, 6) for one in rests],
        "postings": [posting for posting, _ in costs],
        "lines": [line for _, line in costs],
        "costs": list(costs.values()),
        "uncosted": [Decimal(0)] * len(costs),
    }
    row = await (await (await raw(session)).execute(RESTATE, values)).fetchone()
    return Decimal(row[0]) if row else Decimal(0)
