"""What governs movements: freezes, which stop them, and the organization's own list of reasons."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference

TYPES = "'purchase', 'sale', 'adjustment', 'transfer', 'return', 'count', 'waste', 'production', 'opening'"


class Freeze(Entity, Base):
    """Stops the named kinds of movement of a SKU, of a warehouse, of both together, or (neither named) of everything.

    `shows` says what channels are shown while sales are stopped: nothing, or the last number.
    """

    __tablename__ = "stock_freeze"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        CheckConstraint("reason <> ''", name="reason_not_empty"),
        CheckConstraint("shows IN ('zero', 'last')", name="shows_known"),
        CheckConstraint(f"cardinality(kinds) > 0 AND kinds <@ ARRAY[{TYPES}, 'reservation']", name="kinds_known"),
        Index("stock_freeze_standing_idx", "organization_id", "created_at", postgresql_where=text("lifted_at IS NULL")),
    )
    sku_id: Mapped[UUID | None]
    warehouse_id: Mapped[UUID | None]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reason: Mapped[str]
    shows: Mapped[str] = mapped_column(server_default="zero")
    lifter: Mapped[str] = mapped_column(server_default="admin")
    until: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]
    lift_note: Mapped[str | None]


class Reason(Entity, Stamped, Base):
    """Why stock was changed, in the organization's own words, and of which movement types that can be said."""

    __tablename__ = "reason"
    __table_args__ = (
        UniqueConstraint("organization_id", "code_key", name="reason_code_key"),
        CheckConstraint("code <> ''", name="code_not_empty"),
        CheckConstraint(f"cardinality(types) > 0 AND types <@ ARRAY[{TYPES}]", name="types_known"),
    )
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str]
    types: Mapped[list[str]] = mapped_column(ARRAY(Text))
    permits_expired: Mapped[bool] = mapped_column(server_default=text("false"))
    needs_note: Mapped[bool] = mapped_column(server_default=text("false"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    archived_at: Mapped[datetime | None]
