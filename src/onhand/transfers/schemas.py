"""What the API of transfers takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from onhand.infra.schemas import Amount, Body, Code, LongText, Out, PositiveQuantity, Quantity, unsent

MOST_LINES = 1_000


class LineIn(Body):
    """So many of one SKU."""

    sku: Code
    quantity: PositiveQuantity


class TransferIn(Body):
    """A transfer to plan; with `dispatch` it leaves at once."""

    from_warehouse: Code
    to_warehouse: Code
    lines: Annotated[list[LineIn], Field(min_length=1, max_length=MOST_LINES)]
    note: LongText | None = None
    expected_at: AwareDatetime | None = None
    dispatch: bool = False


class TransferChange(Body):
    """The fields to change; a status is reached by dispatching, receiving all of it, or cancelling."""

    status: Literal["pending", "in_transit", "completed", "cancelled"] = unsent()
    note: LongText | None = unsent()
    expected_at: AwareDatetime | None = unsent()


class ArrivalIn(Body):
    """What came of one SKU, and what is given up as lost."""

    sku: Code
    received: Amount
    lost: Amount | None = None


class ReceiveIn(Body):
    """What arrived; all that is under way when `lines` is left out."""

    lines: Annotated[list[ArrivalIn], Field(min_length=1, max_length=MOST_LINES)] | None = None


class LineOut(Out):
    """A line and how far it has come."""

    id: UUID
    sku: str
    sku_id: UUID
    name: str
    quantity: Quantity
    dispatched: Quantity
    received: Quantity
    lost: Quantity
    returned: Quantity


class TransferRow(Out):
    """A transfer in a list."""

    id: UUID
    number: int
    status: str
    from_warehouse: str
    to_warehouse: str
    quantity: Quantity
    received: Quantity
    lines: int
    note: str | None
    expected_at: datetime | None
    dispatched_at: datetime | None
    closed_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime


class TransferOut(Out):
    """A transfer with its lines."""

    id: UUID
    number: int
    document: str
    status: str
    from_warehouse: str
    from_warehouse_id: UUID
    to_warehouse: str
    to_warehouse_id: UUID
    lines: list[LineOut]
    note: str | None
    expected_at: datetime | None
    dispatched_at: datetime | None
    closed_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
