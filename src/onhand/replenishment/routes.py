"""The API of replenishment: what to order and why, what runs low, when stock runs out, and points set by hand."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from onhand import forecasting
from onhand.infra.http import Router, Session, etag, listed, require_match
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.schemas import Data, Page
from onhand.replenishment import service, store
from onhand.replenishment.jobs import start_planning
from onhand.replenishment.schemas import JobStarted, PolicyChange, PolicyFor, PolicyOut, SuggestionRow
from onhand.replenishment.tables import ReorderPolicy

router = Router("replenishment")
READ, WRITE = forecasting.READ, forecasting.WRITE


@router.post("/forecasting/generate", permission=WRITE, status_code=202)
async def generate(
    session: Session,
    anew: Annotated[bool, Query(description="Read the whole ledger and learn again, whatever is kept")] = False,
) -> Data[JobStarted]:
    """Forecast every SKU and compute every reorder point in the background, as every night."""
    return Data(data=JobStarted(job_id=await start_planning(session, anew=anew)))


@router.get("/replenishment/suggestions", permission=READ, response_model=Page[SuggestionRow])
async def list_suggestions(session: Session, query: Annotated[ListQuery, store.SUGGESTIONS.query()]) -> Response:
    """What to order now: available + incoming <= reorder point, with enough sales history; the most urgent first."""
    found = await run_list(session, store.SUGGESTIONS, store.policies().where(store.DUE), query)
    return listed(service.with_advice(found))


@router.get("/replenishment/low-stock", permission=READ, response_model=Page[SuggestionRow])
async def list_low_stock(session: Session, query: Annotated[ListQuery, store.SUGGESTIONS.query()]) -> Response:
    """What is low: available < reorder point, also when enough is on its way."""
    found = await run_list(session, store.SUGGESTIONS, store.policies().where(store.P.active, store.LOW), query)
    return listed(service.with_advice(found))


@router.get("/replenishment/stockouts", permission=READ, response_model=Page[SuggestionRow])
async def list_stockouts(
    session: Session,
    query: Annotated[ListQuery, store.STOCKOUTS.query()],
    days: Annotated[int, Query(ge=1, le=90, description="Look so many days ahead")] = 28,
) -> Response:
    """What will run out, with the day: expected demand exceeds what is available and nothing else comes in."""
    found = await run_list(session, store.STOCKOUTS, store.stockouts(days), query)
    return listed(service.with_advice(found))


@router.get("/replenishment/policies", permission=READ, response_model=Page[SuggestionRow])
async def list_policies(session: Session, query: Annotated[ListQuery, store.POLICIES.query()]) -> Response:
    """Every reorder point, computed and set by hand side by side, against live stock."""
    return listed(service.with_advice(await run_list(session, store.POLICIES, store.policies(), query)))


def _answer(response: Response, policy: ReorderPolicy) -> Data[PolicyOut]:
    response.headers["ETag"] = etag(policy.updated_at)
    return Data(data=PolicyOut.model_validate(policy))


@router.put("/replenishment/policies", permission=WRITE)
async def set_policy(session: Session, response: Response, body: PolicyFor) -> Data[PolicyOut]:
    """Set how a SKU is reordered at a warehouse, by their codes."""
    policy = await service.policy_for(session, body.sku, body.warehouse)
    changes = body.model_dump(exclude_unset=True, exclude={"sku", "warehouse"})
    return _answer(response, await service.change_policy(session, policy, changes))


@router.get("/replenishment/policies/{policy_id}", permission=READ)
async def read_policy(session: Session, response: Response, policy_id: UUID) -> Data[PolicyOut]:
    """One policy."""
    return _answer(response, await service.policy_by(session, policy_id))


@router.patch("/replenishment/policies/{policy_id}", permission=WRITE)
async def change_policy(
    session: Session, request: Request, response: Response, policy_id: UUID, body: PolicyChange
) -> Data[PolicyOut]:
    """Set a point or quantity by hand, or how the computed ones are made; null gives it back to the nightly run."""
    policy = await service.policy_by(session, policy_id, lock=True)
    require_match(request, "reorder policy", policy.updated_at)
    return _answer(response, await service.change_policy(session, policy, body.model_dump(exclude_unset=True)))
