"""SQL of units and of how products are measured."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, Uuid, column, delete, exists, func, insert, or_, select, table
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import aliased

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.units.domain import DEFAULTS, Link, Measure, UnitRule
from onhand.units.tables import ProductMeasure, ProductUnit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

# Products stand above: their tables are named, as the foreign keys name them, and only ids and codes are read.
SKU = table(
    "sku", column("organization_id", Uuid), column("id", Uuid), column("product_id", Uuid), column("code_key", Text)
)
PRODUCT = table("product", column("organization_id", Uuid), column("id", Uuid), column("name", Text))
LEVEL = table("level", column("organization_id", Uuid), column("sku_id", Uuid))


def with_code(value: str | list[str]) -> ColumnElement[bool]:
    """The unit with this code, or one of these, ignoring case."""
    return Unit.code_key.in_([code.lower() for code in ([value] if isinstance(value, str) else value)])


UNITS = ListSpec(
    columns={
        "id": Column(Unit.id, "uuid"),
        "code": Column(Unit.code, where=with_code),
        "name": Column(Unit.name),
        "dimension": Column(Unit.dimension),
        "numerator": Column(Unit.numerator, "number", sortable=False),
        "denominator": Column(Unit.denominator, "number", sortable=False),
        "whole": Column(Unit.whole, "bool"),
        "archived": Column(Unit.archived_at.is_not(None), "bool"),
        "created_at": Column(Unit.created_at, "time"),
        "updated_at": Column(Unit.updated_at, "time"),
    },
    default_sort="dimension,code",
    search=lambda q: func.lower(Unit.code + " " + Unit.name).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)


@cache
def units() -> Select[Any]:
    """All units."""
    return select(Unit)


async def has_units(session: AsyncSession) -> bool:
    """Whether the organization has a list of units."""
    mine = select(exists().where(Unit.organization_id == actor_of(session).organization_id))
    return bool((await session.execute(mine)).scalar_one())


async def add_defaults(session: AsyncSession) -> int:
    """Insert the units everybody knows where they are missing; how many were."""
    organization_id = actor_of(session).organization_id
    rows = [
        {
            "organization_id": organization_id,
            "code": code,
            "name": name,
            "dimension": dimension,
            "numerator": factor.numerator,
            "denominator": factor.denominator,
            "whole": whole,
        }
        for code, name, dimension, factor, whole in DEFAULTS
    ]
    made = await session.execute(upsert(Unit).values(rows).on_conflict_do_nothing().returning(Unit.id))
    return len(made.all())


async def find_unit(session: AsyncSession, key: UUID | str, *, lock: bool = False) -> Unit | None:
    """A unit by id or code."""
    wanted = Unit.id == key if isinstance(key, UUID) else Unit.code_key == key.lower()
    return await find_row(session, Unit, wanted, lock=lock)


async def is_used(session: AsyncSession, unit_id: UUID) -> bool:
    """Whether a product is measured in this unit."""
    mine = actor_of(session).organization_id
    linked = exists().where(
        ProductUnit.organization_id == mine,
        or_(ProductUnit.unit_id == unit_id, ProductUnit.of_unit_id == unit_id),
    )
    chosen = exists().where(
        ProductMeasure.organization_id == mine,
        or_(
            ProductMeasure.stock_unit_id == unit_id,
            ProductMeasure.purchase_unit_id == unit_id,
            ProductMeasure.sale_unit_id == unit_id,
        ),
    )
    return bool((await session.execute(select(or_(linked, chosen)))).scalar_one())


async def all_units(session: AsyncSession) -> Sequence[Unit]:
    """The organization's units, archived ones too: what was entered in one stays readable."""
    mine = select(Unit).where(Unit.organization_id == actor_of(session).organization_id).order_by(Unit.code_key)
    return (await session.execute(mine)).scalars().all()


def rules(found: Iterable[Unit]) -> dict[str, UnitRule]:
    """Units as the rules know them, by lower-cased code."""
    return {
        unit.code_key: UnitRule(
            unit.code, unit.dimension, Fraction(unit.numerator) / Fraction(unit.denominator), unit.whole
        )
        for unit in found
    }


async def find_product(session: AsyncSession, key: UUID | str) -> Row[UUID, str] | None:
    """(id, name) of a product by its id, or by the id or code of one of its SKUs."""
    mine = actor_of(session).organization_id
    of_sku = select(SKU.c.product_id).where(
        SKU.c.organization_id == mine, SKU.c.id == key if isinstance(key, UUID) else SKU.c.code_key == key.lower()
    )
    wanted: ColumnElement[bool] = PRODUCT.c.id.in_(of_sku)
    if isinstance(key, UUID):
        wanted = or_(PRODUCT.c.id == key, wanted)
    statement = select(PRODUCT.c.id, PRODUCT.c.name).where(PRODUCT.c.organization_id == mine, wanted)
    return (await session.execute(statement)).one_or_none()


async def products_of(session: AsyncSession, keys: Sequence[UUID | str]) -> dict[UUID | str, UUID]:
    """The products of SKUs by id or lower-cased code."""
    ids = [key for key in keys if isinstance(key, UUID)]
    codes = [key.lower() for key in keys if isinstance(key, str)]
    statement = select(SKU.c.id, SKU.c.code_key, SKU.c.product_id).where(
        SKU.c.organization_id == actor_of(session).organization_id, or_(SKU.c.id.in_(ids), SKU.c.code_key.in_(codes))
    )
    found: dict[UUID | str, UUID] = {}
    for row in await session.execute(statement):
        found[row.id] = found[row.code_key] = row.product_id
    return found


async def lock_product(session: AsyncSession, product_id: UUID) -> None:
    """Changes of how one product is measured take turns."""
    mine = PRODUCT.c.organization_id == actor_of(session).organization_id
    await session.execute(select(PRODUCT.c.id).where(mine, PRODUCT.c.id == product_id).with_for_update(key_share=True))


async def has_history(session: AsyncSession, product_id: UUID) -> bool:
    """Whether stock of the product was ever kept anywhere."""
    mine = actor_of(session).organization_id
    own = select(SKU.c.id).where(SKU.c.organization_id == mine, SKU.c.product_id == product_id)
    found = exists().where(LEVEL.c.organization_id == mine, LEVEL.c.sku_id.in_(own))
    return bool((await session.execute(select(found))).scalar_one())


async def measures(session: AsyncSession, product_ids: Sequence[UUID]) -> dict[UUID, Measure]:
    """How these products are measured; those of which nobody said it are left out."""
    mine = actor_of(session).organization_id
    stock, purchase, sale = aliased(Unit), aliased(Unit), aliased(Unit)
    chosen = (
        select(ProductMeasure.product_id, stock.code_key, purchase.code_key, sale.code_key)
        .join(stock, _is(stock, ProductMeasure.stock_unit_id))
        .outerjoin(purchase, _is(purchase, ProductMeasure.purchase_unit_id))
        .outerjoin(sale, _is(sale, ProductMeasure.sale_unit_id))
        .where(ProductMeasure.organization_id == mine, ProductMeasure.product_id.in_(product_ids))
    )
    links = await _links(session, product_ids)
    rows = (await session.execute(chosen)).all()
    return {row[0]: Measure(row[1], row[2], row[3], tuple(links.get(row[0], ()))) for row in rows}


def _is(unit: Any, column_of: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (unit.id == column_of) & (unit.organization_id == column_of.class_.organization_id)
    return found


async def _links(session: AsyncSession, product_ids: Sequence[UUID]) -> dict[UUID, list[Link]]:
    unit, of = aliased(Unit), aliased(Unit)
    statement = (
        select(ProductUnit.product_id, unit.code_key, of.code_key, ProductUnit.numerator, ProductUnit.denominator)
        .join(unit, _is(unit, ProductUnit.unit_id))
        .join(of, _is(of, ProductUnit.of_unit_id))
        .where(
            ProductUnit.organization_id == actor_of(session).organization_id, ProductUnit.product_id.in_(product_ids)
        )
        .order_by(ProductUnit.position)
    )
    found: dict[UUID, list[Link]] = {}
    for product_id, code, inner, numerator, denominator in await session.execute(statement):
        found.setdefault(product_id, []).append(Link(code, inner, Fraction(numerator) / Fraction(denominator)))
    return found


async def write_measure(
    session: AsyncSession, product_id: UUID, chosen: Mapping[str, UUID | None], links: Sequence[Mapping[str, Any]]
) -> None:
    """Put how a product is measured in place of what was said before."""
    mine = {"organization_id": actor_of(session).organization_id, "product_id": product_id}
    values = {**chosen, "updated_at": func.clock_timestamp()}
    statement = upsert(ProductMeasure).values(**mine, **values)
    await session.execute(statement.on_conflict_do_update(constraint="product_measure_pkey", set_=values))
    await session.execute(
        delete(ProductUnit).where(
            ProductUnit.organization_id == mine["organization_id"], ProductUnit.product_id == product_id
        )
    )
    if links:
        await session.execute(insert(ProductUnit), [{**mine, **link} for link in links])
