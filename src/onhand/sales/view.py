"""An order as the API shows it, put together from its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import allocation, partners
from onhand.sales import store
from onhand.sales.domain import NEXT
from onhand.sales.kit_lines import parts_of_order
from onhand.sales.schemas import (
    AllocationOut,
    ChangeOut,
    ChargeOut,
    CustomerOut,
    LineOut,
    OrderDetail,
    OrderOut,
    PartOut,
)
from onhand.sales.service_allocate import state_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.tables import Order, OrderAllocation, OrderLine

PARTS = frozenset({"allowed_statuses", "customer", "warehouse", "lines", "charges"})


async def order_out(session: AsyncSession, order: Order) -> OrderOut:
    """An order with its lines, allocations and charges."""
    lines = await store.lines_of(session, order.id)
    allocations = await store.allocations_of(session, order.id)
    parts = await parts_of_order(session, order.id)
    ids = {allocation.warehouse_id for allocation in allocations} | {order.warehouse_id} - {None}
    codes = await store.warehouse_codes(session, [each for each in ids if each])
    who = order.customer_id and await partners.partner_by(session, partners.CUSTOMER, str(order.customer_id))
    charges = await store.charges_of(session, order.id)
    own = {name: getattr(order, name) for name in OrderOut.model_fields if name not in PARTS}
    return OrderOut(
        **own,
        allowed_statuses=list(NEXT[order.status]),
        customer=CustomerOut.model_validate(who) if who else None,
        warehouse=codes.get(order.warehouse_id) if order.warehouse_id else None,
        lines=[_line(line, parts.get(line.id, ()), allocations, codes) for line in lines],
        charges=[ChargeOut.model_validate(charge) for charge in charges],
    )


def _line(
    line: OrderLine,
    parts: Sequence[allocation.LinePart],
    allocations: Sequence[OrderAllocation],
    codes: Mapping[UUID, str],
) -> LineOut:
    state = state_of(line)
    own: dict[str, Any] = {
        name: getattr(line, name)
        for name in LineOut.model_fields
        if name not in {"amount", "status", "waiting", "allocations", "parts"}
    }
    sku_of = {part.id: part.sku for part in parts}
    shares = [
        AllocationOut(
            id=a.id,
            sku=sku_of[a.part_id] if a.part_id else line.sku,
            warehouse=codes[a.warehouse_id],
            quantity=a.quantity,
            shipped=a.shipped,
            released=a.released,
            created_at=a.created_at,
        )
        for a in allocations
        if a.line_id == line.id
    ]
    held = [PartOut(sku_id=part.sku_id, sku=part.sku, quantity=part.quantity) for part in parts]
    amount = line.quantity * line.unit_price - line.discount
    return LineOut(**own, amount=amount, status=state.status, waiting=state.waiting, allocations=shares, parts=held)


async def order_detail(session: AsyncSession, order: Order) -> OrderDetail:
    """The same with its history."""
    shown = await order_out(session, order)
    history = [ChangeOut(**row) for row in await store.history_of(session, order.id)]
    return OrderDetail(**shown.model_dump(), history=history)
