"""What a level is made of: the holdings that say where its lots and serials lie. For reading.

`holding` and `holding_change` are written by post() alone. On hand that no holding names lies unassigned.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    Numeric,
    PrimaryKeyConstraint,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base

ZERO = text("0")


class Holding(Base):
    """What of a level lies in one bin, is of one lot, is one piece: any of the three may be unknown, not all."""

    __tablename__ = "holding"
    __table_args__ = (
        UniqueConstraint(
            "organization_id",
            "sku_id",
            "warehouse_id",
            "bin_id",
            "lot_id",
            "serial_id",
            name="holding_spot_key",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("on_hand >= 0 AND on_hand < 'Infinity'", name="on_hand_not_negative"),
        CheckConstraint("unavailable >= 0 AND unavailable <= on_hand", name="unavailable_fits"),
        CheckConstraint("serial_id IS NULL OR on_hand <= 1", name="one_piece"),
        CheckConstraint("num_nonnulls(bin_id, lot_id, serial_id) > 0", name="named"),
        Index(
            "holding_serial_key",
            "organization_id",
            "serial_id",
            unique=True,
            postgresql_where=text("serial_id IS NOT NULL AND on_hand > 0"),
        ),
        Index(
            "holding_bin_idx", "organization_id", "bin_id", postgresql_where=text("bin_id IS NOT NULL AND on_hand > 0")
        ),
        Index("holding_lot_idx", "organization_id", "lot_id", postgresql_where=text("lot_id IS NOT NULL")),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    bin_id: Mapped[UUID | None]
    lot_id: Mapped[UUID | None]
    serial_id: Mapped[UUID | None]
    on_hand: Mapped[Decimal] = mapped_column(Numeric)
    unavailable: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class HoldingChange(Base):
    """One immutable change of one holding: the detail beneath a movement. Partitioned by the month it was recorded."""

    __tablename__ = "holding_change"
    __table_args__ = (
        PrimaryKeyConstraint("organization_id", "id", "recorded_at"),
        CheckConstraint("balance >= 0", name="balance_not_negative"),
        Index("holding_change_posting_idx", "organization_id", "posting_id", "line"),
        Index("holding_change_level_idx", "organization_id", "sku_id", "warehouse_id", "id"),
        Index("holding_change_lot_idx", "organization_id", "lot_id", "id", postgresql_where=text("lot_id IS NOT NULL")),
        Index(
            "holding_change_serial_idx",
            "organization_id",
            "serial_id",
            "id",
            postgresql_where=text("serial_id IS NOT NULL"),
        ),
        Index("holding_change_bin_idx", "organization_id", "bin_id", "id", postgresql_where=text("bin_id IS NOT NULL")),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )
    organization_id: Mapped[UUID]
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    posting_id: Mapped[UUID]
    line: Mapped[int]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    bin_id: Mapped[UUID | None]
    lot_id: Mapped[UUID | None]
    serial_id: Mapped[UUID | None]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    unavailable: Mapped[Decimal] = mapped_column(Numeric)
    balance: Mapped[Decimal] = mapped_column(Numeric)
    effective_at: Mapped[datetime]
