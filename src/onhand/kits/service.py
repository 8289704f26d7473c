"""Verbs of kits: say what one is made of, and take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import audit, catalog
from onhand.infra.events import announce
from onhand.kernel import FieldError, plain
from onhand.kits import store
from onhand.kits.domain import DEEPEST, FINEST, MOST_PARTS, CircleError, Part, TooDeepError, flatten
from onhand.kits.errors import (
    HoldsItself,
    SameComponentTwice,
    TooDeep,
    TooFine,
    TooManyParts,
    UnknownComponents,
    UnknownKit,
)
from onhand.kits.events import KIT_CHANGED

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

Wanted = Sequence[tuple[str, "Decimal"]]  # (SKU by code or id, quantity)


@dataclass(frozen=True, slots=True)
class Kit:
    """A SKU made of others: as written down, and with all kits within it opened."""

    sku: catalog.SkuFacts
    components: tuple[Part, ...]
    parts: tuple[Part, ...]
    names: Mapping[UUID, catalog.SkuFacts]


async def sku_by(session: AsyncSession, key: str) -> catalog.SkuFacts:
    """The SKU with this id or code. Raises UnknownKit."""
    found = await _named(session, [key])
    if key not in found:
        raise UnknownKit(key=key)
    return found[key]


async def _named(session: AsyncSession, keys: Sequence[str]) -> dict[str, catalog.SkuFacts]:
    """SKUs by the key as given, which is an id or a code."""
    ids: dict[str, UUID] = {}
    for key in keys:
        try:
            ids[key] = UUID(key)
        except ValueError:
            continue
    by_id = await catalog.skus_by_ids(session, list(ids.values())) if ids else {}
    by_code = await catalog.sku_by_codes(session, [key for key in keys if key not in ids])
    return by_code | {key: by_id[sku_id] for key, sku_id in ids.items() if sku_id in by_id}


async def kit_by(session: AsyncSession, key: str) -> Kit:
    """The kit with this id or code. Raises UnknownKit."""
    sku = await sku_by(session, key)
    components = (await store.components_of(session, [sku.id])).get(sku.id)
    if not components:
        raise UnknownKit(key=key)
    return await _kit(session, sku, components)


async def _kit(session: AsyncSession, sku: catalog.SkuFacts, components: Sequence[Part]) -> Kit:
    parts = (await store.parts_of(session, [sku.id])).get(sku.id, [])
    names = await catalog.skus_by_ids(session, {part.sku_id for part in (*components, *parts)})
    return Kit(sku, tuple(components), tuple(parts), names)


async def write_kit(session: AsyncSession, key: str, wanted: Wanted) -> Kit:
    """Say what a SKU is made of; what was said before is replaced. Open orders keep what they were sold.

    Raises UnknownKit (no such SKU), UnknownComponents, SameComponentTwice, HoldsItself, TooDeep, TooManyParts,
    TooFine, HasStock.
    """
    sku = await sku_by(session, key)
    components = await _components(session, wanted)
    await store.lock_kits(session)
    before = (await store.components_of(session, [sku.id])).get(sku.id, [])
    opened = await _reopened(session, sku, components)
    await store.write_components(session, sku.id, components)
    await store.write_parts(session, opened)
    made = await _kit(session, sku, components)
    await _note(session, "update" if before else "create", made, before, list(opened))
    return made


async def remove_kit(session: AsyncSession, key: str) -> None:
    """A kit becomes a SKU like any other, with no stock yet. Raises UnknownKit."""
    await store.lock_kits(session)
    kit = await kit_by(session, key)
    await store.write_components(session, kit.sku.id, [])
    above = await _above(session, [kit.sku.id])
    opened = await _opened(session, above)
    opened[kit.sku.id] = ()
    await store.write_parts(session, opened)
    await _note(session, "delete", Kit(kit.sku, (), (), {}), list(kit.components), [kit.sku.id, *above])


async def _components(session: AsyncSession, wanted: Wanted) -> list[Part]:
    found = await _named(session, [key for key, _ in wanted])
    unknown = [(index, key) for index, (key, _) in enumerate(wanted) if key not in found]
    if unknown:
        problems = [FieldError(f"/components/{i}/sku", "unknown", f"There is no SKU {key}.") for i, key in unknown]
        raise UnknownComponents(skus=", ".join(key for _, key in unknown), errors=problems)
    seen: set[UUID] = set()
    for index, (key, _) in enumerate(wanted):
        sku = found[key]
        if sku.id in seen:
            twice = FieldError(f"/components/{index}/sku", "twice", f"{sku.code} is named twice.")
            raise SameComponentTwice(sku=sku.code, errors=[twice])
        seen.add(sku.id)
    return [Part(found[key].id, quantity) for key, quantity in wanted]


async def _reopened(
    session: AsyncSession, sku: catalog.SkuFacts, components: Sequence[Part]
) -> dict[UUID, tuple[Part, ...]]:
    """What this kit, and every kit that holds it, comes to with these components."""
    above = await _above(session, [sku.id])
    for index, component in enumerate(components):
        if component.sku_id == sku.id or component.sku_id in above:
            code = (await catalog.skus_by_ids(session, [component.sku_id]))[component.sku_id].code
            circle = FieldError(f"/components/{index}/sku", "circle", f"{sku.code} would become a part of itself.")
            raise HoldsItself(sku=sku.code, component=code, errors=[circle])
    try:
        opened = await _opened(session, [sku.id, *above], {sku.id: list(components)})
    except (TooDeepError, CircleError) as problem:
        raise TooDeep(sku=sku.code, deepest=DEEPEST) from problem
    for parts in opened.values():
        _check(sku, parts)
    return opened


def _check(sku: catalog.SkuFacts, parts: Sequence[Part]) -> None:
    if len(parts) > MOST_PARTS:
        raise TooManyParts(sku=sku.code, parts=len(parts), most=MOST_PARTS)
    fine = [part.quantity for part in parts if part.quantity % FINEST]
    if fine:
        raise TooFine(sku=sku.code, quantity=plain(fine[0]))


async def _above(session: AsyncSession, sku_ids: Sequence[UUID]) -> list[UUID]:
    """All kits that hold one of these, however deep."""
    found: dict[UUID, None] = {}
    level = list(sku_ids)
    while level:
        level = [kit for kit in await store.kits_above(session, level) if kit not in found]
        found |= dict.fromkeys(level)
    return list(found)


async def _opened(
    session: AsyncSession, kit_ids: Sequence[UUID], fresh: Mapping[UUID, list[Part]] | None = None
) -> dict[UUID, tuple[Part, ...]]:
    """What these kits come to; `fresh` says of some what they are about to be made of."""
    recipes: dict[UUID, list[Part]] = dict(fresh or {})
    level = [kit for kit in kit_ids if kit not in recipes]
    level += [part.sku_id for parts in recipes.values() for part in parts]
    while level:
        more = await store.components_of(session, level)
        recipes = more | recipes
        level = [part.sku_id for parts in more.values() for part in parts if part.sku_id not in recipes]
    return {kit: flatten(kit, recipes) for kit in kit_ids}


async def _note(session: AsyncSession, change: str, kit: Kit, before: Sequence[Part], touched: Sequence[UUID]) -> None:
    """Write the change into the history, and tell of it for every kit that it alters."""
    names = await catalog.skus_by_ids(session, {part.sku_id for part in before} | set(touched))

    both = {**names, **kit.names}
    was, now = ({both[part.sku_id].code: plain(part.quantity) for part in parts} for parts in (before, kit.components))
    await audit.record(session, change, "kit", kit.sku.id, was or None, now or None)
    for sku_id in touched:
        facts = {"sku_id": sku_id, "sku": names[sku_id].code, "change": change}
        await announce(session, KIT_CHANGED, facts)
