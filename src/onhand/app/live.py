"""Live changes: committed events go to the open pages of their organization, and revocations to this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import socketio

from onhand.infra import events
from onhand.infra.log import logger
from onhand.kernel import Unauthenticated

if TYPE_CHECKING:
    from onhand import identity
    from onhand.infra.db import Database

BUSY_SECONDS, IDLE_SECONDS, RETRY_SECONDS = 0.05, 1.0, 2.0
MOST = 500
PATH = "/live/socket.io"


class Live:
    """The Socket.IO server and the reader that feeds it. One per web process."""

    def __init__(self, database: Database, authenticate: identity.Authenticator) -> None:
        self._database, self._authenticate = database, authenticate
        self.server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], cors_allowed_origins=[])
        self.app = socketio.ASGIApp(self.server, socketio_path=PATH)
        self.server.on("connect", self._connect)

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: dict[str, Any] | None) -> bool:
        try:
            actor = await self._authenticate.by_token(str((auth or {}).get("token", "")))
        except Unauthenticated:
            return False
        await self.server.enter_room(sid, f"organization:{actor.organization_id}")
        return True

    async def run(self) -> None:
        """Read and pass on until cancelled; a lost database is waited for."""
        after: events.Cursor | None = None
        while True:
            try:
                async with self._database.pool.connection() as connection:
                    after = after or await events.newest(connection)
                    found = await events.read(connection, after, MOST)
            except Exception as problem:  # noqa: BLE001 - live updates must survive any outage of the database
                logger("live").warning("waiting", reason=str(problem))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if found:
                after = events.Cursor(found[-1].xid, found[-1].id)
                await self._pass_on(found)
                await asyncio.sleep(BUSY_SECONDS)  # under load one look gathers what many commits brought
            else:
                await self._database.pulse.wait(IDLE_SECONDS)

    async def _pass_on(self, found: list[events.Happening]) -> None:
        rooms: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for event in found:
            if event.kind == "identity.revoked":
                self._authenticate.revoke(event.facts)
            rooms[f"organization:{event.organization_id}"].append({"kind": event.kind, "facts": event.facts})
        for room, happened in rooms.items():
            await self.server.emit("changes", {"events": happened}, room=room)


@contextlib.asynccontextmanager
async def running(live: Live) -> Any:
    """Run the reader beside the requests."""
    task = asyncio.create_task(live.run(), name="live")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
