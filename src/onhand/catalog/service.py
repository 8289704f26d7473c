"""Verbs of products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit, fields, identity
from onhand.catalog import domain, store, store_skus
from onhand.catalog.errors import BarcodeTaken, NoSuchCategory, SkuTaken, UnknownProduct
from onhand.catalog.events import PRODUCT_CHANGED
from onhand.infra.events import announce
from onhand.infra.rows import remove_unless_used
from onhand.kernel import now

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.catalog.store import Item

SKU_FIELDS = frozenset({"cost_price", "selling_price", "currency"})


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A product without options: it has one SKU, which carries its code."""

    sku: str
    name: str
    description: str | None = None
    barcodes: Sequence[str] = ()
    cost_price: Decimal | None = None
    selling_price: Decimal | None = None
    currency: str | None = None
    category_id: UUID | None = None
    supplier_id: UUID | None = None
    tags: Sequence[str] = ()
    status: str = "active"
    custom_fields: Mapping[str, Any] = field(default_factory=dict)


def parse_key(key: str) -> UUID | str:
    """An id when it reads like one, else a code."""
    try:
        return UUID(key)
    except ValueError:
        return key


async def product_by(session: AsyncSession, key: str, *, lock: bool = False) -> Item:
    """The product with this id or SKU; with `lock` nobody else changes it until we end. Raises UnknownProduct."""
    item = await store.find_item(session, parse_key(key), lock=lock)
    if item is None:
        raise UnknownProduct(key=key)
    return item


async def create_product(session: AsyncSession, command: NewProduct) -> Item:
    """Add a product. Raises SkuTaken, BarcodeTaken, NoSuchCategory, NoSuchSupplier."""
    barcodes = domain.without_repeats(command.barcodes)
    await _check(session, command.sku, barcodes, command.category_id, than=None)
    product = {
        "name": command.name,
        "description": command.description,
        "category_id": command.category_id,
        "supplier_id": command.supplier_id,
        "tags": domain.without_repeats(command.tags),
        "custom_fields": await fields.checked(session, "product", command.custom_fields),
        "search_text": domain.search_text([command.sku], barcodes, command.name),
        **_status(command.status),
    }
    sku = {
        "code": command.sku,
        "cost_price": command.cost_price,
        "selling_price": command.selling_price,
        "currency": await _currency(session, command.currency),
    }
    item = await store.add_item(session, product, sku, barcodes)
    await _note(session, "create", item, None, snapshot(item))
    return item


async def change_product(session: AsyncSession, item: Item, changes: Mapping[str, Any]) -> Item:
    """Change the fields given of a locked product. Raises what `create_product` raises."""
    before = snapshot(item)
    code, name = changes.get("sku", item.sku.code), changes.get("name", item.product.name)
    barcodes = domain.without_repeats(changes.get("barcodes", item.barcodes))
    category_id = changes.get("category_id")
    others = await store_skus.other_skus_of(session, item)
    await _check(session, code, barcodes, category_id, than=item.sku.id)
    sku = {"code": code, **{name: changes[name] for name in SKU_FIELDS & changes.keys()}}
    if "currency" in sku:
        sku["currency"] = await _currency(session, sku["currency"])
    product = {
        **{key: value for key, value in changes.items() if key not in SKU_FIELDS | {"sku", "barcodes", "status"}},
        **(_status(changes["status"]) if "status" in changes else {}),
        "search_text": domain.search_text([code, *others.codes], [*barcodes, *others.barcodes], name),
    }
    if "custom_fields" in changes:
        own = await fields.checked(session, "product", changes["custom_fields"], item.product.custom_fields)
        product["custom_fields"] = own
    if "tags" in product:
        product["tags"] = domain.without_repeats(product["tags"])
    if "archived_at" in product:
        sku["archived_at"] = product["archived_at"]
        await store_skus.archive_others(session, item, product["archived_at"])
    changed = await store.change_item(session, item, product, sku, barcodes)
    await _note(session, "update", changed, before, snapshot(changed))
    return changed


async def remove_product(session: AsyncSession, item: Item) -> None:
    """Delete a locked product that nothing refers to; archive any other. An archived one keeps its SKU."""
    before, product_id = snapshot(item), item.product.id
    if await remove_unless_used(session, partial(store.remove_item, session, item)):
        await _note(session, "delete", item, before, None)
        return
    kept = await product_by(session, str(product_id))
    if kept.product.archived_at is None:
        await change_product(session, kept, {"status": "archived"})


def snapshot(item: Item) -> dict[str, Any]:
    """A product as the history shows it."""
    product, sku = audit.snapshot(item.product), audit.snapshot(item.sku)
    prices = {name: sku[name] for name in ("code", "cost_price", "selling_price", "currency")}
    kept = {name: value for name, value in product.items() if name not in {"organization_id", "updated_at"}}
    return {**kept, **prices, "barcodes": list(item.barcodes)}


def _status(status: str) -> dict[str, Any]:
    return {"status": status, "archived_at": now() if status == "archived" else None}


async def _currency(session: AsyncSession, given: str | None) -> str:
    """Prices are in the organization's own currency unless said otherwise."""
    return given.upper() if given else (await identity.organization_of(session)).currency


async def _check(
    session: AsyncSession, code: str, barcodes: Sequence[str], category_id: UUID | None, *, than: UUID | None
) -> None:
    """Refuse with a sentence what the constraints would refuse by name. `than` is the SKU that may have them."""
    if taken := await store.other_sku_with(session, code, than):
        raise SkuTaken(sku=taken)
    if barcodes and (elsewhere := await store.barcode_elsewhere(session, barcodes, than)):
        raise BarcodeTaken(barcode=elsewhere.value, sku=elsewhere.code)
    if category_id is not None and not await store.category_exists(session, category_id):
        raise NoSuchCategory(key=category_id)


async def _note(
    session: AsyncSession, change: str, item: Item, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    """Write the change into the history and tell the others."""
    await audit.record(session, change, "product", item.product.id, before, after)
    facts = {"product_id": item.product.id, "sku_id": item.sku.id, "sku": item.sku.code, "change": change}
    await announce(session, PRODUCT_CHANGED, facts)
