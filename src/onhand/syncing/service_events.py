"""What happens elsewhere in onhand and means something to channels: stock, catalogue, orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import channels, kits, sales
from onhand.syncing import store_orders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.events import Happening

STOCK = "ledger.posted"
PRODUCT = "catalog.product_changed"
# After these everything may differ: many SKUs are new, history was written in silence, or the rules of showing changed.
EVERYTHING = frozenset(
    {
        "catalog.products_imported",
        "exchange.import_finished",
        "exchange.import_undone",
        "places.warehouse_changed",
        channels.CHANNEL_CHANGED,
    }
)
TOLD = {"sales.order_shipped": "shipped", "sales.order_cancelled": "cancelled"}
ALLOCATED = "sales.order_allocated"
HEARD = frozenset({*EVERYTHING, *TOLD, STOCK, PRODUCT, ALLOCATED, kits.KIT_CHANGED})


async def react(session: AsyncSession, happened: Sequence[Happening]) -> set[UUID]:
    """Let events of one organization have their effect; returns the channels that must hear something.

    Repeating it is harmless: everything is brought up to what holds now, not changed by what was.
    """
    concerned: set[UUID] = set()
    if any(event.kind in EVERYTHING for event in happened):
        concerned |= await channels.resync(session)
    named = [UUID(event.facts["sku_id"]) for event in happened if event.kind == PRODUCT and event.facts.get("sku_id")]
    if named:
        concerned |= await channels.list_changed(session, named)
    remade = [UUID(event.facts["sku_id"]) for event in happened if event.kind == kits.KIT_CHANGED]
    if remade:
        concerned |= await channels.refresh(session, remade)
    concerned |= await _stock(session, [event for event in happened if event.kind == STOCK])
    for event in happened:
        if event.kind in TOLD or event.kind == ALLOCATED:
            concerned |= await _order(session, event.kind, event.facts)
    return concerned


async def _stock(session: AsyncSession, happened: Sequence[Happening]) -> set[UUID]:
    sku_ids = {UUID(sku_id) for event in happened for sku_id in event.facts["sku_ids"]}
    if not sku_ids:
        return set()
    since: datetime | None = await channels.listings.oldest_event(session, [event.id for event in happened])
    return await channels.refresh(session, sorted(sku_ids), since=since)


async def _order(session: AsyncSession, kind: str, facts: dict[str, Any]) -> set[UUID]:
    """Tell the order's channel what became of it; what is served or called off is no conflict any more."""
    order_id = UUID(facts["order_id"])
    if not facts.get("channel_id"):
        return set()
    if kind == ALLOCATED:
        if not (await sales.order_by(session, str(order_id))).backordered:
            await channels.settle(session, "served", "Stock came in time.", order_id=order_id, kind="oversell")
        return set()
    if kind == "sales.order_cancelled":
        await channels.settle(session, "cancelled", "The order was cancelled.", order_id=order_id)
    tracking = (await sales.order_by(session, str(order_id))).tracking
    channel_id = await store_orders.tell(session, order_id, TOLD[kind], tracking)
    return set() if channel_id is None else {channel_id}
