"""What kits are made of: as written down, and opened."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, func
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Owned, reference


class KitComponent(Owned, Base):
    """A kit holds so many of a SKU, which may be a kit itself. A trigger refuses a kit with stock of its own."""

    __tablename__ = "kit_component"
    __table_args__ = (
        reference("sku", "kit_id", ondelete="CASCADE"),
        reference("sku", "component_id"),
        CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name="quantity_positive"),
        CheckConstraint("kit_id <> component_id", name="not_itself"),
        Index("kit_component_component_idx", "organization_id", "component_id"),
    )
    kit_id: Mapped[UUID] = mapped_column(primary_key=True)
    component_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    position: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class KitPart(Owned, Base):
    """The same with all kits within it opened: stocked SKUs only. Kept by the verbs that write components."""

    __tablename__ = "kit_part"
    __table_args__ = (
        reference("sku", "kit_id", ondelete="CASCADE"),
        reference("sku", "sku_id"),
        CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name="quantity_positive"),
        Index("kit_part_sku_idx", "organization_id", "sku_id"),
    )
    kit_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    position: Mapped[int]
