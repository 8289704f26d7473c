"""Taking a channel's orders: facts, each exactly once in effect, whatever arrives twice, late or in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import channels, connectors, ledger, places, sales
from onhand.kernel import plain
from onhand.syncing import domain, store_orders
from onhand.syncing.domain import ZERO

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.syncing.tables import ChannelOrder


async def take(session: AsyncSession, channel: channels.Channel, sale: connectors.Sale) -> bool:
    """Let an order of the channel, as it is now, have its effect; false when that was known already.

    The order's name is locked first and looked up then, so two copies that arrive at once become one order.
    """
    await channels.lock_until_commit(session, f"syncing.order:{channel.id}:{sale.external_id}")
    known = await store_orders.find_order(session, channel.id, sale.external_id)
    if known is None:
        await _take_first(session, channel, sale)
        return True
    if sale.sequence <= known.sequence:
        return False
    if sale.cancelled and not known.cancelled:
        await _cancel(session, channel, known)
    await store_orders.change_order(
        session, channel.id, sale.external_id, sequence=sale.sequence, cancelled=sale.cancelled or known.cancelled
    )
    return True


async def _take_first(session: AsyncSession, channel: channels.Channel, sale: connectors.Sale) -> None:
    row = {"channel_id": channel.id, "external_id": sale.external_id, "sequence": sale.sequence}
    if sale.cancelled:  # called off before we heard of it: nothing left the shelf
        await store_orders.add_order(session, **row, cancelled=True)
        return
    accepted = await sales.accept_channel_order(session, await _as_order(session, channel, sale))
    await store_orders.add_order(session, **row, order_id=accepted.id, number=accepted.number, tell="acknowledged")
    for shortage in accepted.shortages:
        await _note_shortage(session, channel, sale, accepted, shortage)


async def _as_order(session: AsyncSession, channel: channels.Channel, sale: connectors.Sale) -> sales.ChannelOrder:
    """The sale in the words of `sales`; SKUs by our id where the channel's code is one of its listings."""
    ids = await channels.listings.skus_by_code(session, channel.id, [line.sku for line in sale.lines])
    lines = [
        sales.LineGiven(sku=ids.get(x.sku, x.sku), quantity=x.quantity, unit_price=x.unit_price, name=x.title)
        for x in sale.lines
    ]
    charges = [
        sales.ChargeGiven(kind="shipping", amount=sale.shipping),
        sales.ChargeGiven(kind="fee", amount=sale.fee),
    ]
    return sales.ChannelOrder(
        channel_id=channel.id,
        channel=channel.code,
        external_id=sale.external_id,
        lines=lines,
        placed_at=sale.placed_at,
        currency=sale.currency,
        customer=sales.CustomerGiven(name=sale.buyer, email=sale.email),
        charges=[charge for charge in charges if charge.amount],
        shipping_address=sale.address,
    )


async def _cancel(session: AsyncSession, channel: channels.Channel, known: ChannelOrder) -> None:
    """The buyer called it off: give back what has not left, and settle what was open about it."""
    await sales.cancel_channel_order(session, channel.id, known.external_id)
    if known.order_id is not None:
        note = "The buyer cancelled the order."
        await channels.settle(session, "cancelled", note, order_id=known.order_id)


async def _note_shortage(
    session: AsyncSession,
    channel: channels.Channel,
    sale: connectors.Sale,
    accepted: sales.AcceptedOrder,
    shortage: sales.Shortage,
) -> None:
    """First sale wins; of the one that came too late people see what is missing and what can be done."""
    facts = {
        "sku": shortage.sku,
        "wanted": plain(shortage.wanted),
        "short": plain(shortage.short),
        "order": accepted.number,
        "external_id": sale.external_id,
    }
    subject = str(shortage.line_id)
    if shortage.sku_id is None:
        found = channels.Disagreement("mismatch", subject, facts, "create_product", order_id=accepted.id)
    else:
        remedy, warehouse = await _suggest(session, channel, shortage.sku_id, shortage.short)
        facts |= {} if warehouse is None else {"from_warehouse": warehouse}
        found = channels.Disagreement("oversell", subject, facts, remedy, order_id=accepted.id, sku_id=shortage.sku_id)
    await channels.raise_conflict(session, channel, found)


async def _suggest(
    session: AsyncSession, channel: channels.Channel, sku_id: UUID, short: Decimal
) -> tuple[domain.Remedy, str | None]:
    """The remedy: stock in a warehouse that the channel does not sell from, or under way, or neither."""
    own = (await channels.warehouses_of(session)).get(channel.id)
    sites = {site.id: site.code for site in await places.open_warehouses(session)}
    transit = await places.transit_of(session)
    levels = {x.warehouse_id: x for x in await ledger.availability(session, [sku_id], [*sites, transit])}
    elsewhere = {
        code: levels[site].available for site, code in sites.items() if own and site not in own and site in levels
    }
    incoming = levels[transit].on_hand if transit in levels else ZERO
    return domain.suggest(short, elsewhere, incoming)
