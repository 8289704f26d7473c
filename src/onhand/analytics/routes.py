"""The API of figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, Query

from onhand import counting
from onhand.analytics import service, service_abc
from onhand.analytics.domain import Grain, Period, PeriodName
from onhand.analytics.errors import BadShares
from onhand.analytics.schemas import AbcGiven, AbcOut, AlertsOut, DashboardOut, TrendOut
from onhand.infra.http import Router, Session
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data

router = Router("analytics")
READ = declare("analytics.read", "See figures: sales, stock value, what runs low", staff=True)

Name = Annotated[PeriodName, Query(description="The days that every figure is about; `custom` with `from` and `to`")]
From = Annotated[date | None, Query(alias="from", description="First day of a custom period")]
To = Annotated[date | None, Query(alias="to", description="Last day of a custom period, within it")]
Share = Annotated[Decimal, Query(gt=0, lt=100, decimal_places=2, description="Per cent of the whole")]


async def _period(session: Session, period: Name = "30d", first: From = None, last: To = None) -> Period:
    return await service.period_for(session, period, first, last)


Days = Annotated[Period, Depends(_period)]


def _bounds(by: counting.By = "revenue", a: Share = Decimal(80), b: Share = Decimal(95)) -> service_abc.Bounds:
    if a >= b:
        raise BadShares(a=a, b=b)
    return service_abc.Bounds(by, a, b)


Bounds = Annotated[service_abc.Bounds, Depends(_bounds)]


@router.get("/analytics/dashboard", permission=READ)
async def dashboard(session: Session, days: Days) -> Data[DashboardOut]:
    """The figures of the first page: sales, channels, best sellers, stock value, open orders, what runs low."""
    return Data(data=await service.dashboard(session, days))


@router.get("/analytics/sales-trends", permission=READ)
async def sales_trends(
    session: Session, days: Days, group_by: Grain = "day", channel: str | None = None
) -> Data[TrendOut]:
    """Sales per day, week or month, of one channel or all."""
    return Data(data=await service.sales_trend(session, days, group_by, channel))


@router.get("/analytics/inventory-alerts", permission=READ)
async def inventory_alerts(session: Session, days: Days) -> Data[AlertsOut]:
    """How many SKUs are low, sold out, or will run out, now; each with the list that holds them."""
    return Data(data=await service.alerts(session, days))


@router.get("/analytics/abc-analysis", permission=READ)
async def abc_analysis(
    session: Session,
    days: Days,
    bounds: Bounds,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Data[AbcOut]:
    """SKUs by what they made, in classes A, B, C (80/15/5 unless said otherwise); X, Y, Z for steadiness."""
    return Data(data=await service_abc.abc(session, days, bounds, limit))


@router.post("/analytics/abc-analysis/classes", permission="counting.plan", status_code=200)
async def give_classes(session: Session) -> Data[AbcGiven]:
    """Give SKUs their classes now, by the rules of counting; each night does the same."""
    given = await service_abc.classify(session)
    return Data(data=AbcGiven(a=given["A"], b=given["B"], c=given["C"]))
