"""The API of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Request, Response

from onhand import counting, places
from onhand.infra.http import Router, Session, Who, etag, listed, require_match
from onhand.infra.lists import ListQuery, Source, parse, run_list
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data, Page
from onhand.stocktaking import schemas, service_view, store_lists

if TYPE_CHECKING:
    from onhand.kernel import Actor

router = Router("counting")
READ = declare("counting.read", "See counts, what is due, and how accurate stock is", staff=True)
COUNT = declare("counting.count", "Count: scan and type what lies there", staff=True)
PLAN = declare("counting.plan", "Plan, start, finish, post and cancel counts, and set their schedules", staff=True)
APPROVE = declare("counting.approve", "See what a blind count expected, approve it, and set the rules", staff=False)


async def _shown(
    session: Session, response: Response, count: counting.StockCount, who: Actor
) -> Data[schemas.CountOut]:
    response.headers["ETag"] = etag(count.updated_at)
    return Data(data=await service_view.view(session, count, may_approve=who.may(APPROVE)))


async def _locked(session: Session, request: Request, key: str) -> counting.StockCount:
    count = await counting.count_by(session, key, lock=True)
    require_match(request, "count", count.updated_at)
    return count


@router.listing("/counts", store_lists.COUNTS, schemas.CountRow, permission=READ)
def list_counts(_: ListQuery) -> Source:
    """Counts, newest first."""
    return store_lists.COUNTS, store_lists.counts()


@router.post("/counts", permission=PLAN)
async def plan_count(session: Session, response: Response, who: Who, body: schemas.CountIn) -> Data[schemas.CountOut]:
    """Plan a count: of a warehouse, or of what is named of it. What another open count holds is left to that one."""
    warehouse = await places.warehouse_by(session, body.warehouse)
    rules = await counting.rules_of(session)
    scope = counting.Scope(
        skus=tuple(await counting.skus_named(session, body.skus)),
        categories=tuple(body.categories),
        abc=body.abc,
        value_above=body.value_above,
        sample=body.sample,
        seed=body.seed,
        due_days=body.not_counted_days,
        suspicion=rules.suspicious_percent if body.suspicious else None,
    )
    command = counting.NewCount(
        warehouse.id, body.kind, scope, name=body.name, note=body.note, blind=body.blind, counters=body.counters
    )
    count = await counting.plan(session, command)
    if body.start:
        count = await counting.start(session, count)
    return await _shown(session, response, count, who)


@router.get("/counts/{key}", permission=READ)
async def read_count(session: Session, response: Response, who: Who, key: str) -> Data[schemas.CountOut]:
    """One count, by its id or number. A blind one hides what it expects, and from whom it must."""
    return await _shown(session, response, await counting.count_by(session, key), who)


@router.patch("/counts/{key}", permission=PLAN)
async def change_count(
    session: Session, request: Request, response: Response, key: str, body: schemas.CountChange
) -> Data[schemas.CountOut]:
    """Change its name or note; while it is planned, how it is counted."""
    count = await counting.change(session, await _locked(session, request, key), body.model_dump(exclude_unset=True))
    return await _shown(session, response, count, request.state.actor)


@router.post("/counts/{key}/start", permission=PLAN, status_code=200)
async def start_count(session: Session, request: Request, response: Response, key: str) -> Data[schemas.CountOut]:
    """Begin to count."""
    count = await counting.start(session, await _locked(session, request, key))
    return await _shown(session, response, count, request.state.actor)


LineQuery = Annotated[ListQuery, store_lists.LINES.query()]


@router.get("/counts/{key}/lines", permission=READ, response_model=Page[schemas.CountLineRow])
async def list_lines(session: Session, request: Request, who: Who, key: str, _: LineQuery) -> Response:
    """Its lines in their order. What gives away the expected quantity is left out where the count is blind to you."""
    count = await counting.count_by(session, key)
    spec = store_lists.LINES if service_view.is_open_to(count, may_approve=who.may(APPROVE)) else store_lists.SHEET
    query = parse(spec, request.query_params.multi_items())  # neither sorted nor filtered by what is hidden
    return listed(await run_list(session, spec, service_view.lines_for(session, count), query))


@router.get("/counts/{key}/sheet", permission=COUNT, response_model=Page[schemas.CountSheetLine])
async def list_sheet(session: Session, key: str, query: Annotated[ListQuery, store_lists.SHEET.query()]) -> Response:
    """Its lines for whoever counts: what and where, and what they counted so far. Never what is expected."""
    count = await counting.count_by(session, key)
    return listed(await run_list(session, store_lists.SHEET, service_view.lines_for(session, count), query))


@router.post("/counts/{key}/tallies", permission=COUNT)
async def tally(session: Session, key: str, body: schemas.CountTallyIn) -> Data[list[schemas.CountNotedOut]]:
    """Take scans, all or none. An item that nobody expected gets a line of its own."""
    count = await counting.count_by(session, key)
    entries = [counting.Entry(line.code, line.quantity, line.mode) for line in body.lines]
    noted = await counting.tally(session, count, entries)
    return Data(data=[schemas.CountNotedOut.model_validate(one) for one in noted])


@router.post("/counts/{key}/submit", permission=COUNT, status_code=200)
async def submit_count(
    session: Session, request: Request, response: Response, key: str, body: schemas.CountSubmitIn
) -> Data[schemas.CountOut]:
    """Say that it is counted. Lines in doubt are asked for again (`progress.recounts`); else it goes to approval."""
    count = await counting.submit(session, await _locked(session, request, key), body.rest)
    return await _shown(session, response, count, request.state.actor)


@router.post("/counts/{key}/recount", permission=APPROVE, status_code=200)
async def recount(
    session: Session, request: Request, response: Response, key: str, body: schemas.CountRecountIn
) -> Data[schemas.CountOut]:
    """Have lines counted again."""
    count = await counting.recount(session, await _locked(session, request, key), body.lines)
    return await _shown(session, response, count, request.state.actor)


@router.post("/counts/{key}/approve", permission=APPROVE, status_code=200)
async def approve_count(session: Session, request: Request, response: Response, key: str) -> Data[schemas.CountOut]:
    """Approve its differences. Whoever counted in it may not."""
    count = await counting.approve(session, await _locked(session, request, key))
    return await _shown(session, response, count, request.state.actor)


@router.post("/counts/{key}/post", permission=PLAN, status_code=200)
async def post_count(session: Session, request: Request, response: Response, key: str) -> Data[schemas.CountOut]:
    """Post its differences, all or none. Asked again it answers the same and does nothing."""
    count = await counting.post(session, await counting.count_by(session, key, lock=True))
    return await _shown(session, response, count, request.state.actor)


@router.post("/counts/{key}/cancel", permission=PLAN, status_code=200)
async def cancel_count(session: Session, request: Request, response: Response, key: str) -> Data[schemas.CountOut]:
    """Call it off; nothing is posted."""
    count = await counting.cancel(session, await _locked(session, request, key))
    return await _shown(session, response, count, request.state.actor)


@router.patch("/counts/{key}/lines/{line_id}", permission=PLAN, status_code=204)
async def explain_line(session: Session, key: str, line_id: UUID, body: schemas.CountLineChange) -> None:
    """Say why a line differs."""
    count = await counting.count_by(session, key, lock=True)
    await counting.explain(session, count, line_id, body.model_dump(exclude_unset=True))


@router.get("/counts/{key}/report", permission=READ)
async def report(session: Session, who: Who, key: str) -> Data[schemas.CountReportOut]:
    """What it found, by reason. Refused while the count is blind to you."""
    count = await counting.count_by(session, key)
    return Data(data=await service_view.report(session, count, may_approve=who.may(APPROVE)))


@router.get("/count-settings", permission=READ)
async def read_settings(session: Session) -> Data[schemas.CountRulesOut]:
    """The rules of counting."""
    return Data(data=schemas.CountRulesOut.model_validate(await counting.rules_of(session)))


@router.patch("/count-settings", permission=APPROVE)
async def change_settings(session: Session, body: schemas.CountRulesChange) -> Data[schemas.CountRulesOut]:
    """Change the rules of counting."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}  # as numbers: a dump writes them as text
    rules = await counting.change_rules(session, changes)
    return Data(data=schemas.CountRulesOut.model_validate(rules))
