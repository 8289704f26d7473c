"""Lines of a document: where each stands, and what one that sells kits wants and holds of the shelves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from onhand.allocation.domain import ZERO, Need
from onhand.kernel import new_id


@dataclass(frozen=True, slots=True)
class LinePart:
    """So much of a stocked SKU in one unit of a line."""

    sku_id: UUID
    sku: str
    quantity: Decimal
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class LineState:
    """Where one line stands. What is neither reserved, shipped nor cancelled waits for stock."""

    quantity: Decimal
    allocated: Decimal = ZERO
    shipped: Decimal = ZERO
    cancelled: Decimal = ZERO

    @property
    def waiting(self) -> Decimal:
        """Units without a reservation: the backorder."""
        return max(self.quantity - self.allocated - self.shipped - self.cancelled, ZERO)

    @property
    def status(self) -> str:
        """One word for the line."""
        wanted = self.quantity - self.cancelled
        if self.quantity < 0:
            return "returned"
        if wanted == 0:
            return "cancelled"
        if self.shipped == wanted:
            return "shipped"
        if self.shipped > 0:
            return "partial"
        return "backordered" if self.waiting else "allocated"


def anything_left(lines: Sequence[LineState]) -> bool:
    """Whether something is to follow once some of a document has left."""
    return any(line.allocated + line.waiting for line in lines)


def needs_of(line_id: UUID, sku_id: UUID, quantity: Decimal, parts: Sequence[LinePart]) -> list[Need]:
    """What so many units of a line want of the shelves."""
    if not parts:
        return [Need(line_id, sku_id, quantity)]
    return [Need(p.id, p.sku_id, p.quantity * quantity, line_id, p.quantity) for p in parts]


def held_by(line_id: UUID, most: Decimal, parts: Sequence[LinePart], held: Mapping[UUID, Decimal]) -> Decimal:
    """How many units of a line are promised in full, of what is held by part, or by line when it sells no kit."""
    if not parts:
        return held.get(line_id, ZERO)
    if all(held.get(part.id, ZERO) >= part.quantity * most for part in parts):
        return most
    return min((held.get(part.id, ZERO) / part.quantity).to_integral_value(ROUND_FLOOR) for part in parts)


def shares_of(line_id: UUID, units: Decimal, parts: Sequence[LinePart]) -> dict[UUID, Decimal]:
    """What so many units of a line are of its allocations: by part, or by line when it sells no kit."""
    return {part.id: part.quantity * units for part in parts} if parts else {line_id: units}
