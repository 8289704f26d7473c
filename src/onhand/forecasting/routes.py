"""The API of forecasting."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from onhand import demand
from onhand.forecasting import service, store
from onhand.forecasting.schemas import AccuracyOut, DemandOut, ForecastIn, ForecastOut, ForecastRow
from onhand.infra.http import Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data

router = Router("forecasting")
READ = declare("planning.read", "See forecasts, reorder points and suggestions", staff=True)
WRITE = declare("planning.write", "Make forecasts and set reorder points", staff=True)


@router.listing("/forecasts", store.FORECASTS, ForecastRow, permission=READ)
def list_forecasts(_: ListQuery) -> Source:
    """The latest forecast of each SKU, warehouse and algorithm; one without a warehouse is over all of them."""
    return store.FORECASTS, store.listing()


@router.post("/forecasts", permission=WRITE, status_code=200)
async def create_forecast(session: Session, body: ForecastIn) -> Data[ForecastOut]:
    """Forecast one SKU now, from what the ledger says now, and keep it."""
    request = service.ForecastRequest(body.sku, body.warehouse, body.horizon_days, body.algorithm)
    return Data(data=ForecastOut.of(await service.forecast_one(session, request)))


@router.get("/forecasts/{forecast_id}", permission=READ)
async def read_forecast(session: Session, forecast_id: UUID) -> Data[ForecastOut]:
    """One forecast with its days, its backtest and why it is what it is."""
    return Data(data=ForecastOut.of(await service.forecast_by(session, forecast_id)))


@router.delete("/forecasts/{forecast_id}", permission=WRITE)
async def remove_forecast(session: Session, forecast_id: UUID) -> None:
    """Forget one forecast."""
    await service.remove_forecast(session, forecast_id)


@router.get("/forecasting/demand", permission=READ)
async def read_demand(
    session: Session,
    sku: Annotated[str, Query(max_length=100, description="Code of the SKU")],
    warehouse: Annotated[str | None, Query(max_length=100, description="Code; all warehouses when left out")] = None,
    days: Annotated[int, Query(ge=1, le=730, description="So many of the last days")] = 365,
) -> Data[DemandOut]:
    """What was sold by day, with days out of stock, closed days and bulk orders marked."""
    past = await service.past_of(session, sku, warehouse)
    return Data(data=DemandOut.of(sku, warehouse, past, days))


@router.get("/forecasting/accuracy", permission=READ)
async def read_accuracy(session: Session) -> Data[AccuracyOut]:
    """How each demand class is forecast, and how that did in the backtest against repeating last week."""
    return Data(data=AccuracyOut.of(await service.newest_run(session)), meta={"algorithms": list(demand.ALGORITHMS)})
