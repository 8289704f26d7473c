"""From a channel's row to its connector: credentials unsealed, connections kept open, pace kept."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from onhand.channels.errors import NotSynced
from onhand.channels.pace import Pace
from onhand.channels.sandbox_connector import SandboxConnector
from onhand.infra.secrets import seal, unseal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from uuid import UUID

    from onhand.channels.tables import Channel


def _context(channel_id: UUID) -> str:
    """Sealed values open only for the channel they were sealed for."""
    return f"channel:{channel_id}"


def seal_credentials(key: bytes, channel_id: UUID, credentials: dict[str, Any]) -> bytes:
    """Encrypt what opens the channel."""
    return seal(key, msgspec.json.encode(credentials), _context(channel_id))


def open_credentials(key: bytes, channel: Channel) -> dict[str, str]:
    """Decrypt it again. Raises SealBroken."""
    if channel.credentials is None:
        return {}
    return msgspec.json.decode(unseal(key, channel.credentials, _context(channel.id)), type=dict[str, str])


def connect(key: bytes, channel: Channel) -> SandboxConnector:
    """A connector to the channel. Raises NotSynced for channels kept by hand."""
    if channel.connector != "sandbox" or channel.endpoint is None:
        raise NotSynced(channel=channel.name)
    token = open_credentials(key, channel).get("token", "")
    return SandboxConnector(channel.name, channel.endpoint, token, Pace(float(channel.calls_per_second)))


@asynccontextmanager
async def connected(key: bytes, channel: Channel) -> AsyncIterator[SandboxConnector]:
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
        self._open: dict[UUID, tuple[datetime, SandboxConnector]] = {}

    async def of(self, channel: Channel) -> SandboxConnector:
        """The connector of a channel."""
        known = self._open.get(channel.id)
        if known is not None and known[0] == channel.updated_at:
            return known[1]
        if known is not None:
            await known[1].aclose()
        fresh = connect(self.key, channel)
        self._open[channel.id] = channel.updated_at, fresh
        return fresh

    async def aclose(self) -> None:
        """Close them all."""
        for _, connector in self._open.values():
            await connector.aclose()
        self._open.clear()
