"""One scan: read the label, then find what it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import catalog, kits, places
from onhand.infra.db import actor_of
from onhand.scanning import gs1, store
from onhand.scanning.domain import Label, cleaned, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

LOT, SERIAL = ("10",), ("21",)
HELD_BY = {"lot": "lot_id", "serial": "serial_id", "bin": "bin_id"}


@dataclass(frozen=True, slots=True)
class Where:
    """So much of a SKU that lies somewhere."""

    sku: str
    name: str
    warehouse: str
    bin: str | None
    lot: str | None
    serial: str | None
    on_hand: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class Match:
    """Something that carries the code, with how much there is of it where."""

    found: store.Found
    sku: store.SkuFacts | None = None
    warehouse: str | None = None
    is_kit: bool = False
    available: Decimal | None = None
    where: Sequence[Where] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a code is. What the label names most exactly comes first."""

    code: str
    label: Label
    matches: Sequence[Match]
    warnings: Sequence[str]


async def scan(session: AsyncSession, code: str) -> Scan:
    """What this code is. Raises nothing: a code that leads nowhere has no matches, and warnings say what is odd."""
    text = cleaned(code)
    label = gs1.read(text)
    forms = [form for gtin in (label.gtin, label.also) if gtin for form in catalog.gtin_forms(gtin)]
    values = list(dict.fromkeys([text, *forms]))
    lot, serial = label.text_of(*LOT), label.text_of(*SERIAL)
    found = await store.find(
        session,
        text,
        values=values,
        lot=lot,
        serial=serial,
        skus=await store.skus_of(session, values) if lot or serial else [],
        orders=actor_of(session).may("sales.read"),
    )
    matches = await _with_stock(session, sorted(found, key=_exactness(label)))
    return Scan(printable(text), label, matches, _warnings(text, label, matches))


def _exactness(label: Label) -> Callable[[store.Found], int]:
    """What a GS1 label names most exactly first: the piece, then the batch, then the SKU."""
    if not label.elements:
        return lambda found: found.place
    order = {"serial": 0, "lot": 1, "sku": 2}
    return lambda found: order.get(found.kind, found.place)


def _warnings(text: str, label: Label, matches: Sequence[Match]) -> list[str]:
    warnings = list(label.warnings)
    digits = catalog.barcode_warning(text)
    if digits and not matches:
        warnings.append(f"{digits}.")
    kinds = {match.found.kind for match in matches}
    for kind, ais in (("lot", LOT), ("serial", SERIAL)):
        if (named := label.text_of(*ais)) and "sku" in kinds and kind not in kinds:
            warnings.append(f"There is no {kind} {named} of it yet.")
    skus = {match.sku.id for match in matches if match.sku and match.found.kind == "sku"}
    if len(skus) > 1:
        warnings.append("More than one SKU carries this code.")
    return warnings


async def _with_stock(session: AsyncSession, found: Sequence[store.Found]) -> list[Match]:
    skus = await store.sku_facts(session, [each.sku_id for each in found if each.sku_id])
    sites = await store.warehouse_codes(session, [each.warehouse_id for each in found if each.warehouse_id])
    lies = await _lies(session, found, skus)
    made = await _kits(session, [each.id for each in found if each.kind == "sku"])
    return [
        Match(
            each,
            skus.get(each.sku_id) if each.sku_id else None,
            sites.get(each.warehouse_id) if each.warehouse_id else None,
            is_kit=each.id in made,
            available=made.get(each.id),
            where=lies.get(each.id, ()),
        )
        for each in found
    ]


async def _kits(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """How many there are of those that are kits."""
    opened = await kits.parts_of(session, sku_ids)
    if not opened:
        return {}
    sites = [site.id for site in await places.open_warehouses(session)]
    held = await kits.sellable(session, list(opened), opened, sites)
    return {kit: kits.for_sale(kit, opened, held, sites) for kit in opened}


async def _lies(
    session: AsyncSession, found: Sequence[store.Found], skus: Mapping[UUID, store.SkuFacts]
) -> dict[UUID, list[Where]]:
    lies: dict[UUID, list[Where]] = {}
    sku_ids = [each.id for each in found if each.kind == "sku"]
    for level in await store.levels(session, sku_ids) if sku_ids else []:
        sku = skus[level.sku_id]
        one = Where(sku.code, sku.name, level.warehouse, None, None, None, level.on_hand, level.available)
        lies.setdefault(level.sku_id, []).append(one)
    for kind, column in HELD_BY.items():
        ids = [each.id for each in found if each.kind == kind]
        for h in await store.lying(session, column, ids) if ids else []:
            one = Where(h.sku, h.name, h.warehouse, h.bin, h.lot, h.serial, h.on_hand, h.available)
            lies.setdefault(h.of_id, []).append(one)
    return lies
