"""Cost layers, what was taken of them, and what was entered later.

Written by post() alone (adjustments by their own function); for reading.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Numeric, PrimaryKeyConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity

ZERO = text("0")


class CostLayer(Base):
    """What one receipt left at a level: `remaining` units worth `value` (null while nobody knows their cost)."""

    __tablename__ = "cost_layer"
    __table_args__ = (
        CheckConstraint("open = (remaining > 0)", name="open_while_left"),
        CheckConstraint("remaining >= 0 AND remaining <= quantity", name="remaining_fits"),
        CheckConstraint("value >= 0 AND value < 'Infinity' AND (remaining > 0 OR value = 0)", name="value_fits"),
        Index(
            "cost_layer_open_idx",
            "organization_id",
            "sku_id",
            "warehouse_id",
            "received_at",
            "id",
            postgresql_where=text("open"),
        ),
        Index("cost_layer_posting_idx", "organization_id", "posting_id", "line"),
        Index("cost_layer_origin_idx", "organization_id", "origin_id", postgresql_where=text("origin_id IS NOT NULL")),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    posting_id: Mapped[UUID]
    line: Mapped[int]
    received_at: Mapped[datetime]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    remaining: Mapped[Decimal] = mapped_column(Numeric)
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    unit_cost: Mapped[Decimal | None] = mapped_column(Numeric)
    source_cost: Mapped[Decimal | None] = mapped_column(Numeric)
    source_currency: Mapped[str | None]
    rate: Mapped[Decimal | None] = mapped_column(Numeric)
    origin_id: Mapped[UUID | None]
    open: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CostUse(Base):
    """What one line took of one layer (`quantity` > 0) or put back (< 0), and what that was worth."""

    __tablename__ = "cost_use"
    __table_args__ = (
        PrimaryKeyConstraint("organization_id", "id", "recorded_at"),
        Index("cost_use_posting_idx", "organization_id", "posting_id", "line"),
        Index("cost_use_layer_idx", "organization_id", "layer_id"),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )
    organization_id: Mapped[UUID]
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    posting_id: Mapped[UUID]
    line: Mapped[int]
    layer_id: Mapped[UUID]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    effective_at: Mapped[datetime]


class CostAdjustment(Entity, Base):
    """A change of value without a change of quantity: of a layer, or of what a line had taken."""

    __tablename__ = "cost_adjustment"
    __table_args__ = (
        CheckConstraint("kind IN ('landed', 'bill', 'costed', 'backdated', 'method', 'rounding')", name="kind_known"),
        Index("cost_adjustment_entry_idx", "organization_id", "entry_id"),
        Index("cost_adjustment_level_idx", "organization_id", "sku_id", "warehouse_id", "effective_at"),
        Index(
            "cost_adjustment_posting_idx",
            "organization_id",
            "posting_id",
            postgresql_where=text("posting_id IS NOT NULL"),
        ),
    )
    entry_id: Mapped[UUID]
    kind: Mapped[str]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    layer_id: Mapped[UUID | None]
    posting_id: Mapped[UUID | None]
    line: Mapped[int | None]
    value: Mapped[Decimal] = mapped_column(Numeric)
    uncosted: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    document: Mapped[str | None]
    note: Mapped[str | None]
    actor_label: Mapped[str | None]
    effective_at: Mapped[datetime] = mapped_column(server_default=func.now())
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
