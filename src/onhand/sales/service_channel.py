"""Sales that happened on a channel: facts, taken exactly once, never refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand.sales import store
from onhand.sales.domain import OPEN, ZERO, AcceptedOrder, ChannelOrder, Shortage
from onhand.sales.service import Draft, Item, common_values, items_of, place
from onhand.sales.service_fulfil import cancel_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.tables import Order


async def accept_channel_order(session: AsyncSession, command: ChannelOrder) -> AcceptedOrder:
    """Take a sale that has happened. The same (channel, external id) again is answered and changes nothing.

    What no warehouse covers waits as a backordered line and comes back as a shortage; the ledger never goes below zero.
    Call it once per transaction.
    """
    known = await store.find_external(session, command.channel_id, command.channel, command.external_id)
    if known is not None:
        return _known(known)
    common = await common_values(session, command)
    await store.next_numbers(session, 0)
    # Looked up again under the counter's lock: of two deliveries of one order at once the second finds the first's.
    known = await store.find_external(session, command.channel_id, command.channel, command.external_id)
    if known is not None:
        return _known(known)
    values = common | {
        "source": "channel",
        "channel_id": command.channel_id,
        "channel": command.channel,
        "external_id": command.external_id,
        "order_date": command.placed_at,
        "currency": command.currency.upper(),
    }
    draft = Draft(values, await items_of(session, command.lines), command.charges)
    order, short = await place(session, draft, partly=True)
    return AcceptedOrder(order.id, order.number, "pending", created=True, shortages=_shortages(draft.items, short))


def _known(order: Order) -> AcceptedOrder:
    return AcceptedOrder(order.id, order.number, order.status, created=False)  # type: ignore[arg-type]  # CHECKed


def _shortages(items: Sequence[Item], short: Mapping[UUID, Decimal]) -> tuple[Shortage, ...]:
    """The lines that wait: what no warehouse covers, and all of a line whose SKU nobody knows."""
    return tuple(
        Shortage(item.id, item.code, item.sku.id if item.sku else None, item.given.quantity, missing)
        for item in items
        if (missing := short.get(item.id, ZERO) if item.sku else item.given.quantity)
    )


async def cancel_channel_order(
    session: AsyncSession, channel_id: UUID, external_id: str, reason: str | None = None
) -> bool:
    """Call off what has not left of a channel's order, and give back what it reserved; twice is harmless.

    False when no such order is on file, or everything has left already: then it is a return.
    """
    order = await store.find_external(session, channel_id, "", external_id, lock=True)
    if order is None or order.status not in OPEN | {"cancelled"}:
        return False
    await cancel_order(session, order, reason)
    return True
