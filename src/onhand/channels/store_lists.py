"""The lists of channels and their listings, of what was said to them, and of conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, Text, Uuid, and_, case, column, func, or_, select, table

from onhand.channels.domain import PATIENCE
from onhand.channels.tables import Channel, ChannelConflict, ChannelState, Listing, SyncLog
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


SKU = table("sku", column("organization_id", Uuid), column("id", Uuid), column("product_id", Uuid))
PRODUCT = table("product", column("organization_id", Uuid), column("id", Uuid), column("name", Text))
MOST_HITS = 2_000


def name_of(owner: Any) -> ColumnElement[Any]:
    """What the product of a row's SKU is called; looked up for the rows shown alone."""
    named = and_(PRODUCT.c.organization_id == SKU.c.organization_id, PRODUCT.c.id == SKU.c.product_id)
    same = and_(SKU.c.organization_id == owner.organization_id, SKU.c.id == owner.sku_id)
    return select(PRODUCT.c.name).select_from(SKU).join(PRODUCT, named).where(same).scalar_subquery()


def _listed_as(q: str) -> ColumnElement[bool]:
    """Listings whose code at the channel holds the text, or of the products that a search for it finds."""
    hit = func.find_products(q, MOST_HITS).table_valued("product_id", "place", name="hit")
    found = select(SKU.c.id).where(SKU.c.product_id.in_(select(hit.c.product_id)))
    return or_(func.lower(Listing.sku).contains(q.lower(), autoescape=True), Listing.sku_id.in_(found))


def _with_code(value: str | list[str]) -> ColumnElement[bool]:
    return Channel.code_key.in_([code.lower() for code in ([value] if isinstance(value, str) else value)])


HEALTH = case(
    (Channel.connector == "manual", "manual"),
    (Channel.status == "paused", "paused"),
    (ChannelState.failures >= PATIENCE, "down"),
    (ChannelState.failures > 0, "degraded"),
    (ChannelState.ok_at.is_(None), "new"),
    else_="ok",
)

CHANNELS = ListSpec(
    columns={
        "id": Column(Channel.id, "uuid"),
        "code": Column(Channel.code, where=_with_code),
        "name": Column(Channel.name),
        "type": Column(Channel.type),
        "connector": Column(Channel.connector),
        "endpoint": Column(Channel.endpoint, sortable=False),
        "has_credentials": Column(Channel.credentials.is_not(None), "bool", sortable=False),
        "status": Column(Channel.status),
        "priority": Column(Channel.priority, "number"),
        "buffer": Column(Channel.buffer, "number"),
        "maximum_shown": Column(Channel.maximum_shown, "number"),
        "poll_seconds": Column(Channel.poll_seconds, "number"),
        "calls_per_second": Column(Channel.calls_per_second, "number"),
        "archived": Column(Channel.archived_at.is_not(None), "bool"),
        "health": Column(HEALTH, sortable=False),
        "error": Column(ChannelState.error, sortable=False),
        "ok_at": Column(ChannelState.ok_at, "time"),
        "failed_at": Column(ChannelState.failed_at, "time"),
        "synced_at": Column(ChannelState.synced_at, "time"),
        "created_at": Column(Channel.created_at, "time"),
        "updated_at": Column(Channel.updated_at, "time"),
    },
    default_sort="priority,name",
    search=lambda q: func.lower(func.concat_ws(" ", Channel.code, Channel.name)).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)

LOGS = ListSpec(
    columns={
        "id": Column(SyncLog.id, "number"),
        "at": Column(SyncLog.at, "time"),
        "kind": Column(SyncLog.kind),
        "outcome": Column(SyncLog.outcome),
        "items": Column(SyncLog.items, "number"),
        "took_ms": Column(SyncLog.took_ms, "number"),
        "lag_ms": Column(SyncLog.lag_ms, "number"),
        "error": Column(SyncLog.error, sortable=False),
        "detail": Column(SyncLog.detail, sortable=False),
    },
    default_sort="-id",
)

CONFLICTS = ListSpec(
    columns={
        "id": Column(ChannelConflict.id, "uuid"),
        "channel_id": Column(ChannelConflict.channel_id, "uuid"),
        "channel": Column(Channel.code, where=_with_code),
        "kind": Column(ChannelConflict.kind),
        "status": Column(ChannelConflict.status),
        "remedy": Column(ChannelConflict.remedy),
        "facts": Column(ChannelConflict.facts, sortable=False),
        "order_id": Column(ChannelConflict.order_id, "uuid"),
        "sku_id": Column(ChannelConflict.sku_id, "uuid"),
        "name": Column(name_of(ChannelConflict), sortable=False),
        "resolution": Column(ChannelConflict.resolution),
        "note": Column(ChannelConflict.note, sortable=False),
        "resolved_by": Column(ChannelConflict.resolved_by),
        "resolved_at": Column(ChannelConflict.resolved_at, "time"),
        "created_at": Column(ChannelConflict.created_at, "time"),
    },
    default_sort="-created_at",
)


LISTINGS = ListSpec(
    columns={
        "sku_id": Column(Listing.sku_id, "uuid"),
        "sku": Column(Listing.sku, "code"),
        "name": Column(name_of(Listing), sortable=False),
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
    search=_listed_as,
)

# The queue is the same list, of what is not in step.
QUEUE = ListSpec(columns=LISTINGS.columns, default_sort="dirty_since", key="sku_id", search=LISTINGS.search)


def _of_channel(table: type[SyncLog | ChannelConflict | ChannelState]) -> ColumnElement[bool]:
    return and_(table.organization_id == Channel.organization_id, table.channel_id == Channel.id)


def channels(session: AsyncSession) -> Select[Any]:
    """All channels with their state."""
    mine = Channel.organization_id == actor_of(session).organization_id
    return select(Channel).join(ChannelState, _of_channel(ChannelState)).where(mine)


def logs(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """The exchanges with one channel."""
    mine = SyncLog.organization_id == actor_of(session).organization_id
    return select(SyncLog).where(mine, SyncLog.channel_id == channel_id)


def conflicts(session: AsyncSession) -> Select[Any]:
    """All conflicts, with the codes of their channels."""
    mine = ChannelConflict.organization_id == actor_of(session).organization_id
    return select(ChannelConflict).join(Channel, _of_channel(ChannelConflict)).where(mine)


def listings(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """All listings of a channel."""
    mine = Listing.organization_id == actor_of(session).organization_id
    return select(Listing).where(mine, Listing.channel_id == channel_id)


def queue(session: AsyncSession, channel_id: UUID) -> Select[Any]:
    """What the channel has not been told, or not taken."""
    return listings(session, channel_id).where(Listing.dirty_since.is_not(None) | ~Listing.described)
