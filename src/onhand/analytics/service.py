"""The figures people look at, each with how it comes about and where its rows are."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote

from onhand import identity
from onhand.analytics import domain, store
from onhand.analytics.domain import LONGEST, Grain, Period, PeriodName, Sale, Sold
from onhand.analytics.errors import BadPeriod
from onhand.analytics.figures import AHEAD_DAYS, figure, today
from onhand.analytics.schemas import (
    AbcClass,
    AbcOut,
    AbcSku,
    AlertsOut,
    BestSellers,
    ChangeOut,
    ChannelSales,
    Compared,
    CurrencySales,
    DashboardOut,
    DayValue,
    Explain,
    OrdersOut,
    PeriodOut,
    Point,
    SalesOut,
    SkuSales,
    SoldOut,
    StockOut,
    TrendOut,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

SALES = (
    "Sum over order lines of (quantity - cancelled) × unit price - line discount, by order date; returns are negative;"
    " without tax, postage, fees and discounts of whole orders."
)
SHORT = {
    "low_stock": ("Active reorder policies with available < reorder point (by hand, else computed).", "low-stock"),
    "out_of_stock": ("Active reorder policies with available <= 0.", "policies?filter[available][lte]=0"),
    "running_out": (
        f"Active reorder policies whose expected demand of {AHEAD_DAYS} days exceeds what is available.",
        f"stockouts?days={AHEAD_DAYS}",
    ),
}


async def period_for(session: AsyncSession, name: PeriodName, first: date | None, last: date | None) -> Period:
    """The period asked for. Raises BadPeriod."""
    if name != "custom":
        return domain.period_named(name, await today(session))
    if first is None or last is None or not timedelta() <= last - first < timedelta(LONGEST):
        raise BadPeriod(longest=LONGEST)
    return Period(name, first, last)


async def dashboard(session: AsyncSession, period: Period) -> DashboardOut:
    """All figures of the first page."""
    organization = await identity.organization_of(session)
    currency = organization.currency
    every = await store.sales(session, period.before.first, period.last)
    own = [sale for sale in every if sale.currency == currency]
    current = [sale for sale in own if sale.day >= period.first]
    before = [sale for sale in own if sale.day < period.first]
    return DashboardOut(
        period=period_out(period, organization.time_zone),
        currency=currency,
        sales=_sales(period, current, before, every),
        channels=_channels(period, current, before),
        series=[_point(start, sold) for start, sold in domain.series(current, period)],
        best_sellers=await best_sellers(session, period),
        stock=await stock(session, period),
        orders=await open_orders(session),
        alerts=await alerts(session, period),
    )


def period_out(period: Period, time_zone: str) -> PeriodOut:
    """A period as the API shows it."""
    return PeriodOut(
        name=period.name,
        first_day=period.first,
        last_day=period.last,
        days=period.days,
        before_first_day=period.before.first,
        before_last_day=period.before.last,
        time_zone=time_zone,
    )


def _rows(period: Period, channel: str | None = None) -> str:
    """Where the orders of a period are."""
    only = f"&filter[channel]={quote(channel)}" if channel else ""
    return f"/api/v1/orders?from_date={period.first}&to_date={period.last}{only}"


def _compared(now: Sold, before: Sold) -> Compared:
    grew = ChangeOut(
        amount=domain.change(now.amount, before.amount),
        units=domain.change(now.units, before.units),
        orders=domain.change(Decimal(now.orders), Decimal(before.orders)),
    )
    return Compared(**asdict(now), before=SoldOut(**asdict(before)), change=grew)


def _sales(period: Period, current: Sequence[Sale], before: Sequence[Sale], every: Sequence[Sale]) -> SalesOut:
    shown = _compared(domain.total(current), domain.total(before))
    base = {sale.currency for sale in current} | {sale.currency for sale in before}
    others = sorted({sale.currency for sale in every if sale.day >= period.first} - base)
    foreign = [
        CurrencySales(
            currency=code,
            **asdict(domain.total(sale for sale in every if sale.currency == code and sale.day >= period.first)),
        )
        for code in others
    ]
    return SalesOut(**dict(shown), other_currencies=foreign, explain=Explain(formula=SALES, rows=_rows(period)))


def _channels(period: Period, current: Sequence[Sale], before: Sequence[Sale]) -> list[ChannelSales]:
    whole, earlier = domain.total(current).amount, domain.by_channel(before)
    now = domain.by_channel(current)
    named = now | {channel: Sold() for channel in earlier if channel not in now}
    return [
        ChannelSales(
            channel=channel,
            share=round(sold.amount / whole * 100, 1) if whole > 0 else None,
            explain=Explain(formula=SALES, rows=_rows(period, channel)),
            **dict(_compared(sold, earlier.get(channel, Sold()))),
        )
        for channel, sold in named.items()
    ]


def _point(start: date, sold: Sold) -> Point:
    return Point(start=start, **asdict(sold))


async def best_sellers(session: AsyncSession, period: Period) -> BestSellers:
    """What sold for most in the organization's currency."""
    found = await figure(session, "best_sellers", period)
    rows = [SkuSales(**row) for row in found.facts["rows"]]
    return BestSellers(rows=rows, as_of=found.as_of, explain=Explain(formula=SALES, rows=_rows(period)))


async def stock(session: AsyncSession, period: Period) -> StockOut:
    """What the stock is worth, and its trend over the period."""
    found = await figure(session, "stock", period)
    trend = [DayValue(**row) for row in found.facts["trend"]]
    formula = (
        "On hand × unit cost: the average of its costed receipts, else the product's cost price. The trend values each"
        " day's stock at today's unit costs. SKUs without any cost are counted beside it, never valued at 0."
    )
    own = {name: value for name, value in found.facts.items() if name != "trend"}
    return StockOut(
        **own,
        change=domain.change(trend[-1].value, trend[0].value) if trend else None,
        trend=trend,
        as_of=found.as_of,
        explain=Explain(formula=formula, rows="/api/v1/stock-levels?sort=-on_hand"),
    )


async def open_orders(session: AsyncSession) -> OrdersOut:
    """Orders that wait for somebody."""
    to_ship, on_hold, backordered = await store.open_orders(session)
    formula = "Orders that are pending, processing or partial now, and not on hold; whatever the period."
    rows = "/api/v1/orders?filter[status]=pending,processing,partial"
    explain = Explain(formula=formula, rows=rows + "&filter[on_hold]=false")
    return OrdersOut(to_ship=to_ship, on_hold=on_hold, backordered=backordered, explain=explain)


async def alerts(session: AsyncSession, period: Period) -> AlertsOut:
    """What runs low now; whatever the period."""
    found = await figure(session, "alerts", period)
    explain = {
        name: Explain(formula=formula, rows=f"/api/v1/replenishment/{rows}") for name, (formula, rows) in SHORT.items()
    }
    return AlertsOut(**found.facts, as_of=found.as_of, explain=explain)


async def sales_trend(session: AsyncSession, period: Period, grain: Grain, channel: str | None) -> TrendOut:
    """Sales per day, week or month, of one channel or all."""
    organization = await identity.organization_of(session)
    found = await store.sales(session, period.first, period.last)
    own = [s for s in found if s.currency == organization.currency and channel in {None, s.channel}]
    return TrendOut(
        period=period_out(period, organization.time_zone),
        currency=organization.currency,
        group_by=grain,
        rows=[_point(start, sold) for start, sold in domain.series(own, period, grain)],
        explain=Explain(formula=SALES, rows=_rows(period, channel)),
    )


async def abc(session: AsyncSession, period: Period, a: Decimal, b: Decimal, most: int) -> AbcOut:
    """SKUs by what they sold for: A up to `a` per cent of all, B up to `b`, C the rest."""
    organization = await identity.organization_of(session)
    days, currency, shares = (period.first, period.last), organization.currency, (a / 100, b / 100)
    classes = await store.abc_classes(session, *days, currency, shares)
    skus = await store.abc_skus(session, *days, currency, shares, most)
    whole = sum((amount for *_, amount in classes), Decimal(0))
    formula = (
        f"SKUs by amount sold, the most first: A while those before make up less than {a} % of all, B less than {b} %,"
        " C the rest and what sold for nothing."
    )
    return AbcOut(
        period=period_out(period, organization.time_zone),
        currency=currency,
        a=a,
        b=b,
        classes=[
            AbcClass(name=name, skus=n, units=units, amount=amount, share=_share(amount, whole))
            for name, n, units, amount in classes
        ],
        rows=[
            AbcSku(abc=name, sku_id=sku_id, sku=sku, name=title, units=units, amount=amount)
            for name, sku_id, sku, title, units, amount in skus
        ],
        explain=Explain(formula=formula, rows=_rows(period)),
    )


def _share(amount: Decimal, whole: Decimal) -> Decimal | None:
    return round(amount / whole * 100, 1) if whole > 0 else None
