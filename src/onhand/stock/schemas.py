"""What the ordinary stock routes take and give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from onhand import entries, ledger
from onhand.infra.schemas import Amount, Body, Code, Currency, LongText, Out, PositiveQuantity, Quantity

MOST_LINES = 1_000
UNIT: Any = Field(default=None, description="A unit of the product that `quantity` is in; else its stock unit")


class LevelRow(Out):
    """A stock level. `available` is on hand less reserved less unavailable; `incoming` stands apart."""

    id: str
    sku: str
    sku_id: UUID
    product_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    warehouse_name: str
    on_hand: Quantity
    reserved: Quantity
    unavailable: Quantity
    available: Quantity
    value: Quantity
    uncosted: Quantity
    incoming: Quantity
    last_counted_at: datetime | None
    reorder_point: Quantity | None
    updated_at: datetime | None
    on_hand_now: Quantity | None = Field(None, description="Beside a past moment: what is there today")
    value_now: Quantity | None = None
    change: Quantity | None = Field(None, description="Beside a past moment: today less then")


class LevelGroupRow(Out):
    """Levels summed; what belongs to no group has the id "". `value` is of what has a known cost."""

    id: str
    name: str
    levels: int
    on_hand: Quantity
    reserved: Quantity
    unavailable: Quantity
    available: Quantity
    value: Quantity


class InventoryRow(Out):
    """One SKU over all warehouses. `value` counts goods in transit, no `uncosted` units; null where none is known.

    A kit has no stock of its own: `available` are the whole kits that its components come to.
    """

    id: UUID
    sku: str
    product_id: UUID
    name: str
    on_hand: Quantity
    reserved: Quantity
    unavailable: Quantity
    available: Quantity
    is_kit: bool
    in_transit: Quantity
    unit_cost: Quantity | None
    value: Quantity | None
    uncosted: Quantity
    currency: str
    updated_at: datetime | None


class MovementRow(Out):
    """One movement with its posting."""

    id: int
    recorded_at: datetime
    effective_at: datetime
    type: str
    reason: str
    sku: str
    sku_id: UUID
    product_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    quantity: Quantity
    reserved: Quantity
    unavailable: Quantity
    balance: Quantity
    available: Quantity
    unit_cost: Quantity | None
    currency: str | None
    note: str | None
    reservation_id: UUID | None
    posting_id: UUID
    line: int
    document: str | None
    reference_kind: str | None
    reference_id: UUID | None
    actor: str | None
    actor_kind: str
    actor_id: UUID | None
    fact: bool
    reverses_id: UUID | None
    group_id: UUID | None


class ReservationRow(Out):
    """A promise, with its holder."""

    id: UUID
    sku: str
    sku_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    quantity: Quantity
    open: Quantity
    taken: Quantity
    status: str
    holder_kind: str
    holder_id: UUID | None
    priority: int
    channel: str | None
    expires_at: datetime | None
    created_at: datetime
    closed_at: datetime | None


class ShortageRow(Out):
    """What a fact could not be covered with (`fact`), or took from a promise (`promise`)."""

    id: UUID
    kind: str
    sku: str
    sku_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    quantity: Quantity
    posting_id: UUID
    reservation_id: UUID | None
    holder_kind: str | None
    holder_id: UUID | None
    document: str | None
    status: str
    resolution: str | None
    resolved_at: datetime | None
    created_at: datetime


class LevelIn(Body):
    """Open a level with a first balance."""

    sku: Code
    warehouse: Code
    quantity: Amount
    unit: Code | None = UNIT
    unit_cost: Amount | None = None
    currency: Currency | None = None
    reason: LongText = "opening balance"


class LevelChange(Body):
    """Make on hand equal to `quantity`; refused when `expected_quantity` no longer holds."""

    quantity: Amount
    unit: Code | None = UNIT
    expected_quantity: Amount | None = None
    reason: LongText = "set"


class SetLine(Body):
    """One level to set."""

    sku: Code
    warehouse: Code
    quantity: Amount
    unit: Code | None = UNIT
    expected_quantity: Amount | None = None

    def line(self) -> ledger.Set:
        """As the ledger takes it."""
        sku, warehouse = entries.code(self.sku), entries.code(self.warehouse)
        return ledger.Set(sku=sku, warehouse=warehouse, quantity=self.quantity, expected=self.expected_quantity)


class SetMany(Body):
    """Levels to set, all or none. As a `fact` (a count) it is never refused and may break promises."""

    lines: Annotated[list[SetLine], Field(min_length=1, max_length=MOST_LINES)]
    reason: LongText = "set"
    fact: bool = False
    document: LongText | None = None


class TransferNowLine(Body):
    """So many of one SKU."""

    sku: Code
    quantity: PositiveQuantity
    unit: Code | None = UNIT


class TransferNow(Body):
    """Stock that goes from one warehouse to another at once. For goods under way, make a transfer."""

    from_warehouse: Code
    to_warehouse: Code
    lines: Annotated[list[TransferNowLine], Field(min_length=1, max_length=MOST_LINES)]
    reason: LongText = "moved"

    def goods(self) -> list[ledger.Move]:
        """What arrives, line by line, as entered."""
        there = entries.code(self.to_warehouse)
        return [
            ledger.Move(sku=entries.code(line.sku), warehouse=there, quantity=line.quantity, carried=True)
            for line in self.lines
        ]

    def moves(self, goods: Sequence[ledger.Move]) -> list[ledger.Move]:
        """Out of the one and into the other, line by line."""
        out = entries.code(self.from_warehouse)
        return [
            one
            for line in goods
            for one in (replace(line, warehouse=out, quantity=-line.quantity, carried=False), line)
        ]


class PostedLine(Out):
    """A line as posted."""

    sku: str | None
    warehouse: str | None
    quantity: Quantity
    on_hand: Quantity | None
    available: Quantity | None
    shortage: Quantity


class Posted(Out):
    """What was posted."""

    posting_id: UUID
    lines: list[PostedLine]

    @classmethod
    def of(cls, outcome: ledger.Outcome) -> Posted:
        """From the ledger's answer."""
        return cls(posting_id=outcome.posting_id, lines=[PostedLine.model_validate(one) for one in outcome.lines])


class ReverseIn(Body):
    """Why."""

    reason: LongText = "reversed"


class CommitIn(Body):
    """How much of the promise is shipped; all that is open when left out."""

    quantity: PositiveQuantity | None = None
    document: LongText | None = None


class ResolveIn(Body):
    """How it was dealt with."""

    resolution: Annotated[str, Field(min_length=1, max_length=1_000)]


class ValueRow(Out):
    """Value of one warehouse's stock."""

    warehouse: str
    name: str
    value: Quantity
    units: Quantity
    uncosted: int


class ValueDay(Out):
    """Value at the end of a business day, at today's unit costs."""

    day: date
    value: Quantity


class ValuationOut(Out):
    """Stock value in the organization's currency; `uncosted` SKUs have no known cost and are not in it."""

    value: Quantity
    currency: str
    skus: int
    units: Quantity
    uncosted: int
    uncosted_units: Quantity
    warehouses: list[ValueRow]
    trend: list[ValueDay]
