"""The list of differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, select

from onhand import channels
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.syncing.tables import Difference

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

DIFFERENCES = ListSpec(
    columns={
        "id": Column(Difference.id, "uuid"),
        "sku_id": Column(Difference.sku_id, "uuid"),
        "sku": Column(channels.Listing.sku, "code"),
        "name": Column(channels.name_of(Difference), sortable=False),
        "ours": Column(Difference.ours, "number"),
        "theirs": Column(Difference.theirs, "number"),
        "found_at": Column(Difference.found_at, "time"),
        "status": Column(Difference.status),
        "settled_by": Column(Difference.settled_by),
        "settled_at": Column(Difference.settled_at, "time"),
        "posting_id": Column(Difference.posting_id, "uuid"),
    },
    default_sort="-found_at",
    hidden={"status": ("eq", "open")},
)


def differences(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """Where the channel showed other numbers."""
    same = and_(
        channels.Listing.organization_id == Difference.organization_id,
        channels.Listing.channel_id == Difference.channel_id,
        channels.Listing.sku_id == Difference.sku_id,
    )
    mine = Difference.organization_id == actor_of(session).organization_id
    return select(Difference).join(channels.Listing, same).where(mine, Difference.channel_id == channel_id)
