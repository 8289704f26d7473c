"""The API of costs: layers, receipts, and entries that change what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import rates
from onhand.costing import schemas, service, service_methods, store_entries, store_lists, store_methods
from onhand.costing.jobs import start_revaluing
from onhand.infra.http import Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data

if TYPE_CHECKING:
    from onhand.costing.tables import CostEntry

router = Router("costing")
READ, WRITE = rates.READ, rates.WRITE


async def _shown(session: Session, entry: CostEntry) -> Data[schemas.EntryOut]:
    charges = await store_entries.shown_charges(session, schemas.ChargeRow, entry)
    names = schemas.EntryRow.model_fields.keys() - {"reversed"}
    own = {name: getattr(entry, name) for name in names}
    shown = schemas.EntryOut(
        **own,
        reversed=await store_entries.is_reversed(session, entry),
        charges=[schemas.ChargeOut.model_validate(one) for one in charges],
    )
    return Data(data=shown)


@router.listing("/costs/entries", store_lists.ENTRIES, schemas.EntryRow, permission=READ)
def list_cost_entries(_: ListQuery) -> Source:
    """What changed costs without moving anything, newest first."""
    return store_lists.ENTRIES, store_lists.entries()


@router.post("/costs/landed", permission=WRITE)
async def add_landed_cost(session: Session, body: schemas.LandedIn) -> Data[schemas.EntryOut]:
    """Share freight, duty and the like between receipts, by value, weight or quantity.

    What of it falls to goods that are sold already corrects those sales.
    """
    return await _shown(session, await service.add_landed(session, body.command()))


@router.post("/costs/receipts", permission=WRITE)
async def tell_costs(session: Session, body: schemas.CostsIn) -> Data[schemas.EntryOut]:
    """Say what received lines truly cost: a supplier's late bill, or a cost that nobody knew."""
    return await _shown(session, await service.tell_costs(session, body.told(), body.document, body.note))


@router.get("/costs/entries/{key}", permission=READ)
async def read_cost_entry(session: Session, key: str) -> Data[schemas.EntryOut]:
    """One entry, by its id or number."""
    return await _shown(session, await service.entry_by(session, key))


@router.post("/costs/entries/{key}/reverse", permission=WRITE)
async def reverse_cost_entry(session: Session, key: str) -> Data[schemas.EntryOut]:
    """Take a landed cost or a late bill back by another entry."""
    return await _shown(session, await service.reverse_entry(session, key))


async def _methods(session: Session) -> list[schemas.MethodOut]:
    return [schemas.MethodOut.model_validate(one) for one in await store_methods.methods(session)]


@router.get("/costs/methods", permission=READ)
async def list_cost_methods(session: Session) -> Data[list[schemas.MethodOut]]:
    """How stock is valued: first in first out, unless the organization or a category says otherwise."""
    return Data(data=await _methods(session))


@router.put("/costs/methods", permission=WRITE)
async def set_cost_method(session: Session, body: schemas.MethodIn) -> Data[schemas.MethodsSet]:
    """Choose a method; stock that is there is revalued by an adjusting entry, large stocks in the background."""
    levels = await service_methods.set_method(session, body.category_id, body.method)
    if levels == service_methods.AT_ONCE:
        await start_revaluing(session)
    return Data(data=schemas.MethodsSet(methods=await _methods(session), levels=levels))


@router.post("/costs/late-receipts", permission=WRITE, status_code=200)
async def settle_late_receipts(session: Session) -> Data[schemas.Settled]:
    """Correct what was sold after receipts came that were told of only later; a job does so every hour."""
    return Data(data=schemas.Settled(levels=await service_methods.settle_late(session)))
