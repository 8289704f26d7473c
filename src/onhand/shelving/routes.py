"""The API of what lies where."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request, Response

from onhand import entries, ledger, places
from onhand.infra.http import Router, Session, actor_in, listed
from onhand.infra.lists import ListQuery, Source, run_list
from onhand.infra.schemas import Data, Page
from onhand.shelving import schemas, service, store

router = Router("places")


@router.listing("/holdings", store.HOLDINGS, schemas.HoldingRow, permission=entries.READ)
def list_holdings(_: ListQuery) -> Source:
    """Where stock lies: bin, lot and serial of all that is known; `filter[within]` takes a zone with all below it."""
    return store.HOLDINGS, store.holdings()


@router.get("/warehouses/{key}/inside", permission=entries.READ)
async def read_inside(session: Session, key: str) -> Data[schemas.InsideOut]:
    """What lies in each place of a warehouse, summed up the tree, how full it is, and what is to be put away."""
    warehouse = await places.warehouse_by(session, key)
    return Data(data=schemas.InsideOut.of(await service.inside(session, warehouse.id)))


@router.get("/warehouses/{key}/put-away", permission=entries.READ, response_model=Page[schemas.PutAwayRow])
async def list_put_away(session: Session, key: str, query: Annotated[ListQuery, store.PUT_AWAY.query()]) -> Response:
    """Stock that lies in no bin, and where each could go: beside its like, else the first place with room."""
    warehouse = await places.warehouse_by(session, key)
    result = await run_list(session, store.PUT_AWAY, store.to_put_away(warehouse.id), query)
    if query.fields is None:
        service.suggest((await service.inside(session, warehouse.id)).places, result.rows)
    return listed(result)


@router.get("/warehouse-sites", permission=entries.READ)
async def list_sites(session: Session) -> Data[list[schemas.SiteOut]]:
    """Every warehouse with where on earth it is, and the units and value that lie there."""
    return Data(data=[schemas.SiteOut(**row) for row in await store.sites(session)])


@router.post("/inventory/relocate", permission=entries.WRITE)
async def relocate(session: Session, request: Request, body: schemas.Relocate) -> Data[schemas.Relocated]:
    """Move stock between bins, put it away, or say of which lot it is; `meta.warnings` tells what is overfull now."""
    posting = ledger.Posting(
        id=entries.posting_id(request, actor_in(request)),
        lines=body.moves(),
        type="transfer",
        reason=body.reason,
        document=body.document,
    )
    outcome, warnings = await service.relocate(session, posting)
    lines = [schemas.RelocatedLine.model_validate(line) for line in outcome.lines]
    return Data(data=schemas.Relocated(posting_id=outcome.posting_id, lines=lines), meta={"warnings": warnings})
