"""Verbs of the category tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import audit
from onhand.catalog import domain, store_categories
from onhand.catalog.errors import CategoryCircle, NoSuchCategory, UnknownCategory
from onhand.catalog.events import CATEGORY_CHANGED
from onhand.catalog.tables import Category
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, find_row_by_id, remove_row
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


async def category_by_id(session: AsyncSession, category_id: UUID, *, lock: bool = False) -> Category:
    """One category. Raises UnknownCategory."""
    category = await find_row_by_id(session, Category, category_id, lock=lock)
    if category is None:
        raise UnknownCategory(key=category_id)
    return category


async def create_category(session: AsyncSession, values: Mapping[str, Any]) -> Category:
    """Add a category: `name`, and perhaps `description`, `parent_id`. Raises NoSuchCategory, CategoryNameTaken."""
    await _check_parent(session, None, values)
    category = await add_row(session, Category, values)
    await _note(session, "create", category, None, audit.snapshot(category))
    return category


async def change_category(session: AsyncSession, category: Category, changes: Mapping[str, Any]) -> Category:
    """Write the changes to a locked category. Raises CategoryCircle, NoSuchCategory, CategoryNameTaken."""
    before = audit.snapshot(category)
    if "parent_id" in changes:
        await store_categories.lock_tree(session)
        await _check_parent(session, category, changes)
    values = dict(changes)
    if "archived" in values:
        values["archived_at"] = (category.archived_at or now()) if values.pop("archived") else None
    await change_row(session, category, values)
    await _note(session, "update", category, before, audit.snapshot(category))
    return category


async def remove_category(session: AsyncSession, category: Category) -> None:
    """Delete a locked category that holds no product and no branch; archive any other."""
    before = audit.snapshot(category)
    if await remove_row(session, category):
        await _note(session, "delete", category, before, None)
    else:
        await change_category(session, category, {"archived": True})


async def _check_parent(session: AsyncSession, moved: Category | None, values: Mapping[str, Any]) -> None:
    parent_id = values.get("parent_id")
    if parent_id is None:
        return
    parents = await store_categories.parents(session)
    if parent_id not in parents:
        raise NoSuchCategory(pointer="/parent_id", key=parent_id)
    if moved is not None and domain.closes_a_circle(parents, moved.id, parent_id):
        raise CategoryCircle(name=moved.name)


async def _note(
    session: AsyncSession,
    change: str,
    category: Category,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    await audit.record(session, change, "category", category.id, before, after)
    await announce(session, CATEGORY_CHANGED, {"category_id": category.id, "change": change})
