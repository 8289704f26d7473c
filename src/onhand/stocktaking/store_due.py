"""SQL of what is due to be counted, and of how accurate counts found the stock over time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, Integer, Numeric, Select, Text, Uuid, and_, select, text
from sqlalchemy.dialects.postgresql import TIMESTAMP

from onhand import counting
from onhand.infra.lists import Column, ListSpec
from onhand.stocktaking.store import tuples
from onhand.stocktaking.store_lists import PRODUCT, SKU, WAREHOUSE, named_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

UNIT_COST = counting.UNIT_COST
# Each item in stock beside the strictest schedule that applies to it. A schedule by sample or suspicion makes nothing
# due by itself. What was never counted is due today.
DUE = f"""SELECT v.organization_id, v.sku_id::text || '@' || v.warehouse_id::text AS id, v.sku_id, v.warehouse_id,
    v.on_hand, coalesce(k.abc, 'C') AS abc, h.counted_at AS last_counted_at, c.id AS schedule_id, c.name AS schedule,
    c.every_days, coalesce((h.counted_at AT TIME ZONE o.time_zone)::date + c.every_days, t.today) AS due_on,
    coalesce((h.counted_at AT TIME ZONE o.time_zone)::date + c.every_days, t.today) <= t.today AS due,
    t.today - ((h.counted_at AT TIME ZONE o.time_zone)::date + c.every_days) AS days_over,
    v.on_hand * {UNIT_COST} AS value,
    EXISTS (SELECT FROM count_line l WHERE l.organization_id = v.organization_id AND l.sku_id = v.sku_id
        AND l.warehouse_id = v.warehouse_id AND l.open) AS being_counted
FROM level v
JOIN organization o ON o.id = v.organization_id
CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE o.time_zone)::date AS today) t
JOIN sku s ON s.organization_id = v.organization_id AND s.id = v.sku_id AND s.archived_at IS NULL
JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id AND w.kind <> 'transit'
LEFT JOIN sku_class k ON k.organization_id = v.organization_id AND k.sku_id = v.sku_id
LEFT JOIN last_counted h ON h.organization_id = v.organization_id AND h.sku_id = v.sku_id
    AND h.warehouse_id = v.warehouse_id AND h.bin_id IS NULL
JOIN LATERAL (
    SELECT c.id, c.name, c.every_days FROM count_schedule c
    WHERE c.organization_id = v.organization_id AND c.active
        AND (c.warehouse_id IS NULL OR c.warehouse_id = v.warehouse_id)
        AND (c.method = 'class' AND c.abc = coalesce(k.abc, 'C')
            OR c.method = 'high_value' AND v.on_hand * {UNIT_COST} >= c.value_above
            OR c.method = 'zone' AND EXISTS (SELECT FROM holding g WHERE g.organization_id = v.organization_id
                AND g.sku_id = v.sku_id AND g.warehouse_id = v.warehouse_id AND g.bin_id = c.bin_id AND g.on_hand > 0))
    ORDER BY c.every_days, c.id LIMIT 1
) c ON true
WHERE v.on_hand > 0"""

DUE_SKUS = f"""SELECT sku_id FROM ({DUE} AND v.organization_id = %(organization)s AND v.warehouse_id = %(warehouse)s) d
WHERE d.due AND NOT d.being_counted ORDER BY d.due_on, d.value DESC NULLS LAST, d.sku_id LIMIT %(most)s"""

ACCURACY = """SELECT date_trunc('month', c.posted_at AT TIME ZONE o.time_zone)::date AS month, count(*),
    sum(c.lines), sum(c.accurate), sum(c.expected_value), sum(c.absolute_value), sum(c.net_value)
FROM stock_count c JOIN organization o ON o.id = c.organization_id
WHERE c.organization_id = %(organization)s AND c.posted_at IS NOT NULL
    AND c.posted_at >= %(first)s::date AT TIME ZONE o.time_zone
    AND (%(warehouse)s::uuid IS NULL OR c.warehouse_id = %(warehouse)s)
GROUP BY 1 ORDER BY 1"""

_ROWS = text(DUE.replace("::", "\\:\\:")).columns(
    organization_id=Uuid,
    id=Text,
    sku_id=Uuid,
    warehouse_id=Uuid,
    on_hand=Numeric,
    abc=Text,
    last_counted_at=TIMESTAMP(timezone=True),
    schedule_id=Uuid,
    schedule=Text,
    every_days=Integer,
    due_on=Date,
    due=Boolean,
    days_over=Integer,
    value=Numeric,
    being_counted=Boolean,
).subquery("d")  # fmt: skip

DUE_LIST = ListSpec(
    columns={
        "id": Column(_ROWS.c.id, nullable=False),
        "sku": Column(SKU.c.code, nullable=False, where=named_in(SKU, _ROWS.c.sku_id)),
        "sku_id": Column(_ROWS.c.sku_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, nullable=False),
        "warehouse": Column(WAREHOUSE.c.code, nullable=False, where=named_in(WAREHOUSE, _ROWS.c.warehouse_id)),
        "warehouse_id": Column(_ROWS.c.warehouse_id, "uuid", sortable=False),
        "on_hand": Column(_ROWS.c.on_hand, "number"),
        "value": Column(_ROWS.c.value, "number"),
        "abc": Column(_ROWS.c.abc),
        "schedule": Column(_ROWS.c.schedule),
        "schedule_id": Column(_ROWS.c.schedule_id, "uuid", sortable=False),
        "every_days": Column(_ROWS.c.every_days, "number"),
        "last_counted_at": Column(_ROWS.c.last_counted_at, "time"),
        "due_on": Column(_ROWS.c.due_on, "date"),
        "days_over": Column(_ROWS.c.days_over, "number", sortable=False),
        "due": Column(_ROWS.c.due, "bool", sortable=False),
        "being_counted": Column(_ROWS.c.being_counted, "bool", sortable=False),
    },
    default_sort="due_on",
    search=lambda q: SKU.c.code.icontains(q, autoescape=True) | PRODUCT.c.name.icontains(q, autoescape=True),
    hidden={"due": ("eq", "true")},
)


@cache
def due() -> Select[Any]:
    """What is to be counted, with names."""
    same = _ROWS.c.organization_id
    return (
        select(_ROWS.c.id)
        .select_from(_ROWS)
        .join(SKU, and_(SKU.c.organization_id == same, SKU.c.id == _ROWS.c.sku_id))
        .join(PRODUCT, and_(PRODUCT.c.organization_id == same, PRODUCT.c.id == SKU.c.product_id))
        .join(WAREHOUSE, and_(WAREHOUSE.c.organization_id == same, WAREHOUSE.c.id == _ROWS.c.warehouse_id))
    )


async def due_skus(session: AsyncSession, warehouse_id: UUID, most: int) -> list[UUID]:
    """What is most overdue at a warehouse and in no open count."""
    return [row[0] for row in await tuples(session, DUE_SKUS, warehouse=warehouse_id, most=most)]


async def accuracy(
    session: AsyncSession, first: date, warehouse_id: UUID | None
) -> Sequence[tuple[date, int, int, int, Any, Any, Any]]:
    """(month, counts, lines, accurate, expected value, absolute value, net value) of what was posted since `first`."""
    return await tuples(session, ACCURACY, first=first, warehouse=warehouse_id)
