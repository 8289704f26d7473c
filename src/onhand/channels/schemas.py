"""What the API of channels takes and gives. Credentials go in and never come out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, HttpUrl, StringConstraints, TypeAdapter, ValidationError, model_validator

from onhand.infra.schemas import Amount, Body, Code, Name, Out, Quantity, unsent

_URL = TypeAdapter(HttpUrl)


def _endpoint(value: str) -> str:
    """An address that can be called: its host as the network spells it."""
    try:
        return str(_URL.validate_python(value)).rstrip("/")
    except ValidationError as problem:
        raise ValueError("give an address that can be called, such as https://shop.example/api") from problem


Endpoint = Annotated[str, StringConstraints(max_length=500), AfterValidator(_endpoint)]
Type = Literal["marketplace", "online_store", "physical_store"]
Connector = Literal["sandbox", "manual"]
Status = Literal["active", "paused"]
Credentials = Annotated[dict[Code, Annotated[str, StringConstraints(max_length=4000)]], Field(max_length=20)]
Priority = Annotated[int, Field(ge=0, le=1_000_000)]
PollSeconds = Annotated[int, Field(ge=1, le=86_400)]
Pace = Annotated[Quantity, Field(gt=0, le=1000)]
Health = Literal["new", "ok", "degraded", "down", "paused", "manual"]


class _Settings(Body):
    type: Type = "marketplace"
    connector: Connector = "sandbox"
    endpoint: Endpoint | None = None
    credentials: Credentials | None = Field(default=None, description="What opens the channel; kept encrypted")
    status: Status = "active"
    priority: Priority = Field(default=100, description="The lower, the sooner its orders are served")
    buffer: Amount = Field(default=Decimal(0), description="Pieces of each SKU held back from this channel")
    maximum_shown: Amount | None = Field(default=None, description="Never show more than this many")
    poll_seconds: int = Field(
        default=30, ge=1, le=86_400, description="How often orders are asked for, beside webhooks"
    )
    calls_per_second: Pace = Field(default=Decimal(10), description="The channel's rate limit")
    warehouses: list[Code] = Field(default=[], max_length=500, description="Sell from these only; empty: from all")


class ChannelIn(_Settings):
    """A new channel."""

    name: Name
    code: Code | None = Field(default=None, description="From the name if not given")

    @model_validator(mode="after")
    def _endpoint_given(self) -> ChannelIn:
        if self.connector != "manual" and self.endpoint is None:
            raise ValueError("endpoint is needed to connect")
        return self


class ChannelChange(Body):
    """The fields to change."""

    name: Name = unsent()
    code: Code = unsent()
    type: Type = unsent()
    endpoint: Endpoint = unsent()
    credentials: Credentials | None = unsent()
    status: Status = unsent()
    priority: Priority = unsent()
    buffer: Amount = unsent()
    maximum_shown: Amount | None = unsent()
    poll_seconds: PollSeconds = unsent()
    calls_per_second: Pace = unsent()
    warehouses: list[Code] = unsent()
    archived: bool = unsent()


class ChannelRow(Out):
    """A channel in a list, with how it does."""

    id: UUID
    code: str
    name: str
    type: Type
    connector: Connector
    endpoint: str | None
    has_credentials: bool
    status: Status
    priority: int
    buffer: Quantity
    maximum_shown: Quantity | None
    poll_seconds: int
    calls_per_second: Quantity
    archived: bool
    health: Health
    error: str | None
    ok_at: datetime | None
    failed_at: datetime | None
    synced_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ChannelOut(ChannelRow):
    """A channel."""

    warehouses: list[str]


class Candidate(Body):
    """What the wizard tries before a channel is saved."""

    connector: Literal["sandbox"] = "sandbox"
    endpoint: Endpoint
    credentials: Credentials = Field(default={})


class Tested(Out):
    """The channel answered."""

    name: str
    took_ms: int


class LogRow(Out):
    """One exchange with a channel."""

    id: int
    at: datetime
    kind: str
    outcome: str
    items: int
    took_ms: int
    lag_ms: int | None
    error: str | None
    detail: dict[str, Any] | None


class ConflictRow(Out):
    """Something that channel and ledger disagree on."""

    id: UUID
    channel_id: UUID
    channel: str
    kind: Literal["oversell", "mismatch", "failed_sync"]
    status: Literal["open", "resolved"]
    remedy: str
    facts: dict[str, Any]
    order_id: UUID | None
    sku_id: UUID | None
    name: str | None
    resolution: str | None
    note: str | None
    resolved_by: str | None
    resolved_at: datetime | None
    created_at: datetime


class ListingRow(Out):
    """One SKU as a channel shows it."""

    sku_id: UUID
    sku: str
    name: str
    external_id: str | None
    wanted: Quantity
    acknowledged: Quantity | None
    acknowledged_at: datetime | None
    in_step: bool
    dirty_since: datetime | None
    attempts: int
    next_try_at: datetime | None
    error: str | None
    dead: bool


class Retry(Body):
    """Which listings to try again; none means all that failed."""

    skus: list[Code] = Field(default=[], max_length=1000)


class Retried(Out):
    """How many are in the queue again."""

    listings: int
