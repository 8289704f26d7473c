"""Settling conflicts: what a person decided is done and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import channels, sales
from onhand.syncing import service_orders
from onhand.syncing.errors import ConflictSettled, WrongRemedy

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

# What a person may answer to each kind of conflict.
ANSWERS = {
    "oversell": ("backorder", "transfer", "cancel", "dismiss"),
    "mismatch": ("create_product", "cancel", "dismiss"),
    "failed_sync": ("retry", "dismiss"),
}


async def resolve(session: AsyncSession, key: bytes, conflict_id: UUID, answer: str, note: str | None) -> None:
    """Settle an open conflict by the answer that a person picked.

    `cancel` calls the order off, here and on the channel; `retry` tries again at once; `backorder`, `transfer` and
    `create_product` reserve what is there by now and let the rest wait; `dismiss` does nothing.
    Raises UnknownConflict, ConflictSettled, WrongRemedy, and what cancelling an order or calling a channel may raise.
    """
    conflict = await channels.find_conflict(session, conflict_id)
    if conflict is None:
        raise channels.UnknownConflict(key=conflict_id)
    if conflict.status != "open":
        raise ConflictSettled(resolution=conflict.resolution)
    possible = ANSWERS[conflict.kind]
    if answer not in possible:
        raise WrongRemedy(remedy=answer, possible=", ".join(possible))
    if answer == "retry":
        await _retry(session, key, conflict.channel_id, conflict.sku_id, conflict.facts.get("external_id"))
    elif answer != "dismiss" and conflict.order_id is not None:
        order = await sales.order_by(session, str(conflict.order_id), lock=True)
        if answer == "cancel":
            await sales.cancel_order(session, order, note)
        else:
            await sales.allocate_order(session, order)
    await channels.settle(session, answer, note, id=conflict_id)


async def _retry(session: AsyncSession, key: bytes, channel_id: UUID, sku_id: UUID | None, order: str | None) -> None:
    """Put a listing back into the queue, or fetch an order that could not be taken."""
    if sku_id is not None:
        await channels.listings.retry(session, channel_id, [sku_id])
        return
    channel = await channels.channel_by(session, str(channel_id))
    async with channels.connected(key, channel) as connector:
        await service_orders.take(session, channel, await connector.sale(str(order)))
