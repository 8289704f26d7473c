"""The API of valuation: what stock is worth, what it is made of, and why a line cost what it did."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query

from onhand import catalog, places, rates
from onhand.infra.http import Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Currency, Data
from onhand.valuation import schemas, store_explain, store_lists
from onhand.valuation.service import Ask, valuation

router = Router("valuation")
READ = rates.READ
LONGEST_TREND = 731


@router.get("/valuation", permission=READ)
async def read_stock_value(
    session: Session,
    as_of: Annotated[date | None, Query(description="At the end of this day; today if left out")] = None,
    currency: Annotated[Currency | None, Query(description="Else the organization's own")] = None,
    warehouse: Annotated[str | None, Query(max_length=100, description="Of one warehouse, by code or id")] = None,
    category: Annotated[UUID | None, Query(description="Of a category and those below it")] = None,
    days: Annotated[int, Query(ge=0, le=LONGEST_TREND, description="Days of trend before it")] = 0,
) -> Data[schemas.StockValueOut]:
    """What stock is worth, in all, by warehouse and by category; gains and losses from rates apart."""
    place = None if warehouse is None else (await places.warehouse_by(session, warehouse)).id
    if category is not None:
        await catalog.category_by_id(session, category)
    ask = Ask(day=as_of, currency=currency, warehouse=place, category=category, days=days)
    found = await valuation(session, ask)
    shown = schemas.StockValueOut(
        as_of=found.day,
        currency=found.currency,
        own=found.own,
        rate=found.rate,
        total=schemas.WorthOut.model_validate(found.total),
        warehouses=[schemas.WorthOut.model_validate(one) for one in found.parts if one.kind == "warehouse"],
        categories=[schemas.WorthOut.model_validate(one) for one in found.parts if one.kind == "category"],
        trend=[schemas.ValueDayOut(day=day, value=value) for day, value in found.trend],
        abroad=[
            schemas.AbroadOut(
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


@router.listing("/costs/layers", store_lists.LAYERS, schemas.LayerRow, permission=READ)
def list_cost_layers(_: ListQuery) -> Source:
    """What receipts left in stock and what it is worth, oldest first; used up ones by `filter[open]=false`."""
    return store_lists.LAYERS, store_lists.layers()


@router.listing("/costs/uncosted", store_lists.LAYERS, schemas.LayerRow, permission=READ)
def list_uncosted(_: ListQuery) -> Source:
    """Receipts whose cost nobody told, still in stock; sold ones by `filter[open]=false`. They count in no value."""
    return store_lists.LAYERS, store_lists.uncosted()


@router.listing("/costs/receipts", store_lists.RECEIPTS, schemas.ReceiptRow, permission=READ)
def list_cost_receipts(_: ListQuery) -> Source:
    """Lines that brought goods in, newest first, and what they cost."""
    return store_lists.RECEIPTS, store_lists.receipts()


@router.get("/costs/postings/{posting_id}", permission=READ)
async def explain_posting(session: Session, posting_id: UUID) -> Data[list[schemas.CostOut]]:
    """What each line of a posting cost, and why: layers, receipts, rates, landed costs, later corrections."""
    return Data(data=[schemas.CostOut.of(one) for one in await store_explain.explain(session, [posting_id])])


@router.get("/costs/references/{kind}/{reference_id}", permission=READ)
async def explain_document(session: Session, kind: str, reference_id: UUID) -> Data[list[schemas.CostOut]]:
    """The same of all postings of a document, such as an `order`: what its sale cost, line by line."""
    return Data(
        data=[schemas.CostOut.of(one) for one in await store_explain.explain_reference(session, kind, reference_id)]
    )
