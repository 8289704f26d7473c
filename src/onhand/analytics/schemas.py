"""What the API of figures gives. Money is in `currency`; shares and changes are per cent, to a tenth."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from onhand.infra.schemas import Out, Quantity


class Explain(Out):
    """How a number comes about, and the address where its rows are."""

    formula: str
    rows: str


class PeriodOut(Out):
    """The business days that every figure is about, and the as many days before that it is compared with."""

    name: str
    first_day: date
    last_day: date
    days: int
    before_first_day: date
    before_last_day: date
    time_zone: str


class SoldOut(Out):
    """Sales of goods: what was taken in, units, orders."""

    amount: Quantity
    units: Quantity
    orders: int


class ChangeOut(Out):
    """By how many per cent each grew; null when there was nothing to grow from."""

    amount: Quantity | None
    units: Quantity | None
    orders: Quantity | None


class Compared(SoldOut):
    """Sales beside those of the period before."""

    before: SoldOut
    change: ChangeOut


class CurrencySales(SoldOut):
    """Sales in another currency; never added to the others."""

    currency: str


class SalesOut(Compared):
    """Sales of the period in the organization's currency."""

    other_currencies: list[CurrencySales]
    explain: Explain


class ChannelSales(Compared):
    """Sales of one channel, and its share of the whole amount."""

    channel: str
    share: Quantity | None
    explain: Explain


class Point(SoldOut):
    """Sales of one day, week or month, named by its first day."""

    start: date


class SkuSales(Out):
    """What one SKU sold."""

    sku_id: UUID
    sku: str
    name: str
    units: Quantity
    amount: Quantity


class BestSellers(Out):
    """What sold for most."""

    rows: list[SkuSales]
    as_of: datetime
    explain: Explain


class DayValue(Out):
    """Stock value at the end of a day."""

    day: date
    value: Quantity


class StockOut(Out):
    """What the stock is worth at the period's end. `uncosted` SKUs have no known cost and are not in it."""

    value: Quantity
    change: Quantity | None
    units: Quantity
    skus: int
    uncosted: int
    uncosted_units: Quantity
    trend: list[DayValue]
    as_of: datetime
    explain: Explain


class OrdersOut(Out):
    """Open orders now: to ship, on hold, and those among both that wait for stock."""

    to_ship: int
    on_hold: int
    backordered: int
    explain: Explain


class AlertsOut(Out):
    """SKUs at a warehouse: below their reorder point, with nothing left, running out within `days`."""

    low_stock: int
    out_of_stock: int
    running_out: int
    days: int
    as_of: datetime
    explain: dict[str, Explain]


class DashboardOut(Out):
    """The figures of the first page; one period rules them all."""

    period: PeriodOut
    currency: str
    sales: SalesOut
    channels: list[ChannelSales]
    series: list[Point]
    best_sellers: BestSellers
    stock: StockOut
    orders: OrdersOut
    alerts: AlertsOut


class TrendOut(Out):
    """Sales per day, week or month."""

    period: PeriodOut
    currency: str
    group_by: str
    rows: list[Point]
    explain: Explain


class AbcClass(Out):
    """One class of the ABC analysis."""

    name: str
    skus: int
    units: Quantity
    amount: Quantity
    figure: Quantity
    share: Quantity | None


class AbcSku(SkuSales):
    """A SKU with its class, how steadily it sells (X, Y, Z), and the figure that the class goes by."""

    abc: str
    xyz: str | None
    figure: Quantity


class AbcOut(Out):
    """SKUs by what they made: A makes the first `a` per cent, B those up to `b`, C the rest."""

    period: PeriodOut
    currency: str
    by: str
    a: Quantity
    b: Quantity
    classes: list[AbcClass]
    rows: list[AbcSku]
    explain: Explain


class AbcGiven(Out):
    """How many SKUs were given each class."""

    a: int
    b: int
    c: int


Facts = dict[str, Any]
