"""The API of the places inside a warehouse."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Request, Response

from onhand.infra.http import Session, etag, listed, require_match
from onhand.infra.lists import Filter, ListQuery, Source, run_list
from onhand.infra.schemas import Data, Page
from onhand.places import service, service_bins, store_bins
from onhand.places.routes import READ, WRITE, router
from onhand.places.schemas_bins import BinChange, BinIn, BinOut, BinRow, BinsIn, BinsMade, Plan
from onhand.places.tables import Bin

BinQuery = Annotated[ListQuery, store_bins.BINS.query()]


def _answer(response: Response, found: Bin) -> Data[BinOut]:
    response.headers["ETag"] = etag(found.updated_at)
    return Data(data=BinOut.model_validate(found))


@router.listing("/bins", store_bins.BINS, BinRow, permission=READ)
def list_bins(_: ListQuery) -> Source:
    """Zones, aisles, shelves and bins of all warehouses, what holds others first, then in pick order."""
    return store_bins.BINS, store_bins.bins()


@router.get("/warehouses/{key}/bins", permission=READ, response_model=Page[BinRow])
async def list_bins_of_warehouse(session: Session, key: str, query: BinQuery) -> Response:
    """The places inside one warehouse."""
    warehouse = await service.warehouse_by(session, key)
    here = replace(query, filters=(*query.filters, Filter("warehouse_id", "eq", warehouse.id)))
    return listed(await run_list(session, store_bins.BINS, store_bins.bins(), here))


@router.post("/warehouses/{key}/bins", permission=WRITE)
async def create_bin(session: Session, response: Response, key: str, body: BinIn) -> Data[BinOut]:
    """Add a zone, an aisle, a shelf or a bin."""
    warehouse = await service.warehouse_by(session, key, lock=True)
    return _answer(response, await service_bins.create_bin(session, warehouse, body.model_dump()))


@router.post("/warehouses/{key}/bins/bulk", permission=WRITE)
async def create_bins(session: Session, key: str, body: BinsIn) -> Data[BinsMade]:
    """Add many by a pattern such as `A-{01..12}-{1..4}`, all or none; `?dry_run=true` only tells which."""
    warehouse = await service.warehouse_by(session, key, lock=True)
    common = body.model_dump(exclude={"pattern"})
    codes = await service_bins.create_by_pattern(session, warehouse, body.pattern, common)
    return Data(data=BinsMade(count=len(codes), codes=codes))


@router.put("/warehouses/{key}/plan", permission=WRITE, status_code=204)
async def draw_plan(session: Session, key: str, body: Plan) -> None:
    """Say where places stand on the floor plan."""
    warehouse = await service.warehouse_by(session, key)
    await service_bins.draw_plan(session, warehouse, [box.model_dump() for box in body.places])


@router.get("/bins/{key}", permission=READ)
async def read_bin(session: Session, response: Response, key: str) -> Data[BinOut]:
    """One place, by its id or as `CODE@WAREHOUSE`."""
    return _answer(response, await service_bins.bin_by(session, key))


@router.put("/bins/{key}", permission=WRITE)
@router.patch("/bins/{key}", permission=WRITE)
async def change_bin(session: Session, request: Request, response: Response, key: str, body: BinChange) -> Data[BinOut]:
    """Change the fields sent. Its type stays while stock lies there."""
    found = await service_bins.bin_by(session, key, lock=True)
    require_match(request, "place", found.updated_at)
    return _answer(response, await service_bins.change_bin(session, found, body.model_dump(exclude_unset=True)))


WITH_PARTS = Query(description="Also remove the places below it")


@router.delete("/bins/{key}", permission=WRITE)
async def remove_bin(session: Session, key: str, with_parts: Annotated[bool, WITH_PARTS] = False) -> None:
    """Remove an empty place; one in which stock ever lay is archived."""
    await service_bins.remove_bin(session, await service_bins.bin_by(session, key, lock=True), with_parts=with_parts)
