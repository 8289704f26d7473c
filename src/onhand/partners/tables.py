"""Suppliers and what they sell us, customers, and sellers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference


class Supplier(Entity, Stamped, Base):
    """Who we buy from."""

    __tablename__ = "supplier"
    __table_args__ = (
        UniqueConstraint("organization_id", "code_key", name="supplier_code_key"),
        CheckConstraint("lead_time_days BETWEEN 0 AND 730", name="lead_time_in_range"),
    )
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    address: Mapped[str | None]
    payment_terms: Mapped[str | None]
    shipping_terms: Mapped[str | None]
    currency: Mapped[str | None]
    tax_id: Mapped[str | None]
    lead_time_days: Mapped[int] = mapped_column(server_default="7")
    notes: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    archived_at: Mapped[datetime | None]

    @property
    def archived(self) -> bool:
        """Whether it is hidden from lists."""
        return self.archived_at is not None


class SupplierItem(Entity, Stamped, Base):
    """One SKU as one supplier sells it. Lead time null: the supplier's own."""

    __tablename__ = "supplier_item"
    __table_args__ = (
        reference("supplier", "supplier_id", ondelete="CASCADE"),
        reference("sku", "sku_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "supplier_id", "sku_id", name="supplier_item_sku_key"),
        Index(
            "supplier_item_preferred_key", "organization_id", "sku_id", unique=True, postgresql_where=text("preferred")
        ),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("minimum_quantity > 0 AND pack_size > 0", name="order_sizes_positive"),
        CheckConstraint("lead_time_days BETWEEN 0 AND 730", name="lead_time_in_range"),
        Index("supplier_item_by_sku_idx", "organization_id", "sku_id"),
    )
    supplier_id: Mapped[UUID]
    sku_id: Mapped[UUID]
    supplier_sku: Mapped[str | None]
    price: Mapped[Decimal | None] = mapped_column(Numeric)
    currency: Mapped[str | None]
    minimum_quantity: Mapped[Decimal] = mapped_column(Numeric, server_default="1")
    pack_size: Mapped[Decimal] = mapped_column(Numeric, server_default="1")
    lead_time_days: Mapped[int | None]
    preferred: Mapped[bool] = mapped_column(server_default=text("false"))


class PriceBreak(Entity, Base):
    """From this quantity on the supplier asks this price, in the supplier item's currency."""

    __tablename__ = "price_break"
    __table_args__ = (
        reference("supplier_item", "supplier_item_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "supplier_item_id", "quantity", name="price_break_quantity_key"),
        CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name="quantity_positive"),
        CheckConstraint("price >= 0 AND price < 'Infinity'", name="price_not_negative"),
    )
    supplier_item_id: Mapped[UUID]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    price: Mapped[Decimal] = mapped_column(Numeric)


class Customer(Entity, Stamped, Base):
    """Who buys from us. `code` is what the outside calls them, unique when given."""

    __tablename__ = "customer"
    __table_args__ = (
        UniqueConstraint("organization_id", "code_key", name="customer_code_key"),
        Index("customer_name_idx", "organization_id", "name", "id"),
        Index("customer_email_idx", "organization_id", text("lower(email)")),
        Index(
            "customer_search_idx",
            "organization_id",
            "name",
            postgresql_using="gin",
            postgresql_ops={"name": "gin_trgm_ops"},
        ),
    )
    code: Mapped[str | None]
    code_key: Mapped[str | None] = mapped_column(Computed("lower(code)"))
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    country: Mapped[str | None]
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    notes: Mapped[str | None]
    archived_at: Mapped[datetime | None]

    @property
    def archived(self) -> bool:
        """Whether it is hidden from lists."""
        return self.archived_at is not None


class Seller(Entity, Stamped, Base):
    """The vendor an order line is sold by or attributed to."""

    __tablename__ = "seller"
    __table_args__ = (
        reference("supplier", "supplier_id"),
        UniqueConstraint("organization_id", "code_key", name="seller_code_key"),
    )
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    supplier_id: Mapped[UUID | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    archived_at: Mapped[datetime | None]

    @property
    def archived(self) -> bool:
        """Whether it is hidden from lists."""
        return self.archived_at is not None
