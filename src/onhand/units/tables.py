"""Units of measure, and how each product is measured."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference

RATIONAL = (
    "numerator > 0 AND denominator > 0 AND numerator = trunc(numerator) AND denominator = trunc(denominator)"
    " AND numerator < 1e30 AND denominator < 1e30"
)


class Unit(Entity, Stamped, Base):
    """A unit of the organization's own list: numerator / denominator of its dimension's base unit."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("organization_id", "code_key", name="unit_code_key"),
        CheckConstraint("code <> ''", name="code_not_empty"),
        CheckConstraint(
            "dimension IN ('count', 'package', 'mass', 'volume', 'length', 'area', 'time')", name="dimension_is_known"
        ),
        CheckConstraint(RATIONAL, name="factor_is_rational"),
    )
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str]
    dimension: Mapped[str]
    numerator: Mapped[Decimal] = mapped_column(Numeric, server_default="1")
    denominator: Mapped[Decimal] = mapped_column(Numeric, server_default="1")
    whole: Mapped[bool] = mapped_column(server_default=text("false"))
    archived_at: Mapped[datetime | None]

    @property
    def archived(self) -> bool:
        """Whether it is hidden from lists."""
        return self.archived_at is not None


class ProductMeasure(Owned, Base):
    """In which units a product is kept, bought and sold."""

    __tablename__ = "product_measure"
    __table_args__ = (
        reference("product", "product_id", ondelete="CASCADE"),
        reference("unit", "stock_unit_id"),
        reference("unit", "purchase_unit_id"),
        reference("unit", "sale_unit_id"),
    )
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    stock_unit_id: Mapped[UUID]
    purchase_unit_id: Mapped[UUID | None]
    sale_unit_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class ProductUnit(Owned, Base):
    """One `unit_id` of this product holds numerator / denominator of `of_unit_id`: a case holds 12 bottles."""

    __tablename__ = "product_unit"
    __table_args__ = (
        reference("product", "product_id", ondelete="CASCADE"),
        reference("unit", "unit_id"),
        reference("unit", "of_unit_id"),
        CheckConstraint("unit_id <> of_unit_id", name="not_of_itself"),
        CheckConstraint(RATIONAL, name="factor_is_rational"),
        Index("product_unit_by_unit_idx", "organization_id", "unit_id"),
    )
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    of_unit_id: Mapped[UUID]
    numerator: Mapped[Decimal] = mapped_column(Numeric)
    denominator: Mapped[Decimal] = mapped_column(Numeric, server_default="1")
    position: Mapped[int] = mapped_column(server_default="0")
