"""Keeping what is promised to orders: allocations of their lines, broken promises, backorders."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand import allocation, audit, catalog, ledger
from onhand.infra.events import announce
from onhand.kernel import plain
from onhand.sales import events, store
from onhand.sales.domain import HOLDER, OPEN, ZERO, LineState
from onhand.sales.tables import Order, OrderAllocation, OrderLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

AT_ONCE = 200  # orders in one pass over the backorders


def holder_of(order: Order) -> allocation.Holder:
    """The order as the ledger's reservations name it."""
    return allocation.Holder(
        kind=HOLDER, id=order.id, number=order.number, channel=order.channel, warehouse_id=order.warehouse_id
    )


async def write_promises(session: AsyncSession, order_id: UUID, promises: Sequence[allocation.Promise]) -> None:
    """Keep what was promised as allocations of the order's lines."""
    rows = [
        {
            "id": each.id,
            "order_id": order_id,
            "line_id": each.share.line_id,
            "warehouse_id": each.share.site_id,
            "quantity": each.share.quantity,
        }
        for each in promises
    ]
    await store.add_parts(session, OrderAllocation, rows)


def by_line(promises: Sequence[allocation.Promise]) -> dict[UUID, Decimal]:
    """How much of each line was promised."""
    sums: dict[UUID, Decimal] = {}
    for each in promises:
        sums[each.share.line_id] = sums.get(each.share.line_id, ZERO) + each.share.quantity
    return sums


def state_of(line: OrderLine) -> LineState:
    """Where a line stands."""
    return LineState(line.quantity, line.allocated, line.shipped, line.cancelled)


def facts_of(order: Order) -> dict[str, object]:
    """What an event says of an order."""
    return {
        "order_id": order.id,
        "number": order.number,
        "status": order.status,
        "channel_id": order.channel_id,
        "channel": order.channel,
        "external_id": order.external_id,
    }


async def mend_promises(session: AsyncSession, order: Order) -> list[OrderLine]:
    """The lines of a locked order, its allocations first brought in line with what the ledger still holds for them."""
    lines = await store.lines_of(session, order.id)
    allocations = [a for a in await store.allocations_of(session, order.id) if a.quantity > a.shipped + a.released]
    held = await allocation.held(session, [a.id for a in allocations])
    line_of = {line.id: line for line in lines}
    for share in allocations:
        lost = share.quantity - share.shipped - share.released - held.get(share.id, ZERO)
        if lost > 0:
            share.released += lost
            line_of[share.line_id].allocated -= lost
    await session.flush()
    return lines


async def allocate_order(session: AsyncSession, order: Order) -> Sequence[OrderLine]:
    """Reserve what a locked order still waits for, as far as stock reaches. Returns the lines that still wait.

    A line whose SKU was unknown when it was sold finds it once the catalogue has its code.
    """
    lines = await mend_promises(session, order)
    if order.status not in OPEN or order.on_hold:
        return [line for line in lines if state_of(line).waiting]
    await _link(session, lines)
    needs = [allocation.Need(line.id, line.sku_id, state_of(line).waiting) for line in lines if line.sku_id]
    needs = [need for need in needs if need.quantity > 0]
    promises, _ = await allocation.promise(session, holder_of(order), needs, partly=True) if needs else ([], {})
    await write_promises(session, order.id, promises)
    for line in lines:
        line.allocated += by_line(promises).get(line.id, ZERO)
    await session.flush()
    await store.mark_waiting(session, order)
    if promises:
        after = {"number": order.number, "allocated": {line.sku: plain(line.allocated) for line in lines}}
        await audit.record(session, "allocate", "order", order.id, None, after)
        await announce(session, events.ORDER_ALLOCATED, facts_of(order))
    return [line for line in lines if state_of(line).waiting]


async def _link(session: AsyncSession, lines: Sequence[OrderLine]) -> None:
    unknown = [line for line in lines if line.sku_id is None]
    known = await catalog.sku_by_codes(session, [line.sku for line in unknown]) if unknown else {}
    for line in unknown:
        if line.sku in known:
            line.sku_id = known[line.sku].id


async def allocate_backorders(session: AsyncSession, sku_ids: Sequence[UUID] | None = None) -> int:
    """Reserve what has come in for orders that wait, oldest first; at most 200 orders. Returns how many it looked at.

    Orders whose promise a fact had to break are looked at too.
    """
    wanted = list(sku_ids) if sku_ids is not None else await store.waiting_skus(session, 10_000)
    there = {level.sku_id for level in await ledger.availability(session, wanted) if level.available > 0}
    waiting = await store.orders_waiting_for(session, list(there), AT_ONCE) if there else []
    broken = await allocation.broken_holders(session, HOLDER, AT_ONCE) if sku_ids is None else []
    orders = await store.lock_orders(session, [*broken, *waiting]) if broken or waiting else []
    for order in orders:
        await allocate_order(session, order)
    return len(orders)
