"""Lots and serials: which batches and which single pieces there are. Where they lie, the ledger knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference


class Lot(Entity, Stamped, Base):
    """A batch of one SKU. `measure` is its catch weight: what the lot weighs, beside how many it is."""

    __tablename__ = "lot"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("supplier", "supplier_id"),
        UniqueConstraint("organization_id", "sku_id", "code_key", name="lot_code_key"),
        CheckConstraint("code <> ''", name="code_not_empty"),
        CheckConstraint("status IN ('open', 'held')", name="status_known"),
        CheckConstraint("expires_on >= made_on", name="expires_after_made"),
        CheckConstraint("measure > 0 AND measure < 'Infinity'", name="measure_positive"),
        Index("lot_expiry_idx", "organization_id", "expires_on", postgresql_where=text("expires_on IS NOT NULL")),
        Index("lot_lookup_idx", "organization_id", "code_key"),
    )
    sku_id: Mapped[UUID]
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    made_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    supplier_id: Mapped[UUID | None]
    supplier_lot: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="open")
    measure: Mapped[Decimal | None] = mapped_column(Numeric)
    measure_unit: Mapped[str | None]
    note: Mapped[str | None]


class Serial(Entity, Stamped, Base):
    """One single piece, such as a graded card with its certificate."""

    __tablename__ = "serial"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("lot", "lot_id"),
        UniqueConstraint("organization_id", "sku_id", "code_key", name="serial_code_key"),
        CheckConstraint("code <> ''", name="code_not_empty"),
        Index("serial_lookup_idx", "organization_id", "code_key"),
    )
    sku_id: Mapped[UUID]
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    lot_id: Mapped[UUID | None]
    certificate: Mapped[str | None]
    note: Mapped[str | None]
