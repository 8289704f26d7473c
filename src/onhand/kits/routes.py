"""The API of kits."""

from __future__ import annotations

from onhand import places
from onhand.infra.http import Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data
from onhand.kits import reads, service, store
from onhand.kits.schemas import ComponentOut, KitIn, KitOut, KitRow, MakeableOut, PartThereOut

router = Router("kits")
READ = declare("kits.read", "See what kits are made of", staff=True)
WRITE = declare("kits.write", "Say what kits are made of", staff=False)


@router.listing("/kits", store.KITS, KitRow, permission=READ)
def list_kits(_: ListQuery) -> Source:
    """SKUs that are made of others, with how many could be sold."""
    return store.KITS, store.kits()


@router.get("/kits/{key}", permission=READ)
async def read_kit(session: Session, key: str) -> Data[KitOut]:
    """One kit, by its id or code: its components, and for each warehouse how many could be made, and why no more."""
    return await _answer(session, await service.kit_by(session, key))


@router.put("/kits/{key}", permission=WRITE)
async def write_kit(session: Session, key: str, body: KitIn) -> Data[KitOut]:
    """Say what a SKU is made of; what was said before is replaced. Open orders keep what they were sold."""
    wanted = [(component.sku, component.quantity) for component in body.components]
    return await _answer(session, await service.write_kit(session, key, wanted))


@router.delete("/kits/{key}", permission=WRITE)
async def remove_kit(session: Session, key: str) -> None:
    """The SKU is no kit any more; it then has stock of its own, none yet."""
    await service.remove_kit(session, key)


async def _answer(session: Session, kit: service.Kit) -> Data[KitOut]:
    sites = {site.id: site.code for site in await places.open_warehouses(session)}
    total, each = await reads.makeable(session, kit.parts, list(sites))
    within = await store.parts_of(session, [part.sku_id for part in kit.components])
    components = [
        ComponentOut(
            sku_id=part.sku_id,
            sku=kit.names[part.sku_id].code,
            name=kit.names[part.sku_id].name,
            quantity=part.quantity,
            is_kit=part.sku_id in within,
        )
        for part in kit.components
    ]
    made = KitOut(
        sku_id=kit.sku.id,
        sku=kit.sku.code,
        name=kit.sku.name,
        components=components,
        available=total.available,
        total=_makeable(kit, total, None),
        warehouses=[_makeable(kit, one, sites[one.warehouse_id]) for one in each if one.warehouse_id],
    )
    return Data(data=made)


def _makeable(kit: service.Kit, one: reads.Makeable, warehouse: str | None) -> MakeableOut:
    parts = [
        PartThereOut(
            sku_id=there.part.sku_id,
            sku=kit.names[there.part.sku_id].code,
            name=kit.names[there.part.sku_id].name,
            quantity=there.part.quantity,
            available=there.available,
            enough_for=there.enough_for,
        )
        for there in one.parts
    ]
    limited = kit.names[one.limited_by].code if one.limited_by else None
    return MakeableOut(
        warehouse=warehouse,
        warehouse_id=one.warehouse_id,
        available=one.available,
        limited_by=limited,
        parts=parts,
    )
