"""The API of channels."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Request, Response

from onhand import connectors
from onhand.channels import conflicts, service, store_listings, store_lists
from onhand.channels.connectors import connected
from onhand.channels.errors import UnknownChannel
from onhand.channels.schemas import (
    Candidate,
    ChannelChange,
    ChannelIn,
    ChannelOut,
    ChannelRow,
    ConflictRow,
    ListingRow,
    LogRow,
    Retried,
    Retry,
    Tested,
)
from onhand.infra.http import Router, Session, etag, listed, require_match
from onhand.infra.lists import ListQuery, parse, run_list
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data, Page
from onhand.infra.secrets import master_key

if TYPE_CHECKING:
    from onhand.channels.tables import Channel

router = Router("channels")
READ = declare("channels.read", "See channels, their state, logs and conflicts", staff=True)
WRITE = declare("channels.write", "Connect, change and sync channels, and settle conflicts", staff=False)


def key_of(request: Request) -> bytes:
    """The key that seals credentials."""
    return master_key(request.app.state.settings)


async def _answer(session: Session, response: Response, channel: Channel) -> Data[ChannelOut]:
    query = parse(store_lists.CHANNELS, [("filter[id]", str(channel.id)), ("filter[archived]", "true,false")])
    rows = (await run_list(session, store_lists.CHANNELS, store_lists.channels(session), query)).rows
    if not rows:
        raise UnknownChannel(key=channel.id)
    response.headers["ETag"] = etag(channel.updated_at)
    return Data(data=ChannelOut(**rows[0], warehouses=await service.warehouse_codes(session, channel)))


@router.get("/channels", permission=READ, response_model=Page[ChannelRow])
async def list_channels(session: Session, query: Annotated[ListQuery, store_lists.CHANNELS.query()]) -> Response:
    """Channels with how they do."""
    return listed(await run_list(session, store_lists.CHANNELS, store_lists.channels(session), query))


@router.post("/channels", permission=WRITE)
async def create_channel(session: Session, request: Request, response: Response, body: ChannelIn) -> Data[ChannelOut]:
    """Connect a channel. Its listings are made and its numbers pushed by the worker."""
    channel = await service.create_channel(session, key_of(request), body.model_dump())
    return await _answer(session, response, channel)


@router.post("/channels/test", permission=WRITE, status_code=200)
async def test_candidate(body: Candidate) -> Data[Tested]:
    """Whether a channel that isn't saved yet answers under these credentials."""
    connector = connectors.open_connector("The channel", body.endpoint, body.credentials.get("token", ""), 10)
    started = time.monotonic()
    try:
        name = await connector.about()
    finally:
        await connector.aclose()
    return Data(data=Tested(name=name, took_ms=_milliseconds(started)))


@router.get("/channels/{key}", permission=READ)
async def read_channel(session: Session, response: Response, key: str) -> Data[ChannelOut]:
    """One channel, by its id or code."""
    return await _answer(session, response, await service.channel_by(session, key))


@router.put("/channels/{key}", permission=WRITE)
@router.patch("/channels/{key}", permission=WRITE)
async def change_channel(
    session: Session, request: Request, response: Response, key: str, body: ChannelChange
) -> Data[ChannelOut]:
    """Change the fields sent; with `If-Match` only if nobody changed it meanwhile."""
    channel = await service.channel_by(session, key, lock=True)
    require_match(request, "channel", channel.updated_at)
    changes = body.model_dump(exclude_unset=True)
    return await _answer(session, response, await service.change_channel(session, key_of(request), channel, changes))


@router.delete("/channels/{key}", permission=WRITE)
async def remove_channel(session: Session, request: Request, key: str) -> None:
    """Delete a channel that never sold; archive any other."""
    channel = await service.channel_by(session, key, lock=True)
    require_match(request, "channel", channel.updated_at)
    await service.remove_channel(session, key_of(request), channel)


@router.post("/channels/{key}/pause", permission=WRITE, status_code=200)
async def pause_channel(session: Session, request: Request, response: Response, key: str) -> Data[ChannelOut]:
    """Push and poll no more until resumed; webhooks are still taken, since their sales have happened."""
    channel = await service.channel_by(session, key, lock=True)
    changed = await service.change_channel(session, key_of(request), channel, {"status": "paused"})
    return await _answer(session, response, changed)


@router.post("/channels/{key}/resume", permission=WRITE, status_code=200)
async def resume_channel(session: Session, request: Request, response: Response, key: str) -> Data[ChannelOut]:
    """Push and poll again, beginning with what has waited."""
    channel = await service.channel_by(session, key, lock=True)
    changed = await service.change_channel(session, key_of(request), channel, {"status": "active"})
    return await _answer(session, response, changed)


@router.post("/channels/{key}/test", permission=WRITE, status_code=200)
async def test_channel(session: Session, request: Request, key: str) -> Data[Tested]:
    """Whether the channel answers."""
    channel = await service.channel_by(session, key)
    started = time.monotonic()
    async with connected(key_of(request), channel) as connector:
        return Data(data=Tested(name=await connector.about(), took_ms=_milliseconds(started)))


@router.get("/channels/{key}/faults", permission=READ)
async def read_faults(session: Session, request: Request, key: str) -> Data[dict[str, Any]]:
    """The fault switches of a sandbox channel."""
    async with connected(key_of(request), await service.channel_by(session, key)) as connector:
        return Data(data=await connector.faults(None))


@router.put("/channels/{key}/faults", permission=WRITE)
async def change_faults(session: Session, request: Request, key: str, body: dict[str, Any]) -> Data[dict[str, Any]]:
    """Turn fault switches of a sandbox channel, to see how onhand recovers."""
    async with connected(key_of(request), await service.channel_by(session, key)) as connector:
        return Data(data=await connector.faults(body))


@router.get("/channels/{key}/logs", permission=READ, response_model=Page[LogRow])
async def list_logs(session: Session, key: str, query: Annotated[ListQuery, store_lists.LOGS.query()]) -> Response:
    """What was said to the channel and what it answered, newest first."""
    channel = await service.channel_by(session, key)
    return listed(await run_list(session, store_lists.LOGS, store_lists.logs(session, channel.id), query))


@router.get("/channels/{key}/listings", permission=READ, response_model=Page[ListingRow])
async def list_listings(
    session: Session, key: str, query: Annotated[ListQuery, store_lists.LISTINGS.query()]
) -> Response:
    """What the channel shows and should show."""
    channel = await service.channel_by(session, key)
    return listed(await run_list(session, store_lists.LISTINGS, store_lists.listings(session, channel.id), query))


@router.get("/channels/{key}/queue", permission=READ, response_model=Page[ListingRow])
async def list_queue(session: Session, key: str, query: Annotated[ListQuery, store_lists.QUEUE.query()]) -> Response:
    """What waits for the channel, and what was given up (`filter[dead]=true`), longest waiting first."""
    channel = await service.channel_by(session, key)
    return listed(await run_list(session, store_lists.QUEUE, store_lists.queue(session, channel.id), query))


@router.post("/channels/{key}/queue/retry", permission=WRITE, status_code=200)
async def retry_queue(session: Session, key: str, body: Retry) -> Data[Retried]:
    """Try listings that failed again at once."""
    channel = await service.channel_by(session, key)
    known = await store_listings.skus_by_code(session, channel.id, body.skus)
    tried = await store_listings.retry(session, channel.id, list(known.values()) if body.skus else None)
    for sku_id in tried:
        await conflicts.settle(session, "retry", channel_id=channel.id, sku_id=sku_id, kind="failed_sync")
    return Data(data=Retried(listings=len(tried)))


@router.get("/conflicts", permission=READ, response_model=Page[ConflictRow])
async def list_conflicts(session: Session, query: Annotated[ListQuery, store_lists.CONFLICTS.query()]) -> Response:
    """What channels and ledger disagree on, newest first."""
    return listed(await run_list(session, store_lists.CONFLICTS, store_lists.conflicts(session), query))


def _milliseconds(started: float) -> int:
    return int((time.monotonic() - started) * 1000)
