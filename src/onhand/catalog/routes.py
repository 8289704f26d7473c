"""The API of products."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from onhand.catalog import domain, service, store
from onhand.catalog.routes_categories import READ, WRITE, router
from onhand.catalog.schemas import ProductChange, ProductIn, ProductOut, ProductRow, Suggestion
from onhand.infra.http import Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data

__all__ = ["router"]


def _answer(response: Response, item: store.Item) -> Data[ProductOut]:
    response.headers["ETag"] = etag(item.product.updated_at)
    warnings = [text for value in item.barcodes if (text := domain.barcode_warning(value))]
    return Data(data=ProductOut.of(item), meta={"warnings": warnings} if warnings else {})


@router.listing("/products", store.PRODUCTS, ProductRow, permission=READ)
def list_products(query: ListQuery) -> Source:
    """Products. `q` searches names, SKUs and barcodes, forgives typing errors, and puts the best hits first."""
    return store.PRODUCTS, store.listing(query)


@router.get("/products/suggestions", permission=READ)
async def suggest_products(
    session: Session,
    q: Annotated[str, Query(min_length=1, max_length=200, description="What was typed so far")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Data[list[Suggestion]]:
    """The best few products for what was typed so far."""
    found = await store.suggestions(session, q, limit)
    return Data(data=[Suggestion.model_validate(row) for row in found])


@router.post("/products", permission=WRITE)
async def create_product(session: Session, response: Response, body: ProductIn) -> Data[ProductOut]:
    """Add a product with its SKU. `meta.warnings` tells of barcodes whose check digit looks wrong."""
    return _answer(response, await service.create_product(session, service.NewProduct(**body.model_dump())))


@router.get("/products/{key}", permission=READ)
async def read_product(session: Session, response: Response, key: str) -> Data[ProductOut]:
    """One product, by its id or SKU."""
    return _answer(response, await service.product_by(session, key))


@router.put("/products/{key}", permission=WRITE)
@router.patch("/products/{key}", permission=WRITE)
async def change_product(
    session: Session, request: Request, response: Response, key: str, body: ProductChange
) -> Data[ProductOut]:
    """Change the fields sent; with `If-Match` only if nobody changed it meanwhile."""
    item = await service.product_by(session, key, lock=True)
    require_match(request, "product", item.product.updated_at)
    return _answer(response, await service.change_product(session, item, body.model_dump(exclude_unset=True)))


@router.delete("/products/{key}", permission=WRITE)
async def remove_product(session: Session, request: Request, key: str) -> None:
    """Delete a product that nothing refers to; archive any other."""
    item = await service.product_by(session, key, lock=True)
    require_match(request, "product", item.product.updated_at)
    await service.remove_product(session, item)
