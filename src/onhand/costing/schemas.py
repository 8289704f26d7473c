"""What the API of costs takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from onhand.costing.domain import Basis, Charge, EntryKind, Method
from onhand.costing.service import Bearer, Landed, Told
from onhand.infra.schemas import Amount, Body, Code, Currency, LongText, Name, Out, PositiveQuantity, Quantity

MOST_LINES = 1_000
Rate = Annotated[PositiveQuantity, Field(description="Of the organization's currency for one; else the one of the day")]


class BearerIn(Body):
    """A receipt that bears a part: one line of it, or all when `line` is left out."""

    posting_id: UUID
    line: Annotated[int, Field(ge=1)] | None = None
    weight: Amount | None = None


class LandedIn(Body):
    """What bringing goods in cost beside their price."""

    charge: Charge
    basis: Basis = "value"
    amount: PositiveQuantity
    currency: Currency | None = None
    rate: Rate | None = None
    receipts: Annotated[list[BearerIn], Field(min_length=1, max_length=MOST_LINES)]
    document: Name | None = None
    note: LongText | None = None

    def command(self) -> Landed:
        """As the verb takes it."""
        bearers = [Bearer(one.posting_id, one.line, one.weight) for one in self.receipts]
        return Landed(
            charge=self.charge,
            basis=self.basis,
            amount=self.amount,
            currency=self.currency and self.currency.upper(),
            rate=self.rate,
            bearers=bearers,
            document=self.document,
            note=self.note,
        )


class ToldIn(Body):
    """What one unit of a received line truly cost; or the supplier, whose price for that quantity it is."""

    posting_id: UUID
    line: Annotated[int, Field(ge=1)]
    unit_cost: Amount | None = None
    supplier: Code | None = None
    currency: Currency | None = None
    rate: Rate | None = None


class CostsIn(Body):
    """A supplier's late bill, or costs that nobody knew when the goods came."""

    lines: Annotated[list[ToldIn], Field(min_length=1, max_length=MOST_LINES)]
    document: Name | None = None
    note: LongText | None = None

    def told(self) -> list[Told]:
        """As the verb takes it."""
        return [
            Told(
                posting_id=one.posting_id,
                line=one.line,
                unit_cost=one.unit_cost,
                supplier=one.supplier,
                currency=one.currency and one.currency.upper(),
                rate=one.rate,
            )
            for one in self.lines
        ]


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """What a received line bears of an entry, with names."""

    posting_id: UUID
    line: int
    sku_id: UUID
    sku: str
    name: str
    warehouse: str
    document: str | None
    quantity: Decimal
    measure: Decimal
    value: Decimal


class ChargeOut(Out):
    """What a received line bears of an entry, in the organization's currency."""

    posting_id: UUID
    line: int
    sku_id: UUID
    sku: str
    name: str
    warehouse: str
    document: str | None
    quantity: Quantity
    measure: Quantity
    value: Quantity


class EntryRow(Out):
    """A cost entry. Of its `value` some changed `stock`, the rest what had been `sold` already."""

    id: UUID
    number: int
    kind: EntryKind
    charge: Charge | None
    basis: Basis | None
    amount: Quantity | None
    currency: str | None
    rate: Quantity | None
    value: Quantity
    stock: Quantity
    sold: Quantity
    document: str | None
    note: str | None
    effective_at: datetime
    reverses_id: UUID | None
    reversed: bool
    created_by: str
    created_at: datetime


class EntryOut(EntryRow):
    """A cost entry with what each received line bears of it."""

    charges: list[ChargeOut]


class MethodOut(Out):
    """How stock is valued: of a category and those below it, or (no category) of the organization."""

    category_id: UUID | None
    category: str | None
    method: Method


class MethodIn(Body):
    """Choose a method. Without a category it is the organization's; null gives a category back to what is above it."""

    category_id: UUID | None = None
    method: Method | None


class MethodsSet(Out):
    """The methods chosen, and of how many levels the layers were told anew."""

    methods: list[MethodOut]
    levels: int


class Settled(Out):
    """Of how many levels the layers were told anew."""

    levels: int
