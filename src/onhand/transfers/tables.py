"""Transfers: the documents. Their stock is the ledger's. Migration 0003 makes these tables."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference

ZERO = text("0")


class Transfer(Entity, Stamped, Base):
    """Goods on their way from one warehouse to another, as people follow them."""

    __tablename__ = "transfer"
    __table_args__ = (
        reference("warehouse", "source_id"),
        reference("warehouse", "destination_id"),
        UniqueConstraint("organization_id", "number", name="transfer_number_key"),
        CheckConstraint("status IN ('pending', 'in_transit', 'completed', 'cancelled')", name="status_known"),
        CheckConstraint("source_id <> destination_id", name="goes_elsewhere"),
    )
    number: Mapped[int]
    source_id: Mapped[UUID]
    destination_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(server_default="pending")
    note: Mapped[str | None]
    expected_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_by: Mapped[str]


class TransferLine(Entity, Base):
    """One SKU of a transfer; its reservation at the source carries the line's id."""

    __tablename__ = "transfer_line"
    __table_args__ = (
        reference("transfer", "transfer_id", ondelete="CASCADE"),
        reference("sku", "sku_id"),
        UniqueConstraint("organization_id", "transfer_id", "sku_id", name="transfer_line_sku_key"),
        Index("transfer_line_sku_idx", "organization_id", "sku_id"),
        CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name="quantity_positive"),
        CheckConstraint(
            "dispatched >= 0 AND received >= 0 AND lost >= 0 AND returned >= 0"
            " AND received + lost + returned <= dispatched AND dispatched <= quantity",
            name="parts_fit",
        ),
    )
    transfer_id: Mapped[UUID]
    position: Mapped[int]
    sku_id: Mapped[UUID]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    dispatched: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    received: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    lost: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    returned: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
