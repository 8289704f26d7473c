"""What the worker runs: it watches events, keeps every open channel in step, and syncs when asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import channels
from onhand.infra import events, jobs
from onhand.infra.job_recovery import AGAIN
from onhand.infra.secrets import master_key
from onhand.infra.settings import get_settings
from onhand.kernel import now
from onhand.syncing import service_events, service_pull, service_push, service_sync, store_orders
from onhand.syncing.service_push import Hub

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from onhand.infra.db import Database
    from onhand.infra.events import Happening

CONSUMER = "syncing"
MOST = 1_000
BUSY_SECONDS, IDLE_SECONDS, STANDBY_SECONDS = 0.05, 0.25, 1.0
TEND_SECONDS = 2.0
LEAST_PULL_SECONDS = 0.25
KEPT_DAYS = 14


@contextlib.asynccontextmanager
async def hub_of(database: Database, key: bytes) -> AsyncIterator[Hub]:
    """Connectors and locks of a process, closed at the end."""
    connectors, locks = channels.Connectors(key), channels.Locks(database)
    try:
        yield Hub(database, connectors, locks)
    finally:
        await connectors.aclose()
        await locks.aclose()


async def keep_in_step(database: Database) -> None:
    """The worker's service: runs until cancelled."""
    settings = get_settings()
    async with hub_of(database, master_key(settings)) as hub:
        await Keeper(hub, settings.public_url).run()


@dataclass(frozen=True, slots=True)
class _Bells:
    """Wake the two loops of a channel."""

    push: asyncio.Event
    pull: asyncio.Event


class Keeper:
    """Reads events and tends channels. Several may run: locks in the database decide who does what."""

    def __init__(self, hub: Hub, public_url: str) -> None:
        self._hub = hub
        self._public_url = public_url.rstrip("/")
        self._bells: dict[UUID, _Bells] = {}
        self._look_around = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled; a lost database ends it, and the worker starts it again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch(), name="channels: watch")
            group.create_task(self._tend(group), name="channels: tend")

    async def _watch(self) -> None:
        while True:
            busy = await self.watch_once()
            if busy is None:
                await asyncio.sleep(STANDBY_SECONDS)
            else:
                await self._hub.database.pulse.wait(BUSY_SECONDS if busy else IDLE_SECONDS)

    async def watch_once(self) -> bool | None:
        """Let what has happened have its effect: whether there was something; None while another process does it."""
        async with self._hub.locks.exclusive("syncing.watch") as ours:
            if not ours:
                return None
            async with self._hub.database.pool.connection() as connection:
                after = await events.load_cursor(connection, CONSUMER) or events.Cursor()
                found = await events.read(connection, after, MOST)
            if not found:
                return False
            await self._react(found)
            async with self._hub.database.pool.connection() as connection:
                await events.save_cursor(connection, CONSUMER, events.Cursor(found[-1].xid, found[-1].id))
            return True

    async def _react(self, found: list[Happening]) -> None:
        by_organization: dict[UUID, list[Happening]] = defaultdict(list)
        for event in found:
            if event.kind in service_events.HEARD:
                by_organization[event.organization_id].append(event)
            if event.kind == channels.CHANNEL_CHANGED:
                self._look_around.set()
        for organization_id, happened in by_organization.items():
            async with self._hub.database.session(jobs.system_actor(organization_id, "channel sync")) as session:
                for channel_id in await service_events.react(session, happened):
                    self._ring(channel_id)

    def _ring(self, channel_id: UUID) -> None:
        if channel_id in self._bells:
            self._bells[channel_id].push.set()

    async def _tend(self, group: asyncio.TaskGroup) -> None:
        """Start loops for channels that are new or resumed, end those of channels that are paused or gone."""
        running: dict[channels.Ref, list[asyncio.Task[None]]] = {}
        while True:
            wanted = await channels.open_channels(self._hub.database)
            for ref in running.keys() - wanted:
                for task in running.pop(ref):
                    task.cancel()
            for ref in wanted - running.keys():
                bells = self._bells[ref.channel_id] = _Bells(asyncio.Event(), asyncio.Event())
                await self._catch_up(ref)
                running[ref] = [
                    group.create_task(self._push_loop(ref, bells), name=f"push {ref.channel_id}"),
                    group.create_task(self._pull_loop(ref, bells), name=f"pull {ref.channel_id}"),
                ]
            await _rung(self._look_around, TEND_SECONDS)

    async def _catch_up(self, ref: channels.Ref) -> None:
        """Whatever happened while nobody watched: list what is missing, bring all numbers up to date."""
        async with self._hub.acting(ref) as session:
            channel = await channels.find_channel(session, ref.channel_id)
            if channel is not None:
                await channels.ensure_listed(session, channel)

    async def _push_loop(self, ref: channels.Ref, bells: _Bells) -> None:
        while True:
            done = await service_push.push(self._hub, ref)
            if done.surprised:
                bells.pull.set()
            if not done.more:
                await _rung(bells.push, STANDBY_SECONDS)

    async def _pull_loop(self, ref: channels.Ref, bells: _Bells) -> None:
        subscribed, hinted = False, False
        while True:
            if not subscribed:
                subscribed = await service_pull.subscribe(self._hub, ref, self._public_url)
            pulled = await service_pull.pull(self._hub, ref, due_only=not hinted)
            await asyncio.sleep(LEAST_PULL_SECONDS)
            hinted = await _rung(bells.pull, pulled.pause if subscribed else min(pulled.pause, TEND_SECONDS))


async def _rung(bell: asyncio.Event, seconds: float) -> bool:
    """Wait for the bell, at most so long; whether it rang."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    bell.clear()
    return True


@jobs.app.task(queue="sync", name="syncing.sync", retry=AGAIN)
async def sync_channel(organization_id: str, job_id: str, channel_id: str) -> None:
    """Sync now, with progress under the job's row."""
    result: dict[str, int] = {}
    async with (
        jobs.watched(sync_channel, organization_id, job_id, result) as progress,
        hub_of(jobs.database(), master_key(get_settings())) as hub,
    ):
        result |= await service_sync.sync(hub, channels.Ref(UUID(organization_id), UUID(channel_id)), progress)


async def forget_old_records(organization_id: UUID) -> None:
    """Logs and message ids of two weeks ago go."""
    before = now() - timedelta(days=KEPT_DAYS)
    async with jobs.work(str(organization_id)) as session:
        await channels.forget_logs(session, before)
        await store_orders.forget_messages(session, before)
