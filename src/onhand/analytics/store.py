"""SQL of figures: sums of sales, what sells best, what runs low, and figures kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.types.json import Jsonb

from onhand.analytics.domain import Sale, Sold
from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

OPEN_ORDERS = """SELECT count(*) FILTER (WHERE NOT on_hold), count(*) FILTER (WHERE on_hold),
    count(*) FILTER (WHERE backordered)
FROM sales_order WHERE organization_id = %(organization)s AND status IN ('pending', 'processing', 'partial')"""
SALES = """SELECT day, channel, currency, amount, units, orders FROM sales_day
WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s
    AND (orders <> 0 OR units <> 0 OR amount <> 0)"""
BEST = """SELECT t.sku_id, s.code, p.name, t.units, t.amount FROM (
    SELECT sku_id, sum(units) AS units, sum(amount) AS amount FROM sku_sales_day
    WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s AND currency = %(currency)s
    GROUP BY sku_id HAVING sum(units) <> 0 OR sum(amount) <> 0 ORDER BY 3 DESC, 1 LIMIT %(most)s
) t JOIN sku s ON s.organization_id = %(organization)s AND s.id = t.sku_id
JOIN product p ON p.organization_id = %(organization)s AND p.id = s.product_id
ORDER BY t.amount DESC, t.sku_id"""
# A while those before it make up less than the first share of all that was taken in, B less than the second, else C.
ABC = """WITH s AS MATERIALIZED (
    SELECT t.*, CASE WHEN t.amount > 0 AND t.before < %(a)s * t.whole THEN 'A'
        WHEN t.amount > 0 AND t.before < %(b)s * t.whole THEN 'B' ELSE 'C' END AS class
    FROM (
        SELECT t.*, sum(greatest(t.amount, 0)) OVER () AS whole, coalesce(sum(greatest(t.amount, 0)) OVER (
            ORDER BY t.amount DESC, t.sku_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
        FROM (
            SELECT sku_id, sum(units) AS units, sum(amount) AS amount FROM sku_sales_day
            WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s AND currency = %(currency)s
            GROUP BY sku_id HAVING sum(units) <> 0 OR sum(amount) <> 0
        ) t
    ) t
)"""
ABC_CLASSES = f"{ABC} SELECT class, count(*), sum(units), sum(amount) FROM s GROUP BY class ORDER BY class"
ABC_SKUS = f"""{ABC} SELECT s.class, s.sku_id, k.code, p.name, s.units, s.amount
FROM (SELECT * FROM s ORDER BY amount DESC, sku_id LIMIT %(most)s) s
JOIN sku k ON k.organization_id = %(organization)s AND k.id = s.sku_id
JOIN product p ON p.organization_id = %(organization)s AND p.id = k.product_id
ORDER BY s.amount DESC, s.sku_id"""
# The rules of these counts are those of the lists that replenishment shows; a test holds them together.
ALERTS = """SELECT count(*) FILTER (WHERE available < point), count(*) FILTER (WHERE available <= 0),
    count(*) FILTER (WHERE mean > 0 AND mean * %(days)s > available)
FROM (
    SELECT coalesce(v.on_hand - v.reserved - v.unavailable, 0) AS available, coalesce(r.manual_point, r.point) AS point,
        r.review_mean / r.review_days AS mean
    FROM reorder_policy r
    JOIN sku s ON s.organization_id = r.organization_id AND s.id = r.sku_id AND s.archived_at IS NULL
    LEFT JOIN level v ON v.organization_id = r.organization_id AND v.sku_id = r.sku_id
        AND v.warehouse_id = r.warehouse_id
    WHERE r.organization_id = %(organization)s AND r.active
) t"""
FIND = """SELECT facts, took_ms, computed_at FROM figure
WHERE organization_id = %(organization)s AND name = %(name)s AND key = %(key)s"""
KEEP = """INSERT INTO figure (organization_id, name, key, facts, took_ms, computed_at)
VALUES (%(organization)s, %(name)s, %(key)s, %(facts)s, %(took)s, clock_timestamp())
ON CONFLICT (organization_id, name, key) DO UPDATE
SET facts = excluded.facts, took_ms = excluded.took_ms, computed_at = excluded.computed_at"""
DROP = "DELETE FROM figure WHERE organization_id = %(organization)s AND name = %(name)s AND key = %(key)s"

# The same sums as the trigger keeps, from the orders on file.
SOLD = """SELECT (o.order_date AT TIME ZONE g.time_zone)::date AS day, o.channel, o.currency, l.order_id, l.sku_id,
    l.quantity - l.cancelled AS units,
    (l.quantity - l.cancelled) * l.unit_price - CASE WHEN l.cancelled = 0 THEN l.discount
        ELSE round(l.discount * (l.quantity - l.cancelled) / l.quantity, 6) END AS amount
FROM sales_order o JOIN organization g ON g.id = o.organization_id
JOIN order_line l ON l.organization_id = o.organization_id AND l.order_id = o.id
WHERE o.organization_id = %(organization)s AND l.quantity <> l.cancelled"""
CLEAR = ("DELETE FROM sales_day WHERE organization_id = %(organization)s",
         "DELETE FROM sku_sales_day WHERE organization_id = %(organization)s")  # fmt: skip
RECOUNT = (
    f"""WITH sold AS ({SOLD})
INSERT INTO sales_day (organization_id, day, channel, currency, orders, units, amount)
SELECT %(organization)s, day, channel, currency, count(DISTINCT order_id) FILTER (WHERE units > 0), sum(units),
    sum(amount)
FROM sold GROUP BY day, channel, currency""",
    f"""WITH sold AS ({SOLD})
INSERT INTO sku_sales_day (organization_id, day, sku_id, currency, units, amount)
SELECT %(organization)s, day, sku_id, currency, sum(units), sum(amount)
FROM sold WHERE sku_id IS NOT NULL GROUP BY day, sku_id, currency""",
)


async def _rows(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    connection = await raw(session)
    found = await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})
    return await found.fetchall()


async def _run(session: AsyncSession, statement: str, **values: Any) -> None:
    connection = await raw(session)
    await connection.execute(statement, {"organization": actor_of(session).organization_id, **values})


async def sales(session: AsyncSession, first: date, last: date) -> list[Sale]:
    """What each channel sold per business day and currency, from `first` to `last`."""
    rows = await _rows(session, SALES, first=first, last=last)
    return [Sale(day, channel, currency, Sold(*sold)) for day, channel, currency, *sold in rows]


async def best_sellers(
    session: AsyncSession, first: date, last: date, currency: str, most: int
) -> list[tuple[UUID, str, str, Decimal, Decimal]]:
    """(SKU id, code, name, units, amount) of what sold for most in that currency."""
    return await _rows(session, BEST, first=first, last=last, currency=currency, most=most)


async def abc_classes(
    session: AsyncSession, first: date, last: date, currency: str, shares: tuple[Decimal, Decimal]
) -> list[tuple[str, int, Decimal, Decimal]]:
    """(class, SKUs, units, amount) of each class that has any."""
    values = {"first": first, "last": last, "currency": currency, "a": shares[0], "b": shares[1]}
    return await _rows(session, ABC_CLASSES, **values)


async def abc_skus(
    session: AsyncSession, first: date, last: date, currency: str, shares: tuple[Decimal, Decimal], most: int
) -> list[tuple[str, UUID, str, str, Decimal, Decimal]]:
    """(class, SKU id, code, name, units, amount) of the SKUs that sold for most."""
    values = {"first": first, "last": last, "currency": currency, "a": shares[0], "b": shares[1], "most": most}
    return await _rows(session, ABC_SKUS, **values)


async def alerts(session: AsyncSession, days: int) -> tuple[int, int, int]:
    """SKUs at a warehouse that are below their reorder point, that have nothing left, that run out within `days`."""
    [(low, out, running_out)] = await _rows(session, ALERTS, days=days)
    return low, out, running_out


async def find_figure(session: AsyncSession, name: str, key: str) -> tuple[dict[str, Any], int, datetime] | None:
    """(facts, milliseconds it took, when) of a kept figure."""
    rows = await _rows(session, FIND, name=name, key=key)
    return (rows[0][0], rows[0][1], rows[0][2]) if rows else None


async def keep_figure(session: AsyncSession, name: str, key: str, facts: Mapping[str, Any], took_ms: int) -> None:
    """Keep a figure, its predecessor forgotten."""
    await _run(session, KEEP, name=name, key=key, facts=Jsonb(dict(facts)), took=took_ms)


async def drop_figure(session: AsyncSession, name: str, key: str) -> None:
    """Keep a figure no longer."""
    await _run(session, DROP, name=name, key=key)


async def recount(session: AsyncSession) -> None:
    """Make the organization's sums anew from its orders."""
    for statement in (*CLEAR, *RECOUNT):
        await _run(session, statement)


async def open_orders(session: AsyncSession) -> tuple[int, int, int]:
    """How many open orders can be worked on, are on hold, wait for stock (those among the first two)."""
    connection = await raw(session)
    row = await (await connection.execute(OPEN_ORDERS, {"organization": actor_of(session).organization_id})).fetchone()
    return (row[0], row[1], row[2]) if row else (0, 0, 0)
