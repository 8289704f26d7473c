"""The ordinary stock routes: lists, levels, valuation, reversal, conflicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from onhand import ledger
from onhand.infra.http import Router, Session, actor_in, listed
from onhand.infra.lists import ListQuery, Source, run_list
from onhand.infra.schemas import Data, Page
from onhand.kernel import Malformed
from onhand.stock import schemas, store, store_groups, store_promises
from onhand.stock.kit_guard import refuse_kits
from onhand.stock.routes_hot import READ, WRITE, code, posting_id

router = Router("stock")
LONGEST_TREND = 731


def _around(request: Request, **values: Any) -> ledger.Posting:
    """A posting without lines, its id the request's Idempotency-Key."""
    return ledger.Posting(lines=(), id=posting_id(request, actor_in(request)), **values)


def _posted(outcome: ledger.Outcome) -> Data[schemas.Posted]:
    return Data(data=schemas.Posted.of(outcome))


def _moment(text: str | None) -> datetime | None:
    """`as_of` as a moment; a bare date means its end."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise Malformed(problem=f"as_of cannot be {text!r}: a time is expected") from problem
    if len(text) == len("2026-01-31"):
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


LevelQuery = Annotated[ListQuery, store.LEVELS.query()]
AS_OF = Query(description="Levels as they were at this time (by when things happened)")


@router.listing("/stock-levels", store.LEVELS, schemas.LevelRow, permission=READ)
def list_levels(_: ListQuery, as_of: Annotated[str | None, AS_OF] = None) -> Source:
    """Stock per SKU and warehouse; `low_stock=true` for what should be reordered."""
    return store.levels(_moment(as_of))


@router.get("/stock-groups", permission=READ, response_model=Page[schemas.LevelGroupRow])
async def list_level_groups(session: Session, request: Request, by: store_groups.By) -> Response:
    """Stock levels summed by category, warehouse, product or supplier; filters and queries choose the levels."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "by"]
    return listed(await run_list(session, *store_groups.groups(by, given)))


@router.post("/stock-levels", permission=WRITE)
async def open_level(session: Session, request: Request, body: schemas.LevelIn) -> Data[schemas.Posted]:
    """Open a level with its first balance. 409 when there is one already."""
    line = ledger.Set(
        sku=code(body.sku),
        warehouse=code(body.warehouse),
        quantity=body.quantity,
        unit_cost=body.unit_cost,
        currency=body.currency,
    )
    around = _around(request, type="opening", reason=body.reason)
    await refuse_kits(session, [replace(around, lines=[line])])
    return _posted(await ledger.open_level(session, line, around))


@router.put("/stock-levels/{key}", permission=WRITE)
@router.patch("/stock-levels/{key}", permission=WRITE)
async def set_level(
    session: Session, request: Request, key: str, body: schemas.LevelChange
) -> Data[schemas.PostedLine]:
    """Make on hand equal to `quantity`; the difference is posted."""
    sku, _, warehouse = key.rpartition("@")
    line = ledger.Set(sku=code(sku), warehouse=code(warehouse), quantity=body.quantity, expected=body.expected_quantity)
    around = _around(request, reason=body.reason)
    await refuse_kits(session, [replace(around, lines=[line])])
    done = await ledger.set_level(session, line, around)
    return Data(data=schemas.PostedLine.model_validate(done))


@router.delete("/stock-levels/{key}", permission=WRITE)
async def drop_level(session: Session, key: str) -> None:
    """Remove a level at zero that nothing ever happened to. Anything else is 409."""
    sku, _, warehouse = key.rpartition("@")
    await ledger.drop_level(session, key, code(sku), code(warehouse))


@router.get("/warehouses/{key}/inventory", permission=READ, response_model=Page[schemas.LevelRow])
async def list_levels_of_warehouse(session: Session, key: str, query: LevelQuery) -> Response:
    """Stock at one warehouse."""
    source = store.levels(_moment(query.extra.get("as_of")))
    return listed(await run_list(session, *source, store.at_warehouse(query, key)))


@router.listing("/inventory", store.INVENTORY, schemas.InventoryRow, permission=READ)
def list_inventory(_: ListQuery) -> Source:
    """Stock per SKU over all warehouses, with its value."""
    return store.INVENTORY, store.inventory()


@router.listing("/inventory/movements", store.MOVEMENTS, schemas.MovementRow, permission=READ)
def list_movements(_: ListQuery) -> Source:
    """Every change of stock, newest first, with who and why. Promises are shown by `filter[type]=reservation`."""
    return store.MOVEMENTS, store.movements()


@router.get("/inventory/valuation", permission=READ)
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


@router.post("/inventory/set", permission=WRITE)
async def set_many(session: Session, request: Request, body: schemas.SetMany) -> Data[schemas.Posted]:
    """Set up to 1,000 levels, all or none; with `fact` as counted."""
    kind: Any = "count" if body.fact else "adjustment"
    posting = ledger.Posting(
        id=posting_id(request, actor_in(request)),
        lines=[line.line() for line in body.lines],
        type=kind,
        reason=body.reason,
        fact=body.fact,
        document=body.document,
    )
    await refuse_kits(session, [posting])
    return _posted(await ledger.record(session, posting))


@router.post("/inventory/transfer", permission=WRITE)
async def transfer_now(session: Session, request: Request, body: schemas.TransferNow) -> Data[schemas.Posted]:
    """Move stock between warehouses at once, all lines or none."""
    around = _around(request, type="transfer", reason=body.reason)
    await refuse_kits(session, [replace(around, lines=body.moves()[::2])])
    return _posted(await ledger.transfer_now(session, body.moves(), around))


@router.get("/inventory/{key}/movements", permission=READ, response_model=Page[schemas.MovementRow])
async def list_movements_of_sku(
    session: Session, key: str, query: Annotated[ListQuery, store.MOVEMENTS.query()]
) -> Response:
    """What happened to one SKU, by its id or code."""
    sku_id = await ledger.sku_by(session, key)
    return listed(await run_list(session, store.MOVEMENTS, store.movements_of(sku_id), query))


@router.get("/inventory/{key}", permission=READ)
async def read_inventory(session: Session, key: str) -> Data[schemas.InventoryRow]:
    """One SKU over all warehouses, by its id or code."""
    query = ListQuery(
        filters=store.of_sku(str(await ledger.sku_by(session, key))), sort=(("sku", False), ("id", False))
    )
    found = await run_list(session, store.INVENTORY, store.inventory(), query)
    return Data(data=schemas.InventoryRow.model_validate(found.rows[0]))


@router.listing("/reservations", store_promises.RESERVATIONS, schemas.ReservationRow, permission=READ)
def list_reservations(_: ListQuery) -> Source:
    """Promises, newest first: for whom, until when."""
    return store_promises.RESERVATIONS, store_promises.reservations()


@router.post("/reservations/{reservation_id}/commit", permission=WRITE, status_code=200)
async def commit_reservation(
    session: Session, request: Request, reservation_id: UUID, body: schemas.CommitIn
) -> Data[schemas.Posted]:
    """Ship what is promised, or part of it; posts a sale."""
    quantity = body.quantity or await ledger.open_of(session, reservation_id)
    around = _around(request, type="sale", reason="shipped", document=body.document)
    line = ledger.Move(quantity=-quantity, reservation=reservation_id)
    return _posted(await ledger.record_lines(session, [line], around))


@router.post("/postings/{key}/reverse", permission=WRITE)
async def reverse_posting(session: Session, key: UUID, body: schemas.ReverseIn) -> Data[schemas.Posted]:
    """Undo a posting by another that points at it. Asking twice is harmless."""
    return _posted(await ledger.reverse(session, key, reason=body.reason))


@router.listing("/shortages", store_promises.SHORTAGES, schemas.ShortageRow, permission=READ)
def list_shortages(_: ListQuery) -> Source:
    """What could not be covered: conflicts to resolve."""
    return store_promises.SHORTAGES, store_promises.shortages()


@router.post("/shortages/{shortage_id}/resolve", permission=WRITE, status_code=204)
async def resolve_shortage(session: Session, shortage_id: UUID, body: schemas.ResolveIn) -> None:
    """Say how a conflict was dealt with."""
    await ledger.resolve_shortage(session, shortage_id, body.resolution)
