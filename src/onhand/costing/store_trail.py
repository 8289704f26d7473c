"""SQL of what an amount can follow: received lines, their layers, what was taken of them, and averaged pools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from onhand.costing.domain import Layer, PoolStep, Use
from onhand.infra.db import actor_of, raw
from onhand.infra.questions import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.costing.domain import Line

# Lines that brought goods in: not between warehouses, and not taken back since.
RECEIVED = """
SELECT m.posting_id, m.line, m.id AS movement_id, m.sku_id, m.warehouse_id, s.code AS sku, w.code AS warehouse,
    m.quantity, m.value, m.uncosted, m.effective_at, coalesce(v.cost_method, 'fifo') AS method,
    coalesce((SELECT sum(c.value) FROM cost_charge c JOIN cost_entry e ON e.organization_id = c.organization_id
        AND e.id = c.entry_id AND e.kind IN ('bill', 'costed')
        WHERE c.organization_id = m.organization_id AND c.posting_id = m.posting_id AND c.line = m.line), 0) AS billed,
    EXISTS (SELECT FROM cost_layer l WHERE l.organization_id = m.organization_id AND l.posting_id = m.posting_id
        AND l.line = m.line AND l.value IS NULL) AS unknown
FROM unnest(%(postings)s::uuid[], %(lines)s::integer[]) WITH ORDINALITY t(posting_id, line, n)
JOIN movement m ON m.organization_id = %(organization)s AND m.posting_id = t.posting_id
    AND m.quantity > 0 AND (t.line IS NULL OR m.line = t.line)
JOIN posting p ON p.organization_id = m.organization_id AND p.id = m.posting_id
JOIN sku s ON s.organization_id = m.organization_id AND s.id = m.sku_id
JOIN warehouse w ON w.organization_id = m.organization_id AND w.id = m.warehouse_id
LEFT JOIN level v ON v.organization_id = m.organization_id AND v.sku_id = m.sku_id AND v.warehouse_id = m.warehouse_id
WHERE (%(carried)s OR p.type <> 'transfer' AND p.reverses_id IS NULL AND NOT EXISTS (SELECT FROM posting r
    WHERE r.organization_id = p.organization_id AND r.reverses_id = p.id))
ORDER BY t.n, m.line"""

TRAIL = """
WITH RECURSIVE t AS (
    SELECT l.* FROM cost_layer l WHERE l.organization_id = %(organization)s AND (
        l.posting_id = %(posting)s AND l.line = %(line)s AND (%(origin)s::uuid IS NULL OR l.origin_id = %(origin)s))
    UNION
    SELECT c.* FROM t JOIN cost_layer c ON c.organization_id = %(organization)s AND c.origin_id = t.id
)
SELECT id, sku_id, warehouse_id, posting_id, line, quantity, remaining, value, origin_id FROM t ORDER BY id"""

USES = """SELECT layer_id, posting_id, line, quantity, value IS NOT NULL AS known FROM cost_use
WHERE organization_id = %(organization)s AND layer_id = ANY(%(layers)s) ORDER BY id"""

# Where a line of a transfer carried its units to.
CARRIED = """
SELECT t.posting_id, t.line, n.sku_id, n.warehouse_id, v.cost_method = 'average' AS pooled
FROM unnest(%(postings)s::uuid[], %(lines)s::integer[]) t(posting_id, line)
JOIN posting p ON p.organization_id = %(organization)s AND p.id = t.posting_id AND p.type = 'transfer'
JOIN movement m ON m.organization_id = %(organization)s AND m.posting_id = t.posting_id AND m.line = t.line
    AND m.quantity < 0
JOIN movement n ON n.organization_id = %(organization)s AND n.posting_id = t.posting_id AND n.line = t.line + 1
    AND n.quantity > 0 AND n.sku_id = m.sku_id
JOIN level v ON v.organization_id = %(organization)s AND v.sku_id = n.sku_id AND v.warehouse_id = n.warehouse_id"""

POOL = """
SELECT posting_id, line, -known AS quantity, before FROM (
    SELECT m.id, m.posting_id, m.line, m.quantity - m.uncosted AS known,
        sum(m.quantity - m.uncosted) OVER (ORDER BY m.id) - (m.quantity - m.uncosted) AS before
    FROM movement m WHERE m.organization_id = %(organization)s AND m.sku_id = %(sku)s
        AND m.warehouse_id = %(warehouse)s AND m.quantity <> 0
) t WHERE t.id > %(after)s ORDER BY t.id"""
POOL_LAYER = """SELECT id, sku_id, warehouse_id, posting_id, line, quantity, remaining, value, origin_id FROM cost_layer
WHERE organization_id = %(organization)s AND sku_id = %(sku)s AND warehouse_id = %(warehouse)s AND value IS NOT NULL
ORDER BY open DESC, received_at, id LIMIT 1"""
LOCK = "SELECT lock_costs(%(organization)s, %(skus)s)"


@dataclass(frozen=True, slots=True)
class Received:
    """A line that brought goods in, and what it is known to have cost: `value` when it came, `billed` since."""

    posting_id: UUID
    line: int
    movement_id: int
    sku_id: UUID
    warehouse_id: UUID
    sku: str
    warehouse: str
    quantity: Decimal
    value: Decimal
    uncosted: Decimal
    effective_at: datetime
    method: str
    billed: Decimal
    unknown: bool

    @property
    def cost(self) -> Decimal:
        """What the goods themselves cost, as far as is known."""
        return self.value + self.billed


@dataclass(frozen=True, slots=True)
class Carried:
    """A line of a transfer, and where the next one put its units."""

    posting_id: UUID
    line: int
    sku_id: UUID
    warehouse_id: UUID
    pooled: bool


async def received(
    session: AsyncSession, lines: Sequence[tuple[UUID, int | None]], *, carried: bool = False
) -> list[Received]:
    """The received lines that these name; without a line, all of a posting's. `carried`: transfers' arrivals too."""
    named = {"postings": [posting for posting, _ in lines], "lines": [line for _, line in lines]}
    return await rows(session, Received, RECEIVED, carried=carried, **named)


async def layers_of(session: AsyncSession, line: Line, origin: UUID | None = None) -> tuple[list[Layer], list[Use]]:
    """The layers that a line made, those they were carried into, and what was taken of them all."""
    layers = await rows(session, Layer, TRAIL, posting=line[0], line=line[1], origin=origin)
    return layers, await rows(session, Use, USES, layers=[layer.id for layer in layers])


async def carried_by(session: AsyncSession, lines: Sequence[Line]) -> dict[Line, Carried]:
    """Which of these lines carried their units to another level."""
    named = {"postings": [posting for posting, _ in lines], "lines": [line for _, line in lines]}
    found = await rows(session, Carried, CARRIED, **named)
    return {(one.posting_id, one.line): one for one in found}


async def pool_after(session: AsyncSession, receipt: Received) -> tuple[list[Layer], list[PoolStep]]:
    """The pool that a receipt flowed into (if there is one), and what was taken of it since."""
    level = {"sku": receipt.sku_id, "warehouse": receipt.warehouse_id}
    pool = await rows(session, Layer, POOL_LAYER, **level)
    return pool, await rows(session, PoolStep, POOL, after=receipt.movement_id, **level)


async def lock(session: AsyncSession, skus: Sequence[UUID]) -> None:
    """Nobody moves these SKUs, or changes what they cost, until the transaction ends."""
    values = {"organization": actor_of(session).organization_id, "skus": list(skus)}
    await (await raw(session)).execute(LOCK, values)
