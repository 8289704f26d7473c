"""What the API of orders takes and gives."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from onhand.infra.schemas import Amount, Body, Code, Currency, LongText, Name, Out, PositiveQuantity, Quantity, unsent
from onhand.infra.wording import A_MAIL, spelled
from onhand.sales.domain import MANUAL, ChargeGiven, ChargeKind, CustomerGiven, LineGiven, NewOrder, OnShortage

MOST_LINES = 1_000
A_CHANNEL = "The code of a channel, such as manual or web-shop."
Channel = Annotated[str, spelled(r"^[a-zA-Z0-9][\w .-]{0,99}$", A_CHANNEL, strip_whitespace=True, to_lower=True)]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]
Address = dict[str, ShortText] | ShortText


def _word(value: object) -> object:
    """Statuses are taken in any spelling of theirs: "Shipped" is shipped."""
    return value.strip().lower().replace(" ", "_") if isinstance(value, str) else value


StatusIn = Annotated[Literal["pending", "processing", "shipped", "delivered", "cancelled"], BeforeValidator(_word)]


class LineIn(Body):
    """One SKU of an order. `discount` is an amount off the whole line."""

    sku: Code
    quantity: PositiveQuantity
    unit_price: Amount
    discount: Amount = Decimal(0)
    seller_id: UUID | None = None


class ChargeIn(Body):
    """An amount that is not goods; a discount is given as a positive amount."""

    kind: ChargeKind
    amount: Quantity
    code: ShortText = ""
    description: LongText | None = None


class CustomerIn(Body):
    """A customer by name and e-mail; made when the e-mail is new."""

    name: Name
    email: Annotated[str, spelled(r"^[^@\s]+@[^@\s]+$", A_MAIL, max_length=254)] | None = None


class OrderIn(Body):
    """A new order. `warehouse` is a code or id; without it, the warehouses' priority decides."""

    lines: Annotated[list[LineIn], Field(min_length=1, max_length=MOST_LINES)]
    customer: CustomerIn | None = None
    customer_id: UUID | None = None
    channel: Channel = MANUAL
    warehouse: Code | None = None
    external_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] | None = None
    order_date: datetime | None = None
    currency: Currency | None = None
    charges: Annotated[list[ChargeIn], Field(max_length=100)] = Field(default_factory=list)
    shipping_address: Address | None = None
    billing_address: Address | None = None
    note: LongText | None = None
    on_shortage: OnShortage = "refuse"

    def command(self) -> NewOrder:
        """The same as a command."""
        own = dict(self) | {
            "lines": [LineGiven(**dict(line)) for line in self.lines],
            "charges": [ChargeGiven(**dict(charge)) for charge in self.charges],
            "customer": CustomerGiven(**dict(self.customer)) if self.customer else None,
            "shipping_address": as_address(self.shipping_address),
            "billing_address": as_address(self.billing_address),
        }
        return NewOrder(**own)


def as_address(given: Address | None) -> dict[str, Any] | None:
    """An address as fields; a plain text is one of them."""
    return {"text": given} if isinstance(given, str) else given


class OrderChange(Body):
    """The fields to change; what is not sent stays. A status brings all that it means with it."""

    status: StatusIn = unsent()
    on_hold: bool = unsent()
    note: LongText | None = unsent()
    carrier: ShortText | None = unsent()
    tracking: ShortText | None = unsent()
    shipping_address: Address | None = unsent()
    billing_address: Address | None = unsent()

    def fields(self) -> dict[str, Any]:
        """What was sent, but for the status."""
        sent = self.model_dump(exclude_unset=True, exclude={"status"})
        return {name: as_address(value) if name.endswith("address") else value for name, value in sent.items()}


class ShippedLine(Body):
    """So many units of a line."""

    line_id: UUID
    quantity: PositiveQuantity


class ShipIn(Body):
    """What leaves; without lines, all that is reserved."""

    lines: Annotated[list[ShippedLine], Field(max_length=MOST_LINES)] = Field(default_factory=list)
    carrier: ShortText | None = None
    tracking: ShortText | None = None
    shipped_at: datetime | None = None


class CancelIn(Body):
    """Why it is called off."""

    reason: ShortText | None = None


class AllocationOut(Out):
    """Units of a line promised from one warehouse, of a kit's line units of a part; `id` is the reservation's."""

    id: UUID
    sku: str
    warehouse: str
    quantity: Quantity
    shipped: Quantity
    released: Quantity
    created_at: datetime


class PartOut(Out):
    """So much of a SKU in one kit, as it was when it was sold."""

    sku_id: UUID
    sku: str
    quantity: Quantity


class LineOut(Out):
    """One line. `waiting` units have no reservation yet: the backorder. A kit has parts, which are what moves."""

    id: UUID
    position: int
    sku_id: UUID | None
    sku: str
    name: str | None
    quantity: Quantity
    unit_price: Quantity
    discount: Quantity
    amount: Quantity
    seller_id: UUID | None
    status: str
    allocated: Quantity
    shipped: Quantity
    cancelled: Quantity
    waiting: Quantity
    allocations: list[AllocationOut]
    parts: list[PartOut]


class ChargeOut(Out):
    """An amount that is not goods."""

    id: UUID
    kind: str
    code: str
    description: str | None
    amount: Quantity


class CustomerOut(Out):
    """Who buys."""

    id: UUID
    name: str
    email: str | None


class OrderCore(Out):
    """What every answer says of an order."""

    id: UUID
    number: str
    status: str
    on_hold: bool
    backordered: bool
    source: str
    channel_id: UUID | None
    channel: str
    external_id: str | None
    order_date: datetime
    currency: str
    items: Quantity
    total: Quantity
    carrier: str | None
    tracking: str | None
    shipped_at: datetime | None
    created_at: datetime
    updated_at: datetime


class OrderRow(OrderCore):
    """An order in a list."""

    customer_id: UUID | None
    customer: str | None
    customer_email: str | None
    lines: int
    units: Quantity


class OrderOut(OrderCore):
    """An order. `total` is what the customer pays, `fees` what the channel keeps."""

    allowed_statuses: list[str]
    customer: CustomerOut | None
    warehouse: str | None
    discount: Quantity
    tax: Quantity
    shipping: Quantity
    other: Quantity
    fees: Quantity
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None
    note: str | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    lines: list[LineOut]
    charges: list[ChargeOut]


class ChangeOut(Out):
    """Something that was done to an order."""

    recorded_at: datetime
    actor: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class OrderDetail(OrderOut):
    """An order with what was done to it, oldest first."""

    history: list[ChangeOut]
