"""What the catalogue's API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from onhand.catalog.store import Item
from onhand.infra.schemas import Amount, Body, Code, Currency, LongText, Name, Out, unsent

BarcodeText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Barcodes = Annotated[list[BarcodeText], Field(max_length=50, examples=[["5901234123457"]])]
Tags = Annotated[list[Tag], Field(max_length=50)]
Status = Literal["active", "draft", "archived"]
OWN_FIELDS = "Fields of the organization's own, by their codes; null takes a value away, what is not named stays"
CustomFields = Annotated[dict[str, Any], Field(max_length=200, description=OWN_FIELDS)]


class ProductIn(Body):
    """A new product. Prices are in `currency`; without one, in the organization's."""

    sku: Code
    name: Name
    description: LongText | None = None
    barcodes: Barcodes = Field(default_factory=list)
    cost_price: Amount | None = None
    selling_price: Amount | None = None
    currency: Currency | None = None
    category_id: UUID | None = None
    supplier_id: UUID | None = None
    tags: Tags = Field(default_factory=list)
    status: Status = "active"
    custom_fields: CustomFields = Field(default_factory=dict)


class ProductChange(Body):
    """The fields to change; what is not sent stays."""

    sku: Code = unsent()
    name: Name = unsent()
    description: LongText | None = unsent()
    barcodes: Barcodes = unsent()
    cost_price: Amount | None = unsent()
    selling_price: Amount | None = unsent()
    currency: Currency | None = unsent()
    category_id: UUID | None = unsent()
    supplier_id: UUID | None = unsent()
    tags: Tags = unsent()
    status: Status = unsent()
    custom_fields: CustomFields = unsent()


class ProductOut(Out):
    """A product with its SKU."""

    id: UUID
    sku_id: UUID
    sku: str
    name: str
    description: str | None
    barcodes: list[str]
    cost_price: Amount | None
    selling_price: Amount | None
    currency: str | None
    category_id: UUID | None
    supplier_id: UUID | None
    tags: list[str]
    status: str
    custom_fields: dict[str, Any]
    archived: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, item: Item) -> Self:
        """The product as the API shows it."""
        product, sku = item.product, item.sku
        return cls(
            id=product.id,
            sku_id=sku.id,
            sku=sku.code,
            name=product.name,
            description=product.description,
            barcodes=list(item.barcodes),
            cost_price=sku.cost_price,
            selling_price=sku.selling_price,
            currency=sku.currency,
            category_id=product.category_id,
            supplier_id=product.supplier_id,
            tags=product.tags,
            status=product.status,
            custom_fields=product.custom_fields,
            archived=product.archived_at is not None,
            created_at=product.created_at,
            updated_at=product.updated_at,
        )


class ProductRow(ProductOut):
    """A product in a list, with the names of its category and supplier."""

    category: str | None
    supplier: str | None


class Suggestion(Out):
    """A product for the menu under a search box."""

    id: UUID
    sku_id: UUID
    sku: str
    name: str
    barcodes: list[str]


class CategoryIn(Body):
    """A new category; without a parent it stands at the top."""

    name: Name
    description: LongText | None = None
    parent_id: UUID | None = None


class CategoryChange(Body):
    """The fields to change; a `parent_id` of null moves it to the top."""

    name: Name = unsent()
    description: LongText | None = unsent()
    parent_id: UUID | None = unsent()
    archived: bool = unsent()


class CategoryOut(Out):
    """A category."""

    id: UUID
    name: str
    description: str | None
    parent_id: UUID | None
    archived: bool
    created_at: datetime
    updated_at: datetime


class CategoryRow(CategoryOut):
    """A category in a list, with the number of products right in it."""

    products: int
