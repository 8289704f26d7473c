"""Hearing from channels: signed webhooks, and polling for what webhooks lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from onhand import channels, connectors
from onhand.infra.db import set_organization
from onhand.infra.jobs import system_actor
from onhand.infra.log import logger
from onhand.kernel import Malformed, OnhandError, now
from onhand.syncing import domain, service_orders, store_orders
from onhand.syncing.errors import SignatureRefused
from onhand.syncing.service_push import DICE, TROUBLE, Hub, fail

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


T = TypeVar("T")
TRIES = 5
RETRYABLE = frozenset({"40001", "40P01"})  # serialization failure, deadlock


@dataclass(frozen=True, slots=True)
class Message:
    """A webhook as it came in: nothing in it is to be believed before its signature is checked."""

    channel_id: UUID
    headers: Mapping[str, str]
    body: bytes


async def receive(session: AsyncSession, key: bytes, message: Message) -> bool:
    """Let a webhook have its effect, in the session's transaction; false when it is a copy.

    Raises SignatureRefused for a strange channel, signature or time alike, so that nobody learns which; Malformed.
    """
    channel = await _addressee(session, message.channel_id)
    secret = await _secret(session, key, channel) if channel else ""
    if channel is None or not secret or not domain.signed_by(secret, message.headers, message.body, now()):
        raise SignatureRefused
    if not await store_orders.first_time(session, channel.id, message.headers["webhook-id"]):
        return False
    try:
        sale = connectors.read_message(message.body)
    except ValueError as problem:
        raise Malformed(problem="the webhook's body is not what this channel sends") from problem
    changed = sale is not None and await service_orders.take(session, channel, sale)
    await channels.change_state(session, channel.id, webhook_at=now())
    detail = {"order": sale.external_id if sale else None, "new": changed}
    await channels.log(session, channel.id, "webhook", items=int(changed), detail=detail)
    return True


async def _addressee(session: AsyncSession, channel_id: UUID) -> channels.Channel | None:
    """The channel that a stranger named, with the session acting for its organization from here on."""
    organization_id = await channels.owner_of(session, channel_id)
    if organization_id is None:
        return None
    session.info["actor"] = system_actor(organization_id, "channel webhook")
    await set_organization(session, str(organization_id))
    return await channels.find_channel(session, channel_id)


async def _secret(session: AsyncSession, key: bytes, channel: channels.Channel) -> str:
    """What signs the channel's webhooks; empty when it was never asked for any."""
    state = await channels.state_of(session, channel.id)
    return channels.open_credentials(key, channel.id, state.webhook_secret).get("secret", "")


async def subscribe(hub: Hub, ref: channels.Ref, public_url: str) -> bool:
    """Ask the channel for webhooks at our address and keep the secret that will sign them; false when it can't now."""
    async with hub.acting(ref) as session:
        channel = await channels.find_channel(session, ref.channel_id)
    if channel is None:
        return False
    try:
        secret = await hub.connectors.of(channel).subscribe(f"{public_url}/api/v1/channels/{channel.id}/webhooks")
    except TROUBLE as problem:
        await fail(hub, ref, problem)
        return False
    except connectors.ChannelRefused:  # it has no webhooks for us: polling alone then
        return True
    sealed = channels.seal_credentials(hub.connectors.key, channel.id, {"secret": secret})
    async with hub.acting(ref) as session:
        await channels.change_state(session, channel.id, webhook_secret=sealed)
    return True


@dataclass(frozen=True, slots=True)
class Pulled:
    """What polling brought: orders new or changed, and how long until the next poll, in seconds."""

    orders: int = 0
    pause: float = 1.0


async def pull(hub: Hub, ref: channels.Ref, *, due_only: bool = True, wait: bool = False) -> Pulled:
    """Read what changed since the cursor, when it is time (or at once). Never raises for the channel's faults."""
    async with hub.locks.exclusive(f"syncing.pull:{ref.channel_id}", wait=wait) as ours:
        if not ours:
            return Pulled()
        async with hub.acting(ref) as session:
            channel = await channels.find_channel(session, ref.channel_id)
            state = await channels.state_of(session, ref.channel_id)
        if channel is None or channel.archived_at is not None:
            return Pulled(pause=60.0)
        moment = now()
        left = 0.0 if state.polled_at is None else channel.poll_seconds - (moment - state.polled_at).total_seconds()
        if due_only and left > 0:
            return Pulled(pause=left)
        if not channels.Circuit(state.failures, state.open_until).closed(moment):
            return Pulled()
        try:
            return Pulled(await _read_pages(hub, ref, channel, state.order_cursor), float(channel.poll_seconds))
        except TROUBLE as problem:
            await fail(hub, ref, problem)
            return Pulled()


async def _read_pages(hub: Hub, ref: channels.Ref, channel: channels.Channel, cursor: str) -> int:
    connector = hub.connectors.of(channel)
    taken, more = 0, True
    while more:
        started = time.monotonic()
        page = await connector.sales(cursor)
        fresh = [await take_safely(hub, ref, channel, sale) for sale in page.sales]
        cursor, more = page.cursor, page.more
        await _note_page(hub, ref, page, sum(fresh), int((time.monotonic() - started) * 1000))
        taken += sum(fresh)
    return taken


async def _note_page(hub: Hub, ref: channels.Ref, page: connectors.Sales, fresh: int, took: int) -> None:
    async with hub.acting(ref) as session:
        await channels.change_state(session, ref.channel_id, order_cursor=page.cursor, polled_at=now())
        await channels.note_well(session, ref.channel_id)
        if fresh:
            detail = {"orders": [sale.external_id for sale in page.sales]}
            await channels.log(session, ref.channel_id, "pull", items=fresh, took_ms=took, detail=detail)


async def take_safely(hub: Hub, ref: channels.Ref, channel: channels.Channel, sale: connectors.Sale) -> bool:
    """Take one order in its own transaction. One that cannot be taken becomes a conflict and holds up no other."""

    async def work(session: AsyncSession) -> bool:
        return await service_orders.take(session, channel, sale)

    try:
        return await attempt(hub, ref, work)
    except (OnhandError, DBAPIError) as problem:
        logger("channels").exception("order not taken", channel=channel.code, order=sale.external_id)
        reason = problem.sentence() if isinstance(problem, OnhandError) else "The database refused it."
        async with hub.acting(ref) as session:
            facts = {"external_id": sale.external_id, "error": reason}
            found = channels.Disagreement("failed_sync", f"{channel.id}:order:{sale.external_id}", facts, "retry")
            await channels.raise_conflict(session, channel, found)
            await channels.log(session, ref.channel_id, "pull", "failed", error=reason, detail=facts)
        return False


async def attempt(hub: Hub, ref: channels.Ref, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """Run `work` in a transaction, again when the database asks for it, a bounded number of times."""
    for tries in range(1, TRIES + 1):
        try:
            async with hub.acting(ref) as session:
                return await work(session)
        except DBAPIError as problem:
            if tries == TRIES or getattr(problem.orig, "sqlstate", None) not in RETRYABLE:
                raise
        await asyncio.sleep(0.02 * tries * DICE.uniform(0.5, 1.5))
    raise AssertionError("unreachable: the last attempt returns or raises")
