"""SQL of orders: numbers, finding and locking, lists, the lines that wait."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    column,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    table,
    true,
    update,
)

from onhand import audit
from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.sales.domain import OPEN
from onhand.sales.tables import Order, OrderAllocation, OrderCharge, OrderLine, OrderLinePart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

MOST_HISTORY = 200
NEXT_NUMBER = """INSERT INTO order_counter AS c (organization_id, last) VALUES (%(organization)s, %(count)s)
ON CONFLICT (organization_id) DO UPDATE SET last = c.last + excluded.last RETURNING last"""

CUSTOMER = table(
    "customer", column("organization_id", Uuid), column("id", Uuid), column("name", Text), column("email", Text)
)
WAREHOUSE = table("warehouse", column("organization_id", Uuid), column("id", Uuid), column("code", Text))
LINES = (
    select(func.count())
    .where(OrderLine.organization_id == Order.organization_id, OrderLine.order_id == Order.id)
    .scalar_subquery()
)
UNITS = (
    select(func.coalesce(func.sum(OrderLine.quantity - OrderLine.cancelled), 0))
    .where(OrderLine.organization_id == Order.organization_id, OrderLine.order_id == Order.id)
    .scalar_subquery()
)
OF_LINE = and_(OrderLine.organization_id == OrderLinePart.organization_id, OrderLine.id == OrderLinePart.line_id)
FLAGS: dict[str, Any] = {"on_hold": Order.on_hold, "backordered": Order.backordered}


def with_status(value: str | list[str]) -> ColumnElement[bool]:
    """Orders of these statuses; `on_hold` and `backordered` are states beside the status."""
    words = [value] if isinstance(value, str) else value
    named = [word.lower().replace(" ", "_") for word in words]
    plain = Order.status.in_([word for word in named if word not in FLAGS])
    return or_(plain, *(FLAGS[word].is_(true()) for word in named if word in FLAGS))


def with_sku(value: str | list[str]) -> ColumnElement[bool]:
    """Orders that hold this SKU, or one of these, ignoring case."""
    codes = [code.lower() for code in ([value] if isinstance(value, str) else value)]
    sku = table("sku", column("organization_id", Uuid), column("id", Uuid), column("code_key", Text))
    ids = select(sku.c.id).where(sku.c.organization_id == OrderLine.organization_id, sku.c.code_key.in_(codes))
    holding = select(OrderLine.order_id).where(
        OrderLine.organization_id == Order.organization_id, OrderLine.sku_id.in_(ids)
    )
    return Order.id.in_(holding)


def until(value: datetime) -> ColumnElement[bool]:
    """Orders up to a moment; a bare date means its whole day."""
    if value.timetz() == time(tzinfo=UTC):
        return Order.order_date < value + timedelta(days=1)
    return Order.order_date <= value


def found_by(text: str) -> ColumnElement[bool]:
    """Orders whose number or outside number begins with the text, or whose customer's name or e-mail holds it."""
    spellings, end = {text, text.upper(), text.lower()}, chr(0x10FFFF)
    customers = select(CUSTOMER.c.id).where(
        CUSTOMER.c.organization_id == Order.organization_id,
        func.lower(func.concat_ws(" ", CUSTOMER.c.name, CUSTOMER.c.email)).contains(text.lower(), autoescape=True),
    )
    return or_(
        Order.number.between(text.upper(), text.upper() + end),
        *(Order.external_id.between(spelling, spelling + end) for spelling in sorted(spellings)),
        Order.customer_id.in_(customers.correlate(Order)),
    )


ORDERS = ListSpec(
    columns={
        "id": Column(Order.id, "uuid"),
        "number": Column(Order.number),
        "status": Column(Order.status, where=with_status),
        "on_hold": Column(Order.on_hold, "bool"),
        "backordered": Column(Order.backordered, "bool"),
        "source": Column(Order.source),
        "channel_id": Column(Order.channel_id, "uuid", sortable=False),
        "channel": Column(Order.channel),
        "external_id": Column(Order.external_id),
        "customer_id": Column(Order.customer_id, "uuid", sortable=False),
        "customer": Column(CUSTOMER.c.name),
        "customer_email": Column(CUSTOMER.c.email, "code", sortable=False),
        "order_date": Column(Order.order_date, "time"),
        "currency": Column(Order.currency),
        "lines": Column(LINES, "number", sortable=False),
        "units": Column(UNITS, "number", sortable=False),
        "items": Column(Order.items, "number", sortable=False),
        "total": Column(Order.total, "number"),
        "carrier": Column(Order.carrier, sortable=False),
        "tracking": Column(Order.tracking, sortable=False),
        "shipped_at": Column(Order.shipped_at, "time"),
        "created_at": Column(Order.created_at, "time"),
        "updated_at": Column(Order.updated_at, "time"),
        "sku": Column(Order.id, sortable=False, shown=False, where=with_sku),
        "until": Column(Order.order_date, "time", sortable=False, shown=False, where=until),
    },
    default_sort="-order_date",
    search=found_by,
    aliases={
        "search": "q",
        "channel_id": "filter[channel_id]",
        "customer_id": "filter[customer_id]",
        "order_status": "filter[status]",
        "status": "filter[status]",
        "from_date": "filter[order_date][gte]",
        "to_date": "filter[until]",
    },
)


@cache
def orders() -> Select[Any]:
    """All orders with their customers."""
    mine = and_(CUSTOMER.c.organization_id == Order.organization_id, CUSTOMER.c.id == Order.customer_id)
    return select(Order).outerjoin(CUSTOMER, mine)


async def next_numbers(session: AsyncSession, count: int) -> int:
    """The last of `count` fresh order numbers; others who make orders here wait until we end, also when it is 0."""
    connection = await raw(session)
    values = {"organization": actor_of(session).organization_id, "count": count}
    row = await (await connection.execute(NEXT_NUMBER, values)).fetchone()
    return int(row[0]) if row else count


async def find_order(session: AsyncSession, key: UUID | str, *, lock: bool = False) -> Order | None:
    """An order by id or number. Its lock covers its lines and allocations."""
    wanted = Order.id == key if isinstance(key, UUID) else Order.number == key.upper()
    return await find_row(session, Order, wanted, lock=lock)


async def find_external(
    session: AsyncSession, channel_id: UUID | None, channel: str, external_id: str, *, lock: bool = False
) -> Order | None:
    """The order that a channel knows by this id."""
    where = Order.channel_id == channel_id if channel_id else and_(Order.channel_id.is_(None), Order.channel == channel)
    return await find_row(session, Order, where, Order.external_id == external_id, lock=lock)


async def lines_of(session: AsyncSession, order_id: UUID) -> list[OrderLine]:
    """An order's lines, in its order."""
    mine = (OrderLine.organization_id == actor_of(session).organization_id, OrderLine.order_id == order_id)
    rows = select(OrderLine).where(*mine).order_by(OrderLine.position, OrderLine.id)
    return list((await session.execute(rows, execution_options={"populate_existing": True})).scalars())


async def allocations_of(session: AsyncSession, order_id: UUID) -> list[OrderAllocation]:
    """An order's allocations, oldest first."""
    mine = (OrderAllocation.organization_id == actor_of(session).organization_id, OrderAllocation.order_id == order_id)
    rows = select(OrderAllocation).where(*mine).order_by(OrderAllocation.created_at, OrderAllocation.id)
    return list((await session.execute(rows, execution_options={"populate_existing": True})).scalars())


async def parts_of(session: AsyncSession, order_id: UUID) -> list[OrderLinePart]:
    """What an order's lines of kits hold, in their order."""
    mine = (OrderLinePart.organization_id == actor_of(session).organization_id, OrderLinePart.order_id == order_id)
    rows = select(OrderLinePart).where(*mine).order_by(OrderLinePart.line_id, OrderLinePart.position)
    return list((await session.execute(rows)).scalars())


async def charges_of(session: AsyncSession, order_id: UUID) -> list[OrderCharge]:
    """An order's charges."""
    mine = (OrderCharge.organization_id == actor_of(session).organization_id, OrderCharge.order_id == order_id)
    return list((await session.execute(select(OrderCharge).where(*mine).order_by(OrderCharge.id))).scalars())


async def warehouse_codes(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The codes of these warehouses, archived ones too."""
    mine = (WAREHOUSE.c.organization_id == actor_of(session).organization_id, WAREHOUSE.c.id.in_(ids))
    rows = await session.execute(select(WAREHOUSE.c.id, WAREHOUSE.c.code).where(*mine))
    return {row[0]: row[1] for row in rows}


async def history_of(session: AsyncSession, order_id: UUID) -> list[dict[str, Any]]:
    """What was done to an order, oldest first."""
    column_of = {name: each.expression for name, each in audit.AUDIT_COLUMNS.items()}
    shown = [column_of[name].label(name) for name in ("recorded_at", "actor", "action", "before", "after")]
    mine = (column_of["entity"] == "order", column_of["entity_id"] == str(order_id))
    rows = await session.execute(select(*shown).where(*mine).order_by(column_of["id"]).limit(MOST_HISTORY))
    return [dict(row) for row in rows.mappings()]


async def add_order(session: AsyncSession, values: Mapping[str, Any]) -> Order:
    """Insert an order and read back what the database filled in."""
    order = Order(**values, organization_id=actor_of(session).organization_id)
    session.add(order)
    await session.flush()
    await session.refresh(order)
    return order


async def add_parts(
    session: AsyncSession,
    part: type[OrderLine | OrderLinePart | OrderAllocation | OrderCharge],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Insert lines, allocations or charges of an order."""
    if rows:
        organization_id = actor_of(session).organization_id
        await session.execute(insert(part), [{"organization_id": organization_id, **row} for row in rows])


async def remove_order(session: AsyncSession, order: Order) -> None:
    """Delete an order with all its parts; lines first, while it can still be said of them when they were sold."""
    mine = order.organization_id
    await session.execute(delete(OrderLine).where(OrderLine.organization_id == mine, OrderLine.order_id == order.id))
    await session.execute(delete(Order).where(Order.organization_id == mine, Order.id == order.id))


async def lock_orders(session: AsyncSession, ids: Sequence[UUID]) -> list[Order]:
    """These orders, oldest first, all locked before anything else is; those that somebody works on are left out."""
    mine = (Order.organization_id == actor_of(session).organization_id, Order.id.in_(ids))
    rows = select(Order).where(*mine).order_by(Order.order_date, Order.id)
    locked = rows.with_for_update(key_share=True, skip_locked=True)
    return list((await session.execute(locked, execution_options={"populate_existing": True})).scalars())


async def waiting_skus(session: AsyncSession, most: int) -> list[UUID]:
    """SKUs that lines of open orders wait for; of kits, the parts."""
    mine = (OrderLine.organization_id == actor_of(session).organization_id, OrderLine.waiting)
    own = select(OrderLine.sku_id).where(*mine, OrderLine.sku_id.is_not(None))
    parts = select(OrderLinePart.sku_id).join(OrderLine, OF_LINE).where(*mine)
    rows = own.union(parts).limit(most)
    return [row for row in (await session.execute(rows)).scalars() if row]


async def orders_waiting_for(session: AsyncSession, sku_ids: Sequence[UUID], most: int) -> list[UUID]:
    """Open orders not on hold with lines that wait for these SKUs, oldest first."""
    mine = Order.organization_id == actor_of(session).organization_id
    holding = select(OrderLinePart.line_id).where(
        OrderLinePart.organization_id == Order.organization_id, OrderLinePart.sku_id.in_(sku_ids)
    )
    waiting = select(OrderLine.order_id).where(
        OrderLine.organization_id == Order.organization_id,
        OrderLine.waiting,
        or_(OrderLine.sku_id.in_(sku_ids), OrderLine.id.in_(holding.correlate(Order))),
    )
    rows = select(Order.id).where(
        mine, Order.status.in_(OPEN), Order.on_hold.is_(false()), Order.backordered, Order.id.in_(waiting)
    )
    return list((await session.execute(rows.order_by(Order.order_date, Order.id).limit(most))).scalars())


async def mark_waiting(session: AsyncSession, order: Order) -> None:
    """Bring the order's flag in line with its lines."""
    waits = select(OrderLine.id).where(
        OrderLine.organization_id == order.organization_id, OrderLine.order_id == order.id, OrderLine.waiting
    )
    mine = (Order.organization_id == order.organization_id, Order.id == order.id)
    await session.execute(update(Order).where(*mine).values(backordered=waits.exists()))
    await session.refresh(order)
