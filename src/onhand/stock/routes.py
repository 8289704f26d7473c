"""The ordinary stock routes: lists, levels, valuation, reversal, conflicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from onhand import entries, ledger
from onhand.infra.http import PAGED, Router, Session, actor_in, listed
from onhand.infra.lists import ListQuery, Source, run_list
from onhand.infra.schemas import Data, Page
from onhand.stock import schemas, store, store_groups, store_past, store_promises
from onhand.stock.store_past import Moments

router = Router("stock")
LONGEST_TREND = 731


def _around(request: Request, **values: Any) -> ledger.Posting:
    """A posting without lines, its id the request's Idempotency-Key."""
    return ledger.Posting(lines=(), id=entries.posting_id(request, actor_in(request)), **values)


def _posted(outcome: ledger.Outcome) -> Data[schemas.Posted]:
    return Data(data=schemas.Posted.of(outcome))


LevelQuery = Annotated[ListQuery, store.LEVELS.query()]
AS_OF = Query(description="As it was at this time, or at the end of this day, by when things happened")
KNOWN_AT = Query(description="By what was recorded until then: as it was believed to be")
COMPARE = Query(description="`today`: also what holds something only today; beside a past moment")


@router.listing("/stock-levels", store.LEVELS, schemas.LevelRow, permission=entries.READ)
def list_levels(
    query: ListQuery,
    as_of: Annotated[str | None, AS_OF] = None,
    known_at: Annotated[str | None, KNOWN_AT] = None,
    compare: Annotated[str | None, COMPARE] = None,
) -> Source:
    """Stock per SKU and warehouse; `low_stock=true` for what should be reordered."""
    return store_past.levels(query, Moments.read(as_of, known_at), compare)


@router.get(
    "/stock-groups",
    permission=entries.READ,
    response_model=Page[schemas.LevelGroupRow],
    openapi_extra={"parameters": PAGED},
)
async def list_level_groups(session: Session, request: Request, by: store_groups.By) -> Response:
    """Stock levels summed by category, warehouse, product or supplier; filters and queries choose the levels."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "by"]
    return listed(await run_list(session, *store_groups.groups(by, given)))


@router.post("/stock-levels", permission=entries.WRITE)
async def open_level(session: Session, request: Request, body: schemas.LevelIn) -> Data[schemas.Posted]:
    """Open a level with its first balance. 409 when there is one already."""
    line = ledger.Set(
        sku=entries.code(body.sku),
        warehouse=entries.code(body.warehouse),
        quantity=body.quantity,
        unit_cost=body.unit_cost,
        currency=body.currency,
    )
    lines = await entries.in_stock_units(session, [line], [body.unit], at="")
    around = _around(request, type="opening", reason=body.reason)
    await entries.refuse_kits(session, [replace(around, lines=lines)])
    return _posted(await ledger.open_level(session, lines[0], around))


@router.put("/stock-levels/{key}", permission=entries.WRITE)
@router.patch("/stock-levels/{key}", permission=entries.WRITE)
async def set_level(
    session: Session, request: Request, key: str, body: schemas.LevelChange
) -> Data[schemas.PostedLine]:
    """Make on hand equal to `quantity`; the difference is posted."""
    sku, _, warehouse = key.rpartition("@")
    line = ledger.Set(
        sku=entries.code(sku),
        warehouse=entries.code(warehouse),
        quantity=body.quantity,
        expected=body.expected_quantity,
    )
    lines = await entries.in_stock_units(session, [line], [body.unit], at="")
    around = _around(request, reason=body.reason)
    await entries.refuse_kits(session, [replace(around, lines=lines)])
    done = await ledger.set_level(session, lines[0], around)
    return Data(data=schemas.PostedLine.model_validate(done))


@router.delete("/stock-levels/{key}", permission=entries.WRITE)
async def drop_level(session: Session, key: str) -> None:
    """Remove a level at zero that nothing ever happened to. Anything else is 409."""
    sku, _, warehouse = key.rpartition("@")
    await ledger.drop_level(session, key, entries.code(sku), entries.code(warehouse))


@router.get("/warehouses/{key}/inventory", permission=entries.READ, response_model=Page[schemas.LevelRow])
async def list_levels_of_warehouse(session: Session, key: str, query: LevelQuery) -> Response:
    """Stock at one warehouse."""
    at = Moments.read(query.extra.get("as_of"), query.extra.get("known_at"))
    source = store_past.levels(query, at, query.extra.get("compare"))
    return listed(await run_list(session, *source, store.at_warehouse(query, key)))


@router.listing("/inventory", store.INVENTORY, schemas.InventoryRow, permission=entries.READ)
def list_inventory(
    query: ListQuery,
    as_of: Annotated[str | None, AS_OF] = None,
    known_at: Annotated[str | None, KNOWN_AT] = None,
) -> Source:
    """Stock per SKU over all warehouses, with its value."""
    return store_past.inventory(query, Moments.read(as_of, known_at))


@router.listing("/inventory/movements", store.MOVEMENTS, schemas.MovementRow, permission=entries.READ)
def list_movements(
    _: ListQuery, as_of: Annotated[str | None, AS_OF] = None, known_at: Annotated[str | None, KNOWN_AT] = None
) -> Source:
    """Every change of stock, newest first, with who and why. Promises are shown by `filter[type]=reservation`."""
    return store_past.movements(Moments.read(as_of, known_at))


@router.get("/inventory/valuation", permission=entries.READ)
async def read_valuation(
    session: Session, days: Annotated[int, Query(ge=0, le=LONGEST_TREND, description="Days of trend")] = 0
) -> Data[schemas.ValuationOut]:
    """What the stock is worth, and how much of it has no known cost."""
    worth = await ledger.stock_value(session)
    trend = await ledger.stock_value_trend(session, days) if days else []
    rows = await ledger.value_by_warehouse(session)
    made = schemas.ValuationOut(
        value=worth.value,
        currency=worth.currency,
        skus=worth.skus,
        units=worth.units,
        uncosted=worth.uncosted,
        uncosted_units=worth.uncosted_units,
        warehouses=[schemas.ValueRow.model_validate(row) for row in rows],
        trend=[schemas.ValueDay(day=day, value=value) for day, value in trend],
    )
    return Data(data=made)


@router.post("/inventory/set", permission=entries.WRITE)
async def set_many(session: Session, request: Request, body: schemas.SetMany) -> Data[schemas.Posted]:
    """Set up to 1,000 levels, all or none; with `fact` as counted."""
    kind: Any = "count" if body.fact else "adjustment"
    given = [line.line() for line in body.lines]
    lines = await entries.in_stock_units(session, given, [line.unit for line in body.lines])
    posting = ledger.Posting(
        id=entries.posting_id(request, actor_in(request)),
        lines=lines,
        type=kind,
        reason=body.reason,
        fact=body.fact,
        document=body.document,
    )
    await entries.refuse_kits(session, [posting])
    return _posted(await ledger.record(session, posting))


@router.post("/inventory/transfer", permission=entries.WRITE)
async def transfer_now(session: Session, request: Request, body: schemas.TransferNow) -> Data[schemas.Posted]:
    """Move stock between warehouses at once, all lines or none."""
    around = _around(request, type="transfer", reason=body.reason)
    goods = await entries.in_stock_units(session, body.goods(), [line.unit for line in body.lines])
    await entries.refuse_kits(session, [replace(around, lines=goods)])
    return _posted(await ledger.transfer_now(session, body.moves(goods), around))


@router.get("/inventory/{key}/movements", permission=entries.READ, response_model=Page[schemas.MovementRow])
async def list_movements_of_sku(
    session: Session, key: str, query: Annotated[ListQuery, store.MOVEMENTS.query()]
) -> Response:
    """What happened to one SKU, by its id or code."""
    sku_id = await ledger.sku_by(session, key)
    return listed(await run_list(session, store.MOVEMENTS, store.movements_of(sku_id), query))


@router.get("/inventory/{key}", permission=entries.READ)
async def read_inventory(session: Session, key: str) -> Data[schemas.InventoryRow]:
    """One SKU over all warehouses, by its id or code."""
    query = ListQuery(
        filters=store.of_sku(str(await ledger.sku_by(session, key))), sort=(("sku", False), ("id", False))
    )
    found = await run_list(session, store.INVENTORY, store.inventory(), query)
    return Data(data=schemas.InventoryRow.model_validate(found.rows[0]))


@router.listing("/reservations", store_promises.RESERVATIONS, schemas.ReservationRow, permission=entries.READ)
def list_reservations(_: ListQuery) -> Source:
    """Promises, newest first: for whom, until when."""
    return store_promises.RESERVATIONS, store_promises.reservations()


@router.post("/reservations/{reservation_id}/commit", permission=entries.WRITE, status_code=200)
async def commit_reservation(
    session: Session, request: Request, reservation_id: UUID, body: schemas.CommitIn
) -> Data[schemas.Posted]:
    """Ship what is promised, or part of it; posts a sale."""
    quantity = body.quantity or await ledger.open_of(session, reservation_id)
    around = _around(request, type="sale", reason="shipped", document=body.document)
    line = ledger.Move(quantity=-quantity, reservation=reservation_id)
    return _posted(await ledger.record_lines(session, [line], around))


@router.post("/postings/{key}/reverse", permission=entries.WRITE)
async def reverse_posting(session: Session, key: UUID, body: schemas.ReverseIn) -> Data[schemas.Posted]:
    """Undo a posting by another that points at it. Asking twice is harmless."""
    return _posted(await ledger.reverse(session, key, reason=body.reason))


@router.listing("/shortages", store_promises.SHORTAGES, schemas.ShortageRow, permission=entries.READ)
def list_shortages(_: ListQuery) -> Source:
    """What could not be covered: conflicts to resolve."""
    return store_promises.SHORTAGES, store_promises.shortages()


@router.post("/shortages/{shortage_id}/resolve", permission=entries.WRITE, status_code=204)
async def resolve_shortage(session: Session, shortage_id: UUID, body: schemas.ResolveIn) -> None:
    """Say how a conflict was dealt with."""
    await ledger.resolve_shortage(session, shortage_id, body.resolution)
