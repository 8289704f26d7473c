"""Counts: their documents. The stock they correct is the ledger's. Migration 0024 makes these tables."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference

FALSE, TRUE, ZERO, ONE = text("false"), text("true"), text("0"), text("1")


class StockCount(Entity, Stamped, Base):
    """One count of one warehouse or a part of it, as people follow it. The sums are those of its posting."""

    __tablename__ = "stock_count"
    __table_args__ = (
        reference("warehouse", "warehouse_id"),
        reference("count_schedule", "schedule_id"),
        UniqueConstraint("organization_id", "number", name="stock_count_number_key"),
        Index("stock_count_posted_idx", "organization_id", "posted_at", postgresql_where=text("posted_at IS NOT NULL")),
        Index("stock_count_schedule_idx", "organization_id", "schedule_id"),
        CheckConstraint("kind IN ('full', 'cycle')", name="kind_known"),
        CheckConstraint(
            "status IN ('planned', 'counting', 'review', 'approved', 'posted', 'cancelled')", name="status_known"
        ),
        CheckConstraint("counters IN (1, 2)", name="counters_one_or_two"),
        CheckConstraint("(status = 'posted') = (posted_at IS NOT NULL)", name="posted_has_a_date"),
    )
    number: Mapped[int]
    name: Mapped[str | None]
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="planned")
    warehouse_id: Mapped[UUID]
    schedule_id: Mapped[UUID | None]
    scope: Mapped[dict[str, Any]]
    blind: Mapped[bool] = mapped_column(server_default=TRUE)
    counters: Mapped[int] = mapped_column(server_default=ONE)
    note: Mapped[str | None]
    created_by: Mapped[str]
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None]  # null: within the limit, nobody had to
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[str | None]
    posting_id: Mapped[UUID | None]  # null although posted: nothing differed
    cancelled_at: Mapped[datetime | None]
    lines: Mapped[int] = mapped_column(server_default=ZERO)
    accurate: Mapped[int] = mapped_column(server_default=ZERO)
    uncosted: Mapped[int] = mapped_column(server_default=ZERO)
    expected_value: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    net_value: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    absolute_value: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)


class CountLine(Entity, Base):
    """One SKU × bin × lot × serial of a count: what should lie there, what does, and the ledger position seen then."""

    __tablename__ = "count_line"
    __table_args__ = (
        reference("stock_count", "count_id"),
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        reference("bin", "bin_id"),
        reference("lot", "lot_id"),
        reference("serial", "serial_id"),
        Index("count_line_of_count_idx", "organization_id", "count_id", "place"),
        Index("count_line_sku_idx", "organization_id", "sku_id", "warehouse_id"),
        Index(
            "count_line_open_key",
            "organization_id",
            "sku_id",
            "warehouse_id",
            "bin_id",
            text("lower(lot)"),
            text("lower(serial)"),
            unique=True,
            postgresql_where=text("open"),
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("status IN ('open', 'recount', 'counted', 'left_out')", name="status_known"),
        CheckConstraint("why IN ('differ', 'moved', 'tolerance', 'asked')", name="why_known"),
        CheckConstraint("(status = 'counted') <= (counted IS NOT NULL)", name="counted_has_a_quantity"),
        CheckConstraint("counted >= 0 AND counted < 'Infinity'", name="counted_not_negative"),
        CheckConstraint("round >= 1", name="round_from_one"),
    )
    count_id: Mapped[UUID]
    place: Mapped[int]
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    bin_id: Mapped[UUID | None]
    lot_id: Mapped[UUID | None]
    lot: Mapped[str | None]
    serial_id: Mapped[UUID | None]
    serial: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="open")
    open: Mapped[bool] = mapped_column(server_default=TRUE)
    found: Mapped[bool] = mapped_column(server_default=FALSE)
    round: Mapped[int] = mapped_column(server_default=ONE)
    why: Mapped[str | None]
    planned: Mapped[Decimal] = mapped_column(Numeric)
    expected: Mapped[Decimal | None] = mapped_column(Numeric)
    late: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    seen: Mapped[int | None] = mapped_column(BigInteger)
    counted: Mapped[Decimal | None] = mapped_column(Numeric)
    counted_at: Mapped[datetime | None]
    difference: Mapped[Decimal | None] = mapped_column(Numeric)
    unit_cost: Mapped[Decimal | None] = mapped_column(Numeric)
    reason: Mapped[str | None]
    note: Mapped[str | None]


class CountTally(Entity, Base):
    """What one counter says of one line in one round, and what the ledger said at that moment."""

    __tablename__ = "count_tally"
    __table_args__ = (
        reference("count_line", "line_id"),
        UniqueConstraint("organization_id", "line_id", "round", "counter_id", name="count_tally_counter_key"),
        CheckConstraint("quantity >= 0 AND quantity < 'Infinity'", name="quantity_not_negative"),
    )
    line_id: Mapped[UUID]
    round: Mapped[int]
    counter_id: Mapped[UUID]
    counter: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    expected: Mapped[Decimal] = mapped_column(Numeric)
    seen_first: Mapped[int] = mapped_column(BigInteger)
    seen: Mapped[int] = mapped_column(BigInteger)
    pieces_seen: Mapped[int] = mapped_column(BigInteger, server_default=ZERO)
    counted_at: Mapped[datetime]


class CountCounter(Owned, Base):
    """Who counted in a count, and so may not approve it."""

    __tablename__ = "count_counter"
    __table_args__ = (reference("stock_count", "count_id"),)
    count_id: Mapped[UUID] = mapped_column(primary_key=True)
    counter_id: Mapped[UUID] = mapped_column(primary_key=True)
    counter: Mapped[str]


class LastCounted(Entity, Base):
    """When a SKU was last counted at a place, and what came of it."""

    __tablename__ = "last_counted"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        reference("bin", "bin_id"),
        reference("stock_count", "count_id"),
        UniqueConstraint(
            "organization_id",
            "sku_id",
            "warehouse_id",
            "bin_id",
            name="last_counted_place_key",
            postgresql_nulls_not_distinct=True,
        ),
    )
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    bin_id: Mapped[UUID | None]
    count_id: Mapped[UUID]
    counted_at: Mapped[datetime]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    difference: Mapped[Decimal] = mapped_column(Numeric)


class SkuClass(Owned, Base):
    """The class that a SKU was given by the last ABC analysis."""

    __tablename__ = "sku_class"
    __table_args__ = (
        reference("sku", "sku_id"),
        CheckConstraint("abc IN ('A', 'B', 'C')", name="abc_known"),
        CheckConstraint("xyz IN ('X', 'Y', 'Z')", name="xyz_known"),
    )
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    abc: Mapped[str]
    xyz: Mapped[str | None]
    figure: Mapped[Decimal] = mapped_column(Numeric)
    classed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CountSettings(Owned, Base):
    """An organization's rules of counting; without a row those of `domain.Rules` hold."""

    __tablename__ = "count_settings"
    __table_args__ = (
        CheckConstraint("counters IN (1, 2)", name="counters_one_or_two"),
        CheckConstraint("tolerance_percent >= 0 AND tolerance_value >= 0", name="tolerance_not_negative"),
        CheckConstraint("approve_above >= 0", name="limit_not_negative"),
        CheckConstraint("suspicious_percent > 0", name="suspicion_positive"),
        CheckConstraint("abc_by IN ('revenue', 'margin', 'quantity')", name="abc_by_known"),
        CheckConstraint("abc_days BETWEEN 7 AND 1098", name="abc_days_fit"),
        CheckConstraint("0 < a_share AND a_share < b_share AND b_share < 100", name="shares_in_order"),
    )
    blind: Mapped[bool]
    counters: Mapped[int] = mapped_column()
    tolerance_percent: Mapped[Decimal | None] = mapped_column(Numeric)
    tolerance_value: Mapped[Decimal | None] = mapped_column(Numeric)
    approve_above: Mapped[Decimal | None] = mapped_column(Numeric)
    suspicious_percent: Mapped[Decimal] = mapped_column(Numeric)
    abc_by: Mapped[str]
    abc_days: Mapped[int]
    a_share: Mapped[Decimal] = mapped_column(Numeric)
    b_share: Mapped[Decimal] = mapped_column(Numeric)
