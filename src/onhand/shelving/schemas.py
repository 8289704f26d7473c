"""What the API of what lies where takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field

from onhand import ledger
from onhand.infra.schemas import Body, Code, LongText, Out, PositiveQuantity, Quantity

if TYPE_CHECKING:
    from onhand.shelving.service import Inside

MOST_LINES = 1_000


class HoldingRow(Out):
    """So much of a SKU in one bin, of one lot, or one piece; what is not known is null."""

    id: UUID
    sku: str
    sku_id: UUID
    product_id: UUID
    name: str
    warehouse: str
    warehouse_id: UUID
    bin: str | None
    bin_id: UUID | None
    bin_type: str | None
    lot: str | None
    lot_id: UUID | None
    expires_on: date | None
    serial: str | None
    serial_id: UUID | None
    on_hand: Quantity
    unavailable: Quantity
    changed_at: datetime


class PutAwayRow(Out):
    """Stock that lies in no bin yet, and where it could go."""

    id: str
    sku: str
    sku_id: UUID
    product_id: UUID
    name: str
    lot: str | None
    expires_on: date | None
    serial: str | None
    quantity: Quantity
    suggested_bin: str | None


class PlaceOut(Out):
    """A place's stock. `own_units` lie in it alone, `units` in it and below; `fill` is their share of what fits."""

    id: UUID
    parent_id: UUID | None
    code: str
    kind: str
    type: str
    own_units: Quantity
    units: Quantity
    unavailable: Quantity
    skus: int
    capacity: Quantity | None
    fill: Quantity | None


class InsideOut(Out):
    """A warehouse's stock by place. `waiting` lies in no bin: it is to be put away."""

    on_hand: Quantity
    waiting: Quantity
    places: list[PlaceOut]

    @classmethod
    def of(cls, found: Inside) -> InsideOut:
        """As the service tells it."""
        rows = [
            PlaceOut(
                id=place.id,
                parent_id=place.parent_id,
                code=place.code,
                kind=place.kind,
                type=place.type,
                own_units=place.own_units,
                units=place.load.units,
                unavailable=place.load.unavailable,
                skus=len(place.skus),
                capacity=place.load.capacity,
                fill=None if place.load.fill is None else round(place.load.fill, 4),
            )
            for place in found.places
        ]
        return cls(on_hand=found.on_hand, waiting=found.waiting, places=rows)


class SiteOut(Out):
    """A warehouse on the map, with what lies there. `value` leaves out the `uncosted` units."""

    id: UUID
    code: str
    name: str
    kind: str
    city: str | None
    country: str | None
    latitude: Quantity | None
    longitude: Quantity | None
    active: bool
    units: Quantity
    skus: int
    value: Quantity
    uncosted: Quantity
    currency: str


class RelocateLine(Body):
    """So many of one SKU, from where they lie to where they go. Without bin, lot and serial: of what lies in no bin."""

    sku: Code
    quantity: PositiveQuantity
    bin: Code | None = None
    lot: Code | None = None
    serial: Code | None = None
    to_bin: Code | None = None
    to_lot: Code | None = None
    to_serial: Code | None = None
    note: LongText | None = None


class Relocate(Body):
    """Moves inside one warehouse, all or none. On hand stays as it is."""

    warehouse: Code
    lines: Annotated[list[RelocateLine], Field(min_length=1, max_length=MOST_LINES)]
    reason: LongText = "moved"
    document: LongText | None = None

    def moves(self) -> list[ledger.Relocate]:
        """As the ledger takes them."""
        return [ledger.Relocate(warehouse=self.warehouse, **line.model_dump()) for line in self.lines]


class RelocatedLine(Out):
    """One line as posted."""

    line: int
    sku: str | None
    warehouse: str | None
    quantity: Quantity
    on_hand: Quantity | None
    available: Quantity | None


class Relocated(Out):
    """What was posted."""

    posting_id: UUID
    lines: list[RelocatedLine]
