"""The options of products and their values; which SKU is which combination stands with the SKU (`sku.options`)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, reference


class ProductOption(Entity, Base):
    """What the SKUs of a product differ by: size, colour, condition."""

    __tablename__ = "product_option"
    __table_args__ = (
        reference("product", "product_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "product_id", "code", name="product_option_code_key"),
        CheckConstraint("code ~ '^[a-z][a-z0-9_]{0,29}$'", name="code_is_a_word"),
    )
    product_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(server_default="0")


class OptionValue(Entity, Base):
    """One value of an option. `short` stands for it in codes of SKUs."""

    __tablename__ = "option_value"
    __table_args__ = (
        reference("product_option", "option_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "option_id", "value_key", name="option_value_key"),
        CheckConstraint("value <> '' AND char_length(value) <= 60", name="value_fits"),
    )
    option_id: Mapped[UUID]
    value: Mapped[str]
    value_key: Mapped[str] = mapped_column(Computed("lower(value)", persisted=True))
    short: Mapped[str]
    position: Mapped[int] = mapped_column(server_default="0")
