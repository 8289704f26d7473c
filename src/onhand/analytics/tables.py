"""Sums that reports read, and figures kept because they take long to compute."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Numeric, func
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Owned, reference


class SalesDay(Owned, Base):
    """What one channel sold on one business day. Kept by a trigger on order lines (decision 0021)."""

    __tablename__ = "sales_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    orders: Mapped[int] = mapped_column(BigInteger, server_default="0")
    units: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    amount: Mapped[Decimal] = mapped_column(Numeric, server_default="0")


class SkuSalesDay(Base):
    """What was sold of one SKU on one business day. Kept by the same trigger; owned through the SKU."""

    __tablename__ = "sku_sales_day"
    __table_args__ = (reference("sku", "sku_id"),)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    units: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    amount: Mapped[Decimal] = mapped_column(Numeric, server_default="0")


class Figure(Owned, Base):
    """A figure as it was computed last, and how long that took. `key` says for which period."""

    __tablename__ = "figure"
    __table_args__ = (CheckConstraint("took_ms >= 0", name="took_not_negative"),)
    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]]
    took_ms: Mapped[int]
    computed_at: Mapped[datetime] = mapped_column(server_default=func.now())
