"""What channels show and should show, the orders they sent, and where they were found to differ."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, reference


class ChannelOrder(Owned, Base):
    """An order of a channel and ours for it: the channel's number is taken once, whatever comes how often."""

    __tablename__ = "channel_order"
    __table_args__ = (
        reference("channel", "channel_id"),  # a channel that has sold is archived, not deleted
        reference("sales_order", "order_id", ondelete="CASCADE"),
        CheckConstraint("tell IN ('nothing', 'acknowledged', 'shipped', 'cancelled')", name="tell_is_known"),
        CheckConstraint("told IN ('nothing', 'acknowledged', 'shipped', 'cancelled')", name="told_is_known"),
        Index("channel_order_order_idx", "organization_id", "order_id"),
        Index(
            "channel_order_untold_idx",
            "organization_id",
            "channel_id",
            postgresql_where=text("tell <> told"),
        ),
    )
    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None]  # None: cancelled before we took it
    number: Mapped[str | None]  # ours
    sequence: Mapped[int] = mapped_column(BigInteger)  # the newest change of it that we know
    cancelled: Mapped[bool] = mapped_column(server_default=text("false"))
    tell: Mapped[str] = mapped_column(server_default="nothing")  # what the channel should hear
    told: Mapped[str] = mapped_column(server_default="nothing")  # what it has heard
    tracking: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime | None]
    error: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class ChannelMessage(Owned, Base):
    """A webhook that arrived: its id is taken once, so a copy has no effect."""

    __tablename__ = "channel_message"
    __table_args__ = (
        reference("channel", "channel_id", ondelete="CASCADE"),
        Index("channel_message_received_idx", "organization_id", "received_at"),
    )
    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Difference(Entity, Base):
    """A SKU of which a channel showed another number than we believed, as found by a sync."""

    __tablename__ = "channel_difference"
    __table_args__ = (
        reference("channel", "channel_id", ondelete="CASCADE"),
        reference("sku", "sku_id", ondelete="CASCADE"),
        CheckConstraint("status IN ('open', 'ours', 'theirs')", name="status_is_known"),
        Index(
            "channel_difference_open_key",
            "organization_id",
            "channel_id",
            "sku_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
    )
    channel_id: Mapped[UUID]
    sku_id: Mapped[UUID]
    ours: Mapped[Decimal] = mapped_column(Numeric)  # what it should have shown
    theirs: Mapped[Decimal] = mapped_column(Numeric)  # what it showed
    found_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    status: Mapped[str] = mapped_column(server_default="open")
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    posting_id: Mapped[UUID | None]  # the adjustment, when the channel was right
