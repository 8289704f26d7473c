"""What the API of valuation gives."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from onhand.infra.schemas import Out, Quantity
from onhand.valuation.store_explain import Explained


class WorthOut(Out):
    """A part of the stock. `uncosted` SKUs have units whose cost nobody told; they are in no value."""

    id: UUID | None
    code: str | None
    name: str | None
    value: Quantity
    units: Quantity
    skus: int
    uncosted: int
    uncosted_units: Quantity


class ValueDayOut(Out):
    """Value at the end of a day."""

    day: date
    value: Quantity


class AbroadOut(Out):
    """Goods in stock bought in another currency, in the organization's own at the rates then, and at the day's."""

    currency: str
    units: Quantity
    amount: Quantity
    then: Quantity
    now: Quantity | None
    difference: Quantity | None


class StockValueOut(Out):
    """What stock was worth at the end of a day; amounts in `currency`, of which one was worth `rate` of `own`."""

    as_of: date
    currency: str
    own: str
    rate: Quantity
    total: WorthOut
    warehouses: list[WorthOut]
    categories: list[WorthOut]
    trend: list[ValueDayOut]
    abroad: list[AbroadOut]


class LayerRow(Out):
    """What a receipt left at a level. `value` is null while nobody knows the cost."""

    id: UUID
    sku: str
    sku_id: UUID
    product_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    posting_id: UUID
    line: int
    type: str | None
    document: str | None
    received_at: datetime
    quantity: Quantity
    remaining: Quantity
    value: Quantity | None
    unit_cost: Quantity | None
    source_cost: Quantity | None
    source_currency: str | None
    rate: Quantity | None
    origin_id: UUID | None
    carried: bool


class ReceiptRow(Out):
    """A line that brought goods in, and what it cost: when it came, told later, and landed beside."""

    id: int
    posting_id: UUID
    line: int
    type: str
    document: str | None
    sku: str
    sku_id: UUID
    name: str
    warehouse: str
    quantity: Quantity
    uncosted: Quantity
    value: Quantity
    later: Quantity
    landed: Quantity
    unit_cost: Quantity | None
    currency: str | None
    effective_at: datetime


class UseOut(Out):
    """What a line took of one layer: `landed` is what each unit of its receipt bears beside its own cost."""

    quantity: Quantity
    value: Quantity | None
    layer_id: UUID
    receipt_id: UUID
    receipt_line: int
    receipt_type: str | None
    document: str | None
    received_at: datetime
    received: Quantity
    unit_cost: Quantity | None
    source_cost: Quantity | None
    source_currency: str | None
    rate: Quantity | None
    carried: bool
    pooled: bool
    landed: Quantity | None


class CorrectionOut(Out):
    """What a cost entry changed of a line's cost."""

    kind: str
    value: Quantity
    document: str | None
    note: str | None
    recorded_at: datetime
    actor: str | None


class CostOut(Out):
    """What a line cost: `booked` when it was posted, `later` by cost entries; `cost` is their sum."""

    posting_id: UUID
    line: int
    type: str
    effective_at: datetime
    sku: str
    sku_id: UUID
    warehouse: str
    quantity: Quantity
    booked: Quantity
    later: Quantity
    cost: Quantity
    uncosted: Quantity
    uses: list[UseOut]
    corrections: list[CorrectionOut]

    @classmethod
    def of(cls, found: Explained) -> CostOut:
        """As the API shows it."""
        own = {name: getattr(found.line, name) for name in cls.model_fields.keys() - {"cost", "uses", "corrections"}}
        uses = [UseOut.model_validate(one) for one in found.uses]
        corrections = [CorrectionOut.model_validate(one) for one in found.corrections]
        return cls(**own, cost=found.cost, uses=uses, corrections=corrections)
