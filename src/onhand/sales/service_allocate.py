"""Keeping what is promised to orders: allocations of their lines, broken promises, backorders."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand import allocation, audit, catalog, ledger
from onhand.infra.events import announce
from onhand.kernel import plain
from onhand.sales import events, store
from onhand.sales.domain import HOLDER, OPEN, ZERO
from onhand.sales.kit_lines import key_of, line_of_part, open_units, parts_of_order, surplus, write_parts
from onhand.sales.tables import Order, OrderAllocation, OrderLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.kit_lines import Parts

AT_ONCE = 200  # orders in one pass over the backorders


def holder_of(order: Order) -> allocation.Holder:
    """The order as the ledger's reservations name it."""
    return allocation.Holder(
        kind=HOLDER, id=order.id, number=order.number, channel=order.channel, warehouse_id=order.warehouse_id
    )


async def write_promises(
    session: AsyncSession, order_id: UUID, promises: Sequence[allocation.Promise], parts: Parts
) -> None:
    """Keep what was promised as allocations of the order's lines, and of the parts of their kits."""
    line_of = line_of_part(parts)
    rows = [
        {
            "id": each.id,
            "order_id": order_id,
            "line_id": line_of.get(each.share.line_id, each.share.line_id),
            "part_id": each.share.line_id if each.share.line_id in line_of else None,
            "warehouse_id": each.share.site_id,
            "quantity": each.share.quantity,
        }
        for each in promises
    ]
    await store.add_parts(session, OrderAllocation, rows)


def by_need(promises: Sequence[allocation.Promise]) -> dict[UUID, Decimal]:
    """How much was promised of each line, or of each part of a kit's line."""
    sums: dict[UUID, Decimal] = {}
    for each in promises:
        sums[each.share.line_id] = sums.get(each.share.line_id, ZERO) + each.share.quantity
    return sums


def state_of(line: OrderLine) -> allocation.LineState:
    """Where a line stands."""
    return allocation.LineState(line.quantity, line.allocated, line.shipped, line.cancelled)


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
    allocations = [a for a in await store.allocations_of(session, order.id) if open_units(a) > 0]
    held = await allocation.held(session, [a.id for a in allocations])
    line_of = {line.id: line for line in lines}
    torn: set[UUID] = set()
    for share in allocations:
        lost = open_units(share) - held.get(share.id, ZERO)
        if lost > 0:
            share.released += lost
            if share.part_id is None:
                line_of[share.line_id].allocated -= lost
            else:
                torn.add(share.line_id)
    if torn:
        await _mend_kits(session, order, [line_of[line_id] for line_id in torn], allocations)
    await session.flush()
    return lines


async def _mend_kits(
    session: AsyncSession, order: Order, lines: Sequence[OrderLine], allocations: Sequence[OrderAllocation]
) -> None:
    """Lines whose kits lost a part hold whole kits only; what is left of the others is free again."""
    parts = await parts_of_order(session, order.id)
    given_back: list[tuple[UUID, Decimal | None]] = []
    for line in lines:
        mine = [share for share in allocations if share.line_id == line.id]
        there: dict[UUID, Decimal] = {}
        for share in mine:
            there[key_of(share)] = there.get(key_of(share), ZERO) + open_units(share)
        line.allocated = allocation.held_by(line.id, line.allocated, parts[line.id], there)
        for share, units in surplus(mine, line, parts[line.id]):
            share.released += units
            given_back.append((share.id, units))
    await allocation.release(session, holder_of(order), given_back, "kit incomplete")


async def allocate_order(session: AsyncSession, order: Order) -> Sequence[OrderLine]:
    """Reserve what a locked order still waits for, as far as stock reaches. Returns the lines that still wait.

    A line whose SKU was unknown when it was sold finds it once the catalogue has its code.
    """
    lines = await mend_promises(session, order)
    if order.status not in OPEN or order.on_hold:
        return [line for line in lines if state_of(line).waiting]
    await _link(session, order, lines)
    parts = await parts_of_order(session, order.id)
    waiting = {line.id: state_of(line).waiting for line in lines}
    wanted = (
        allocation.needs_of(each.id, each.sku_id, waiting[each.id], parts.get(each.id, ()))
        for each in lines
        if each.sku_id
    )
    needs = [need for many in wanted for need in many if need.quantity > 0]
    promises, _ = await allocation.promise(session, holder_of(order), needs, partly=True) if needs else ([], {})
    await write_promises(session, order.id, promises, parts)
    held = by_need(promises)
    for line in lines:
        line.allocated += allocation.held_by(line.id, waiting[line.id], parts.get(line.id, ()), held)
    await session.flush()
    await store.mark_waiting(session, order)
    if promises:
        after = {"number": order.number, "allocated": {line.sku: plain(line.allocated) for line in lines}}
        await audit.record(session, "allocate", "order", order.id, None, after)
        await announce(session, events.ORDER_ALLOCATED, facts_of(order))
    return [line for line in lines if state_of(line).waiting]


async def _link(session: AsyncSession, order: Order, lines: Sequence[OrderLine]) -> None:
    unknown = [line for line in lines if line.sku_id is None]
    known = await catalog.sku_by_codes(session, [line.sku for line in unknown]) if unknown else {}
    for line in unknown:
        if line.sku in known:
            line.sku_id = known[line.sku].id
    if known:
        await session.flush()
        await write_parts(session, order.id, [line for line in unknown if line.sku_id])


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
