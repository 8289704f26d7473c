"""Answers in one piece: head and body leave together, in one system call and one packet instead of two (ADR 0023)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_HELD = 65_536  # bytes; behind that an answer is long enough to be sent in pieces


class OnePiece:
    """A transport that sends together what is written within one turn of the event loop. All else is as it was."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Hold it until the turn ends, or until there is much."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)
        self._size += len(data)
        if self._size >= MOST_HELD:
            self._send()

    def writelines(self, parts: Iterable[bytes]) -> None:
        """As `write`."""
        self.write(b"".join(parts))

    def write_eof(self) -> None:
        """Send what is held, then say that this is all."""
        self._send()
        self._transport.write_eof()

    def close(self) -> None:
        """Send what is held, then close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._held:
            held, self._held, self._size = self._held, [], 0
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))


class OnePieceProtocol(HttpToolsProtocol):
    """Uvicorn's HTTP on such a transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        whole = OnePiece(cast("asyncio.Transport", transport), self.loop)
        super().connection_made(cast("asyncio.Transport", whole))
