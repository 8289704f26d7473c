"""The ledger's tables as SQLAlchemy sees them, for reading. Migration 0003 holds the SQL and the reasons.

Only the SQL function post() writes levels, postings, movements, reservations, shortages and costs; the application's
role has no right to. They carry no foreign key where post() has just locked what they point at (decision 0010).
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
    LargeBinary,
    Numeric,
    PrimaryKeyConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Owned, reference
from onhand.ledger.domain import MOVEMENT_TYPES

ZERO = text("0")
TYPES = ", ".join(f"'{name}'" for name in (*MOVEMENT_TYPES, "reservation"))


class Level(Owned, Base):
    """The balance of a SKU at a warehouse: quantities alone. Available = on_hand - reserved - unavailable."""

    __tablename__ = "level"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        CheckConstraint("on_hand >= 0 AND on_hand < 'Infinity'", name="on_hand_not_negative"),
        CheckConstraint("reserved >= 0 AND reserved < 'Infinity'", name="reserved_not_negative"),
        CheckConstraint("unavailable >= 0 AND unavailable < 'Infinity'", name="unavailable_not_negative"),
        CheckConstraint("reserved + unavailable <= on_hand", name="promises_covered"),
        CheckConstraint("placed >= 0 AND placed <= on_hand", name="placed_fits"),
        CheckConstraint("uncosted >= 0 AND uncosted <= on_hand", name="uncosted_fits"),
        CheckConstraint("value >= 0 AND value < 'Infinity'", name="value_not_negative"),
        CheckConstraint("cost_method IN ('fifo', 'lifo', 'average')", name="cost_method_known"),
    )
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    on_hand: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    reserved: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    unavailable: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    placed: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)  # of on hand, what holdings name
    value: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)  # of its cost layers
    uncosted: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)  # units that `value` does not count
    tracking: Mapped[int] = mapped_column(server_default=ZERO)  # 1 lots, 2 serials, 4 bins, 8 FEFO
    cost_method: Mapped[str] = mapped_column(server_default="fifo")


class PostingRow(Base):
    """What happened together; its key is the caller's id, and the row is the audit row of the write."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint(f"type IN ({TYPES})", name="type_known"),
        Index(
            "posting_reverses_id_key",
            "organization_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
        Index("posting_group_id_idx", "organization_id", "group_id", postgresql_where=text("group_id IS NOT NULL")),
        Index(
            "posting_reference_id_idx",
            "organization_id",
            "reference_id",
            postgresql_where=text("reference_id IS NOT NULL"),
        ),
        Index("posting_document_idx", "organization_id", "document", postgresql_where=text("document IS NOT NULL")),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    body_hash: Mapped[UUID]
    type: Mapped[str]
    reason: Mapped[str]
    fact: Mapped[bool]
    reference_kind: Mapped[str | None]
    reference_id: Mapped[UUID | None]
    document: Mapped[str | None]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_key: Mapped[UUID | None]
    actor_label: Mapped[str | None]
    actor_address: Mapped[str | None]
    reverses_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    effective_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sealed_number: Mapped[int | None] = mapped_column(BigInteger)
    sealed_hash: Mapped[bytes | None] = mapped_column(LargeBinary)


class Movement(Base):
    """One immutable change of one level, with the balance after it. Partitioned by the month it was recorded."""

    __tablename__ = "movement"
    __table_args__ = (
        PrimaryKeyConstraint("organization_id", "id", "recorded_at"),
        CheckConstraint("balance >= 0 AND available >= 0", name="balance_not_negative"),
        Index("movement_level_idx", "organization_id", "sku_id", "warehouse_id", "id"),
        Index("movement_posting_idx", "organization_id", "posting_id", "line"),
        Index("movement_effective_at_idx", "effective_at", postgresql_using="brin"),
        Index("movement_recorded_at_idx", "recorded_at", postgresql_using="brin"),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )
    organization_id: Mapped[UUID]
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    posting_id: Mapped[UUID]
    line: Mapped[int]
    type: Mapped[str]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    bin: Mapped[str | None]
    lot: Mapped[str | None]
    serial: Mapped[str | None]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    reserved: Mapped[Decimal] = mapped_column(Numeric)
    unavailable: Mapped[Decimal] = mapped_column(Numeric)
    balance: Mapped[Decimal] = mapped_column(Numeric)
    available: Mapped[Decimal] = mapped_column(Numeric)
    unit_cost: Mapped[Decimal | None] = mapped_column(Numeric)
    currency: Mapped[str | None]
    reservation_id: Mapped[UUID | None]
    note: Mapped[str | None]
    effective_at: Mapped[datetime]
    value: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)  # what it changed the stock's value by
    uncosted: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)  # of `quantity`, what has no known cost


class Reservation(Base):
    """A promise to a holder: `quantity` promised, of which `open` is held still and `taken` was shipped."""

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("open >= 0 AND taken >= 0 AND open + taken <= quantity", name="parts_fit"),
        CheckConstraint("status IN ('open', 'committed', 'released', 'expired', 'broken')", name="status_known"),
        CheckConstraint("(status = 'open') = (open > 0)", name="open_while_held"),
        Index(
            "reservation_open_idx",
            "organization_id",
            "sku_id",
            "warehouse_id",
            "expires_at",
            postgresql_where=text("open > 0"),
        ),
        Index(
            "reservation_expiry_idx",
            "organization_id",
            "expires_at",
            postgresql_where=text("open > 0 AND expires_at IS NOT NULL"),
        ),
        Index("reservation_recent_idx", "organization_id", "created_at", "id", postgresql_where=text("quantity > 0")),
        Index("reservation_holder_idx", "organization_id", "holder_id", postgresql_where=text("holder_id IS NOT NULL")),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    open: Mapped[Decimal] = mapped_column(Numeric)
    taken: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    status: Mapped[str] = mapped_column(server_default="open")
    holder_kind: Mapped[str]
    holder_id: Mapped[UUID | None]
    priority: Mapped[int] = mapped_column(server_default=ZERO)
    channel: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_at: Mapped[datetime | None]


class Shortage(Base):
    """What a fact could not be covered with, or had to take from a promise: a conflict for people to resolve."""

    __tablename__ = "shortage"
    __table_args__ = (
        CheckConstraint("kind IN ('fact', 'promise')", name="kind_known"),
        CheckConstraint("status IN ('open', 'resolved')", name="status_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("shortage_open_idx", "organization_id", "created_at", postgresql_where=text("status = 'open'")),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    posting_id: Mapped[UUID]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    kind: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    reservation_id: Mapped[UUID | None]
    holder_kind: Mapped[str | None]
    holder_id: Mapped[UUID | None]
    document: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="open")
    resolution: Mapped[str | None]
    resolved_by: Mapped[UUID | None]
    resolved_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
