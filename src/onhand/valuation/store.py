"""SQL of what stock is worth: as of any moment of effective time, from what it is worth now less what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand.infra.questions import rows, tuples

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

# The levels asked for; of a category also those below it.
CHOSEN = """
WITH RECURSIVE below AS (
    SELECT c.id FROM category c WHERE c.organization_id = %(organization)s AND c.id = %(category)s::uuid
    UNION SELECT c.id FROM below b JOIN category c ON c.organization_id = %(organization)s AND c.parent_id = b.id
), chosen AS MATERIALIZED (
    SELECT v.sku_id, v.warehouse_id, v.on_hand, v.value, v.uncosted, v.cost_method, p.category_id
    FROM level v
    JOIN sku s ON s.organization_id = v.organization_id AND s.id = v.sku_id
    JOIN product p ON p.organization_id = v.organization_id AND p.id = s.product_id
    WHERE v.organization_id = %(organization)s
        AND (%(warehouse)s::uuid IS NULL OR v.warehouse_id = %(warehouse)s)
        AND (%(category)s::uuid IS NULL OR p.category_id IN (SELECT id FROM below))
)"""
VALUATION = f"""{CHOSEN}, later AS (
    SELECT t.sku_id, t.warehouse_id, sum(t.quantity) AS quantity, sum(t.value) AS value, sum(t.uncosted) AS uncosted
    FROM (
        SELECT m.sku_id, m.warehouse_id, m.quantity, m.value, m.uncosted FROM movement m
        WHERE m.organization_id = %(organization)s AND m.effective_at > %(moment)s AND m.quantity <> 0
        UNION ALL
        SELECT a.sku_id, a.warehouse_id, 0, a.value, a.uncosted FROM cost_adjustment a
        WHERE a.organization_id = %(organization)s AND a.effective_at > %(moment)s AND a.posting_id IS NULL
    ) t WHERE %(past)s GROUP BY t.sku_id, t.warehouse_id
), held AS (
    SELECT c.sku_id, c.warehouse_id, c.category_id, c.on_hand - coalesce(l.quantity, 0) AS units,
        c.value - coalesce(l.value, 0) AS value, c.uncosted - coalesce(l.uncosted, 0) AS uncosted
    FROM chosen c LEFT JOIN later l ON l.sku_id = c.sku_id AND l.warehouse_id = c.warehouse_id
), summed AS (
    SELECT grouping(h.warehouse_id) = 0 AS by_warehouse, grouping(h.category_id) = 0 AS by_category, h.warehouse_id,
        h.category_id, coalesce(sum(h.value), 0) AS value, coalesce(sum(h.units), 0) AS units,
        coalesce(sum(h.uncosted), 0) AS uncosted_units, count(DISTINCT h.sku_id) AS skus,
        count(DISTINCT h.sku_id) FILTER (WHERE h.uncosted > 0) AS uncosted
    FROM held h WHERE h.units <> 0 OR h.value <> 0
    GROUP BY GROUPING SETS ((h.warehouse_id), (h.category_id), ())
)
SELECT CASE WHEN s.by_warehouse THEN 'warehouse' WHEN s.by_category THEN 'category' ELSE 'total' END AS kind,
    coalesce(s.warehouse_id, s.category_id) AS id, w.code, coalesce(w.name, c.name) AS name, s.value, s.units, s.skus,
    s.uncosted, s.uncosted_units
FROM summed s
LEFT JOIN warehouse w ON w.organization_id = %(organization)s AND w.id = s.warehouse_id
LEFT JOIN category c ON c.organization_id = %(organization)s AND c.id = s.category_id
ORDER BY w.priority, w.code, s.value DESC"""
TREND = f"""{CHOSEN}, changed AS (
    SELECT t.day, sum(t.value) AS value FROM (
        SELECT (m.effective_at AT TIME ZONE %(zone)s)::date AS day, m.value, m.sku_id, m.warehouse_id FROM movement m
        WHERE m.organization_id = %(organization)s AND m.value <> 0
            AND m.effective_at >= (%(first)s::date)::timestamp AT TIME ZONE %(zone)s
        UNION ALL
        SELECT (a.effective_at AT TIME ZONE %(zone)s)::date, a.value, a.sku_id, a.warehouse_id FROM cost_adjustment a
        WHERE a.organization_id = %(organization)s AND a.posting_id IS NULL
            AND a.effective_at >= (%(first)s::date)::timestamp AT TIME ZONE %(zone)s
    ) t JOIN chosen c ON c.sku_id = t.sku_id AND c.warehouse_id = t.warehouse_id GROUP BY t.day
)
SELECT d::date, (SELECT coalesce(sum(value), 0) FROM chosen)
    - coalesce((SELECT sum(c.value) FROM changed c WHERE c.day > d::date), 0)
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') d ORDER BY d"""
# Goods bought in other currencies that are there at the moment: at the rates they came at, and at the moment's own.
ABROAD = f"""{CHOSEN}, there AS (
    SELECT l.id, l.origin_id, l.source_cost, l.source_currency, l.rate, l.remaining + coalesce((
        SELECT sum(u.quantity) FROM cost_use u WHERE %(past)s AND u.organization_id = l.organization_id
            AND u.layer_id = l.id AND u.effective_at > %(moment)s), 0) AS units
    FROM cost_layer l JOIN chosen c ON c.sku_id = l.sku_id AND c.warehouse_id = l.warehouse_id
    WHERE l.organization_id = %(organization)s AND l.received_at <= %(moment)s AND (l.open OR %(past)s)
        AND (l.origin_id IS NULL OR l.created_at <= %(moment)s)  -- what was carried keeps its age
        AND c.cost_method <> 'average'  -- a pool has no one currency
), climbed AS (
    SELECT t.id, t.origin_id, t.source_cost, t.source_currency, t.rate, t.units, 0 AS steps FROM there t
    WHERE t.units > 0
    UNION ALL
    SELECT c.id, o.origin_id, o.source_cost, o.source_currency, o.rate, c.units, c.steps + 1 FROM climbed c
    JOIN cost_layer o ON o.organization_id = %(organization)s AND o.id = c.origin_id
    WHERE c.source_currency IS NULL AND c.steps < 100
), bought AS (
    SELECT source_currency AS currency, sum(units) AS units, sum(units * source_cost) AS amount,
        sum(units * source_cost * rate) AS then
    FROM climbed WHERE source_currency IS NOT NULL
        AND source_currency <> (SELECT o.currency FROM organization o WHERE o.id = %(organization)s)
    GROUP BY source_currency
)
SELECT currency, units, round(amount, 6) AS amount, round("then", 6) AS then,
    round(amount * rate_at(%(organization)s, currency, %(moment)s), 6) AS now
FROM bought ORDER BY currency"""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a group of levels was worth; `uncosted` SKUs have units that no value counts."""

    kind: str
    id: UUID | None
    code: str | None
    name: str | None
    value: Decimal
    units: Decimal
    skus: int
    uncosted: int
    uncosted_units: Decimal


@dataclass(frozen=True, slots=True)
class Abroad:
    """Goods in stock that were bought in another currency: what they cost at the rates then, and would cost now."""

    currency: str
    units: Decimal
    amount: Decimal
    then: Decimal
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which stock, and when. `past`: whether the moment is over, so that later changes must be taken off."""

    moment: datetime
    past: bool
    warehouse: UUID | None = None
    category: UUID | None = None

    def values(self) -> dict[str, Any]:
        """As the statements name them."""
        return {"moment": self.moment, "past": self.past, "warehouse": self.warehouse, "category": self.category}


async def worth(session: AsyncSession, chosen: Chosen) -> list[Worth]:
    """In all, by warehouse and by category."""
    return await rows(session, Worth, VALUATION, **chosen.values())


async def abroad(session: AsyncSession, chosen: Chosen) -> list[Abroad]:
    """By the currency that they were bought in."""
    return await rows(session, Abroad, ABROAD, **chosen.values())


async def trend(
    session: AsyncSession, chosen: Chosen, first: date, last: date, zone: str
) -> list[tuple[date, Decimal]]:
    """Value at the end of each business day."""
    days = {"first": first, "last": last, "zone": zone}
    return [(row[0], row[1]) for row in await tuples(session, TREND, **days, **chosen.values())]
