"""The lists of listings and differences, and the figures of a channel's state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, select

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.syncing.tables import Difference, Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

LISTINGS = ListSpec(
    columns={
        "sku_id": Column(Listing.sku_id, "uuid"),
        "sku": Column(Listing.sku, "code"),
        "external_id": Column(Listing.external_id, sortable=False),
        "wanted": Column(Listing.wanted, "number"),
        "acknowledged": Column(Listing.acknowledged, "number"),
        "acknowledged_at": Column(Listing.acknowledged_at, "time"),
        "in_step": Column(and_(Listing.dirty_since.is_(None), Listing.described), "bool", sortable=False),
        "dirty_since": Column(Listing.dirty_since, "time"),
        "attempts": Column(Listing.attempts, "number"),
        "next_try_at": Column(Listing.next_try_at, "time"),
        "error": Column(Listing.error, sortable=False),
        "dead": Column(Listing.dead, "bool"),
    },
    default_sort="sku",
    key="sku_id",
    search=lambda q: func.lower(Listing.sku).contains(q.lower(), autoescape=True),
)

# The queue is the same list, of what is not in step.
QUEUE = ListSpec(columns=LISTINGS.columns, default_sort="dirty_since", key="sku_id", search=LISTINGS.search)

DIFFERENCES = ListSpec(
    columns={
        "id": Column(Difference.id, "uuid"),
        "sku_id": Column(Difference.sku_id, "uuid"),
        "sku": Column(Listing.sku, "code"),
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


def listings(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """All listings of a channel."""
    mine = Listing.organization_id == actor_of(session).organization_id
    return select(Listing).where(mine, Listing.channel_id == channel_id)


def queue(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """What the channel has not been told, or not taken."""
    return listings(session, channel_id).where(Listing.dirty_since.is_not(None) | ~Listing.described)


def differences(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """Where the channel showed other numbers."""
    same = and_(
        Listing.organization_id == Difference.organization_id,
        Listing.channel_id == Difference.channel_id,
        Listing.sku_id == Difference.sku_id,
    )
    mine = Difference.organization_id == actor_of(session).organization_id
    return select(Difference).join(Listing, same).where(mine, Difference.channel_id == channel_id)


async def count(session: AsyncSession, statement: Select[Any]) -> int:
    """How many rows there are."""
    return int((await session.execute(select(func.count()).select_from(statement.subquery()))).scalar_one())
