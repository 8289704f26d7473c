"""Verbs of channels: add, change, pause, remove, and the two of the sandbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit, places
from onhand.channels import domain, store
from onhand.channels.connectors import seal_credentials
from onhand.channels.errors import NoSuchWarehouse, UnknownChannel
from onhand.channels.events import CHANNEL_CHANGED
from onhand.channels.tables import Channel
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.infra.secrets import master_key
from onhand.infra.settings import get_settings
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.channels.tables import ChannelState

SANDBOX_SHOPS = (("harbour", "Harbour Market", 10), ("lantern", "Lantern & Co", 20))
SANDBOX_POLL_SECONDS = 10


async def channel_by(session: AsyncSession, key: str, *, lock: bool = False) -> Channel:
    """The channel with this id or code. Raises UnknownChannel."""
    try:
        wanted: UUID | str = UUID(key)
    except ValueError:
        wanted = key
    channel = await store.find_channel(session, wanted, lock=lock)
    if channel is None:
        raise UnknownChannel(key=key)
    return channel


async def create_channel(session: AsyncSession, key: bytes, values: Mapping[str, Any]) -> Channel:
    """Add a channel. `credentials` are sealed with `key`, `warehouses` are codes or ids, none means all.

    Raises CodeTaken, NameTaken, NoSuchWarehouse.
    """
    row = dict(values)
    sites, credentials = row.pop("warehouses", None), row.pop("credentials", None)
    row["code"] = row.get("code") or re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-") or "channel"
    channel = await add_row(session, Channel, {name: value for name, value in row.items() if value is not None})
    if credentials:
        await change_row(session, channel, {"credentials": seal_credentials(key, channel.id, credentials)})
    await store.add_state(session, channel.id)
    if sites:
        await store.set_warehouses(session, channel.id, await _site_ids(session, sites))
    await _note(session, "create", channel, None, await _snapshot(session, channel))
    return channel


async def change_channel(session: AsyncSession, key: bytes, channel: Channel, changes: Mapping[str, Any]) -> Channel:
    """Write the changes to a locked channel. Raises CodeTaken, NameTaken, NoSuchWarehouse."""
    before = await _snapshot(session, channel)
    row = dict(changes)
    if "credentials" in row:
        row["credentials"] = seal_credentials(key, channel.id, row["credentials"]) if row["credentials"] else None
        before["credentials"] = "as before"  # the audit says that they changed, never what they are
    if "archived" in row:
        row["archived_at"] = (channel.archived_at or now()) if row.pop("archived") else None
    if "warehouses" in row:
        await store.set_warehouses(session, channel.id, await _site_ids(session, row.pop("warehouses") or ()))
        row["updated_at"] = now()
    await change_row(session, channel, row)
    after = await _snapshot(session, channel)
    await _note(session, "update", channel, before, after | ({"credentials": "new"} if "credentials" in row else {}))
    return channel


async def remove_channel(session: AsyncSession, key: bytes, channel: Channel) -> None:
    """Delete a locked channel that never sold; archive any other, so that its orders keep their origin."""
    before = await _snapshot(session, channel)
    if await remove_row(session, channel):
        await _note(session, "delete", channel, before, None)
    else:
        await change_channel(session, key, channel, {"archived": True, "status": "paused"})


def health(channel: Channel, state: ChannelState) -> str:
    """One word for how a channel does."""
    return domain.health(channel.status, channel.connector, state.failures, answered=state.ok_at is not None)


async def has_channels(session: AsyncSession) -> bool:
    """Whether the organization sells on any channel that is kept in sync."""
    return await store.any_channel(session)


async def create_sandbox_channels(
    session: AsyncSession, base_url: str, tokens: Mapping[str, str], key: bytes | None = None
) -> list[Channel]:
    """Connect the two shops of a sandbox; `tokens` are theirs by slug. Nothing is called: the worker does that."""
    key = key or master_key(get_settings())
    return [
        await create_channel(
            session,
            key,
            {
                "code": slug,
                "name": name,
                "endpoint": f"{base_url.rstrip('/')}/shops/{slug}/api",
                "credentials": {"token": tokens[slug]},
                "priority": priority,
                "poll_seconds": SANDBOX_POLL_SECONDS,
            },
        )
        for slug, name, priority in SANDBOX_SHOPS
    ]


async def warehouse_codes(session: AsyncSession, channel: Channel) -> list[str]:
    """Where the channel sells from; empty for everywhere."""
    ids = (await store.warehouses_of(session)).get(channel.id, [])
    return sorted([(await places.warehouse_by(session, str(warehouse_id))).code for warehouse_id in ids])


async def _site_ids(session: AsyncSession, keys: Sequence[str]) -> list[UUID]:
    try:
        return [(await places.warehouse_by(session, key)).id for key in keys]
    except places.UnknownWarehouse as problem:
        raise NoSuchWarehouse(**problem.facts) from problem


async def _snapshot(session: AsyncSession, channel: Channel) -> dict[str, Any]:
    return audit.snapshot(channel) | {"warehouses": await warehouse_codes(session, channel)}


async def _note(
    session: AsyncSession, change: str, channel: Channel, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    await audit.record(session, change, "channel", channel.id, before, after)
    await announce(session, CHANNEL_CHANGED, {"channel_id": channel.id, "change": change})
