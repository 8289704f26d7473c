"""SQL of the category tree."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, text

from onhand.catalog.tables import Category, Product
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

PRODUCT_COUNT = (
    select(func.count())
    .where(
        Product.organization_id == Category.organization_id,
        Product.category_id == Category.id,
        Product.archived_at.is_(None),
    )
    .correlate(Category)
    .scalar_subquery()
)
CATEGORIES = ListSpec(
    columns={
        "id": Column(Category.id, "uuid"),
        "name": Column(Category.name),
        "description": Column(Category.description, sortable=False),
        "parent_id": Column(Category.parent_id, "uuid", sortable=False),
        "products": Column(PRODUCT_COUNT, "number", sortable=False),
        "archived": Column(Category.archived_at.is_not(None), "bool"),
        "created_at": Column(Category.created_at, "time"),
        "updated_at": Column(Category.updated_at, "time"),
    },
    default_sort="name",
    search=lambda q: func.lower(Category.name).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)


@cache
def categories() -> Select[Any]:
    """All categories."""
    return select(Category)


def named(value: str) -> ColumnElement[bool]:
    """The category with this id or, ignoring case, this name."""
    try:
        return Category.id == UUID(value)
    except ValueError:
        return func.lower(Category.name) == value.lower()


def branch(value: str) -> Select[tuple[UUID]]:
    """The ids of a category, named by id or name, and of all below it."""
    top = select(Category.organization_id, Category.id).where(named(value)).cte("branch", recursive=True)
    below = select(Category.organization_id, Category.id).join(
        top, and_(top.c.organization_id == Category.organization_id, top.c.id == Category.parent_id)
    )
    return select(top.union(below).c.id)


async def lock_tree(session: AsyncSession) -> None:
    """Moves within one organization's tree take turns: two at once could close a circle that neither sees."""
    key = f"onhand.category:{actor_of(session).organization_id}"
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


async def parents(session: AsyncSession) -> dict[UUID, UUID | None]:
    """Each category's parent."""
    mine = Category.organization_id == actor_of(session).organization_id
    rows = await session.execute(select(Category.id, Category.parent_id).where(mine))
    return {row.id: row.parent_id for row in rows}
