"""What a posting cost, explained line by line: which layers, from which receipts, at which rates, with what landed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from onhand.infra.questions import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

POSTINGS = """SELECT p.id FROM posting p WHERE p.organization_id = %(organization)s
AND p.reference_kind = %(what)s AND p.reference_id = %(reference)s"""
LINES = """
SELECT m.posting_id, m.line, m.type, m.effective_at, s.code AS sku, m.sku_id, w.code AS warehouse, m.quantity,
    -m.value AS booked, coalesce(a.value, 0) AS later, greatest(-m.uncosted + coalesce(a.uncosted, 0), 0) AS uncosted
FROM unnest(%(postings)s::uuid[]) WITH ORDINALITY t(id, n)
JOIN movement m ON m.organization_id = %(organization)s AND m.posting_id = t.id AND m.quantity <> 0
JOIN sku s ON s.organization_id = m.organization_id AND s.id = m.sku_id
JOIN warehouse w ON w.organization_id = m.organization_id AND w.id = m.warehouse_id
LEFT JOIN LATERAL (SELECT sum(a.value) AS value, sum(a.uncosted) AS uncosted FROM cost_adjustment a
    WHERE a.organization_id = m.organization_id AND a.posting_id = m.posting_id AND a.line = m.line) a ON true
ORDER BY t.n, m.line"""
# Each use with its layer, and that layer's receipt: up the layers from which it was carried.
USES = """
WITH RECURSIVE used AS (
    SELECT u.id AS use_id, u.posting_id, u.line, u.quantity, u.value, u.layer_id AS at, 0 AS steps, v.cost_method
    FROM cost_use u
    LEFT JOIN level v ON v.organization_id = u.organization_id AND v.sku_id = u.sku_id
        AND v.warehouse_id = u.warehouse_id
    WHERE u.organization_id = %(organization)s AND u.posting_id = ANY(%(postings)s)
    UNION ALL
    SELECT u.use_id, u.posting_id, u.line, u.quantity, u.value, l.origin_id, u.steps + 1, u.cost_method FROM used u
    JOIN cost_layer l ON l.organization_id = %(organization)s AND l.id = u.at
    WHERE l.origin_id IS NOT NULL AND u.steps < 100
), root AS (SELECT DISTINCT ON (use_id) * FROM used ORDER BY use_id, steps DESC)
SELECT r.posting_id, r.line, r.quantity, r.value, l.id AS layer_id, l.posting_id AS receipt_id, l.line AS receipt_line,
    p.type AS receipt_type, p.document, l.received_at, l.quantity AS received, l.unit_cost, l.source_cost,
    l.source_currency, l.rate, r.steps > 0 AS carried, coalesce(r.cost_method = 'average', false) AS pooled,
    (SELECT sum(c.value) / l.quantity FROM cost_charge c JOIN cost_entry e ON e.organization_id = c.organization_id
        AND e.id = c.entry_id AND e.kind = 'landed' WHERE c.organization_id = l.organization_id
        AND c.posting_id = l.posting_id AND c.line = l.line) AS landed
FROM root r JOIN cost_layer l ON l.organization_id = %(organization)s AND l.id = r.at
LEFT JOIN posting p ON p.organization_id = l.organization_id AND p.id = l.posting_id
ORDER BY r.use_id"""
LATER = """SELECT a.posting_id, a.line, a.kind, a.value, a.document, a.note, a.recorded_at, a.actor_label AS actor
FROM cost_adjustment a WHERE a.organization_id = %(organization)s AND a.posting_id = ANY(%(postings)s)
ORDER BY a.recorded_at, a.id"""


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line and what it cost: as booked, and corrected later."""

    posting_id: UUID
    line: int
    type: str
    effective_at: datetime
    sku: str
    sku_id: UUID
    warehouse: str
    quantity: Decimal
    booked: Decimal
    later: Decimal
    uncosted: Decimal


@dataclass(frozen=True, slots=True)
class UsedLayer:
    """What a line took of one layer, and the receipt behind it."""

    posting_id: UUID
    line: int
    quantity: Decimal
    value: Decimal | None
    layer_id: UUID
    receipt_id: UUID
    receipt_line: int
    receipt_type: str | None
    document: str | None
    received_at: datetime
    received: Decimal
    unit_cost: Decimal | None
    source_cost: Decimal | None
    source_currency: str | None
    rate: Decimal | None
    carried: bool
    pooled: bool
    landed: Decimal | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an entry changed of a line's cost."""

    posting_id: UUID
    line: int
    kind: str
    value: Decimal
    document: str | None
    note: str | None
    recorded_at: datetime
    actor: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A line's cost with everything behind it."""

    line: CostLine
    uses: Sequence[UsedLayer]
    corrections: Sequence[Correction]

    @property
    def cost(self) -> Decimal:
        """What it cost, as is known today."""
        return self.line.booked + self.line.later


@dataclass(frozen=True, slots=True)
class _Posting:
    id: UUID


async def explain(session: AsyncSession, postings: Sequence[UUID]) -> list[Explained]:
    """What these postings cost, line by line, in three statements whatever their number."""
    named = {"postings": list(postings)}
    lines = await rows(session, CostLine, LINES, **named)
    uses = await rows(session, UsedLayer, USES, **named)
    corrections = await rows(session, Correction, LATER, **named)

    def of(line: CostLine) -> Explained:
        key = (line.posting_id, line.line)
        mine = [one for one in uses if (one.posting_id, one.line) == key]
        return Explained(line, mine, [one for one in corrections if (one.posting_id, one.line) == key])

    return [of(line) for line in lines]


async def explain_reference(session: AsyncSession, kind: str, reference: UUID) -> list[Explained]:
    """What all postings of a document cost: an order's shipments, their corrections and returns."""
    found = await rows(session, _Posting, POSTINGS, what=kind, reference=reference)
    return await explain(session, [one.id for one in found])
