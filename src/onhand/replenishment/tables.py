"""Reorder points per SKU and warehouse: what was computed, and what a person set instead."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import REAL, CheckConstraint, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference

ZERO, ONE = text("0"), text("1")


class ReorderPolicy(Entity, Stamped, Base):
    """How one SKU is reordered at one warehouse. People own the upper half, the nightly run the lower.

    `manual_point` and `manual_quantity` win over the computed ones and are never overwritten. `week` is the expected
    demand per weekday (Monday first), from which the day is predicted on which stock runs out.
    """

    __tablename__ = "reorder_policy"
    __table_args__ = (
        reference("sku", "sku_id"),
        reference("warehouse", "warehouse_id"),
        reference("supplier", "supplier_id"),
        UniqueConstraint("organization_id", "sku_id", "warehouse_id", name="reorder_policy_level_key"),
        CheckConstraint("manual_point >= 0 AND manual_quantity > 0", name="manual_not_negative"),
        CheckConstraint("lead_days BETWEEN 0 AND 730 AND review_days BETWEEN 1 AND 365", name="days_in_range"),
        CheckConstraint("service_level BETWEEN 0.5 AND 0.98", name="service_level_calibrated"),
        CheckConstraint("point >= 0 AND safety_stock >= 0 AND up_to >= point", name="levels_in_order"),
        CheckConstraint("minimum_quantity > 0 AND pack_size > 0", name="order_sizes_positive"),
        CheckConstraint("cardinality(week) = 7", name="week_has_seven_days"),
        {"postgresql_with": {"fillfactor": 45}},  # every night changes every row in place, without touching an index
    )
    sku_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    manual_point: Mapped[Decimal | None] = mapped_column(Numeric)
    manual_quantity: Mapped[Decimal | None] = mapped_column(Numeric)
    lead_days: Mapped[int | None]
    review_days: Mapped[int] = mapped_column(server_default=text("7"))
    service_level: Mapped[Decimal] = mapped_column(Numeric, server_default=text("0.95"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    point: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    safety_stock: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    up_to: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    expected: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    demand_limit: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    review_mean: Mapped[Decimal] = mapped_column(Numeric, server_default=ZERO)
    lead_days_used: Mapped[int] = mapped_column(server_default=text("7"))
    minimum_quantity: Mapped[Decimal] = mapped_column(Numeric, server_default=ONE)
    pack_size: Mapped[Decimal] = mapped_column(Numeric, server_default=ONE)
    supplier_id: Mapped[UUID | None]
    selling_days: Mapped[int] = mapped_column(server_default=ZERO)
    history_days: Mapped[int] = mapped_column(server_default=ZERO)
    week: Mapped[list[float]] = mapped_column(ARRAY(REAL), server_default=text("'{0,0,0,0,0,0,0}'"))
    forecast_from: Mapped[date | None]
    computed_at: Mapped[datetime | None]
