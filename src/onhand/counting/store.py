"""SQL of counts themselves: numbers, what is chosen to be counted, settings, classes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from onhand.counting.domain import Rules, Scope
from onhand.counting.sql import UNIT_COST, rows, run, tuples
from onhand.counting.tables import CountCounter, StockCount
from onhand.infra.db import actor_of
from onhand.infra.rows import find_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

# One number after the other per organization: whoever takes one holds this lock until it is written.
NUMBERING = "SELECT pg_advisory_xact_lock(hashtextextended('count ' || %(organization)s::text, 0))"
NEXT_NUMBER = "SELECT coalesce(max(number), 0) + 1 FROM stock_count WHERE organization_id = %(organization)s"

CATEGORIES = """WITH RECURSIVE tree AS (
    SELECT id FROM category WHERE organization_id = %(organization)s AND id = ANY(%(ids)s)
    UNION SELECT c.id FROM category c JOIN tree t ON c.parent_id = t.id WHERE c.organization_id = %(organization)s
) SELECT id FROM tree"""

# Facts that the shelf could not cover since it was last counted, and single changes by hand that were large for it.
SUSPICIOUS = """(EXISTS (SELECT FROM shortage x WHERE x.organization_id = s.organization_id AND x.sku_id = s.id
        AND x.warehouse_id = %(warehouse)s AND x.kind = 'fact' AND x.created_at > coalesce(h.counted_at, '-infinity')
        AND x.created_at > now() - interval '90 days')
    OR EXISTS (SELECT FROM movement m WHERE m.organization_id = s.organization_id AND m.sku_id = s.id
        AND m.warehouse_id = %(warehouse)s AND m.type IN ('adjustment', 'waste')
        AND m.recorded_at > greatest(coalesce(h.counted_at, '-infinity'), now() - interval '30 days')
        AND abs(m.quantity) * 100 > %(suspicion)s * (m.balance - m.quantity) AND m.balance > m.quantity))"""

# What never sold has no class of its own and counts as C.
CHOOSE = f"""WITH chosen AS (
    SELECT s.id AS sku_id, s.code, coalesce(v.on_hand, 0) AS on_hand, {UNIT_COST} AS cost, h.counted_at
    FROM sku s
    JOIN organization o ON o.id = s.organization_id
    JOIN product p ON p.organization_id = s.organization_id AND p.id = s.product_id
    LEFT JOIN level v ON v.organization_id = s.organization_id AND v.sku_id = s.id AND v.warehouse_id = %(warehouse)s
    LEFT JOIN sku_class k ON k.organization_id = s.organization_id AND k.sku_id = s.id
    LEFT JOIN last_counted h ON h.organization_id = s.organization_id AND h.sku_id = s.id
        AND h.warehouse_id = %(warehouse)s AND h.bin_id IS NULL
    WHERE s.organization_id = %(organization)s
        AND (v.on_hand > 0 OR s.id = ANY(%(skus)s::uuid[]))
        AND (cardinality(%(skus)s::uuid[]) = 0 OR s.id = ANY(%(skus)s::uuid[]))
        AND (cardinality(%(categories)s::uuid[]) = 0 OR p.category_id = ANY(%(categories)s::uuid[]))
        AND (%(abc)s::text IS NULL OR coalesce(k.abc, 'C') = %(abc)s)
        AND (%(due_days)s::integer IS NULL OR h.counted_at IS NULL
            OR h.counted_at < now() - %(due_days)s::integer * interval '1 day')
        AND (%(suspicion)s::numeric IS NULL OR {SUSPICIOUS})
        AND NOT EXISTS (SELECT FROM count_line l WHERE l.organization_id = s.organization_id AND l.sku_id = s.id
            AND l.warehouse_id = %(warehouse)s AND l.open)
), taken AS (
    SELECT * FROM chosen WHERE %(value_above)s::numeric IS NULL OR on_hand * cost >= %(value_above)s
    ORDER BY CASE WHEN %(sample)s::integer IS NOT NULL THEN md5(%(seed)s::text || sku_id::text) END,
        counted_at NULLS FIRST, on_hand * cost DESC NULLS LAST, sku_id
    LIMIT least(%(most)s, coalesce(%(sample)s::integer, %(most)s))
)"""
ADD_LINES = f"""{CHOOSE}
INSERT INTO count_line (organization_id, count_id, place, sku_id, warehouse_id, planned, unit_cost)
SELECT %(organization)s, %(count)s, row_number() OVER (ORDER BY code), sku_id, %(warehouse)s, on_hand, cost FROM taken
ON CONFLICT DO NOTHING"""
HOW_MANY = f"{CHOOSE} SELECT count(*) FROM taken"
CLOSE_LINES = """UPDATE count_line SET open = false
WHERE organization_id = %(organization)s AND count_id = %(count)s AND open"""

RULES = """SELECT blind, counters, tolerance_percent, tolerance_value, approve_above, suspicious_percent, abc_by,
    abc_days, a_share, b_share
FROM count_settings WHERE organization_id = %(organization)s"""
SET_RULES = """INSERT INTO count_settings (organization_id, blind, counters, tolerance_percent, tolerance_value,
    approve_above, suspicious_percent, abc_by, abc_days, a_share, b_share)
VALUES (%(organization)s, %(blind)s, %(counters)s, %(tolerance_percent)s, %(tolerance_value)s, %(approve_above)s,
    %(suspicious_percent)s, %(abc_by)s, %(abc_days)s, %(a_share)s, %(b_share)s)
ON CONFLICT (organization_id) DO UPDATE SET blind = excluded.blind, counters = excluded.counters,
    tolerance_percent = excluded.tolerance_percent, tolerance_value = excluded.tolerance_value,
    approve_above = excluded.approve_above, suspicious_percent = excluded.suspicious_percent,
    abc_by = excluded.abc_by, abc_days = excluded.abc_days, a_share = excluded.a_share, b_share = excluded.b_share"""

SET_CLASSES = """INSERT INTO sku_class (organization_id, sku_id, abc, xyz, figure, classed_at)
SELECT %(organization)s, t.sku_id, t.abc, t.xyz, t.figure, clock_timestamp()
FROM unnest(%(skus)s::uuid[], %(abc)s::text[], %(xyz)s::text[], %(figures)s::numeric[]) t(sku_id, abc, xyz, figure)
ON CONFLICT (organization_id, sku_id) DO UPDATE
SET abc = excluded.abc, xyz = excluded.xyz, figure = excluded.figure, classed_at = excluded.classed_at"""
OTHER_CLASSES = """DELETE FROM sku_class
WHERE organization_id = %(organization)s AND NOT sku_id = ANY(%(skus)s::uuid[])"""


async def next_number(session: AsyncSession) -> int:
    """The next count's number; taken until the transaction ends."""
    await tuples(session, NUMBERING)
    return int((await tuples(session, NEXT_NUMBER))[0][0])


async def find_count(session: AsyncSession, key: str, *, lock: bool = False) -> StockCount | None:
    """The count with this id or number ("C-12" or "12")."""
    digits = key.upper().removeprefix("C-")
    if digits.isdecimal():
        return await find_row(session, StockCount, StockCount.number == int(digits[:9]), lock=lock)
    try:
        return await find_row(session, StockCount, StockCount.id == UUID(key), lock=lock)
    except ValueError:
        return None


async def hold(session: AsyncSession, count_id: UUID) -> str:
    """The count's status, which nobody changes until we end; many may hold it at once."""
    statement = select(StockCount.status).where(
        StockCount.organization_id == actor_of(session).organization_id, StockCount.id == count_id
    )
    return str((await session.execute(statement.with_for_update(read=True))).scalar_one())


def _asked(scope: Scope, warehouse_id: UUID) -> dict[str, Any]:
    return {
        "warehouse": warehouse_id,
        "skus": list(scope.skus),
        "categories": list(scope.categories),
        "abc": scope.abc,
        "value_above": scope.value_above,
        "sample": scope.sample,
        "seed": scope.seed,
        "due_days": scope.due_days,
        "suspicion": scope.suspicion,
        "most": scope.most,
    }


async def with_children(session: AsyncSession, categories: Sequence[UUID]) -> list[UUID]:
    """These categories and all below them."""
    return [row[0] for row in await tuples(session, CATEGORIES, ids=list(categories))] if categories else []


async def add_lines(session: AsyncSession, count_id: UUID, warehouse_id: UUID, scope: Scope) -> int:
    """Write the lines that the scope chooses; returns how many. What another open count holds is left to it."""
    return await run(session, ADD_LINES, count=count_id, **_asked(scope, warehouse_id))


async def how_many(session: AsyncSession, warehouse_id: UUID, scope: Scope) -> int:
    """How many lines a count of this scope would have."""
    return int((await tuples(session, HOW_MANY, **_asked(scope, warehouse_id)))[0][0])


async def close_lines(session: AsyncSession, count_id: UUID) -> None:
    """Its items may be counted elsewhere again."""
    await run(session, CLOSE_LINES, count=count_id)


async def rules(session: AsyncSession) -> Rules:
    """The organization's rules of counting."""
    found = await rows(session, Rules, RULES)
    return found[0] if found else Rules()


async def set_rules(session: AsyncSession, wanted: Rules) -> None:
    """Keep the rules."""
    await run(session, SET_RULES, **asdict(wanted))


async def counters_of(session: AsyncSession, count_id: UUID) -> dict[UUID, str]:
    """Who counted, by id."""
    statement = select(CountCounter.counter_id, CountCounter.counter).where(
        CountCounter.organization_id == actor_of(session).organization_id, CountCounter.count_id == count_id
    )
    return {row[0]: row[1] for row in await session.execute(statement.order_by(CountCounter.counter))}


async def set_classes(session: AsyncSession, classes: Sequence[tuple[UUID, str, str | None, Decimal]]) -> None:
    """Give SKUs their classes; all others have none."""
    columns = [list(column) for column in zip(*classes, strict=True)] or [[], [], [], []]
    await run(session, OTHER_CLASSES, skus=columns[0])
    await run(session, SET_CLASSES, **dict(zip(("skus", "abc", "xyz", "figures"), columns, strict=True)))
