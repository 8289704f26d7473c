"""Questions other modules ask of kits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import catalog, ledger
from onhand.kernel import FieldError
from onhand.kits import store
from onhand.kits.domain import ZERO, Part, complete, limiting, part_covers
from onhand.kits.errors import KitHasNoStock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class PartThere:
    """A part as it stands somewhere: what is available of it, and for how many kits that is enough."""

    part: Part
    available: Decimal
    enough_for: Decimal


@dataclass(frozen=True, slots=True)
class Makeable:
    """How many kits could be made, and of what: of one warehouse, or of all together (`warehouse_id` None)."""

    warehouse_id: UUID | None
    available: Decimal
    limited_by: UUID | None
    parts: tuple[PartThere, ...]


async def parts_of(session: AsyncSession, sku_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Part]]:
    """The stocked parts of those of these SKUs that are kits."""
    return await store.parts_of(session, sku_ids)


async def named_parts(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, list[tuple[UUID, str, Decimal]]]:
    """(SKU, code, units in one) of those of these SKUs that are kits at this moment."""
    found = await store.parts_of(session, sku_ids)
    codes = await catalog.skus_by_ids(session, {p.sku_id for parts in found.values() for p in parts}) if found else {}
    return {kit: [(p.sku_id, codes[p.sku_id].code, p.quantity) for p in parts] for kit, parts in found.items()}


async def with_kits(session: AsyncSession, sku_ids: Sequence[UUID]) -> list[UUID]:
    """These SKUs and the kits that hold one of them: whose availability may change when these move."""
    kits = await store.kits_with(session, sku_ids) if sku_ids else []
    return list(dict.fromkeys([*sku_ids, *kits]))


async def sellable(
    session: AsyncSession, sku_ids: Sequence[UUID], kits: Mapping[UUID, Sequence[Part]], warehouse_ids: Sequence[UUID]
) -> dict[UUID, dict[UUID, Decimal]]:
    """SKU → warehouse → what may be promised there, of these SKUs and of the parts of those that are `kits`.

    A pair that never held stock is left out. With `for_sale` a kit's number is made of it.
    """
    ids = {*sku_ids, *(part.sku_id for parts in kits.values() for part in parts)} - kits.keys()
    held: dict[UUID, dict[UUID, Decimal]] = {}
    for level in await ledger.availability(session, sorted(ids), warehouse_ids):
        held.setdefault(level.sku_id, {})[level.warehouse_id] = level.available
    return held


def for_sale(
    sku_id: UUID,
    kits: Mapping[UUID, Sequence[Part]],
    held: Mapping[UUID, Mapping[UUID, Decimal]],
    sites: Iterable[UUID],
) -> Decimal:
    """What may be promised of a SKU over some warehouses: what lies there, or the kits that could be made of it."""
    open_sites = set(sites)

    def there(one: UUID) -> Decimal:
        return sum((n for site, n in held.get(one, {}).items() if site in open_sites), ZERO)

    parts = kits.get(sku_id)
    return there(sku_id) if parts is None else complete(parts, {part.sku_id: there(part.sku_id) for part in parts})


async def makeable(
    session: AsyncSession, parts: Sequence[Part], warehouse_ids: Sequence[UUID]
) -> tuple[Makeable, list[Makeable]]:
    """How many kits of these parts could be made over all, and in each warehouse that holds any of them."""
    held: dict[UUID, dict[UUID, Decimal]] = {}
    total: dict[UUID, Decimal] = {}
    for level in await ledger.availability(session, [part.sku_id for part in parts], warehouse_ids):
        held.setdefault(level.warehouse_id, {})[level.sku_id] = level.available
        total[level.sku_id] = total.get(level.sku_id, ZERO) + level.available
    each = [_makeable(site, parts, held[site]) for site in warehouse_ids if site in held]
    return _makeable(None, parts, total), each


def _makeable(site: UUID | None, parts: Sequence[Part], held: Mapping[UUID, Decimal]) -> Makeable:
    there = tuple(PartThere(p, n := held.get(p.sku_id, ZERO), part_covers(p, n)) for p in parts)
    return Makeable(site, complete(parts, held), limiting(parts, held), there)


async def refuse_kits(session: AsyncSession, skus: Iterable[tuple[str, ledger.Code | None]]) -> None:
    """Refuse to move a kit itself: (pointer to the field, SKU by code or id) each. Raises KitHasNoStock."""
    asked = [(pointer, _key(sku)) for pointer, sku in skus if sku is not None]
    ids = [sku for _, sku in asked if isinstance(sku, UUID)]
    kits = await store.named_kits(session, ids, [sku for _, sku in asked if isinstance(sku, str)]) if asked else {}
    wrong = [(pointer, kits[sku]) for pointer, sku in asked if sku in kits]
    if wrong:
        errors = [FieldError(at, "kit", f"{code} is a kit: move its components.") for at, code in wrong]
        raise KitHasNoStock(sku=wrong[0][1], errors=errors)


def _key(sku: ledger.Code) -> ledger.Code:
    try:
        return sku if isinstance(sku, UUID) else UUID(sku)
    except ValueError:
        return str(sku).lower()
