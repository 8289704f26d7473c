"""SQL of the further SKUs of a product: its variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, or_, select, update

from onhand.catalog.tables import Barcode, Product, Sku
from onhand.infra.db import actor_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.catalog.store import Item

OF_SKU = and_(Barcode.organization_id == Sku.organization_id, Barcode.sku_id == Sku.id)


@dataclass(frozen=True, slots=True)
class Words:
    """What the other SKUs of a product are found by."""

    codes: tuple[str, ...]
    barcodes: tuple[str, ...]


async def other_skus_of(session: AsyncSession, item: Item) -> Words:
    """Codes and barcodes of a product's SKUs besides the one that stands for it."""
    statement = (
        select(Sku.code, Barcode.value)
        .outerjoin(Barcode, OF_SKU)
        .where(
            Sku.organization_id == actor_of(session).organization_id,
            Sku.product_id == item.product.id,
            Sku.id != item.sku.id,
        )
        .order_by(Sku.code_key, Barcode.position)
    )
    rows = (await session.execute(statement)).all()
    codes = dict.fromkeys(row[0] for row in rows)
    return Words(tuple(codes), tuple(row[1] for row in rows if row[1] is not None))


async def archive_others(session: AsyncSession, item: Item, moment: datetime | None) -> None:
    """Archive the further SKUs with their product, or bring back those that went with it."""
    mine = and_(Sku.organization_id == item.product.organization_id, Sku.product_id == item.product.id)
    same = Sku.archived_at.is_(None) if moment else Sku.archived_at == item.product.archived_at
    await session.execute(update(Sku).where(mine, Sku.id != item.sku.id, same).values(archived_at=moment))


async def skus_of(session: AsyncSession, product_id: UUID, *, lock: bool = False) -> Sequence[Sku]:
    """All SKUs of a product, the one that stands for it first."""
    statement = (
        select(Sku)
        .where(Sku.organization_id == actor_of(session).organization_id, Sku.product_id == product_id)
        .order_by(Sku.main.desc(), Sku.created_at, Sku.code_key)
    )
    if lock:
        statement = statement.with_for_update(key_share=True)
    return (await session.execute(statement, execution_options={"populate_existing": True})).scalars().all()


async def codes_taken(session: AsyncSession, codes: Sequence[str]) -> set[str]:
    """Those of the lower-cased codes that exist, whosever they are."""
    mine = Sku.organization_id == actor_of(session).organization_id
    return set((await session.execute(select(Sku.code_key).where(mine, Sku.code_key.in_(codes)))).scalars())


async def add_skus(session: AsyncSession, product_id: UUID, rows: Sequence[Mapping[str, Any]]) -> list[Sku]:
    """Insert further SKUs of a product."""
    mine = {"organization_id": actor_of(session).organization_id, "product_id": product_id, "main": False}
    made = [Sku(**mine, **row) for row in rows]
    session.add_all(made)
    await session.flush()
    for sku in made:
        await session.refresh(sku)
    return made


async def find_sku(session: AsyncSession, key: UUID | str, *, lock: bool = False) -> tuple[Sku, Product] | None:
    """A SKU by its id or code, with its product."""
    wanted = Sku.id == key if isinstance(key, UUID) else Sku.code_key == key.lower()
    statement = (
        select(Sku, Product)
        .join(Product, and_(Product.organization_id == Sku.organization_id, Product.id == Sku.product_id))
        .where(Sku.organization_id == actor_of(session).organization_id, or_(wanted))
    )
    if lock:
        statement = statement.with_for_update(key_share=True)
    row = (await session.execute(statement, execution_options={"populate_existing": True})).one_or_none()
    return None if row is None else (row[0], row[1])
