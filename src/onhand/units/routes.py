"""The API of units."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from onhand.infra.http import Router, Session, etag, listed, require_match
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data, Page
from onhand.units import service, store
from onhand.units.schemas import ConvertIn, ConvertOut, MeasureIn, MeasureOut, UnitChange, UnitIn, UnitOut
from onhand.units.service_entry import Entry, read_entries
from onhand.units.tables import Unit

router = Router("units")
READ = declare("units.read", "See units and how products are measured", staff=True)
WRITE = declare("units.write", "Add, change and remove units, and say how products are measured", staff=False)


def _answer(response: Response, unit: Unit) -> Data[UnitOut]:
    response.headers["ETag"] = etag(unit.updated_at)
    return Data(data=UnitOut.model_validate(unit))


@router.get("/units", permission=READ, response_model=Page[UnitOut])
async def list_units(session: Session, query: Annotated[ListQuery, store.UNITS.query()]) -> Response:
    """The organization's units; the common ones are there from the first look."""
    await service.ensure_defaults(session)
    return listed(await run_list(session, store.UNITS, store.units(), query))


@router.post("/units", permission=WRITE)
async def create_unit(session: Session, response: Response, body: UnitIn) -> Data[UnitOut]:
    """Add a unit."""
    return _answer(response, await service.create_unit(session, body.model_dump()))


@router.get("/unit-conversion", permission=READ)
async def convert_quantity(session: Session, body: Annotated[ConvertIn, Query()]) -> Data[ConvertOut]:
    """A quantity and its price in stock units, exactly, or why it cannot be taken; nothing is written."""
    measured = await service.measured(session, body.sku)
    read = (await read_entries(session, [Entry(service.as_key(body.sku), body.quantity, body.unit)]))[0]
    unit = MeasureOut.of(measured).stock_unit
    return Data(data=ConvertOut(quantity=read.quantity, stock_unit=unit, price=read.price(body.price)))


@router.get("/units/{key}", permission=READ)
async def read_unit(session: Session, response: Response, key: str) -> Data[UnitOut]:
    """One unit, by its id or code."""
    return _answer(response, await service.unit_by(session, key))


@router.put("/units/{key}", permission=WRITE)
@router.patch("/units/{key}", permission=WRITE)
async def change_unit(
    session: Session, request: Request, response: Response, key: str, body: UnitChange
) -> Data[UnitOut]:
    """Change the fields sent. The factor of a unit that products are measured in stays."""
    unit = await service.unit_by(session, key, lock=True)
    require_match(request, "unit", unit.updated_at)
    return _answer(response, await service.change_unit(session, unit, body.model_dump(exclude_unset=True)))


@router.delete("/units/{key}", permission=WRITE)
async def remove_unit(session: Session, request: Request, key: str) -> None:
    """Delete a unit that no product is measured in; archive any other."""
    unit = await service.unit_by(session, key, lock=True)
    require_match(request, "unit", unit.updated_at)
    await service.remove_unit(session, unit)


@router.get("/products/{key}/units", permission=READ)
async def read_measure(session: Session, key: str) -> Data[MeasureOut]:
    """How a product is measured, by its id or SKU: its units and how many stock units each holds."""
    return Data(data=MeasureOut.of(await service.measured(session, key)))


@router.put("/products/{key}/units", permission=WRITE)
async def measure_product(session: Session, key: str, body: MeasureIn) -> Data[MeasureOut]:
    """Say how a product is measured. Once it has stock or history, its stock unit stays."""
    return Data(data=MeasureOut.of(await service.measure_product(session, key, body.wanted())))
