"""Orders, their lines, allocations and charges."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Computed, Index, Numeric, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference
from onhand.sales.domain import CHARGE_KINDS, SOURCES, STATUSES


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition of a column that holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class OrderPart:
    """Belongs to an order, and by that to its organization: a key of its own to `organization` would say it twice."""

    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-20)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"), sort_order=-19)


class OrderCounter(Owned, Base):
    """The last order number of an organization. Who makes an order locks it first: numbers have no gaps or twins."""

    __tablename__ = "order_counter"
    last: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Order(Entity, Stamped, Base):
    """What a customer asked for. `total` is what the customer pays in `currency`; `fees` are what the channel keeps."""

    __tablename__ = "sales_order"
    __table_args__ = (
        UniqueConstraint("organization_id", "number", name="sales_order_number_key"),
        Index("sales_order_channel_external_key", "organization_id", "channel_id", "external_id", unique=True,
              postgresql_where=text("channel_id IS NOT NULL")),
        Index("sales_order_external_key", "organization_id", "channel", "external_id", unique=True,
              postgresql_where=text("channel_id IS NULL")),
        reference("customer", "customer_id"),
        reference("warehouse", "warehouse_id"),
        CheckConstraint(one_of("status", STATUSES), name="status_is_known"),
        CheckConstraint(one_of("source", SOURCES), name="source_is_known"),
        CheckConstraint("total = items - discount + tax + shipping + other", name="total_adds_up"),
        CheckConstraint("(channel_id IS NULL) OR (external_id IS NOT NULL)", name="channel_names_its_order"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_a_date"),
        Index("sales_order_date_idx", "organization_id", "order_date", "id"),
        Index("sales_order_status_idx", "organization_id", "status", "order_date"),
        Index("sales_order_customer_idx", "organization_id", "customer_id", "order_date"),
        Index("sales_order_external_idx", "organization_id", "external_id"),
        Index("sales_order_group_idx", "organization_id", "group_id", postgresql_where=text("group_id IS NOT NULL")),
        Index("sales_order_waiting_idx", "organization_id", "order_date", postgresql_where=text("backordered")),
    )  # fmt: skip
    number: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="pending")
    on_hold: Mapped[bool] = mapped_column(server_default=false())
    backordered: Mapped[bool] = mapped_column(server_default=false())
    source: Mapped[str] = mapped_column(server_default="manual")
    channel_id: Mapped[UUID | None]
    channel: Mapped[str] = mapped_column(server_default="manual")
    external_id: Mapped[str | None]
    customer_id: Mapped[UUID | None]
    order_date: Mapped[datetime] = mapped_column(server_default=text("now()"))
    currency: Mapped[str]
    items: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    discount: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    tax: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    shipping: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    other: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    fees: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    total: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    carrier: Mapped[str | None]
    tracking: Mapped[str | None]
    note: Mapped[str | None]
    warehouse_id: Mapped[UUID | None]  # asked for: other warehouses do not serve this order
    group_id: Mapped[UUID | None]  # the import run that brought it
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class OrderLine(OrderPart, Base):
    """One SKU of an order. `sku_id` is null while the catalogue has no SKU of that code; it then waits for stock."""

    __tablename__ = "order_line"
    __table_args__ = (
        reference("sales_order", "order_id", ondelete="CASCADE"),
        reference("sku", "sku_id"),
        reference("seller", "seller_id"),
        CheckConstraint("quantity <> 0 AND quantity < 'Infinity'", name="quantity_not_zero"),
        CheckConstraint("allocated >= 0 AND shipped >= 0 AND cancelled >= 0", name="parts_not_negative"),
        CheckConstraint("allocated + shipped + cancelled <= greatest(quantity, 0)", name="parts_fit"),
        Index("order_line_order_idx", "organization_id", "order_id", "position"),
        Index("order_line_sku_idx", "organization_id", "sku_id"),
        Index("order_line_waiting_idx", "organization_id", "sku_id", postgresql_where=text("waiting")),
        Index("order_line_group_idx", "organization_id", "group_id", postgresql_where=text("group_id IS NOT NULL")),
    )
    order_id: Mapped[UUID]
    position: Mapped[int]
    sku_id: Mapped[UUID | None]
    sku: Mapped[str]
    name: Mapped[str | None]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    unit_price: Mapped[Decimal] = mapped_column(Numeric)
    discount: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    seller_id: Mapped[UUID | None]
    allocated: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    shipped: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    cancelled: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    # some of it has no reservation: a backorder
    waiting: Mapped[bool] = mapped_column(Computed("quantity > allocated + shipped + cancelled", persisted=True))
    group_id: Mapped[UUID | None]


class OrderLinePart(OrderPart, Base):
    """What one unit of a line holds of a stocked SKU, when the line sells a kit: as it was when it was sold."""

    __tablename__ = "order_line_part"
    __table_args__ = (
        reference("sales_order", "order_id", ondelete="CASCADE"),
        reference("order_line", "line_id", ondelete="CASCADE"),
        reference("sku", "sku_id"),
        CheckConstraint("quantity > 0 AND quantity < 'Infinity'", name="quantity_positive"),
        Index("order_line_part_order_idx", "organization_id", "order_id"),
        Index("order_line_part_line_idx", "organization_id", "line_id"),
        Index("order_line_part_sku_idx", "organization_id", "sku_id"),
    )
    order_id: Mapped[UUID]
    line_id: Mapped[UUID]
    sku_id: Mapped[UUID]
    sku: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    position: Mapped[int]


class OrderAllocation(OrderPart, Base):
    """Units of a line, or of a part of its kits, promised from one warehouse. Its id is the ledger's reservation's."""

    __tablename__ = "order_allocation"
    __table_args__ = (
        reference("sales_order", "order_id", ondelete="CASCADE"),
        reference("order_line", "line_id", ondelete="CASCADE"),
        reference("order_line_part", "part_id", ondelete="CASCADE"),
        reference("warehouse", "warehouse_id"),
        CheckConstraint("quantity > 0 AND shipped >= 0 AND released >= 0", name="parts_not_negative"),
        CheckConstraint("shipped + released <= quantity", name="parts_fit"),
        Index("order_allocation_order_idx", "organization_id", "order_id"),
        Index("order_allocation_line_idx", "organization_id", "line_id"),
    )
    order_id: Mapped[UUID]
    line_id: Mapped[UUID]
    part_id: Mapped[UUID | None]  # of a kit's line: which part these units are
    warehouse_id: Mapped[UUID]
    quantity: Mapped[Decimal] = mapped_column(Numeric)
    shipped: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    released: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class OrderCharge(OrderPart, Base):
    """An amount of an order that is not goods. A discount is kept as a positive amount off."""

    __tablename__ = "order_charge"
    __table_args__ = (
        reference("sales_order", "order_id", ondelete="CASCADE"),
        CheckConstraint(one_of("kind", CHARGE_KINDS), name="kind_is_known"),
        Index("order_charge_order_idx", "organization_id", "order_id"),
        Index("order_charge_group_idx", "organization_id", "group_id", postgresql_where=text("group_id IS NOT NULL")),
    )
    order_id: Mapped[UUID]
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str | None]
    amount: Mapped[Decimal] = mapped_column(Numeric)
    group_id: Mapped[UUID | None]
