"""Warehouses: top-level sites of any type, and each organization's virtual place for goods in transit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference


class Warehouse(Entity, Stamped, Base):
    """A site where stock lies. `kind` transit is the virtual place between two sites; it is never sellable."""

    __tablename__ = "warehouse"
    __table_args__ = (
        UniqueConstraint("organization_id", "code_key", name="warehouse_code_key"),
        CheckConstraint("kind IN ('warehouse', 'store', '3pl', 'consignment', 'van', 'transit')", name="kind_is_known"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="position_on_earth"),
        Index("warehouse_one_transit_key", "organization_id", unique=True, postgresql_where=text("kind = 'transit'")),
    )
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="warehouse")
    priority: Mapped[int] = mapped_column(server_default="100")  # the lower, the sooner orders are allocated here
    address: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    archived_at: Mapped[datetime | None]
    uses_bins: Mapped[bool] = mapped_column(server_default=text("false"))

    @property
    def archived(self) -> bool:
        """Whether it is hidden from lists."""
        return self.archived_at is not None


class Bin(Entity, Stamped, Base):
    """A spot inside a warehouse: a zone, an aisle, a shelf or a bin, each within another.

    What lies in one of type quarantine or damaged is unavailable.
    """

    __tablename__ = "bin"
    __table_args__ = (
        reference("warehouse", "warehouse_id"),
        reference("bin", "parent_id"),
        UniqueConstraint("organization_id", "warehouse_id", "code_key", name="bin_code_key"),
        CheckConstraint("code <> ''", name="code_not_empty"),
        CheckConstraint("kind IN ('zone', 'aisle', 'shelf', 'bin')", name="kind_known"),
        CheckConstraint("type IN ('storage', 'pick', 'receiving', 'quarantine', 'damaged')", name="type_known"),
        CheckConstraint("capacity > 0 AND capacity < 'Infinity'", name="capacity_positive"),
        Index("bin_parent_idx", "organization_id", "parent_id", postgresql_where=text("parent_id IS NOT NULL")),
    )
    warehouse_id: Mapped[UUID]
    parent_id: Mapped[UUID | None]
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str | None]
    kind: Mapped[str] = mapped_column(server_default="bin")
    type: Mapped[str] = mapped_column(server_default="storage")
    capacity: Mapped[Decimal | None] = mapped_column(Numeric)
    pick_order: Mapped[int] = mapped_column(server_default=text("100"))
    x: Mapped[Decimal | None] = mapped_column(Numeric)
    y: Mapped[Decimal | None] = mapped_column(Numeric)
    width: Mapped[Decimal | None] = mapped_column(Numeric)
    height: Mapped[Decimal | None] = mapped_column(Numeric)
    archived_at: Mapped[datetime | None]
