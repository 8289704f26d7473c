"""SQL of products, SKUs and barcodes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Text,
    Uuid,
    and_,
    column,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from onhand.catalog.store_categories import branch
from onhand.catalog.store_terms import product_terms
from onhand.catalog.tables import Barcode, Category, Product, Sku
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, First, ListQuery, ListSpec, parse, run_list
from onhand.infra.rows import find_row_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.query_terms import Term

MOST_HITS = 2_000  # of one search; who looks further, says more
FIRST_HITS = 600  # are enough for the first page of a plain search


@dataclass(frozen=True, slots=True)
class Item:
    """A product with its SKU and barcodes."""

    product: Product
    sku: Sku
    barcodes: tuple[str, ...]


def with_code(value: str | list[str]) -> ColumnElement[bool]:
    """The SKU with this code, or one of these, ignoring case; compared in a form that an index answers."""
    return Sku.code_key.in_([code.lower() for code in ([value] if isinstance(value, str) else value)])


def with_barcode(value: str) -> ColumnElement[bool]:
    """The SKU that this barcode leads to."""
    leads = select(Barcode.sku_id).where(Barcode.organization_id == Sku.organization_id, Barcode.value == value)
    return Sku.id.in_(leads)


# Partners are neighbours: the supplier's table is named, as the foreign key names it, and only name and code are read.
SUPPLIER = table(
    "supplier", column("organization_id", Uuid), column("id", Uuid), column("name", Text), column("code_key", Text)
)


def supplied_by(value: str) -> ColumnElement[bool]:
    """Products whose supplier has this id or, ignoring case, this code."""
    try:
        return Product.supplier_id == UUID(value)
    except ValueError:
        return SUPPLIER.c.code_key == value.lower()


BARCODES: ColumnElement[Any] = literal_column(
    "ARRAY(SELECT b.value FROM barcode b WHERE b.organization_id = sku.organization_id AND b.sku_id = sku.id"
    " ORDER BY b.position)",
    ARRAY(Text),
)
PRODUCT_TERMS = product_terms(Product, Sku, SUPPLIER)
PRODUCTS = ListSpec(
    columns={
        "id": Column(Product.id, "uuid"),
        "sku_id": Column(Sku.id, "uuid", sortable=False),
        "sku": Column(Sku.code, where=with_code),
        "name": Column(Product.name),
        "description": Column(Product.description, sortable=False),
        "barcodes": Column(BARCODES, sortable=False),
        "cost_price": Column(Sku.cost_price, "number"),
        "selling_price": Column(Sku.selling_price, "number"),
        "currency": Column(Sku.currency),
        "category_id": Column(Product.category_id, "uuid", sortable=False),
        "category": Column(Category.name, nullable=True, where=lambda value: Product.category_id.in_(branch(value))),
        "supplier_id": Column(Product.supplier_id, "uuid", sortable=False),
        "supplier": Column(SUPPLIER.c.name, where=supplied_by),
        "tags": Column(Product.tags, sortable=False, where=lambda value: Product.tags.contains([value])),
        "status": Column(Product.status),
        "archived": Column(Product.archived_at.is_not(None), "bool"),
        "created_at": Column(Product.created_at, "time"),
        "updated_at": Column(Product.updated_at, "time"),
        "barcode": Column(BARCODES, sortable=False, shown=False, where=with_barcode),
        "relevance": Column(literal_column("hit.place", BigInteger), "number", shown=False),
    },
    default_sort="relevance,name",
    terms=PRODUCT_TERMS,
    search=lambda _: true(),  # what is found is decided by the join with find_products
    aliases={
        "search": "q",
        "category": "filter[category]",
        "supplier": "filter[supplier]",
        "status": "filter[status]",
        "product_id": "filter[id]",
    },
    hidden={"archived": ("eq", "false")},
    first=First(
        select(Product.id),
        (Product.id,),
        without=frozenset({"sku_id", "sku", "barcodes", "barcode", "cost_price", "selling_price", "currency"})
        | frozenset({"category", "supplier", "relevance"}),
    ),
)


def joined() -> Select[Any]:
    """Products with their SKUs, categories and suppliers."""
    return (
        select(Product, Sku, BARCODES)
        .join(Sku, and_(Sku.organization_id == Product.organization_id, Sku.product_id == Product.id))
        .outerjoin(
            Category, and_(Category.organization_id == Product.organization_id, Category.id == Product.category_id)
        )
        .outerjoin(
            SUPPLIER, and_(SUPPLIER.c.organization_id == Product.organization_id, SUPPLIER.c.id == Product.supplier_id)
        )
    )


def listing(query: ListQuery) -> Select[Any]:
    """The products of a list: with a search text the hits and their places, else all of them at place 0."""
    if query.q:
        narrowed = query.where is not None or len(query.filters) > len(PRODUCTS.hidden)
        plain = query.sort[0] == ("relevance", False) and not narrowed
        most = FIRST_HITS if plain and query.cursor is None and query.page is None else MOST_HITS
        hit = func.find_products(query.q, most).table_valued("product_id", "place", name="hit")
        return joined().join(hit, hit.c.product_id == Product.id)
    return _everything()


@cache
def _everything() -> Select[Any]:
    nowhere = select(literal_column("0", BigInteger).label("place")).subquery("hit")
    return joined().join(nowhere, true())


def also_known(names: Mapping[str, Term]) -> None:
    """Let products be searched by what floors above know of them: their stock, lots, options."""
    PRODUCT_TERMS.names.update(names)


async def search_products(session: AsyncSession, text: str, most: int) -> list[dict[str, Any]]:
    """The first products that fit a query, best first. Raises BadSearch."""
    asked = parse(PRODUCTS, [("query", text), ("limit", str(most)), ("fields", "id,sku_id,sku,name")])
    return (await run_list(session, PRODUCTS, listing(asked), asked)).rows


async def suggestions(session: AsyncSession, text: str, most: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The best few hits, for a menu under the search box."""
    hit = func.find_products(text, most).table_valued("product_id", "place", name="hit")
    statement = (
        joined()
        .join(hit, hit.c.product_id == Product.id)
        .where(Product.archived_at.is_(None))
        .with_only_columns(
            Product.id, Sku.id.label("sku_id"), Sku.code.label("sku"), Product.name, BARCODES.label("barcodes")
        )
        .order_by(literal_column("hit.place"))
    )
    return (await session.execute(statement)).all()


async def find_item(session: AsyncSession, key: UUID | str, *, lock: bool = False) -> Item | None:
    """A product by its id, or by the code of its SKU; with `lock` kept from others until we end."""
    mine = Product.organization_id == actor_of(session).organization_id
    wanted = Product.id == key if isinstance(key, UUID) else Sku.code_key == key.lower()
    statement = joined().where(mine, wanted)
    if lock:
        statement = statement.with_for_update(key_share=True, of=(Product, Sku))
    row = (await session.execute(statement, execution_options={"populate_existing": True})).one_or_none()
    return None if row is None else Item(row[0], row[1], tuple(row[2]))


async def add_item(
    session: AsyncSession, product: Mapping[str, Any], sku: Mapping[str, Any], barcodes: Sequence[str]
) -> Item:
    """Insert a product, its SKU and barcodes."""
    organization_id = actor_of(session).organization_id
    made = Product(organization_id=organization_id, **product)
    session.add(made)
    await session.flush()
    one = Sku(organization_id=organization_id, product_id=made.id, **sku)
    session.add(one)
    await session.flush()
    await _write_barcodes(session, one, barcodes)
    await session.refresh(made)
    await session.refresh(one)
    return Item(made, one, tuple(barcodes))


async def change_item(
    session: AsyncSession, item: Item, product: Mapping[str, Any], sku: Mapping[str, Any], barcodes: Sequence[str]
) -> Item:
    """Write what differs; the product's time of change moves with any of them."""
    for row, values in ((item.product, product), (item.sku, sku)):
        for name, value in values.items():
            setattr(row, name, value)
    item.product.updated_at = func.clock_timestamp()
    await session.flush()
    if tuple(barcodes) != item.barcodes:
        await _write_barcodes(session, item.sku, barcodes)
    await session.refresh(item.product)
    await session.refresh(item.sku)
    return Item(item.product, item.sku, tuple(barcodes))


async def _write_barcodes(session: AsyncSession, sku: Sku, barcodes: Sequence[str]) -> None:
    await session.execute(
        delete(Barcode).where(Barcode.organization_id == sku.organization_id, Barcode.sku_id == sku.id)
    )
    if barcodes:
        rows = [
            {"organization_id": sku.organization_id, "sku_id": sku.id, "value": value, "position": position}
            for position, value in enumerate(barcodes)
        ]
        await session.execute(insert(Barcode), rows)


async def other_sku_with(session: AsyncSession, code: str, than: UUID | None) -> str | None:
    """The code, as first written, of another SKU that has it."""
    statement = select(Sku.code).where(
        Sku.organization_id == actor_of(session).organization_id, Sku.code_key == code.lower(), _not(than)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def barcode_elsewhere(session: AsyncSession, barcodes: Iterable[str], than: UUID | None) -> Row[str, str] | None:
    """(barcode, SKU code) of the first of these that leads to another SKU."""
    statement = (
        select(Barcode.value, Sku.code)
        .join(Sku, and_(Sku.organization_id == Barcode.organization_id, Sku.id == Barcode.sku_id))
        .where(
            Barcode.organization_id == actor_of(session).organization_id, Barcode.value.in_(list(barcodes)), _not(than)
        )
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


def _not(sku_id: UUID | None) -> ColumnElement[bool]:
    return true() if sku_id is None else Sku.id != sku_id


async def remove_item(session: AsyncSession, item: Item) -> None:
    """Delete SKU and product; raises IntegrityError when something refers to them."""
    for row in (item.sku, item.product):
        await session.delete(row)
        await session.flush()


async def category_exists(session: AsyncSession, category_id: UUID) -> bool:
    """Whether the organization has this category."""
    return await find_row_by_id(session, Category, category_id) is not None


async def skus_by(
    session: AsyncSession, *, codes: Sequence[str] = (), ids: Sequence[UUID] = ()
) -> Sequence[Row[*tuple[Any, ...]]]:
    """SKUs by code (ignoring case) or id, with their products' names, in one statement."""
    wanted = or_(
        Sku.code_key.in_([code.lower() for code in codes]) if codes else literal(False),
        Sku.id.in_(list(ids)) if ids else literal(False),
    )
    statement = (
        select(
            Sku.id,
            Sku.product_id,
            Sku.code,
            Product.name,
            Sku.cost_price,
            Sku.selling_price,
            Sku.currency,
            Sku.archived_at.is_not(None).label("archived"),
        )
        .join(Product, and_(Product.organization_id == Sku.organization_id, Product.id == Sku.product_id))
        .where(Sku.organization_id == actor_of(session).organization_id, wanted)
    )
    return (await session.execute(statement)).all()
