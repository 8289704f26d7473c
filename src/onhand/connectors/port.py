"""The connector port: what onhand needs of any place that sells. A new platform implements this and nothing else.

Every call may be repeated without harm; calls raise `ChannelUnreachable`, `ChannelBusy`, `ChannelRefused` or
`CredentialsRefused` of `errors` and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

ItemStatus = Literal["ok", "stale", "unknown", "refused"]


@dataclass(frozen=True, slots=True)
class Article:
    """How a SKU is described on the channel."""

    sku: str
    title: str
    price: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Show `quantity` pieces, if the channel still shows `expected` (None: whatever it shows)."""

    sku: str
    quantity: Decimal
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one `Shown`, and what the channel shows now.

    `stale`: it shows another number than expected, so sales that we don't know yet are likely. `unknown`: it has no
    such article. `refused`: it will not take this number.
    """

    sku: str
    status: ItemStatus
    quantity: Decimal | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a sale."""

    sku: str
    title: str
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Sale:
    """An order as the channel has it now. `sequence` grows with each of its changes."""

    external_id: str
    sequence: int
    cancelled: bool
    placed_at: datetime
    currency: str
    lines: tuple[SoldLine, ...]
    buyer: str
    email: str | None
    address: dict[str, Any]
    shipping: Decimal
    fee: Decimal


@dataclass(frozen=True, slots=True)
class Sales:
    """Orders changed since a cursor, oldest change first, and the cursor for the next call."""

    sales: tuple[Sale, ...]
    cursor: str
    more: bool


class Connector(Protocol):
    """One channel, spoken to."""

    async def about(self) -> str:
        """The name under which the channel answers: the connection test."""

    async def describe(self, articles: Sequence[Article]) -> dict[str, str]:
        """Create or change articles (at most 250); the channel's own id by SKU."""

    async def show(self, wanted: Sequence[Shown]) -> list[Answer]:
        """Set displayed quantities (at most 250); one answer for each, in order."""

    async def shown(self) -> dict[str, Decimal]:
        """What the channel displays now, by SKU."""

    async def sales(self, cursor: str) -> Sales:
        """Orders changed since `cursor` ("" for all)."""

    async def sale(self, external_id: str) -> Sale:
        """One order."""

    async def acknowledge(self, external_id: str, reference: str) -> None:
        """Tell that we have the order, under our number."""

    async def ship(self, external_id: str, tracking: str | None) -> None:
        """Tell that the order has left."""

    async def cancel(self, external_id: str, reason: str) -> None:
        """Tell that we cannot deliver."""

    async def subscribe(self, url: str) -> str:
        """Ask for webhooks at `url`; returns the secret that signs them."""

    async def faults(self, change: dict[str, Any] | None) -> dict[str, Any]:
        """Read, or change and read, the fault switches of a make-believe channel; real ones refuse."""

    async def aclose(self) -> None:
        """Close the connections."""
