"""What the API of syncing takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Body, LongText, Out, Quantity


class JobStarted(Out):
    """Work under way: watch it at `/jobs/{id}`."""

    job_id: UUID


class Status(Out):
    """How a channel does. Lags are of the last hour, from commit to the channel's acknowledgement."""

    health: str
    error: str | None
    failures: int
    paused_until: datetime | None = Field(description="After failures the channel is left alone until then")
    ok_at: datetime | None
    failed_at: datetime | None
    polled_at: datetime | None
    webhook_at: datetime | None
    synced_at: datetime | None
    listings: int
    queue: int
    dead: int
    oldest_seconds: float | None = Field(description="How long the oldest change has been waiting")
    lag_p50_ms: int | None
    lag_p99_ms: int | None
    open_conflicts: int
    open_differences: int


class DifferenceRow(Out):
    """A SKU of which the channel showed another number than it should have."""

    id: UUID
    sku_id: UUID
    sku: str
    name: str
    ours: Quantity
    theirs: Quantity
    found_at: datetime
    status: Literal["open", "ours", "theirs"]
    settled_by: str | None
    settled_at: datetime | None
    posting_id: UUID | None


class Settled(Out):
    """A difference that is none any more."""

    id: UUID
    status: Literal["ours", "theirs"]
    posting_id: UUID | None


class Resolve(Body):
    """What a person decided about a conflict."""

    resolution: Literal["backorder", "transfer", "cancel", "create_product", "retry", "dismiss"]
    note: LongText | None = None


class Resolved(Out):
    """A conflict that is settled."""

    id: UUID
    status: Literal["resolved"] = "resolved"
    resolution: str


class Received(Out):
    """What became of a webhook: `new` is false for a copy."""

    new: bool
