"""The API of exchange rates."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from onhand.infra.http import Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data
from onhand.infra.secrets import master_key
from onhand.rates import service, store
from onhand.rates.domain import Rate
from onhand.rates.jobs import start_fetching
from onhand.rates.schemas import CurrentRateOut, FeedIn, FeedOut, RateIn, RateOut, RateRow, RefreshStarted
from onhand.rates.tables import RateFeed

router = Router("rates")
READ = declare("costing.read", "See what stock costs and is worth, and exchange rates", staff=True)
WRITE = declare("costing.write", "Enter costs and exchange rates, choose how stock is valued", staff=False)


@router.listing("/exchange-rates", store.RATES, RateRow, permission=READ)
def list_exchange_rates(_: ListQuery) -> Source:
    """Every known rate, newest first: units of the organization's currency for one of the other."""
    return store.RATES, store.rates()


@router.get("/exchange-rates/current", permission=READ)
async def list_current_rates(session: Session, as_of: date | None = None) -> Data[list[CurrentRateOut]]:
    """The rate that holds for each currency on a day: the last until then, one by hand before a fetched one."""
    day = as_of or await service.business_day(session)
    found = await store.current(session, day)
    return Data(data=[CurrentRateOut.model_validate(one) for one in found], meta={"as_of": day.isoformat()})


@router.put("/exchange-rates", permission=WRITE)
async def set_exchange_rate(session: Session, body: RateIn) -> Data[RateOut]:
    """Set the rate of a day by hand."""
    rate = Rate(body.currency.upper(), body.day, body.rate)
    await service.set_rate(session, rate)
    return Data(data=RateOut.model_validate(rate))


@router.delete("/exchange-rates", permission=WRITE)
async def remove_exchange_rate(
    session: Session,
    currency: Annotated[str, Query(pattern="^[A-Za-z]{3}$")],
    day: Annotated[date, Query(description="The day it was set for")],
) -> None:
    """Forget a rate set by hand; the source's holds again."""
    await service.remove_rate(session, currency, day)


async def _feed(session: Session, feed: RateFeed | None) -> Data[FeedOut]:
    currencies = await store.known_currencies(session)
    shown = FeedOut(
        source=feed.source if feed else service.DEFAULT_SOURCE,  # type: ignore[arg-type]  # a CHECK says so
        url=feed.url if feed else None,
        has_app_id=bool(feed and feed.app_id_sealed),
        active=bool(feed and feed.active),
        refreshed_at=feed.refreshed_at if feed else None,
        problem=feed.problem if feed else None,
        currencies=currencies,
    )
    return Data(data=shown)


@router.get("/exchange-rates/feed", permission=READ)
async def read_rate_feed(session: Session) -> Data[FeedOut]:
    """Where rates come from, and how the last attempt went."""
    return await _feed(session, await service.find_feed(session))


@router.patch("/exchange-rates/feed", permission=WRITE)
async def change_rate_feed(session: Session, request: Request, body: FeedIn) -> Data[FeedOut]:
    """Choose where rates come from; what is missing is fetched every four hours."""
    changes = body.model_dump(exclude_unset=True, mode="json")
    key = master_key(request.app.state.settings)
    return await _feed(session, await service.change_feed(session, key, changes))


@router.post("/exchange-rates/refresh", permission=WRITE, status_code=202)
async def refresh_rates(session: Session) -> Data[RefreshStarted]:
    """Fetch what is missing now, in the background."""
    job_id: UUID = await start_fetching(session)
    return Data(data=RefreshStarted(job_id=job_id))
