"""The API of keeping channels in step: sync now, state, queue, differences, conflicts, webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Request, Response

from onhand import channels
from onhand.infra import jobs
from onhand.infra.http import PUBLIC, Router, Session, listed
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.schemas import Data, Page
from onhand.kernel import TooLarge, now
from onhand.syncing import service_conflicts, service_pull, service_sync, store_lists, store_orders
from onhand.syncing.errors import SyncPaused
from onhand.syncing.jobs import sync_channel
from onhand.syncing.schemas import (
    DifferenceRow,
    JobStarted,
    Received,
    Resolve,
    Resolved,
    Settled,
    Status,
)

router = Router("channels")
LARGEST_WEBHOOK = 1_000_000


@router.post("/channels/{key}/sync", permission=channels.WRITE, status_code=202)
async def sync_now(session: Session, key: str) -> Data[JobStarted]:
    """Hear the channel out, compare numbers, push all of ours. Watch the job; differences are listed afterwards."""
    channel = await channels.channel_by(session, key)
    if channel.connector == "manual":
        raise channels.NotSynced(channel=channel.name)
    if channel.status != "active":
        raise SyncPaused(channel=channel.name)
    job_id = await jobs.record(session, "channel sync")
    await jobs.defer(session, sync_channel, job_id=str(job_id), channel_id=str(channel.id))
    return Data(data=JobStarted(job_id=job_id))


@router.get("/channels/{key}/status", permission=channels.READ)
async def read_status(session: Session, key: str) -> Data[Status]:
    """How the channel does."""
    channel = await channels.channel_by(session, key)
    state = await channels.state_of(session, channel.id)
    queue = await channels.listings.queue(session, channel.id)
    p50, p99 = await channels.recent_lags(session, channel.id, now() - timedelta(hours=1))
    return Data(
        data=Status(
            health=channels.health(channel, state),
            error=state.error,
            failures=state.failures,
            paused_until=state.open_until if state.open_until and state.open_until > now() else None,
            ok_at=state.ok_at,
            failed_at=state.failed_at,
            polled_at=state.polled_at,
            webhook_at=state.webhook_at,
            synced_at=state.synced_at,
            listings=queue.listings,
            queue=queue.waiting,
            dead=queue.dead,
            oldest_seconds=(now() - queue.oldest).total_seconds() if queue.oldest else None,
            lag_p50_ms=p50,
            lag_p99_ms=p99,
            open_conflicts=await channels.count_conflicts(session, channel.id),
            open_differences=await store_orders.count_differences(session, channel.id),
        )
    )


@router.get("/channels/{key}/differences", permission=channels.READ, response_model=Page[DifferenceRow])
async def list_differences(
    session: Session, key: str, query: Annotated[ListQuery, store_lists.DIFFERENCES.query()]
) -> Response:
    """Where the channel showed other numbers than it should have, as the last sync found."""
    channel = await channels.channel_by(session, key)
    return listed(await run_list(session, store_lists.DIFFERENCES, store_lists.differences(session, channel.id), query))


@router.post("/channels/{key}/differences/{difference_id}/accept", permission=channels.WRITE, status_code=200)
async def accept_difference(session: Session, key: str, difference_id: UUID) -> Data[Settled]:
    """The channel is right: our stock is adjusted by what it showed more or less."""
    channel = await channels.channel_by(session, key)
    return Data(data=Settled.model_validate(await service_sync.accept_theirs(session, channel, difference_id)))


@router.post("/channels/{key}/differences/{difference_id}/dismiss", permission=channels.WRITE, status_code=200)
async def dismiss_difference(session: Session, key: str, difference_id: UUID) -> Data[Settled]:
    """We are right: our number was pushed already."""
    channel = await channels.channel_by(session, key)
    return Data(data=Settled.model_validate(await service_sync.keep_ours(session, channel, difference_id)))


@router.post("/conflicts/{conflict_id}/resolve", permission=channels.WRITE, status_code=200)
async def resolve_conflict(session: Session, request: Request, conflict_id: UUID, body: Resolve) -> Data[Resolved]:
    """Settle a conflict: what was decided is done here and said to the channel."""
    await service_conflicts.resolve(session, channels.key_of(request), conflict_id, body.resolution, body.note)
    return Data(data=Resolved(id=conflict_id, resolution=body.resolution))


@router.post("/channels/{channel_id}/webhooks", permission=PUBLIC, status_code=200)
async def receive_webhook(session: Session, request: Request, channel_id: UUID) -> Data[Received]:
    """For channels: signed as Standard Webhooks ask, at most five minutes old; a copy has no effect."""
    body = await request.body()
    if len(body) > LARGEST_WEBHOOK:
        raise TooLarge(limit="1 MB")
    message = service_pull.Message(channel_id, request.headers, body)
    return Data(data=Received(new=await service_pull.receive(session, channels.key_of(request), message)))
