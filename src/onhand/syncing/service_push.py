"""Telling a channel what it should show and what became of its orders: one batch, outside of any transaction.

Who pushes holds the channel's push lock, so numbers never overtake each other whatever the number of workers.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from onhand import catalog, channels, connectors, identity
from onhand.infra.events import announce
from onhand.infra.jobs import system_actor
from onhand.kernel import OnhandError, now
from onhand.syncing import domain, store_orders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database
    from onhand.syncing.tables import ChannelOrder

DICE = secrets.SystemRandom()
LOGGED_ITEMS = 50
TOLD_AT_ONCE = 20
TROUBLE = (
    connectors.ChannelUnreachable,
    connectors.ChannelBusy,
    connectors.CredentialsRefused,
)  # the channel's, not one listing's


@dataclass(frozen=True, slots=True)
class Hub:
    """What it takes to speak to channels: the database, the open connectors, and who may speak."""

    database: Database
    connectors: channels.Connectors
    locks: channels.Locks

    def acting(self, ref: channels.Ref) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction on behalf of the channel."""
        return self.database.session(system_actor(ref.organization_id, "channel sync"))


@dataclass(frozen=True, slots=True)
class Pushed:
    """What one round did. `more`: another is due at once; `surprised`: the channel has sold what we don't know yet."""

    items: int = 0
    more: bool = False
    surprised: bool = False


@dataclass(frozen=True, slots=True)
class _Round:
    """What one round has to say, read in one transaction."""

    channel: channels.Channel
    size: int
    nameless: list[channels.listings.Nameless]
    due: list[channels.listings.Due]
    untold: Sequence[ChannelOrder]


async def push(hub: Hub, ref: channels.Ref, *, wait: bool = False) -> Pushed:
    """One round: new titles, one batch of numbers, news of orders. Never raises for the channel's faults.

    Without `wait`, a channel that somebody else is pushing to is left to them.
    """
    async with hub.locks.exclusive(f"syncing.push:{ref.channel_id}", wait=wait) as ours:
        if not ours:
            return Pushed()
        return await _push(hub, ref)


async def _push(hub: Hub, ref: channels.Ref) -> Pushed:
    work = await _claim(hub, ref)
    if work is None:
        return Pushed()
    try:
        connector = hub.connectors.of(work.channel)
        if work.nameless:
            await _describe(hub, ref, connector, work)
        surprised = await _show(hub, ref, connector, work) if work.due else False
        await _tell(hub, ref, connector, work.untold)
    except TROUBLE as problem:
        await fail(hub, ref, problem)
        return Pushed()
    return Pushed(
        len(work.due), more=bool(work.nameless) or len(work.due) == work.size or surprised, surprised=surprised
    )


async def _claim(hub: Hub, ref: channels.Ref) -> _Round | None:
    """What is due now; None when there is nothing, or the channel is paused, gone, or to be left alone."""
    async with hub.acting(ref) as session:
        seen = await store_orders.look(session, ref.channel_id)
        if seen is None or not seen.open or not channels.Circuit(seen.failures, seen.open_until).closed(now()):
            return None
        size = domain.batch_size(seen.failures)
        due = await channels.listings.claim(session, ref.channel_id, size)
        nameless = await channels.listings.undescribed(session, ref.channel_id, size) if seen.nameless else []
        untold = await store_orders.untold(session, ref.channel_id, TOLD_AT_ONCE) if seen.untold else []
        if not (due or nameless or untold):
            return None
        channel = hub.connectors.known(ref.channel_id, seen.updated_at)
        channel = channel or await channels.channel_by(session, str(ref.channel_id))
        return _Round(channel, size, nameless, due, untold)


async def fail(hub: Hub, ref: channels.Ref, problem: OnhandError) -> None:
    """Note that the channel did not do its part, and for how long to leave it alone."""
    async with hub.acting(ref) as session:
        if isinstance(problem, connectors.ChannelBusy):  # no fault: it said when to come back
            seconds = float(str(problem.facts["seconds"]))
            await channels.change_state(session, ref.channel_id, open_until=now() + timedelta(seconds=seconds))
            return
        state = await channels.state_of(session, ref.channel_id)
        wait = channels.pause(state.failures + 1, DICE.random())
        await channels.note_failure(session, ref.channel_id, problem.sentence(), now() + timedelta(seconds=wait))
        await channels.log(session, ref.channel_id, "push", "failed", error=problem.sentence())
        await announce(session, channels.STATE_CHANGED, {"channel_id": ref.channel_id})


async def _describe(hub: Hub, ref: channels.Ref, connector: connectors.Connector, work: _Round) -> None:
    """Send titles and prices. A SKU without a price is not offered, and the queue says so.

    That is no conflict with the channel, and a catalogue may have thousands of them.
    """
    async with hub.acting(ref) as session:
        facts = await catalog.skus_by_ids(session, [row.sku_id for row in work.nameless])
        currency = (await identity.organization_of(session)).currency
    articles, unpriced = [], []
    for row in work.nameless:
        known = facts.get(row.sku_id)
        if known is None or known.selling_price is None:
            unpriced.append(
                channels.listings.Verdict(row.sku_id, "refused", None, "It has no selling price.", None, dead=True)
            )
        else:
            articles.append(connectors.Article(row.sku, known.name, known.selling_price, known.currency or currency))
    answers = await _described(connector, articles)
    started = {row.sku: row for row in work.nameless}
    refused = [
        _refused(started[sku], no.sentence())
        for sku, no in answers.items()
        if isinstance(no, connectors.ChannelRefused)
    ]
    ids = {started[sku].sku_id: name for sku, name in answers.items() if isinstance(name, str)}
    async with hub.acting(ref) as session:
        await channels.listings.described(session, ref.channel_id, ids)
        await channels.listings.fail(session, ref.channel_id, [*unpriced, *refused])
        await _note_dead(session, work.channel, refused, {row.sku_id: row.sku for row in work.nameless})
        outcome = "partial" if refused else "ok"
        await channels.log(session, ref.channel_id, "describe", outcome, items=len(ids))


async def _described(
    connector: connectors.Connector, articles: list[connectors.Article]
) -> dict[str, str | connectors.ChannelRefused]:
    """The channel's ids by SKU. When it refuses a batch, its halves are tried, until the culprit stands alone."""
    if not articles:
        return {}
    try:
        return dict(await connector.describe(articles))
    except connectors.ChannelRefused as problem:
        if len(articles) == 1:
            return {articles[0].sku: problem}
    half = len(articles) // 2
    return await _described(connector, articles[:half]) | await _described(connector, articles[half:])


def _refused(row: channels.listings.Nameless | channels.listings.Due, reason: str) -> channels.listings.Verdict:
    """A failed try of one listing: again later, or given up after the last."""
    tries = row.attempts + 1
    wait = timedelta(seconds=channels.pause(tries, DICE.random()))
    return channels.listings.Verdict(row.sku_id, "refused", None, reason, now() + wait, dead=tries >= domain.MOST_TRIES)


async def _show(hub: Hub, ref: channels.Ref, connector: connectors.Connector, work: _Round) -> bool:
    """Send a batch of numbers and write back the answers; true when the channel has sold what we don't know yet."""
    started = time.monotonic()
    answers = await _shown(connector, [connectors.Shown(row.sku, row.wanted, row.acknowledged) for row in work.due])
    verdicts = [_verdict(row, answer) for row, answer in zip(work.due, answers, strict=True)]
    took = int((time.monotonic() - started) * 1000)
    refused = [verdict for verdict in verdicts if verdict.error]
    async with hub.acting(ref) as session:
        lags = await channels.listings.settle(session, ref.channel_id, verdicts)
        await _note_dead(session, work.channel, refused, {row.sku_id: row.sku for row in work.due})
        await channels.log(
            session,
            ref.channel_id,
            "push",
            "partial" if refused else "ok",
            items=len(work.due),
            took_ms=took,
            lag_ms=max(lags, default=None),
            detail={"items": [_line(*pair) for pair in zip(work.due[:LOGGED_ITEMS], answers, strict=False)]},
        )
        await channels.note_well(session, ref.channel_id)
        await announce(session, channels.NUMBERS_SHOWN, {"channel_id": ref.channel_id})
    return any(answer.status == "stale" for answer in answers)


async def _shown(connector: connectors.Connector, wanted: list[connectors.Shown]) -> list[connectors.Answer]:
    """One answer for each number; a batch that is refused as a whole is halved until the culprit stands alone."""
    try:
        return await connector.show(wanted)
    except connectors.ChannelRefused as problem:
        if len(wanted) == 1:
            return [connectors.Answer(wanted[0].sku, "refused", None, problem.sentence())]
    half = len(wanted) // 2
    return await _shown(connector, wanted[:half]) + await _shown(connector, wanted[half:])


def _verdict(row: channels.listings.Due, answer: connectors.Answer) -> channels.listings.Verdict:
    if answer.status in {"ok", "stale"}:
        return channels.listings.Verdict(row.sku_id, answer.status, answer.quantity)
    failed = _refused(row, answer.message or "The channel refused this number.")
    return channels.listings.Verdict(
        row.sku_id, answer.status, answer.quantity, failed.error, failed.next_try_at, failed.dead
    )


def _line(row: channels.listings.Due, answer: connectors.Answer) -> dict[str, object]:
    """One item as the log keeps it: what we believed, what we sent, what came back."""
    shown = None if answer.quantity is None else str(answer.quantity)
    believed = None if row.acknowledged is None else str(row.acknowledged)
    return {"sku": row.sku, "believed": believed, "sent": str(row.wanted), "answer": answer.status, "shown": shown}


async def _note_dead(
    session: AsyncSession, channel: channels.Channel, verdicts: list[channels.listings.Verdict], skus: dict[object, str]
) -> None:
    """A listing that is given up becomes a conflict that people see."""
    for verdict in verdicts:
        if verdict.dead:
            sku = skus[verdict.sku_id]
            facts = {"sku": sku, "error": verdict.error, "tries": domain.MOST_TRIES}
            found = channels.Disagreement("failed_sync", f"{channel.id}:{sku}", facts, "retry", sku_id=verdict.sku_id)
            await channels.raise_conflict(session, channel, found)


async def _tell(hub: Hub, ref: channels.Ref, connector: connectors.Connector, orders: Sequence[ChannelOrder]) -> None:
    """Report orders as taken, shipped or cancelled."""
    for order in orders:
        try:
            await _tell_one(connector, order)
        except connectors.ChannelRefused as problem:
            wait = timedelta(seconds=channels.pause(order.attempts + 1, DICE.random()))
            values = {"attempts": order.attempts + 1, "error": problem.sentence(), "next_try_at": now() + wait}
        else:
            values = {"told": order.tell, "attempts": 0, "error": None, "next_try_at": None}
        async with hub.acting(ref) as session:
            await store_orders.change_order(session, ref.channel_id, order.external_id, **values)
            outcome = "failed" if values["error"] else "ok"
            detail = {"order": order.external_id, "told": order.tell}
            error = values["error"]
            await channels.log(session, ref.channel_id, "tell", outcome, items=1, error=error, detail=detail)


async def _tell_one(connector: connectors.Connector, order: ChannelOrder) -> None:
    if order.tell == "acknowledged":
        await connector.acknowledge(order.external_id, order.number or order.external_id)
    elif order.tell == "shipped":
        await connector.ship(order.external_id, order.tracking)
    elif order.tell == "cancelled":
        await connector.cancel(order.external_id, "We cannot deliver it.")
