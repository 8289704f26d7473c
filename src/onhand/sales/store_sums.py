"""SQL of the daily sums: what was sold per business day, kept in step by every write of orders.

Each writer takes its orders out of the sums as they are (-1), changes them, and counts them again (+1); so whatever it
did, the sums are those of the orders on file, which `recount` proves. Goods only: at the price sold, less discounts of
lines, returns subtracted, what was cancelled left out; no tax, postage, fees or discounts of the whole order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import identity
from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

SOLD = """SELECT (o.order_date AT TIME ZONE %(zone)s)::date AS day, o.channel, o.currency, l.order_id, l.sku_id,
    l.quantity - l.cancelled AS units,
    (l.quantity - l.cancelled) * l.unit_price
        - CASE WHEN l.cancelled = 0 THEN l.discount
            ELSE round(l.discount * (l.quantity - l.cancelled) / l.quantity, 6) END AS amount
FROM sales_order o JOIN order_line l ON l.organization_id = o.organization_id AND l.order_id = o.id
WHERE o.organization_id = %(organization)s AND l.quantity <> l.cancelled"""
BY_DAY = """SELECT %(organization)s::uuid, day, channel, currency,
    %(sign)s * count(DISTINCT order_id) FILTER (WHERE units > 0), %(sign)s * sum(units), %(sign)s * sum(amount)
FROM sold GROUP BY day, channel, currency"""
BY_SKU = """SELECT %(organization)s::uuid, day, sku_id, currency, %(sign)s * sum(units), %(sign)s * sum(amount)
FROM sold WHERE sku_id IS NOT NULL GROUP BY day, sku_id, currency"""
# Rows are written in key order, so that two writers of the same days never wait for each other in a circle.
COUNT_DAYS = f"""WITH sold AS ({SOLD} AND o.id = ANY(%(ids)s))
INSERT INTO sales_day AS d (organization_id, day, channel, currency, orders, units, amount)
{BY_DAY} ORDER BY day, channel, currency
ON CONFLICT (organization_id, day, channel, currency) DO UPDATE
SET orders = d.orders + excluded.orders, units = d.units + excluded.units, amount = d.amount + excluded.amount"""
COUNT_SKUS = f"""WITH sold AS ({SOLD} AND o.id = ANY(%(ids)s))
INSERT INTO sku_sales_day AS d (organization_id, day, sku_id, currency, units, amount)
{BY_SKU} ORDER BY day, sku_id, currency
ON CONFLICT (organization_id, day, sku_id, currency) DO UPDATE
SET units = d.units + excluded.units, amount = d.amount + excluded.amount"""
CLEAR_DAYS = "DELETE FROM sales_day WHERE organization_id = %(organization)s"
CLEAR_SKUS = "DELETE FROM sku_sales_day WHERE organization_id = %(organization)s"
RECOUNT_DAYS = f"""WITH sold AS ({SOLD})
INSERT INTO sales_day (organization_id, day, channel, currency, orders, units, amount) {BY_DAY}"""
RECOUNT_SKUS = f"""WITH sold AS ({SOLD})
INSERT INTO sku_sales_day (organization_id, day, sku_id, currency, units, amount) {BY_SKU}"""

DAILY = """SELECT day, channel, currency, orders, units, amount FROM sales_day
WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s
    AND (orders <> 0 OR units <> 0 OR amount <> 0)
ORDER BY day, channel, currency"""
TOP = """SELECT t.sku_id, s.code, p.name, t.units, t.amount FROM (
    SELECT sku_id, sum(units) AS units, sum(amount) AS amount FROM sku_sales_day
    WHERE organization_id = %(organization)s AND day BETWEEN %(first)s AND %(last)s AND currency = %(currency)s
    GROUP BY sku_id ORDER BY 3 DESC, 1 LIMIT %(most)s
) t JOIN sku s ON s.organization_id = %(organization)s AND s.id = t.sku_id
JOIN product p ON p.organization_id = %(organization)s AND p.id = s.product_id
ORDER BY t.amount DESC, t.sku_id"""
WAITING = """SELECT count(*) FILTER (WHERE NOT on_hold), count(*) FILTER (WHERE on_hold),
    count(*) FILTER (WHERE backordered)
FROM sales_order WHERE organization_id = %(organization)s AND status IN ('pending', 'processing', 'partial')"""


async def _values(session: AsyncSession, **values: Any) -> dict[str, Any]:
    zone = (await identity.organization_of(session)).time_zone
    return {"organization": actor_of(session).organization_id, "zone": zone, **values}


async def count(session: AsyncSession, order_ids: Sequence[UUID], sign: int) -> None:
    """Add these orders to the sums (+1), or take them out as they are on file now (-1)."""
    connection, values = await raw(session), await _values(session, ids=list(order_ids), sign=sign)
    await connection.execute(COUNT_DAYS, values)
    await connection.execute(COUNT_SKUS, values)


async def recount(session: AsyncSession) -> None:
    """Make all sums of the organization anew from its orders, as after a change of its time zone."""
    connection, values = await raw(session), await _values(session, sign=1)
    for statement in (CLEAR_DAYS, CLEAR_SKUS, RECOUNT_DAYS, RECOUNT_SKUS):
        await connection.execute(statement, values)


async def daily(session: AsyncSession, first: date, last: date) -> list[tuple[date, str, str, int, Decimal, Decimal]]:
    """(day, channel, currency, orders, units, amount) from `first` to `last`; days of nothing are left out."""
    connection = await raw(session)
    values = {"organization": actor_of(session).organization_id, "first": first, "last": last}
    return await (await connection.execute(DAILY, values)).fetchall()


async def top_skus(
    session: AsyncSession, first: date, last: date, currency: str, most: int
) -> list[tuple[UUID, str, str, Decimal, Decimal]]:
    """(SKU id, code, name, units, amount) of what sold for most in that currency."""
    connection = await raw(session)
    values = {"organization": actor_of(session).organization_id, "first": first, "last": last}
    rows = await connection.execute(TOP, {**values, "currency": currency, "most": most})
    return await rows.fetchall()


async def open_orders(session: AsyncSession) -> tuple[int, int, int]:
    """How many open orders can be worked on, are on hold, wait for stock."""
    connection = await raw(session)
    row = await (await connection.execute(WAITING, {"organization": actor_of(session).organization_id})).fetchone()
    return (row[0], row[1], row[2]) if row else (0, 0, 0)
