"""Products, their SKUs and barcodes, and categories."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference


class Category(Entity, Stamped, Base):
    """A node of the category tree."""

    __tablename__ = "category"
    __table_args__ = (
        reference("category", "parent_id", name="category_parent_fkey"),
        Index(
            "category_name_key",
            "organization_id",
            "parent_id",
            text("lower(name)"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    )
    name: Mapped[str]
    description: Mapped[str | None]
    parent_id: Mapped[UUID | None]
    archived_at: Mapped[datetime | None]

    @property
    def archived(self) -> bool:
        """Whether it is hidden from lists."""
        return self.archived_at is not None


class Product(Entity, Stamped, Base):
    """What is offered; stocked and sold as one or more SKUs."""

    __tablename__ = "product"
    __table_args__ = (
        reference("category", "category_id"),
        reference("supplier", "supplier_id"),
        CheckConstraint("status IN ('active', 'draft', 'archived')", name="status_is_known"),
        CheckConstraint("(status = 'archived') = (archived_at IS NOT NULL)", name="archived_has_a_date"),
        Index("product_category_idx", "organization_id", "category_id"),
        Index(
            "product_search_idx",
            "organization_id",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        Index("product_name_idx", "organization_id", "name", "id"),
        Index("product_updated_idx", "organization_id", "updated_at", "id"),
        CheckConstraint("jsonb_typeof(custom_fields) = 'object'", name="custom_fields_are_named"),
        Index(
            "product_custom_fields_idx",
            "organization_id",
            "custom_fields",
            postgresql_using="gin",
            postgresql_ops={"custom_fields": "jsonb_path_ops"},
            postgresql_where=text("custom_fields <> '{}'"),
        ),
    )
    name: Mapped[str]
    description: Mapped[str | None]
    category_id: Mapped[UUID | None]
    supplier_id: Mapped[UUID | None]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    status: Mapped[str] = mapped_column(server_default="active")
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))  # checked by `fields`
    search_text: Mapped[str] = mapped_column(server_default="")  # domain.search_text, kept by the service
    archived_at: Mapped[datetime | None]


class Sku(Entity, Stamped, Base):
    """The unit that is stocked and sold. Its code is unique ignoring case and shown as first written."""

    __tablename__ = "sku"
    __table_args__ = (
        reference("product", "product_id"),
        UniqueConstraint("organization_id", "code_key", name="sku_code_key"),
        CheckConstraint("code <> ''", name="code_not_empty"),
        CheckConstraint("cost_price >= 0 AND selling_price >= 0", name="prices_not_negative"),
        Index("sku_product_idx", "organization_id", "product_id"),
        Index("sku_sorted_idx", "organization_id", "code"),
        Index("sku_main_key", "organization_id", "product_id", unique=True, postgresql_where=text("main")),
        Index(
            "sku_options_key",
            "organization_id",
            "product_id",
            text("lower(options::text)"),
            unique=True,
            postgresql_where=text("options <> '{}'"),
        ),
        Index(
            "sku_options_idx",
            "organization_id",
            text("(lower(options::text)::jsonb)"),
            postgresql_using="gin",
            postgresql_where=text("options <> '{}'"),
        ),
        CheckConstraint("jsonb_typeof(options) = 'object'", name="options_are_named"),
        CheckConstraint("jsonb_typeof(custom_fields) = 'object'", name="custom_fields_are_named"),
        Index(
            "sku_custom_fields_idx",
            "organization_id",
            "custom_fields",
            postgresql_using="gin",
            postgresql_ops={"custom_fields": "jsonb_path_ops"},
            postgresql_where=text("custom_fields <> '{}'"),
        ),
    )
    product_id: Mapped[UUID]
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    cost_price: Mapped[Decimal | None] = mapped_column(Numeric)
    selling_price: Mapped[Decimal | None] = mapped_column(Numeric)
    currency: Mapped[str | None]
    main: Mapped[bool] = mapped_column(server_default=text("true"))  # the one that stands for its product in lists
    options: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))  # {"size": "M"}
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))  # checked by `fields`
    archived_at: Mapped[datetime | None]
    tracks_lots: Mapped[bool] = mapped_column(server_default=text("false"))
    tracks_serials: Mapped[bool] = mapped_column(server_default=text("false"))
    first_expired_first: Mapped[bool] = mapped_column(server_default=text("false"))  # enforced, not only suggested


class Barcode(Owned, Base):
    """A code on the article. One barcode names one SKU."""

    __tablename__ = "barcode"
    __table_args__ = (
        reference("sku", "sku_id", ondelete="CASCADE"),
        Index("barcode_sku_idx", "organization_id", "sku_id"),
        CheckConstraint("value <> ''", name="value_not_empty"),
    )
    value: Mapped[str] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(server_default="0")
