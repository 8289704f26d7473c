"""Figures that take long are kept for a while and renewed in the background; quick ones are computed for each who asks.

So a small business always sees this very moment, and a million SKUs never make anybody wait (decision 0022).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from onhand import identity, ledger
from onhand.analytics import store
from onhand.analytics.domain import QUICK_MS, Period, PeriodName, period_named, renewal
from onhand.infra import jobs
from onhand.infra.schemas import jsonable
from onhand.kernel import now

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.ext.asyncio import AsyncSession

MOST_SELLERS = 10
AHEAD_DAYS = 28
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was computed, and when."""

    facts: Facts
    as_of: datetime


async def today(session: AsyncSession) -> date:
    """The organization's business day."""
    zone = (await identity.organization_of(session)).time_zone
    return now().astimezone(ZoneInfo(zone)).date()


async def _stock(session: AsyncSession, period: Period) -> Facts:
    """Value and its trend; of a period that is over, the value at its end."""
    held, last = await ledger.stock_value(session), await today(session)
    days = (last - period.first).days + 1
    trend = {day: value for day, value in await ledger.stock_value_trend(session, days) if day <= period.last}
    if period.last >= last:
        trend[last] = held.value
    shown = sorted((day, value) for day, value in trend.items() if day >= period.first)
    return {
        "value": shown[-1][1],
        "units": held.units,
        "skus": held.skus,
        "uncosted": held.uncosted,
        "uncosted_units": held.uncosted_units,
        "trend": [{"day": day.isoformat(), "value": value} for day, value in shown],
    }


async def _best_sellers(session: AsyncSession, period: Period) -> Facts:
    currency = (await identity.organization_of(session)).currency
    rows = await store.best_sellers(session, period.first, period.last, currency, MOST_SELLERS)
    return {"rows": [dict(zip(("sku_id", "sku", "name", "units", "amount"), row, strict=True)) for row in rows]}


async def _alerts(session: AsyncSession, _: Period) -> Facts:
    low, out, running_out = await store.alerts(session, AHEAD_DAYS)
    return {"low_stock": low, "out_of_stock": out, "running_out": running_out, "days": AHEAD_DAYS}


FIGURES: dict[str, Callable[[AsyncSession, Period], Awaitable[Facts]]] = {
    "stock": _stock,
    "best_sellers": _best_sellers,
    "alerts": _alerts,
}


async def figure(session: AsyncSession, name: str, period: Period) -> Figure:
    """A figure of the period: computed now, or as it was kept when computing takes long."""
    kept = await store.find_figure(session, name, period.key)
    if kept is None:
        return await compute(session, name, period)
    facts, took_ms, computed_at = kept
    how = renewal(took_ms, now() - computed_at)
    if how == "now":
        return await compute(session, name, period)
    if how == "background":
        await jobs.defer(session, renew, lock=f"figure {name} {period.key}", name=name, key=period.key)
    return Figure(facts, computed_at)


async def compute(session: AsyncSession, name: str, period: Period) -> Figure:
    """Compute a figure, and keep it if that took long."""
    started, moment = monotonic(), now()
    facts = cast("Facts", jsonable(await FIGURES[name](session, period)))
    took_ms = round((monotonic() - started) * 1000)
    if took_ms > QUICK_MS:
        await store.keep_figure(session, name, period.key, facts, took_ms)
    else:
        await store.drop_figure(session, name, period.key)
    return Figure(facts, moment)


@jobs.app.task(queue="default", name="analytics.renew")
async def renew(organization_id: str, name: str, key: str) -> None:
    """Compute a kept figure anew."""
    async with jobs.work(organization_id) as session:
        await compute(session, name, period_of(key, await today(session)))


def period_of(key: str, day: date) -> Period:
    """The period that a kept figure's key means on that day."""
    first, found, last = key.partition("..")
    if found:
        return Period("custom", type(day).fromisoformat(first), type(day).fromisoformat(last))
    return period_named(cast("PeriodName", key), day)
