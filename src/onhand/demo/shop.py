"""The demo's fixed things: warehouses, suppliers, categories, articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import catalog, partners, places
from onhand.demo import goods

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

WAREHOUSES = (
    {"code": "MAIN", "name": "Leith warehouse", "kind": "warehouse", "priority": 10, "address": "14 Assembly Street"},
    {"code": "SHOP", "name": "Victoria Street shop", "kind": "store", "priority": 30, "address": "31 Victoria Street"},
    {"code": "WEST", "name": "Bristol depot", "kind": "3pl", "priority": 20, "address": "Unit 6, Avonmouth Way"},
)
TOWNS = (
    {"city": "Edinburgh", "postal_code": "EH6 7RG", "country": "GB", "contact_name": "Fraser Muir"},
    {"city": "Edinburgh", "postal_code": "EH1 2JW", "country": "GB", "contact_name": "Eilidh Grant"},
    {"city": "Bristol", "postal_code": "BS11 8DB", "country": "GB", "contact_name": "Sam Tucker"},
)


@dataclass(frozen=True, slots=True)
class Shop:
    """The ids of things, by the numbers that the generators use."""

    articles: list[goods.Article]
    sku_ids: list[UUID]
    warehouse_ids: list[UUID]


async def open_shop(session: AsyncSession, articles: list[goods.Article]) -> Shop:
    """Make what is missing; a second call finds everything there."""
    codes = [article.code for article in articles]
    known = await catalog.sku_by_codes(session, codes)
    if len(known) < len(codes):
        await _suppliers_and_articles(session, articles)
        known = await catalog.sku_by_codes(session, codes)
    warehouse_ids = [await _warehouse(session, number) for number in range(len(WAREHOUSES))]
    return Shop(articles, [known[code].id for code in codes], warehouse_ids)


async def _warehouse(session: AsyncSession, number: int) -> UUID:
    values = WAREHOUSES[number] | TOWNS[number]
    try:
        return (await places.warehouse_by(session, str(values["code"]))).id
    except places.UnknownWarehouse:
        return (await places.create_warehouse(session, values)).id


async def _suppliers_and_articles(session: AsyncSession, articles: list[goods.Article]) -> None:
    suppliers = [
        await partners.create_partner(
            session,
            partners.SUPPLIER,
            {
                "code": s.code,
                "name": s.name,
                "contact_name": s.contact,
                "contact_email": s.email,
                "contact_phone": s.phone,
                "address": s.address,
                "currency": "GBP",
                "lead_time_days": s.lead_time_days,
                "payment_terms": s.payment_terms,
            },
        )
        for s in goods.SUPPLIERS
    ]
    categories = await _categories(session)
    for article in articles:
        supplier = suppliers[article.supplier]
        await catalog.create_product(session, _product(article, categories[article.category], supplier.id))
        offer = {
            "price": article.cost,
            "currency": "GBP",
            "minimum_quantity": article.minimum,
            "pack_size": article.pack,
            "preferred": True,
        }
        await partners.create_offer(session, supplier, article.code, offer)


def _product(article: goods.Article, category_id: UUID, supplier_id: UUID) -> catalog.NewProduct:
    return catalog.NewProduct(
        sku=article.code,
        name=article.name,
        barcodes=[article.barcode],
        cost_price=article.cost,
        selling_price=article.price,
        currency="GBP",
        category_id=category_id,
        supplier_id=supplier_id,
        tags=[] if article.season == "all_year" else [article.season],
    )


async def _categories(session: AsyncSession) -> dict[str, UUID]:
    """Two levels: departments and what is in them."""
    departments: dict[str, UUID] = {}
    made: dict[str, UUID] = {}
    for r in goods.RANGES:
        if r.department not in departments:
            departments[r.department] = (await catalog.create_category(session, {"name": r.department})).id
        values = {"name": r.name, "parent_id": departments[r.department]}
        made[r.name] = (await catalog.create_category(session, values)).id
    return made
