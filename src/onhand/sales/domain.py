"""The rules of orders as values and pure functions: what is asked, what stands where, what may follow what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

ZERO = Decimal(0)
MANUAL = "manual"
HOLDER = "order"  # the kind of holder that an order's reservations name in the ledger

Code = str | UUID  # a human code (case ignored) or an id
Source = Literal["manual", "channel", "import"]
Status = Literal["pending", "processing", "partial", "shipped", "delivered", "cancelled", "returned"]
OnShortage = Literal["refuse", "backorder"]
ChargeKind = Literal["shipping", "tax", "discount", "fee", "other"]

SOURCES: tuple[Source, ...] = ("manual", "channel", "import")
STATUSES: tuple[Status, ...] = ("pending", "processing", "partial", "shipped", "delivered", "cancelled", "returned")
CHARGE_KINDS: tuple[ChargeKind, ...] = ("shipping", "tax", "discount", "fee", "other")

# What a person may make of an order. `partial` is not asked for: it is what shipping some of it leads to.
NEXT: dict[str, tuple[str, ...]] = {
    "pending": ("processing", "shipped", "cancelled"),
    "processing": ("shipped", "cancelled"),
    "partial": ("shipped", "cancelled"),
    "shipped": ("delivered",),
    "delivered": (),
    "cancelled": (),
    "returned": (),
}
OPEN: frozenset[str] = frozenset({"pending", "processing", "partial"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerGiven:
    """A customer as an order names them; found by code, else by e-mail, else made."""

    name: str
    email: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineGiven:
    """One SKU of an order. `unit_price` before `discount`, which is an amount off the whole line."""

    sku: Code
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal = ZERO
    seller_id: UUID | None = None
    name: str | None = None  # as it was sold; matters when the SKU is not in the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeGiven:
    """An amount of an order that is not goods. A discount is given as a positive amount."""

    kind: ChargeKind
    amount: Decimal
    code: str = ""
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderGiven:
    """What an order says, wherever it comes from. Without a warehouse, the priority of warehouses decides."""

    lines: Sequence[LineGiven]
    customer: CustomerGiven | None = None
    charges: Sequence[ChargeGiven] = ()
    warehouse: Code | None = None
    shipping_address: dict[str, Any] | None = None
    billing_address: dict[str, Any] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder(OrderGiven):
    """An order by hand: a wish, refused for want of stock unless the shortage may wait (`backorder`)."""

    channel: str = MANUAL
    external_id: str | None = None
    on_shortage: OnShortage = "refuse"
    customer_id: UUID | None = None
    order_date: datetime | None = None  # None: now
    currency: str | None = None  # None: the organization's


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOrder(OrderGiven):
    """A sale that has happened on a channel: never refused, in effect once per (channel, external id)."""

    channel_id: UUID
    channel: str  # its code
    external_id: str
    placed_at: datetime
    currency: str


@dataclass(frozen=True, slots=True)
class Shortage:
    """What of one line no warehouse could cover. `sku_id` is None when the catalogue has no such SKU."""

    line_id: UUID
    sku: str
    sku_id: UUID | None
    wanted: Decimal
    short: Decimal


@dataclass(frozen=True, slots=True)
class AcceptedOrder:
    """What became of a channel's order. `created` is False when it was on file already: nothing was done again."""

    id: UUID
    number: str
    status: Status
    created: bool
    shortages: tuple[Shortage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """Some of an order leaves: (line id, quantity) each; no lines means all that is reserved."""

    order_id: UUID
    lines: Sequence[tuple[UUID, Decimal]] = ()
    tracking: str | None = None
    carrier: str | None = None
    shipped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """The money of an order. `fees` are what the channel keeps, so the customer's `total` is without them."""

    items: Decimal = ZERO
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    shipping: Decimal = ZERO
    other: Decimal = ZERO
    fees: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return self.items - self.discount + self.tax + self.shipping + self.other


def totals(lines: Sequence[LineGiven], charges: Sequence[ChargeGiven]) -> Totals:
    """Add up an order. Line discounts are part of the order's discount."""
    by_kind = {kind: sum((c.amount for c in charges if c.kind == kind), ZERO) for kind in CHARGE_KINDS}
    return Totals(
        items=sum((line.quantity * line.unit_price for line in lines), ZERO),
        discount=by_kind["discount"] + sum((line.discount for line in lines), ZERO),
        tax=by_kind["tax"],
        shipping=by_kind["shipping"],
        other=by_kind["other"],
        fees=by_kind["fee"],
    )
