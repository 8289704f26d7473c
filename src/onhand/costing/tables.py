"""How stock is valued, and the documents that changed costs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference


class CostingMethod(Entity, Stamped, Base):
    """How stock is valued: the organization's way (no category), or another for a category and those below it."""

    __tablename__ = "costing_method"
    __table_args__ = (
        reference("category", "category_id", ondelete="CASCADE"),
        UniqueConstraint(
            "organization_id",
            "category_id",
            name="costing_method_category_key",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("method IN ('fifo', 'lifo', 'average')", name="method_known"),
    )
    category_id: Mapped[UUID | None]
    method: Mapped[str]


class CostEntry(Entity, Base):
    """A document that changed costs without moving anything: landed costs, a late bill, a cost told later.

    Its changes are the ledger's cost adjustments of this `entry_id`; `amount` x `rate` = `value`.
    """

    __tablename__ = "cost_entry"
    __table_args__ = (
        UniqueConstraint("organization_id", "number", name="cost_entry_number_key"),
        Index(
            "cost_entry_reverses_key",
            "organization_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
        CheckConstraint("kind IN ('landed', 'bill', 'costed', 'backdated', 'method')", name="kind_known"),
        CheckConstraint("charge IN ('freight', 'duty', 'insurance', 'handling', 'other')", name="charge_known"),
        CheckConstraint("basis IN ('value', 'weight', 'quantity')", name="basis_known"),
        CheckConstraint(
            "(kind = 'landed') = (charge IS NOT NULL) AND (kind = 'landed') = (basis IS NOT NULL)",
            name="landed_says_how",
        ),
        CheckConstraint("rate > 0 AND rate < 'Infinity'", name="rate_positive"),
    )
    number: Mapped[int]
    kind: Mapped[str]
    charge: Mapped[str | None]
    basis: Mapped[str | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric)
    currency: Mapped[str | None]
    rate: Mapped[Decimal | None] = mapped_column(Numeric)
    value: Mapped[Decimal] = mapped_column(Numeric, server_default=text("0"))
    stock: Mapped[Decimal] = mapped_column(Numeric, server_default=text("0"))  # of `value`, what is in stock still
    sold: Mapped[Decimal] = mapped_column(Numeric, server_default=text("0"))  # and what had gone when it was entered
    document: Mapped[str | None]
    note: Mapped[str | None]
    effective_at: Mapped[datetime] = mapped_column(server_default=func.now())
    reverses_id: Mapped[UUID | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CostCharge(Entity, Base):
    """What of an entry one received line bears, by which measure."""

    __tablename__ = "cost_charge"
    __table_args__ = (
        reference("cost_entry", "entry_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "entry_id", "posting_id", "line", name="cost_charge_line_key"),
        Index("cost_charge_posting_idx", "organization_id", "posting_id", "line"),
        CheckConstraint("quantity > 0 AND measure >= 0", name="measures_positive"),
    )
    entry_id: Mapped[UUID]
    posting_id: Mapped[UUID]
    line: Mapped[int]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    measure: Mapped[Decimal] = mapped_column(Numeric)
    value: Mapped[Decimal] = mapped_column(Numeric)
