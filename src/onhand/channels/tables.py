"""Channels, how they do, what was said to them and where they disagree with the ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Computed, Identity, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference


class Channel(Entity, Stamped, Base):
    """A place where we sell. `credentials` are sealed; how it does is kept apart in `channel_state`."""

    __tablename__ = "channel"
    __table_args__ = (
        UniqueConstraint("organization_id", "code_key", name="channel_code_key"),
        Index("channel_name_key", "organization_id", text("lower(name)"), unique=True),
        CheckConstraint("code <> '' AND name <> ''", name="named"),
        CheckConstraint("type IN ('marketplace', 'online_store', 'physical_store')", name="type_is_known"),
        CheckConstraint("connector IN ('sandbox', 'manual')", name="connector_is_known"),
        CheckConstraint("connector = 'manual' OR endpoint IS NOT NULL", name="endpoint_given"),
        CheckConstraint("status IN ('active', 'paused')", name="status_is_known"),
        CheckConstraint("buffer >= 0 AND maximum_shown >= 0", name="display_not_negative"),
        CheckConstraint("poll_seconds BETWEEN 1 AND 86400", name="polls_in_time"),
        CheckConstraint("calls_per_second > 0 AND calls_per_second <= 1000", name="calls_at_a_pace"),
    )
    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(Computed("lower(code)", persisted=True))
    name: Mapped[str]
    type: Mapped[str] = mapped_column(server_default="marketplace")
    connector: Mapped[str] = mapped_column(server_default="sandbox")
    endpoint: Mapped[str | None]
    credentials: Mapped[bytes | None]
    status: Mapped[str] = mapped_column(server_default="active")
    priority: Mapped[int] = mapped_column(server_default="100")  # the lower, the sooner its orders are served
    buffer: Mapped[Decimal] = mapped_column(Numeric, server_default="0")  # pieces held back
    maximum_shown: Mapped[Decimal | None] = mapped_column(Numeric)
    poll_seconds: Mapped[int] = mapped_column(server_default="30")
    calls_per_second: Mapped[Decimal] = mapped_column(Numeric, server_default="10")
    archived_at: Mapped[datetime | None]


class ChannelWarehouse(Owned, Base):
    """The channel sells from this warehouse; a channel without rows here sells from all."""

    __tablename__ = "channel_warehouse"
    __table_args__ = (
        reference("channel", "channel_id", ondelete="CASCADE"),
        reference("warehouse", "warehouse_id"),
        Index("channel_warehouse_warehouse_idx", "organization_id", "warehouse_id"),
    )
    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)


class ChannelState(Owned, Base):
    """How a channel does: its health, its circuit, how far its orders have been read."""

    __tablename__ = "channel_state"
    __table_args__ = (reference("channel", "channel_id", ondelete="CASCADE"),)
    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_secret: Mapped[bytes | None]  # sealed, as credentials are
    order_cursor: Mapped[str] = mapped_column(server_default="")
    polled_at: Mapped[datetime | None]
    webhook_at: Mapped[datetime | None]
    synced_at: Mapped[datetime | None]
    ok_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None]
    failures: Mapped[int] = mapped_column(server_default="0")
    open_until: Mapped[datetime | None]


class SyncLog(Owned, Base):
    """One exchange with a channel: what we sent or asked, what it answered, how long it took."""

    __tablename__ = "sync_log"
    __table_args__ = (
        reference("channel", "channel_id", ondelete="CASCADE"),
        CheckConstraint("kind IN ('push', 'describe', 'pull', 'webhook', 'tell', 'sync')", name="kind_is_known"),
        CheckConstraint("outcome IN ('ok', 'partial', 'failed')", name="outcome_is_known"),
        Index("sync_log_channel_idx", "organization_id", "channel_id", "id"),
        Index("sync_log_at_idx", "organization_id", "at"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    channel_id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    kind: Mapped[str]
    outcome: Mapped[str]
    items: Mapped[int] = mapped_column(server_default="0")
    took_ms: Mapped[int] = mapped_column(server_default="0")
    lag_ms: Mapped[int | None]  # from the oldest commit of the batch to its acknowledgement
    error: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class ChannelConflict(Entity, Stamped, Base):
    """Something that channel and ledger disagree on, until a person (or the facts) settle it."""

    __tablename__ = "channel_conflict"
    __table_args__ = (
        reference("channel", "channel_id", ondelete="CASCADE"),
        reference("sales_order", "order_id", ondelete="CASCADE"),
        reference("sku", "sku_id", ondelete="CASCADE"),
        CheckConstraint("kind IN ('oversell', 'mismatch', 'failed_sync')", name="kind_is_known"),
        CheckConstraint("status IN ('open', 'resolved')", name="status_is_known"),
        CheckConstraint("(status = 'resolved') = (resolved_at IS NOT NULL)", name="resolved_has_a_date"),
        # One open conflict about one thing, however often it is noticed.
        Index(
            "channel_conflict_open_key",
            "organization_id",
            "kind",
            "subject",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
        Index("channel_conflict_recent_idx", "organization_id", "created_at"),
    )
    channel_id: Mapped[UUID]
    kind: Mapped[str]
    subject: Mapped[str]  # what it is about: an order line, a listing, a channel's order number
    order_id: Mapped[UUID | None]
    sku_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]]
    remedy: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="open")
    resolution: Mapped[str | None]
    note: Mapped[str | None]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]


class Listing(Owned, Base):
    """One SKU as one channel shows it. `acknowledged` only ever takes values that the channel told us."""

    __tablename__ = "listing"
    __table_args__ = (
        reference("channel", "channel_id", ondelete="CASCADE"),
        reference("sku", "sku_id", ondelete="CASCADE"),
        CheckConstraint("wanted >= 0 AND acknowledged >= 0", name="quantities_not_negative"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        UniqueConstraint("organization_id", "channel_id", "sku", name="listing_sku_key"),
        Index("listing_sku_idx", "organization_id", "sku_id"),
        Index(
            "listing_dirty_idx",
            "organization_id",
            "channel_id",
            "dirty_since",
            postgresql_where=text("dirty_since IS NOT NULL"),
        ),
        Index(
            "listing_nameless_idx",
            "organization_id",
            "channel_id",
            "sku",
            postgresql_where=text("NOT described AND NOT dead"),
        ),
        {"postgresql_with": {"fillfactor": 70}},
    )
    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku: Mapped[str]  # the code under which the channel knows it; renaming the SKU here does not rename it there
    external_id: Mapped[str | None]
    described: Mapped[bool] = mapped_column(server_default=text("false"))  # the channel has today's title and price
    wanted: Mapped[Decimal] = mapped_column(Numeric, server_default="0")
    acknowledged: Mapped[Decimal | None] = mapped_column(Numeric)  # None: the channel never told
    acknowledged_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]  # when `wanted` last changed
    dirty_since: Mapped[datetime | None]  # the oldest change that the channel has not acknowledged
    uncertain: Mapped[bool] = mapped_column(server_default=text("false"))  # a number was sent, no answer is in
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime | None]
    error: Mapped[str | None]
    dead: Mapped[bool] = mapped_column(server_default=text("false"))  # given up until a person retries
