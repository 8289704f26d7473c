"""What each channel should show: kept in step with the ledger, set-based."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import kits, places
from onhand.channels import store, store_listings
from onhand.channels.domain import Display
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.channels.tables import Channel

AT_ONCE = 5_000


async def refresh(
    session: AsyncSession, sku_ids: Sequence[UUID] | None = None, *, since: datetime | None = None
) -> set[UUID]:
    """Bring what all channels should show of these SKUs (None: all listed) up to the ledger as it is now.

    Kits that hold one of them come along.

    `since` is when stock began to differ. Returns the channels that must hear something. One at a time per
    organization, so that an older reading never overwrites a newer one.
    """
    selling = await store.synced_channels(session)
    if not selling:
        return set()
    await store.lock_until_commit(session, "channels.refresh")
    wanted = await store_listings.listed(session, None) if sku_ids is None else await kits.with_kits(session, sku_ids)
    own = await store.warehouses_of(session)
    everywhere = [warehouse.id for warehouse in await places.open_warehouses(session)]
    changed: set[UUID] = set()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        shown = await _shown(session, selling, part, own, everywhere)
        changed |= await store_listings.mark(session, shown, since or now())
    return changed


async def _shown(
    session: AsyncSession,
    selling: Sequence[Channel],
    sku_ids: Sequence[UUID],
    own: dict[UUID, list[UUID]],
    everywhere: list[UUID],
) -> list[tuple[UUID, UUID, Decimal]]:
    """(channel, SKU, quantity to show), in the order in which listings are locked."""
    open_ids = set(everywhere)
    opened = await kits.parts_of(session, sku_ids)
    held = await kits.sellable(session, sku_ids, opened, everywhere)
    rows = []
    for channel in selling:
        display = Display(channel.buffer, channel.maximum_shown)
        sites = open_ids.intersection(own[channel.id]) if channel.id in own else open_ids
        for sku_id in sku_ids:
            available = kits.for_sale(sku_id, opened, held, sites)
            rows.append((channel.id, sku_id, display.shown(available)))
    return rows


async def ensure_listed(session: AsyncSession, channel: Channel) -> None:
    """Put every SKU that is missing on the channel, and bring all numbers up to the ledger as it is now."""
    await store_listings.ensure(session, channel.id, None)
    await refresh(session)


async def list_changed(session: AsyncSession, sku_ids: Sequence[UUID]) -> set[UUID]:
    """The catalogue changed these SKUs: list new ones everywhere, send titles and prices of known ones again."""
    for channel in await store.synced_channels(session):
        await store_listings.ensure(session, channel.id, sku_ids)
    changed = await store_listings.redescribe(session, None, sku_ids)
    return changed | await refresh(session, sku_ids)


async def resync(session: AsyncSession) -> set[UUID]:
    """After history was imported in silence, or rules changed: bring every channel up to date at once."""
    for channel in await store.synced_channels(session):
        await store_listings.ensure(session, channel.id, None)
    return await refresh(session)
