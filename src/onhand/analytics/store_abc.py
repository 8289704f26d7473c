"""SQL of the ABC and XYZ analysis: what each SKU made of all that was sold, and how steadily it sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

# What each SKU made, by what is asked for. Margin is the amount less what the goods cost when they left (a sale's
# movement carries the change of stock value, below zero). Units are of all currencies, amounts of the organization's.
MADE = """made AS (
    SELECT t.*, CASE %(by)s WHEN 'quantity' THEN t.units WHEN 'margin' THEN t.amount + coalesce(c.value, 0)
        ELSE t.amount END AS figure
    FROM (
        SELECT sku_id, sum(units) AS units, coalesce(sum(amount) FILTER (WHERE currency = %(currency)s), 0) AS amount
        FROM sku_sales_day
        WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s
            AND (currency = %(currency)s OR %(by)s = 'quantity')
        GROUP BY sku_id HAVING sum(units) <> 0 OR sum(amount) <> 0
    ) t LEFT JOIN (
        SELECT m.sku_id, sum(m.value) AS value FROM movement m JOIN organization o ON o.id = m.organization_id
        WHERE %(by)s = 'margin' AND m.organization_id = %(organization)s AND m.type IN ('sale', 'return')
            AND m.effective_at >= %(first)s::date::timestamp AT TIME ZONE o.time_zone
            AND m.effective_at < (%(last)s::date + 1)::timestamp AT TIME ZONE o.time_zone
        GROUP BY m.sku_id
    ) c ON c.sku_id = t.sku_id
)"""
# A while those before it make up less than the first share of the whole, B less than the second, else C.
ABC = f"""WITH {MADE}, s AS MATERIALIZED (
    SELECT t.*, CASE WHEN t.figure > 0 AND t.before < %(a)s * t.whole THEN 'A'
        WHEN t.figure > 0 AND t.before < %(b)s * t.whole THEN 'B' ELSE 'C' END AS class
    FROM (
        SELECT t.*, sum(greatest(t.figure, 0)) OVER () AS whole, coalesce(sum(greatest(t.figure, 0)) OVER (
            ORDER BY t.figure DESC, t.sku_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
        FROM made t
    ) t
)"""
CLASSES = f"""{ABC} SELECT class, count(*), sum(units), sum(amount), sum(figure) FROM s GROUP BY class ORDER BY class"""
# X sells much the same every week, Y varies, Z comes in bursts: the variation of its weeks, those of nothing too.
STEADY = """steady AS (
    SELECT sku_id, CASE WHEN sum(units) <= 0 THEN 'Z'
        WHEN sqrt(greatest(sum(units * units) / %(weeks)s - (sum(units) / %(weeks)s) ^ 2, 0))
            <= 0.5 * sum(units) / %(weeks)s THEN 'X'
        WHEN sqrt(greatest(sum(units * units) / %(weeks)s - (sum(units) / %(weeks)s) ^ 2, 0))
            <= sum(units) / %(weeks)s THEN 'Y' ELSE 'Z' END AS xyz
    FROM (
        SELECT sku_id, (day - %(first)s::date) / 7 AS week, sum(units) AS units FROM sku_sales_day
        WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
    ) w GROUP BY sku_id
)"""
SKUS = f"""{ABC}, {STEADY} SELECT s.class, s.sku_id, k.code, p.name, s.units, s.amount, s.figure, y.xyz
FROM (SELECT * FROM s ORDER BY figure DESC, sku_id LIMIT %(most)s) s
LEFT JOIN steady y ON y.sku_id = s.sku_id
JOIN sku k ON k.organization_id = %(organization)s AND k.id = s.sku_id
JOIN product p ON p.organization_id = %(organization)s AND p.id = k.product_id
ORDER BY s.figure DESC, s.sku_id"""
ALL = f"""{ABC}, {STEADY} SELECT s.sku_id, s.class, y.xyz, s.figure
FROM s LEFT JOIN steady y ON y.sku_id = s.sku_id ORDER BY s.sku_id"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Days, currency, what the classes go by, and where A and B end as shares of the whole."""

    first: date
    last: date
    currency: str
    by: str
    a: Decimal
    b: Decimal


async def _rows(session: AsyncSession, statement: str, asked: Asked, most: int | None = None) -> list[tuple[Any, ...]]:
    weeks = -(-((asked.last - asked.first).days + 1) // 7)
    values = {name: getattr(asked, name) for name in ("first", "last", "currency", "by", "a", "b")}
    connection = await raw(session)
    organization = actor_of(session).organization_id
    found = await connection.execute(statement, {"organization": organization, "weeks": weeks, "most": most, **values})
    return await found.fetchall()


async def classes(session: AsyncSession, asked: Asked) -> list[tuple[str, int, Decimal, Decimal, Decimal]]:
    """(class, SKUs, units, amount, figure) of each class that has any."""
    return await _rows(session, CLASSES, asked)


async def skus(
    session: AsyncSession, asked: Asked, most: int
) -> list[tuple[str, UUID, str, str, Decimal, Decimal, Decimal, str | None]]:
    """(class, SKU id, code, name, units, amount, figure, XYZ) of the SKUs that made most."""
    return await _rows(session, SKUS, asked, most)


async def every(session: AsyncSession, asked: Asked) -> list[tuple[UUID, str, str | None, Decimal]]:
    """(SKU id, class, XYZ, figure) of all that sold."""
    return await _rows(session, ALL, asked)
