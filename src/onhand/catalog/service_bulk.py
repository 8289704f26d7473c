"""Verbs for many SKUs at once: imports and other modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onhand import audit
from onhand.catalog import domain, store, store_bulk
from onhand.catalog.events import PRODUCTS_IMPORTED
from onhand.infra.events import announce
from onhand.infra.schemas import jsonable
from onhand.kernel import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class SkuWanted:
    """A SKU that shall exist; what else is said here is used only if it must be made."""

    code: str
    name: str
    selling_price: Decimal | None = None
    cost_price: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class SkuFacts:
    """A SKU as other modules need it."""

    id: UUID
    product_id: UUID
    code: str
    name: str
    cost_price: Decimal | None
    selling_price: Decimal | None
    currency: str | None
    archived: bool


@dataclass(frozen=True, slots=True)
class SkuRevision:
    """Another name and selling price for a SKU that exists."""

    sku: SkuFacts
    name: str
    selling_price: Decimal | None


async def ensure_skus(session: AsyncSession, items: Sequence[SkuWanted]) -> dict[str, UUID]:
    """The ids of these SKUs by the code as given, made where they are missing. Codes that differ in case are one SKU.

    Set-based: a few statements whatever the number. Of items with the same code the first one names it.
    """
    first: dict[str, SkuWanted] = {}
    for item in items:
        first.setdefault(item.code.lower(), item)
    await store_bulk.lock_skus(session)
    known = await store_bulk.known_skus(session, list(first))
    missing = [item for key, item in first.items() if key not in known]
    if missing:
        await _make(session, missing)
        known |= await store_bulk.known_skus(session, [item.code.lower() for item in missing])
    return {item.code: known[item.code.lower()] for item in items}


async def revise_skus(session: AsyncSession, items: Sequence[SkuRevision]) -> None:
    """Rename and price many SKUs at once, for imports: a few statements, one line in the history, one event."""
    if not items:
        return
    barcodes = await store_bulk.barcodes_of(session, [item.sku.id for item in items])
    texts = [domain.search_text([item.sku.code], barcodes.get(item.sku.id, []), item.name) for item in items]
    products: list[list[object]] = [[i.sku.product_id for i in items], [i.name for i in items], [*texts]]
    skus: list[list[object]] = [[i.sku.id for i in items], [i.selling_price for i in items]]
    await store_bulk.revise(session, products, skus)
    before = {item.sku.code: jsonable([item.sku.name, item.sku.selling_price]) for item in items}
    after = {item.sku.code: jsonable([item.name, item.selling_price]) for item in items}
    await audit.record(session, "update", "product", "many", before, after)
    await announce(session, PRODUCTS_IMPORTED, {"count": len(items)})


async def _make(session: AsyncSession, missing: Sequence[SkuWanted]) -> None:
    products = [new_id() for _ in missing]
    names = [item.name or item.code for item in missing]
    texts = [domain.search_text([item.code], [], name) for item, name in zip(missing, names, strict=True)]
    await store_bulk.add_products(session, [products, names, texts])
    columns: list[list[object]] = [
        [new_id() for _ in missing],
        [*products],
        [item.code for item in missing],
        [item.selling_price for item in missing],
        [item.cost_price for item in missing],
        [item.currency for item in missing],
    ]
    await store_bulk.add_skus(session, columns)
    codes = [item.code for item in missing]
    await audit.record(session, "create", "product", "many", None, {"count": len(codes), "codes": codes})
    await announce(session, PRODUCTS_IMPORTED, {"count": len(codes)})


async def sku_by_codes(session: AsyncSession, codes: Iterable[str]) -> dict[str, SkuFacts]:
    """The SKUs with these codes, ignoring case, by the code as given; unknown ones are left out."""
    wanted = list(codes)
    rows = await store.skus_by(session, codes=wanted)
    found = {facts.code.lower(): facts for facts in (SkuFacts(*row) for row in rows)}
    return {code: found[code.lower()] for code in wanted if code.lower() in found}


async def skus_by_ids(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, SkuFacts]:
    """The SKUs with these ids; unknown ones are left out."""
    rows = await store.skus_by(session, ids=list(ids))
    return {facts.id: facts for facts in (SkuFacts(*row) for row in rows)}
