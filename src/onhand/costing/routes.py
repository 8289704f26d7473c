"""The API of costs: layers, receipts, and entries that change what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand.costing import routes_rates, routes_valuation, schemas, service, store_entries, store_lists
from onhand.costing.routes_rates import READ, WRITE, router
from onhand.infra.http import Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data

if TYPE_CHECKING:
    from onhand.costing.tables import CostEntry

__all__ = ["router", "routes_rates", "routes_valuation"]


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


@router.listing("/costs/layers", store_lists.LAYERS, schemas.LayerRow, permission=READ)
def list_cost_layers(_: ListQuery) -> Source:
    """What receipts left in stock and what it is worth, oldest first; used up ones by `filter[open]=false`."""
    return store_lists.LAYERS, store_lists.layers()


@router.listing("/costs/uncosted", store_lists.LAYERS, schemas.LayerRow, permission=READ)
def list_uncosted(_: ListQuery) -> Source:
    """Receipts whose cost nobody told, still in stock; sold ones by `filter[open]=false`. They count in no value."""
    return store_lists.LAYERS, store_lists.uncosted()


@router.listing("/costs/receipts", store_lists.RECEIPTS, schemas.ReceiptRow, permission=READ)
def list_cost_receipts(_: ListQuery) -> Source:
    """Lines that brought goods in, newest first, and what they cost."""
    return store_lists.RECEIPTS, store_lists.receipts()


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
