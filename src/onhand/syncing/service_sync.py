"""Sync now: hear the channel out, compare its numbers with ours, then tell it all of ours."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from onhand import channels, connectors, ledger, places
from onhand.infra.events import announce
from onhand.kernel import now
from onhand.syncing import store_orders
from onhand.syncing.domain import ZERO
from onhand.syncing.errors import SyncPaused, UnknownDifference
from onhand.syncing.events import SYNCED
from onhand.syncing.service_pull import pull
from onhand.syncing.service_push import Hub, push

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.syncing.tables import Difference

    Tell = Callable[[int, int, str], Awaitable[None]]

PATIENCE = 60.0  # seconds without progress after which a sync is given up
PAUSE = 0.2


async def sync(hub: Hub, ref: channels.Ref, tell: Tell) -> dict[str, int]:
    """Bring a channel into step; returns how many numbers were pushed, orders taken, differences found.

    Raises SyncPaused, NotSynced, connectors.ChannelUnreachable with what the channel last said.
    """
    async with hub.acting(ref) as session:
        channel = await channels.channel_by(session, str(ref.channel_id))
        if channel.status != "active":
            raise SyncPaused(channel=channel.name)
        await channels.change_state(session, channel.id, open_until=None)
        await channels.ensure_listed(session, channel)
    orders = await _hear_out(hub, ref, channel)
    await _drain(hub, ref, channel, tell)
    found = await _compare(hub, ref, channel, tell)
    async with hub.acting(ref) as session:
        await _record(session, channel, found)
        await channels.listings.redescribe(session, channel.id, None)
        await channels.listings.dirty_all(session, channel.id)
    pushed = await _drain(hub, ref, channel, tell)
    result = {"pushed": pushed, "orders": orders, "differences": len(found)}
    async with hub.acting(ref) as session:
        await channels.change_state(session, channel.id, synced_at=now())
        await channels.log(session, channel.id, "sync", items=pushed, detail=result)
        await announce(session, SYNCED, {"channel_id": channel.id, **result})
    return result


async def _hear_out(hub: Hub, ref: channels.Ref, channel: channels.Channel) -> int:
    """Take all orders that we don't know yet."""
    started = now()
    pulled = await pull(hub, ref, due_only=False, wait=True)
    async with hub.acting(ref) as session:
        state = await channels.state_of(session, channel.id)
    if state.polled_at is None or state.polled_at < started:
        raise connectors.ChannelUnreachable(channel=channel.name, reason=state.error or "it was asked and said nothing")
    return pulled.orders


async def _drain(hub: Hub, ref: channels.Ref, channel: channels.Channel, tell: Tell) -> int:
    """Push until nothing waits, beside the worker that does the same. Returns how many numbers waited at first."""
    total, least, since = 0, None, time.monotonic()
    while True:
        async with hub.acting(ref) as session:
            waiting = (await channels.listings.queue(session, channel.id)).waiting
            error = (await channels.state_of(session, channel.id)).error
        total = max(total, waiting)
        await tell(total - waiting, total, "Telling the channel our numbers")
        if waiting == 0:
            return total
        if least is None or waiting < least:
            least, since = waiting, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            raise connectors.ChannelUnreachable(channel=channel.name, reason=error or "it does not take our numbers")
        if (await push(hub, ref, wait=True)).items == 0:
            await asyncio.sleep(PAUSE)


async def _compare(
    hub: Hub, ref: channels.Ref, channel: channels.Channel, tell: Tell
) -> list[tuple[channels.listings.Believed, Decimal]]:
    """Listings of which the channel shows another number than we believed, though nothing is under way.

    Sales in between look like differences too; so what differs is looked at again after hearing the channel out.
    """
    suspects = await _differing(hub, ref, channel, None)
    if not suspects:
        return []
    await _hear_out(hub, ref, channel)
    async with hub.acting(ref) as session:
        await channels.refresh(session, [listing.sku_id for listing, _ in suspects])
    await _drain(hub, ref, channel, tell)
    return await _differing(hub, ref, channel, [listing.sku for listing, _ in suspects])


async def _differing(
    hub: Hub, ref: channels.Ref, channel: channels.Channel, codes: Sequence[str] | None
) -> list[tuple[channels.listings.Believed, Decimal]]:
    shown = await hub.connectors.of(channel).shown()
    async with hub.acting(ref) as session:
        believed = await channels.listings.believed(session, channel.id, codes)
    return [
        (listing, shown[listing.sku])
        for listing in believed
        if not listing.dirty and listing.sku in shown and shown[listing.sku] != listing.acknowledged
    ]


async def _record(
    session: AsyncSession, channel: channels.Channel, found: list[tuple[channels.listings.Believed, Decimal]]
) -> None:
    """Keep the differences for people to judge, and believe what was seen."""
    rows = [(listing.sku_id, listing.wanted, theirs) for listing, theirs in found]
    await store_orders.replace_differences(session, channel.id, rows)
    await channels.listings.correct(session, channel.id, {listing.sku_id: theirs for listing, theirs in found})


async def accept_theirs(session: AsyncSession, channel: channels.Channel, difference_id: UUID) -> Difference:
    """The channel is right: adjust our stock by what it showed more or less. A fact, so never refused.

    Raises UnknownDifference when there is none open.
    """
    difference = await _open_difference(session, channel, difference_id)
    lines = await _adjustment(session, channel, difference)
    posting = ledger.Posting(
        id=difference.id,
        lines=lines,
        reason="channel count",
        fact=True,
        reference_kind="channel",
        reference_id=channel.id,
        document=channel.code,
    )
    await ledger.record(session, posting)
    return await store_orders.settle_difference(session, difference, "theirs", posting.id)


async def keep_ours(session: AsyncSession, channel: channels.Channel, difference_id: UUID) -> Difference:
    """We are right: nothing to do, since our number was pushed already. Raises UnknownDifference."""
    difference = await _open_difference(session, channel, difference_id)
    return await store_orders.settle_difference(session, difference, "ours", None)


async def _open_difference(session: AsyncSession, channel: channels.Channel, difference_id: UUID) -> Difference:
    difference = await store_orders.find_difference(session, difference_id)
    if difference is None or difference.channel_id != channel.id or difference.status != "open":
        raise UnknownDifference(key=difference_id)
    return difference


async def _adjustment(session: AsyncSession, channel: channels.Channel, difference: Difference) -> list[ledger.Move]:
    """More goes to the channel's first warehouse; less is taken where it lies, in the order that serves orders."""
    own = (await channels.warehouses_of(session)).get(channel.id)
    sites = [site.id for site in await places.open_warehouses(session) if own is None or site.id in own]
    delta = difference.theirs - difference.ours
    if delta > 0 or not sites:
        return [ledger.Move(sku=difference.sku_id, warehouse=site, quantity=delta) for site in sites[:1]]
    levels = await ledger.availability(session, [difference.sku_id], sites)
    held = {level.warehouse_id: level.available for level in levels}
    taken: dict[UUID, Decimal] = {}
    left = -delta
    for site in sites:
        taken[site] = min(held.get(site, ZERO), left)
        left -= taken[site]
    taken[sites[0]] += left  # what nobody has becomes a shortage there
    return [
        ledger.Move(sku=difference.sku_id, warehouse=site, quantity=-units) for site, units in taken.items() if units
    ]
