"""What becomes of orders: shipped in whole or in part, delivered, cancelled, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import allocation, audit
from onhand.infra.events import announce
from onhand.kernel import now, plain
from onhand.sales import events, store
from onhand.sales.domain import NEXT, OPEN, ZERO, Shipment
from onhand.sales.errors import (
    IllegalStatus,
    NotDeletable,
    NothingToShip,
    NotReserved,
    OnHold,
    UnknownLine,
    WaitsForStock,
)
from onhand.sales.kit_lines import key_of, open_units, parts_of_order
from onhand.sales.service import snapshot
from onhand.sales.service_allocate import allocate_order, facts_of, holder_of, mend_promises, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.tables import Order, OrderAllocation, OrderLine


def illegal(order: Order, wanted: str) -> IllegalStatus:
    """The refusal of a change of status, naming the allowed ones."""
    can = ", ".join(NEXT[order.status]) or "nothing else"
    return IllegalStatus(number=order.number, status=order.status, wanted=wanted, allowed=can)


async def ship_order(session: AsyncSession, order: Order, shipment: Shipment) -> Order:
    """Send some of a locked order, or all that is reserved: posts the sale, which uses up the reservations.

    Raises IllegalStatus, OnHold, UnknownLine, NotReserved, NothingToShip.
    """
    if order.status not in OPEN:
        raise illegal(order, "shipped")
    if order.on_hold:
        raise OnHold(number=order.number)
    lines = await mend_promises(session, order)
    wanted = _wanted(order, lines, shipment.lines)
    if not wanted:
        raise NothingToShip(number=order.number)
    taken = await _taken(session, order, lines, wanted)
    before = snapshot(order)
    named = {line.id: f"for {plain(wanted[line.id])} × {line.sku}" for line in lines if line.id in wanted}
    left = [allocation.Taken(a.id, quantity, named[a.line_id] if a.part_id else None) for a, quantity in taken]
    await allocation.ship(session, holder_of(order), left, shipment.shipped_at)
    for share, quantity in taken:
        share.shipped += quantity
    for line in lines:
        line.allocated -= wanted.get(line.id, ZERO)
        line.shipped += wanted.get(line.id, ZERO)
    order.status = "partial" if allocation.anything_left([state_of(line) for line in lines]) else "shipped"
    order.shipped_at = shipment.shipped_at or now()
    order.tracking = shipment.tracking or order.tracking
    order.carrier = shipment.carrier or order.carrier
    await session.flush()
    await store.mark_waiting(session, order)
    sent = {line.sku: plain(wanted[line.id]) for line in lines if line.id in wanted}
    await _note(session, "ship", order, before, {"shipped": sent})
    await announce(session, events.ORDER_SHIPPED, facts_of(order))
    return order


def _wanted(order: Order, lines: Sequence[OrderLine], given: Sequence[tuple[UUID, Decimal]]) -> dict[UUID, Decimal]:
    """Line id → units to send. Only what is reserved can leave."""
    if not given:
        return {line.id: line.allocated for line in lines if line.allocated > 0}
    line_of = {line.id: line for line in lines}
    wanted: dict[UUID, Decimal] = {}
    for line_id, quantity in given:
        if line_id not in line_of:
            raise UnknownLine(number=order.number, line=str(line_id))
        wanted[line_id] = wanted.get(line_id, ZERO) + quantity
        line = line_of[line_id]
        if wanted[line_id] > line.allocated:
            there, asked = plain(line.allocated), plain(wanted[line_id])
            raise NotReserved(number=order.number, sku=line.sku, reserved=there, wanted=asked)
    return wanted


async def _taken(
    session: AsyncSession, order: Order, lines: Sequence[OrderLine], wanted: Mapping[UUID, Decimal]
) -> list[tuple[OrderAllocation, Decimal]]:
    """Which allocations serve the shipment, oldest first; of kits, those of their parts."""
    parts = await parts_of_order(session, order.id)
    left: dict[UUID, Decimal] = {}
    for line in lines:
        left |= allocation.shares_of(line.id, wanted.get(line.id, ZERO), parts.get(line.id, ()))
    taken = list[tuple["OrderAllocation", "Decimal"]]()
    for share in await store.allocations_of(session, order.id):
        quantity = min(open_units(share), left.get(key_of(share), ZERO))
        if quantity > 0:
            left[key_of(share)] -= quantity
            taken.append((share, quantity))
    return taken


async def cancel_order(session: AsyncSession, order: Order, reason: str | None = None) -> Order:
    """Call off what has not left of a locked order; its reservations are free again. Cancelling twice is harmless.

    An order of which some has left keeps that, and is shipped then. Raises IllegalStatus.
    """
    if order.status == "cancelled":
        return order
    if order.status not in OPEN:
        raise illegal(order, "cancelled")
    before = snapshot(order)
    lines = await give_back(session, order)
    for line in lines:
        line.allocated = ZERO
        line.cancelled = line.quantity - line.shipped
    some_left = any(line.shipped > 0 for line in lines)
    order.status = "shipped" if some_left else "cancelled"
    order.cancelled_at = None if some_left else now()
    order.backordered = False
    order.on_hold = False
    await session.flush()
    await session.refresh(order)
    await _note(session, "cancel", order, before, {"reason": reason} if reason else {})
    await announce(session, events.ORDER_CANCELLED, facts_of(order))
    return order


async def give_back(session: AsyncSession, order: Order) -> list[OrderLine]:
    """Release what an order still has reserved; returns its lines."""
    lines = await store.lines_of(session, order.id)
    still = [a for a in await store.allocations_of(session, order.id) if a.quantity > a.shipped + a.released]
    await allocation.release(session, holder_of(order), [(share.id, None) for share in still])
    for share in still:
        share.released = share.quantity - share.shipped
    return lines


async def deliver_order(session: AsyncSession, order: Order) -> Order:
    """Note that a shipped, locked order has arrived. Raises IllegalStatus."""
    if order.status != "shipped":
        raise illegal(order, "delivered")
    return await _moved(session, order, "delivered", events.ORDER_DELIVERED)


async def _moved(session: AsyncSession, order: Order, status: str, event: str) -> Order:
    before = snapshot(order)
    order.status = status
    if status == "delivered":
        order.delivered_at = now()
    await session.flush()
    await session.refresh(order)
    await _note(session, "update", order, before, {})
    await announce(session, event, facts_of(order))
    return order


async def set_status(session: AsyncSession, order: Order, wanted: str) -> Order:
    """Bring a locked order to a status, with all that it means: shipping posts the sale, cancelling releases.

    The same status again changes nothing. Raises IllegalStatus, OnHold, WaitsForStock, NothingToShip.
    """
    if wanted == order.status:
        return order
    if wanted not in NEXT[order.status]:
        raise illegal(order, wanted)
    if wanted == "shipped":
        waiting = await allocate_order(session, order)
        if waiting and not order.on_hold:
            raise WaitsForStock(number=order.number, skus=", ".join(line.sku for line in waiting))
        return await ship_order(session, order, Shipment(order_id=order.id))
    if wanted == "cancelled":
        return await cancel_order(session, order)
    event = events.ORDER_DELIVERED if wanted == "delivered" else events.ORDER_CHANGED
    return await _moved(session, order, wanted, event)


async def delete_order(session: AsyncSession, order: Order) -> None:
    """Delete a locked order that is still pending; what it reserved is free again. Raises NotDeletable."""
    if order.status != "pending":
        can = ", ".join(NEXT[order.status]) or "nothing else"
        raise NotDeletable(number=order.number, status=order.status, allowed=can)
    await give_back(session, order)
    before, facts = snapshot(order), facts_of(order)
    await store.remove_order(session, order)
    await audit.record(session, "delete", "order", order.id, before, None)
    await announce(session, events.ORDER_DELETED, facts)


async def _note(
    session: AsyncSession, action: str, order: Order, before: dict[str, Any], more: Mapping[str, Any]
) -> None:
    await audit.record(session, action, "order", order.id, before, snapshot(order) | dict(more))
