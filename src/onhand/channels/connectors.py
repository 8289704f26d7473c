"""From a channel's row to its connector: credentials unsealed, connections kept open, pace kept."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from onhand import connectors
from onhand.channels.errors import NotSynced
from onhand.infra.secrets import SealBroken, seal, unseal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from uuid import UUID

    from onhand.channels.tables import Channel


def _context(channel_id: UUID) -> str:
    """Sealed values open only for the channel they were sealed for."""
    return f"channel:{channel_id}"


def seal_credentials(key: bytes, channel_id: UUID, credentials: dict[str, Any]) -> bytes:
    """Encrypt what opens the channel, or what signs its webhooks."""
    return seal(key, msgspec.json.encode(credentials), _context(channel_id))


def open_credentials(key: bytes, channel_id: UUID, sealed: bytes | None) -> dict[str, str]:
    """Decrypt it again; nothing when it was sealed with another key."""
    if sealed is None:
        return {}
    try:
        return msgspec.json.decode(unseal(key, sealed, _context(channel_id)), type=dict[str, str])
    except SealBroken:
        return {}


def connect(key: bytes, channel: Channel) -> connectors.Connector:
    """A connector to the channel. Raises NotSynced for one kept by hand, CredentialsRefused when they don't open."""
    if channel.connector != "sandbox" or channel.endpoint is None:
        raise NotSynced(channel=channel.name)
    credentials = open_credentials(key, channel.id, channel.credentials)
    if channel.credentials is not None and not credentials:
        raise connectors.CredentialsRefused(channel=channel.name)
    return connectors.open_connector(
        channel.name, channel.endpoint, credentials.get("token", ""), float(channel.calls_per_second)
    )


@asynccontextmanager
async def connected(key: bytes, channel: Channel) -> AsyncIterator[connectors.Connector]:
    """A connector for a moment."""
    connector = connect(key, channel)
    try:
        yield connector
    finally:
        await connector.aclose()


class Connectors:
    """The open connectors of a process; a channel that was edited gets a fresh one."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self._open: dict[UUID, tuple[Channel, connectors.Connector]] = {}
        self._retired: list[connectors.Connector] = []

    def known(self, channel_id: UUID, updated_at: datetime) -> Channel | None:
        """The channel's row as it was at that change, if it was spoken to since."""
        known = self._open.get(channel_id)
        return known[0] if known is not None and known[0].updated_at == updated_at else None

    def of(self, channel: Channel) -> connectors.Connector:
        """The connector of a channel."""
        known = self._open.get(channel.id)
        if known is not None and known[0].updated_at == channel.updated_at:
            return known[1]
        if known is not None:
            self._retired.append(known[1])  # somebody may be speaking through it
        fresh = connect(self.key, channel)
        self._open[channel.id] = channel, fresh
        return fresh

    async def aclose(self) -> None:
        """Close them all."""
        for connector in [*self._retired, *(opened for _, opened in self._open.values())]:
            await connector.aclose()
        self._open.clear()
        self._retired.clear()
