"""What the API of exchange rates takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, HttpUrl, StringConstraints

from onhand.infra.schemas import Body, Currency, Out, PositiveQuantity, Quantity, unsent
from onhand.rates.domain import SourceName


@dataclass(frozen=True, slots=True)
class CurrentRate:
    """A currency's rate as of a day, and the one of a month before."""

    currency: str
    day: date
    rate: Decimal
    source: str
    manual: bool
    before: Decimal | None


class RateRow(Out):
    """Units of the organization's currency for one of `currency`, on a day."""

    id: str
    currency: str
    day: date
    rate: Quantity
    source: str
    manual: bool
    created_at: datetime


class CurrentRateOut(Out):
    """A currency's rate as of a day, and the one of a month before."""

    currency: str
    day: date
    rate: Quantity
    source: str
    manual: bool
    before: Quantity | None


class RateIn(Body):
    """A rate set by hand; it goes before the source's of that day. A day is the organization's business day."""

    currency: Currency
    day: date
    rate: Annotated[PositiveQuantity, Field(description="Units of the organization's currency for one of `currency`")]


class RateOut(Out):
    """A rate set by hand."""

    currency: str
    day: date
    rate: Quantity


class FeedIn(Body):
    """Where rates come from. `app_id` is Open Exchange Rates' key; it is stored encrypted and never shown."""

    source: SourceName = unsent()
    url: HttpUrl | None = unsent()
    app_id: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = unsent()
    active: bool = unsent()


class FeedOut(Out):
    """Where rates come from, and how the last attempt went."""

    source: SourceName
    url: str | None
    has_app_id: bool
    active: bool
    refreshed_at: datetime | None
    problem: str | None
    currencies: list[str]


class RefreshStarted(Out):
    """Long work: follow it at /api/v1/jobs/{id}."""

    job_id: UUID
