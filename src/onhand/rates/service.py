"""Verbs of exchange rates: fetched by a job, set by hand, asked for by a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from onhand import audit, identity
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.secrets import SealBroken, seal, unseal
from onhand.kernel import now, plain
from onhand.rates import events, store
from onhand.rates.domain import Rate, crossed, first_missing
from onhand.rates.errors import FeedNeedsKey, OwnCurrency, SourceRefused, UnknownCurrency, UnknownRate
from onhand.rates.sources import source_named
from onhand.rates.tables import RateFeed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.rates.domain import Published
    from onhand.rates.source_port import Source

DEFAULT_SOURCE = "ecb"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask a source for. The question is put while no transaction is open."""

    source: Source
    first: date
    last: date
    own: str


async def business_day(session: AsyncSession, moment: datetime | None = None) -> date:
    """The organization's day."""
    zone = (await identity.organization_of(session)).time_zone
    return (moment or now()).astimezone(ZoneInfo(zone)).date()


async def rate_of(
    session: AsyncSession, currency: str, moment: datetime | None = None, pointer: str = "/currency"
) -> Decimal:
    """Units of the organization's currency for one of `currency`. Raises UnknownCurrency, naming the field."""
    at = moment or now()
    rate = await store.rate_at(session, currency.upper(), at)
    if rate is None:
        raise UnknownCurrency(currency.upper(), await business_day(session, at), pointer)
    return rate


async def set_rate(session: AsyncSession, rate: Rate) -> None:
    """Set a currency's rate of a day by hand. Raises OwnCurrency."""
    if rate.currency == (await identity.organization_of(session)).currency:
        raise OwnCurrency(rate.currency)
    before = await store.by_hand(session, rate.currency, rate.day)
    await store.set_by_hand(session, rate)
    await _note(session, "update" if before else "create", rate, before, rate.rate)


async def remove_rate(session: AsyncSession, currency: str, day: date) -> None:
    """Forget a rate set by hand; the source's holds again. Raises UnknownRate."""
    before = await store.by_hand(session, currency.upper(), day)
    if before is None:
        raise UnknownRate(currency=currency.upper(), day=day)
    await store.remove(session, currency.upper(), day)
    await _note(session, "delete", Rate(currency.upper(), day, before), before, None)


async def _note(session: AsyncSession, change: str, rate: Rate, before: Decimal | None, after: Decimal | None) -> None:
    told = {"currency": rate.currency, "day": rate.day.isoformat()}
    sides = [None if side is None else {**told, "rate": plain(side)} for side in (before, after)]
    await audit.record(session, change, "exchange_rate", f"{rate.currency} {rate.day}", *sides)
    await announce(session, events.CHANGED, told)


def _context(organization_id: UUID) -> str:
    return f"rates:{organization_id}"


async def find_feed(session: AsyncSession, *, lock: bool = False) -> RateFeed | None:
    """Where the organization's rates come from; None while nobody chose."""
    return await store.find_feed(session, lock=lock)


async def change_feed(session: AsyncSession, key: bytes, changes: dict[str, Any]) -> RateFeed:
    """Choose where rates come from. Raises FeedNeedsKey."""
    organization_id = actor_of(session).organization_id
    feed = await store.find_feed(session, lock=True)
    before = audit.snapshot(feed) if feed else None
    if feed is None:
        feed = RateFeed(organization_id=organization_id, source=DEFAULT_SOURCE, active=True)
        session.add(feed)
    if "app_id" in changes:
        told = changes.pop("app_id")
        feed.app_id_sealed = seal(key, told.encode(), _context(organization_id)) if told else None
    for name, value in changes.items():
        setattr(feed, name, value)
    if feed.source == "openexchangerates" and feed.active and feed.app_id_sealed is None:
        raise FeedNeedsKey
    await session.flush()
    await session.refresh(feed)
    hidden = {"app_id_sealed"}
    sides = [
        None if side is None else {name: value for name, value in side.items() if name not in hidden}
        for side in (before, audit.snapshot(feed))
    ]
    await audit.record(session, "update" if before else "create", "rate_feed", organization_id, *sides)
    return feed


async def find_plan(session: AsyncSession, key: bytes) -> Plan | None:
    """What is missing and whom to ask; None when the organization fetches no rates. Raises SourceRefused."""
    feed = await store.find_feed(session)
    if feed is None or not feed.active:
        return None
    organization, today = await identity.organization_of(session), await business_day(session)
    first = first_missing(await store.newest_fetched(session), today)
    if first > today:
        return None
    source = source_named(feed.source, url=feed.url, app_id=_opened(feed, key))
    return Plan(source, first, today, organization.currency)


def _opened(feed: RateFeed, key: bytes) -> str | None:
    if feed.app_id_sealed is None:
        return None
    try:
        return unseal(key, feed.app_id_sealed, _context(feed.organization_id)).decode()
    except SealBroken as problem:
        raise SourceRefused(source=feed.source, status="a key that cannot be opened") from problem


async def keep_published(session: AsyncSession, plan: Plan, published: Sequence[Published]) -> int:
    """Write what a source said. Raises SourceRefused when it does not know the organization's currency."""
    found = [rate for day in published for rate in crossed(day, plan.own)]
    if published and not found:
        raise SourceRefused(source=plan.source.name, status=f"no rates for {plan.own}")
    kept = await store.keep(session, plan.source.name, found)
    await note_attempt(session, None)
    if kept:
        await announce(session, events.CHANGED, {"source": plan.source.name, "count": kept})
    return kept


async def note_attempt(session: AsyncSession, problem: str | None) -> None:
    """Remember how fetching went."""
    feed = await store.find_feed(session, lock=True)
    if feed is None:
        return
    feed.problem = problem
    if problem is None:
        feed.refreshed_at = now()
    await session.flush()
