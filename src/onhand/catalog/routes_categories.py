"""The API of categories, and the catalogue's router and permissions."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, Response

from onhand.catalog import service_categories as service
from onhand.catalog import store_categories as store
from onhand.catalog.schemas import CategoryChange, CategoryIn, CategoryOut, CategoryRow
from onhand.catalog.tables import Category
from onhand.infra.http import Router, Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data

router = Router("catalog")
READ = declare("catalog.read", "See products and categories", staff=True)
WRITE = declare("catalog.write", "Add, change and remove products and categories", staff=False)


def _answer(response: Response, category: Category) -> Data[CategoryOut]:
    response.headers["ETag"] = etag(category.updated_at)
    return Data(data=CategoryOut.model_validate(category))


@router.listing("/categories", store.CATEGORIES, CategoryRow, permission=READ)
def list_categories(_: ListQuery) -> Source:
    """The category tree, flat: each row names its parent."""
    return store.CATEGORIES, store.categories()


@router.post("/categories", permission=WRITE)
async def create_category(session: Session, response: Response, body: CategoryIn) -> Data[CategoryOut]:
    """Add a category."""
    return _answer(response, await service.create_category(session, body.model_dump()))


@router.get("/categories/{category_id}", permission=READ)
async def read_category(session: Session, response: Response, category_id: UUID) -> Data[CategoryOut]:
    """One category."""
    return _answer(response, await service.category_by_id(session, category_id))


@router.put("/categories/{category_id}", permission=WRITE)
@router.patch("/categories/{category_id}", permission=WRITE)
async def change_category(
    session: Session, request: Request, response: Response, category_id: UUID, body: CategoryChange
) -> Data[CategoryOut]:
    """Rename, describe or move a category."""
    category = await service.category_by_id(session, category_id, lock=True)
    require_match(request, "category", category.updated_at)
    return _answer(response, await service.change_category(session, category, body.model_dump(exclude_unset=True)))


@router.delete("/categories/{category_id}", permission=WRITE)
async def remove_category(session: Session, request: Request, category_id: UUID) -> None:
    """Delete a category that holds nothing; archive any other."""
    category = await service.category_by_id(session, category_id, lock=True)
    require_match(request, "category", category.updated_at)
    await service.remove_category(session, category)
