"""Sales that happened on a channel: facts, taken exactly once, never refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand import places
from onhand.sales import store
from onhand.sales.domain import OPEN, AcceptedOrder, ChannelOrder, Shortage
from onhand.sales.service import Draft, customer_id_of, known_lines, place
from onhand.sales.service_fulfil import cancel_order

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.service import Placed
    from onhand.sales.tables import Order


async def accept_channel_order(session: AsyncSession, command: ChannelOrder) -> AcceptedOrder:
    """Take a sale that has happened. The same (channel, external id) again is answered and changes nothing.

    What no warehouse covers waits as a backordered line and comes back as a shortage; the ledger never goes below zero.
    Call it once per transaction.
    """
    known = await store.find_external(session, command.channel_id, command.channel, command.external_id)
    if known is not None:
        return _known(known)
    customer_id = await customer_id_of(session, command.customer)
    await store.next_numbers(session, 0)
    # Looked up again under the counter's lock: of two deliveries of one order at once the second finds the first's.
    known = await store.find_external(session, command.channel_id, command.channel, command.external_id)
    if known is not None:
        return _known(known)
    warehouse = await places.warehouse_by(session, str(command.warehouse)) if command.warehouse else None
    draft = Draft(
        {
            "source": "channel",
            "channel_id": command.channel_id,
            "channel": command.channel,
            "external_id": command.external_id,
            "customer_id": customer_id,
            "order_date": command.placed_at,
            "currency": command.currency.upper(),
            "shipping_address": command.shipping_address,
            "billing_address": command.billing_address,
            "note": command.note,
            "warehouse_id": warehouse.id if warehouse else None,
        },
        await known_lines(session, command.lines),
        command.charges,
    )
    placed = await place(session, draft, partly=True)
    return AcceptedOrder(placed.order.id, placed.order.number, "pending", created=True, shortages=_short(draft, placed))


def _known(order: Order) -> AcceptedOrder:
    return AcceptedOrder(order.id, order.number, order.status, created=False)  # type: ignore[arg-type]  # CHECKed


def _short(draft: Draft, placed: Placed) -> tuple[Shortage, ...]:
    """The lines that wait: what no warehouse covers, and all of a line whose SKU nobody knows."""
    return tuple(
        Shortage(line_id, sku.code if sku else str(line.sku), sku.id if sku else None, line.quantity, short)
        for line_id, line, sku in draft.lines
        if (short := placed.short.get(line_id) if sku else line.quantity)
    )


async def cancel_channel_order(
    session: AsyncSession, channel_id: UUID, external_id: str, reason: str | None = None
) -> UUID | None:
    """Call off what has not left of a channel's order, and give back what it reserved; twice is harmless.

    None when no such order is on file, or everything has left already: then it is a return.
    """
    order = await store.find_external(session, channel_id, "", external_id, lock=True)
    if order is None or order.status not in OPEN | {"cancelled"}:
        return None
    return (await cancel_order(session, order, reason)).id
