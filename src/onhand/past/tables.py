"""Sums of what moved, by day, and parts that were taken out, as SQLAlchemy sees them. Migration 0028 holds the reasons.

Only fold_past(), fold_level() and the command that takes parts out write them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Owned

ZERO = text("0")


class PastState(Owned, Base):
    """How far an organization's sums go, and in which time zone their days are."""

    __tablename__ = "past_state"
    __table_args__ = (CheckConstraint("through_id >= 0 AND through_number >= 0", name="through_not_negative"),)
    zone: Mapped[str]
    through_id: Mapped[int] = mapped_column(BigInteger, server_default=ZERO)
    through_number: Mapped[int] = mapped_column(BigInteger, server_default=ZERO)
    kept_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Sums:
    """What changed, summed, and where the rows behind it are."""

    first_id: Mapped[int] = mapped_column(BigInteger, sort_order=10)
    last_id: Mapped[int] = mapped_column(BigInteger, sort_order=10)
    quantity: Mapped[Decimal] = mapped_column(Numeric, sort_order=11)
    reserved: Mapped[Decimal] = mapped_column(Numeric, sort_order=11)
    unavailable: Mapped[Decimal] = mapped_column(Numeric, sort_order=11)
    value: Mapped[Decimal] = mapped_column(Numeric, sort_order=11)
    uncosted: Mapped[Decimal] = mapped_column(Numeric, sort_order=11)
    changes: Mapped[int] = mapped_column(BigInteger, sort_order=11)


class WarehouseDay(Sums, Base):
    """A warehouse's changes of one day that were recorded on one day; movements and adjustments of cost apart."""

    __tablename__ = "warehouse_day"
    __table_args__ = (
        CheckConstraint("source IN ('movement', 'adjustment')", name="source_known"),
        CheckConstraint("first_id <= last_id AND changes > 0", name="range_fits"),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-20)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    effective_day: Mapped[date] = mapped_column(primary_key=True)
    recorded_day: Mapped[date] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)


class LevelDay(Sums, Base):
    """The same of one level with many movements."""

    __tablename__ = "level_day"
    __table_args__ = (CheckConstraint("first_id <= last_id AND changes > 0", name="range_fits"),)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-20)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    effective_day: Mapped[date] = mapped_column(primary_key=True)
    recorded_day: Mapped[date] = mapped_column(primary_key=True)


class LevelPast(Base):
    """Up to which movement a level's changes are in its days."""

    __tablename__ = "level_past"
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    through_id: Mapped[int] = mapped_column(BigInteger)


class DetachedPart(Base):
    """A part of a partitioned table that was taken out, and where it is now."""

    __tablename__ = "detached_part"
    __table_args__ = (
        CheckConstraint("parent IN ('movement', 'event')", name="parent_known"),
        CheckConstraint(
            "kept_as IN ('schema', 'file') AND (kept_as = 'file') = (checksum IS NOT NULL)", name="kept_known"
        ),
        CheckConstraint("first_at < until_at AND until_at <= reaches_at", name="span"),
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    parent: Mapped[str]
    first_at: Mapped[datetime]
    until_at: Mapped[datetime]
    reaches_at: Mapped[datetime]
    row_count: Mapped[int] = mapped_column(BigInteger)
    byte_count: Mapped[int] = mapped_column(BigInteger)
    kept_as: Mapped[str]
    place: Mapped[str]
    checksum: Mapped[str | None]
    detached_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CarriedLevel(Base):
    """What a part that was taken out had done to a level."""

    __tablename__ = "carried_level"
    __table_args__ = (CheckConstraint("changes > 0", name="changes_positive"),)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    last_id: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    reserved: Mapped[Decimal] = mapped_column(Numeric)
    unavailable: Mapped[Decimal] = mapped_column(Numeric)
    value: Mapped[Decimal] = mapped_column(Numeric)
    uncosted: Mapped[Decimal] = mapped_column(Numeric)
    changes: Mapped[int] = mapped_column(BigInteger)


class CarriedReservation(Base):
    """What a part that was taken out had done to a reservation; those it left at nothing are not carried."""

    __tablename__ = "carried_reservation"
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    reservation_id: Mapped[UUID] = mapped_column(primary_key=True)
    reserved: Mapped[Decimal] = mapped_column(Numeric)
