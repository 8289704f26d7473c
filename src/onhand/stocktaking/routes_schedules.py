"""The API of count schedules, of what is due, and of accuracy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from onhand import places
from onhand.infra.http import Session, Who, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data
from onhand.stocktaking import (
    schemas,
    schemas_schedules,
    service_accuracy,
    service_schedules,
    service_view,
    store_due,
    store_lists,
)
from onhand.stocktaking.domain import NewSchedule
from onhand.stocktaking.routes import APPROVE, PLAN, READ, router

__all__ = ["router"]

if TYPE_CHECKING:
    from onhand.stocktaking.tables import CountSchedule


async def _shown(session: Session, response: Response, schedule: CountSchedule) -> Data[Any]:
    response.headers["ETag"] = etag(schedule.updated_at)
    found = await service_view.schedule(session, schedule)
    return Data(data=schemas_schedules.CountScheduleRow.model_validate(found))


async def _locked(session: Session, request: Request, schedule_id: UUID) -> CountSchedule:
    schedule = await service_schedules.schedule_by(session, schedule_id, lock=True)
    require_match(request, "count schedule", schedule.updated_at)
    return schedule


@router.listing("/count-schedules", store_lists.SCHEDULES, schemas_schedules.CountScheduleRow, permission=READ)
def list_schedules(_: ListQuery) -> Source:
    """Count schedules."""
    return store_lists.SCHEDULES, store_lists.schedules()


@router.post("/count-schedules", permission=PLAN, response_model=Data[schemas_schedules.CountScheduleRow])
async def create_schedule(session: Session, response: Response, body: schemas_schedules.CountScheduleIn) -> Any:
    """Add a schedule. Each night it plans a count of what is due, unless one of it is still open."""
    warehouse = await places.warehouse_by(session, body.warehouse) if body.warehouse else None
    place = await service_schedules.find_bin(session, warehouse.id if warehouse else None, body.bin)
    wanted = NewSchedule(
        name=body.name,
        method=body.method,
        every_days=body.every_days,
        most=body.most,
        abc=body.abc,
        warehouse_id=warehouse.id if warehouse else None,
        bin_id=place,
        value_above=body.value_above,
        counters=body.counters,
        blind=body.blind,
        active=body.active,
    )
    return await _shown(session, response, await service_schedules.create(session, wanted))


@router.post("/count-schedules/usual", permission=PLAN)
async def create_usual(session: Session) -> Data[list[schemas_schedules.CountScheduleRow]]:
    """The usual schedules: A monthly, B quarterly, C yearly, high value monthly, and what looks wrong daily."""
    made = await service_schedules.create_usual(session)
    shown = [await service_view.schedule(session, one) for one in made]
    return Data(data=[schemas_schedules.CountScheduleRow.model_validate(one) for one in shown])


@router.patch(
    "/count-schedules/{schedule_id}", permission=PLAN, response_model=Data[schemas_schedules.CountScheduleRow]
)
async def change_schedule(
    session: Session,
    request: Request,
    response: Response,
    schedule_id: UUID,
    body: schemas_schedules.CountScheduleChange,
) -> Any:
    """Change a schedule, or switch it on or off."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    schedule = await _locked(session, request, schedule_id)
    return await _shown(session, response, await service_schedules.change(session, schedule, changes))


@router.delete("/count-schedules/{schedule_id}", permission=PLAN)
async def remove_schedule(session: Session, request: Request, schedule_id: UUID) -> None:
    """Remove a schedule that no count came of."""
    await service_schedules.remove(session, await _locked(session, request, schedule_id))


@router.post("/count-schedules/{schedule_id}/run", permission=PLAN, status_code=200)
async def run_schedule(session: Session, who: Who, schedule_id: UUID) -> Data[list[schemas.CountOut]]:
    """Plan what the schedule has to count now, a count for each warehouse."""
    schedule = await service_schedules.schedule_by(session, schedule_id, lock=True)
    made = await service_schedules.run(session, schedule)
    return Data(data=[await service_view.view(session, one, may_approve=who.may(APPROVE)) for one in made])


@router.listing("/count-due", store_due.DUE_LIST, schemas_schedules.CountDueRow, permission=READ)
def list_due(_: ListQuery) -> Source:
    """What is to be counted today or since earlier, by the strictest schedule; with `filter[due]=false` what is not."""
    return store_due.DUE_LIST, store_due.due()


@router.post("/count-due/start", permission=PLAN)
async def count_due(session: Session, who: Who, body: schemas_schedules.CountDueIn) -> Data[schemas.CountOut]:
    """Begin a count of what is most overdue at a warehouse."""
    warehouse = await places.warehouse_by(session, body.warehouse)
    count = await service_schedules.count_due(session, warehouse.id, body.most)
    return Data(data=await service_view.view(session, count, may_approve=who.may(APPROVE)))


@router.get("/count-accuracy", permission=READ)
async def accuracy(
    session: Session,
    months: Annotated[int, Query(ge=1, le=60, description="How far back")] = 12,
    warehouse: str | None = None,
) -> Data[schemas_schedules.CountAccuracyOut]:
    """How accurate counts found the stock, month by month, by lines and by value."""
    place = await places.warehouse_by(session, warehouse) if warehouse else None
    return Data(data=await service_accuracy.accuracy(session, months, place.id if place else None))
