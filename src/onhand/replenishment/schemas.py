"""What the API of replenishment takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Amount, Body, Code, Out, PositiveQuantity, Quantity, unsent

Level = Annotated[Quantity, Field(ge=Decimal("0.5"), le=Decimal("0.98"))]


class PolicyChange(Body):
    """The fields sent are set; null gives the number back to the nightly run."""

    manual_point: Amount | None = unsent()
    manual_quantity: PositiveQuantity | None = unsent()
    lead_days: Annotated[int, Field(ge=0, le=730)] | None = unsent()
    review_days: Annotated[int, Field(ge=1, le=365)] = unsent()
    service_level: Level = unsent()
    active: bool = unsent()


class PolicyFor(PolicyChange):
    """The same, for a SKU at a warehouse by their codes."""

    sku: Code
    warehouse: Code


class PolicyOut(Out):
    """How one SKU is reordered at one warehouse: what a person set, and what was computed."""

    id: UUID
    sku_id: UUID
    warehouse_id: UUID
    manual_point: Quantity | None
    manual_quantity: Quantity | None
    lead_days: int | None
    review_days: int
    service_level: Quantity
    active: bool
    point: Quantity
    safety_stock: Quantity
    up_to: Quantity
    expected: Quantity
    lead_days_used: int
    minimum_quantity: Quantity
    pack_size: Quantity
    supplier_id: UUID | None
    selling_days: int
    history_days: int
    computed_at: datetime | None
    updated_at: datetime


class Step(Out):
    """One number and the formula that it came from."""

    name: str
    formula: str
    value: str


class SuggestionRow(Out):
    """A SKU at a warehouse against its reorder point: `low` = available < point, `due` = available + incoming <= point.

    `reason`: order, enough, no_history (too few sales to order by itself), no_demand, inactive. `stockout_on`: the
    first day on which expected demand exceeds what is available, within 90 days; `order_by`: the last day to order.
    """

    id: UUID
    sku_id: UUID
    product_id: UUID
    warehouse_id: UUID
    supplier_id: UUID | None
    sku: str
    name: str
    warehouse: str
    supplier: str | None
    available: Quantity
    incoming: Quantity
    reorder_point: Quantity
    computed_point: Quantity
    manual_point: Quantity | None
    manual_quantity: Quantity | None
    safety_stock: Quantity
    up_to: Quantity
    days_left: Quantity | None
    low: bool
    due: bool
    active: bool
    computed_at: datetime | None
    quantity: Quantity
    reason: str
    stockout_on: date | None
    order_by: date | None
    why: list[Step]


class JobStarted(Out):
    """Long work: follow it at /api/v1/jobs/{id}."""

    job_id: UUID
