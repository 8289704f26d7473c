"""The API of transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request, Response

from onhand import catalog, kits, ledger, places
from onhand.infra.http import Router, Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data
from onhand.transfers import schemas, service, store
from onhand.transfers.domain import ZERO, Arrival, NewTransfer, Wanted

if TYPE_CHECKING:
    from uuid import UUID

    from onhand.transfers.tables import Transfer

router = Router("transfers")


async def _shown(session: Session, response: Response, transfer: Transfer) -> Data[schemas.TransferOut]:
    response.headers["ETag"] = etag(transfer.updated_at)
    lines = await service.lines_of(session, transfer)
    skus = await catalog.skus_by_ids(session, [line.sku_id for line in lines])
    source = await places.warehouse_by(session, str(transfer.source_id))
    destination = await places.warehouse_by(session, str(transfer.destination_id))
    shown = [
        schemas.LineOut(
            id=line.id,
            sku=skus[line.sku_id].code,
            sku_id=line.sku_id,
            name=skus[line.sku_id].name,
            quantity=line.quantity,
            dispatched=line.dispatched,
            received=line.received,
            lost=line.lost,
            returned=line.returned,
        )
        for line in lines
    ]
    made = schemas.TransferOut(
        id=transfer.id,
        number=transfer.number,
        document=f"T-{transfer.number}",
        status=transfer.status,
        from_warehouse=source.code,
        from_warehouse_id=source.id,
        to_warehouse=destination.code,
        to_warehouse_id=destination.id,
        lines=shown,
        note=transfer.note,
        expected_at=transfer.expected_at,
        dispatched_at=transfer.dispatched_at,
        closed_at=transfer.closed_at,
        created_by=transfer.created_by,
        created_at=transfer.created_at,
        updated_at=transfer.updated_at,
    )
    return Data(data=made)


async def _locked(session: Session, request: Request, key: str) -> Transfer:
    transfer = await service.transfer_by(session, key, lock=True)
    require_match(request, "transfer", transfer.updated_at)
    return transfer


async def _sku(session: Session, key: str) -> UUID:
    return await ledger.sku_by(session, key)


@router.listing("/transfers", store.TRANSFERS, schemas.TransferRow, permission="stock.read")
def list_transfers(_: ListQuery) -> Source:
    """Transfers, newest first."""
    return store.TRANSFERS, store.transfers()


@router.post("/transfers", permission="stock.write")
async def create_transfer(session: Session, response: Response, body: schemas.TransferIn) -> Data[schemas.TransferOut]:
    """Plan a transfer; its goods are reserved at the source until they leave."""
    source = await places.warehouse_by(session, body.from_warehouse)
    destination = await places.warehouse_by(session, body.to_warehouse)
    await kits.refuse_kits(session, ((f"/lines/{n}/sku", line.sku) for n, line in enumerate(body.lines)))
    wanted: dict[UUID, Wanted] = {}
    for line in body.lines:  # a SKU named twice is wanted twice
        sku_id = await _sku(session, line.sku)
        before = wanted[sku_id].quantity if sku_id in wanted else ZERO
        wanted[sku_id] = Wanted(sku_id, before + line.quantity)
    command = NewTransfer(source.id, destination.id, tuple(wanted.values()), body.note, body.expected_at)
    transfer = await service.create(session, command)
    if body.dispatch:
        transfer = await service.dispatch(session, transfer)
    return await _shown(session, response, transfer)


@router.get("/transfers/{key}", permission="stock.read")
async def read_transfer(session: Session, response: Response, key: str) -> Data[schemas.TransferOut]:
    """One transfer, by its id or number."""
    return await _shown(session, response, await service.transfer_by(session, key))


@router.put("/transfers/{key}", permission="stock.write")
@router.patch("/transfers/{key}", permission="stock.write")
async def change_transfer(
    session: Session, request: Request, response: Response, key: str, body: schemas.TransferChange
) -> Data[schemas.TransferOut]:
    """Change its note or expected time, or bring it to the next status."""
    transfer = await _locked(session, request, key)
    changes = body.model_dump(exclude_unset=True)
    status = changes.pop("status", transfer.status)
    if changes:
        transfer = await service.change(session, transfer, changes)
    if status != transfer.status:
        transfer = await service.become(session, transfer, status)
    return await _shown(session, response, transfer)


@router.post("/transfers/{key}/dispatch", permission="stock.write", status_code=200)
async def dispatch_transfer(
    session: Session, request: Request, response: Response, key: str
) -> Data[schemas.TransferOut]:
    """Send it on its way."""
    transfer = await service.dispatch(session, await _locked(session, request, key))
    return await _shown(session, response, transfer)


@router.post("/transfers/{key}/receive", permission="stock.write", status_code=200)
async def receive_transfer(
    session: Session, request: Request, response: Response, key: str, body: schemas.ReceiveIn
) -> Data[schemas.TransferOut]:
    """Take in what arrived, all of it or part; what is lost is written off."""
    transfer = await _locked(session, request, key)
    arrivals = None
    if body.lines is not None:
        arrivals = [Arrival(await _sku(session, i.sku), i.received, i.lost or ZERO) for i in body.lines]
    return await _shown(session, response, await service.receive(session, transfer, arrivals))


@router.post("/transfers/{key}/cancel", permission="stock.write", status_code=200)
async def cancel_transfer(
    session: Session, request: Request, response: Response, key: str
) -> Data[schemas.TransferOut]:
    """Call it off; what is under way returns to the source."""
    transfer = await service.cancel(session, await _locked(session, request, key))
    return await _shown(session, response, transfer)


@router.delete("/transfers/{key}", permission="stock.write")
async def delete_transfer(session: Session, request: Request, key: str) -> None:
    """Delete a transfer that has not left; cancel any other."""
    await service.delete(session, await _locked(session, request, key))
