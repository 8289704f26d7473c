"""The API of valuation."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query

from onhand import catalog, places
from onhand.costing.routes_rates import READ, router
from onhand.costing.service_valuation import Ask, valuation
from onhand.infra.http import Session
from onhand.infra.schemas import Currency, Data, Out, Quantity

LONGEST_TREND = 731
__all__ = ["router"]


class WorthOut(Out):
    """A part of the stock. `uncosted` SKUs have units whose cost nobody told; they are in no value."""

    id: UUID | None
    code: str | None
    name: str | None
    value: Quantity
    units: Quantity
    skus: int
    uncosted: int
    uncosted_units: Quantity


class ValueDayOut(Out):
    """Value at the end of a day."""

    day: date
    value: Quantity


class AbroadOut(Out):
    """Goods in stock bought in another currency, in the organization's own at the rates then, and at the day's."""

    currency: str
    units: Quantity
    amount: Quantity
    then: Quantity
    now: Quantity | None
    difference: Quantity | None


class StockValueOut(Out):
    """What stock was worth at the end of a day; amounts in `currency`, of which one was worth `rate` of `own`."""

    as_of: date
    currency: str
    own: str
    rate: Quantity
    total: WorthOut
    warehouses: list[WorthOut]
    categories: list[WorthOut]
    trend: list[ValueDayOut]
    abroad: list[AbroadOut]


@router.get("/valuation", permission=READ)
async def read_stock_value(
    session: Session,
    as_of: Annotated[date | None, Query(description="At the end of this day; today if left out")] = None,
    currency: Annotated[Currency | None, Query(description="Else the organization's own")] = None,
    warehouse: Annotated[str | None, Query(max_length=100, description="Of one warehouse, by code or id")] = None,
    category: Annotated[UUID | None, Query(description="Of a category and those below it")] = None,
    days: Annotated[int, Query(ge=0, le=LONGEST_TREND, description="Days of trend before it")] = 0,
) -> Data[StockValueOut]:
    """What stock is worth, in all, by warehouse and by category; gains and losses from rates apart."""
    place = None if warehouse is None else (await places.warehouse_by(session, warehouse)).id
    if category is not None:
        await catalog.category_by_id(session, category)
    ask = Ask(day=as_of, currency=currency, warehouse=place, category=category, days=days)
    found = await valuation(session, ask)
    shown = StockValueOut(
        as_of=found.day,
        currency=found.currency,
        own=found.own,
        rate=found.rate,
        total=WorthOut.model_validate(found.total),
        warehouses=[WorthOut.model_validate(one) for one in found.parts if one.kind == "warehouse"],
        categories=[WorthOut.model_validate(one) for one in found.parts if one.kind == "category"],
        trend=[ValueDayOut(day=day, value=value) for day, value in found.trend],
        abroad=[
            AbroadOut(
                currency=one.currency,
                units=one.units,
                amount=one.amount,
                then=one.then,
                now=one.now,
                difference=None if one.now is None else one.now - one.then,
            )
            for one in found.abroad
        ],
    )
    return Data(data=shown)
