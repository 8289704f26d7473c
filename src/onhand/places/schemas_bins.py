"""What the API of the places inside a warehouse takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from onhand.infra.schemas import Amount, Body, Name, Out, PositiveQuantity, Quantity, unsent
from onhand.places.domain import LONGEST_CODE, BinType, Kind

BinCode = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_CODE, pattern="^[^@]+$")
]
PickOrder = Annotated[int, Field(ge=0, le=1_000_000, description="The lower, the sooner stock is picked here")]
Parent = Annotated[str, Field(max_length=100, description="Id or code of the place that it lies in")]
Capacity = Annotated[PositiveQuantity, Field(description="How many units fit")]


class BinIn(Body):
    """A new place inside a warehouse."""

    code: BinCode
    name: Name | None = None
    kind: Kind = "bin"
    type: BinType = "storage"
    parent: Parent | None = None
    capacity: Capacity | None = None
    pick_order: PickOrder = 100
    x: Amount | None = None
    y: Amount | None = None
    width: PositiveQuantity | None = None
    height: PositiveQuantity | None = None


class BinChange(Body):
    """The fields to change; what is not sent stays."""

    code: BinCode = unsent()
    name: Name | None = unsent()
    kind: Kind = unsent()
    type: BinType = unsent()
    parent: Parent | None = unsent()
    capacity: Capacity | None = unsent()
    pick_order: PickOrder = unsent()
    x: Amount | None = unsent()
    y: Amount | None = unsent()
    width: PositiveQuantity | None = unsent()
    height: PositiveQuantity | None = unsent()
    archived: bool = unsent()


class BinsIn(Body):
    """Many places by a pattern: `A-{01..12}-{1..4}`. With `tree` each group but the last makes the places above."""

    pattern: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    kind: Kind = "bin"
    type: BinType = "storage"
    parent: Parent | None = None
    tree: bool = False
    capacity: Capacity | None = None
    pick_order: Annotated[PickOrder, Field(description="Of the first; each following one comes after it")] = 100


class BinsMade(Out):
    """The codes of the places made."""

    count: int
    codes: list[str]


class Box(Body):
    """Where a place stands on the plan, in metres from its top left corner; all null: nowhere."""

    id: UUID
    x: Amount | None
    y: Amount | None
    width: PositiveQuantity | None
    height: PositiveQuantity | None


class Plan(Body):
    """The places that move."""

    places: Annotated[list[Box], Field(min_length=1, max_length=5_000)]


class BinOut(Out):
    """A place inside a warehouse. `CODE@WAREHOUSE` names it as its id does."""

    id: UUID
    warehouse_id: UUID
    parent_id: UUID | None
    code: str
    name: str | None
    kind: str
    type: str
    capacity: Quantity | None
    pick_order: int
    x: Quantity | None
    y: Quantity | None
    width: Quantity | None
    height: Quantity | None
    archived: bool
    created_at: datetime
    updated_at: datetime


class BinRow(BinOut):
    """The same in a list, with the codes of its warehouse and of what it lies in."""

    warehouse: str
    parent: str | None
