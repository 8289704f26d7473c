"""What can be asked of the ledger, and what it answers: plain values, no library.

A *posting* is what happened together: its lines all count or none does. A *wish* is refused for want of stock; a *fact*
(`fact=True`) has happened already and never is: it takes what is there and the rest becomes a shortage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import Literal, get_args
from uuid import UUID

from onhand.kernel import Actor, derived_id, new_id

Code = str | UUID  # a human code (case ignored) or an id
MovementType = Literal[
    "purchase", "sale", "adjustment", "transfer", "return", "count", "waste", "production", "opening"
]
MOVEMENT_TYPES: tuple[MovementType, ...] = get_args(MovementType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Add (`quantity` > 0) or take (< 0) units. With `reservation`, what is taken was promised to it (a shipment)."""

    sku: Code | None = None  # may be left out beside a reservation, which knows both
    warehouse: Code | None = None
    quantity: Decimal
    reservation: UUID | None = None
    unit_cost: Decimal | None = None
    currency: str | None = None  # of unit_cost; None = the organization's
    effective_at: datetime | None = None
    note: str | None = None
    bin: Code | None = None
    lot: Code | None = None  # a code that is not known yet becomes a lot by being received; so does a serial
    serial: Code | None = None
    carried: bool = False  # what arrives is what the line before took: its lots, serials and cost
    undoes: int | None = None  # of a reversal: the line of the reversed posting; 0: another line sees to it
    returned_from: UUID | None = None  # the posting that issued what comes back; it returns at the cost it left


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Make on hand equal to `quantity`; a wish is refused when `expected` is given and no longer true."""

    sku: Code
    warehouse: Code
    quantity: Decimal
    expected: Decimal | None = None
    unit_cost: Decimal | None = None
    currency: str | None = None
    effective_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Promise units to a holder. Higher `priority` is kept longer when facts take promised stock."""

    sku: Code
    warehouse: Code
    quantity: Decimal
    id: UUID = field(default_factory=new_id)
    holder_kind: str = "manual"
    holder_id: UUID | None = None
    priority: int = 0
    channel: str | None = None
    expires_at: datetime | None = None  # None: never, as an order's own reservation
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Give back a promise: all that is open of it, or `quantity`."""

    reservation: UUID
    quantity: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withhold:
    """Make units unavailable (> 0: quarantined, damaged) or available again (< 0); on hand stays."""

    sku: Code
    warehouse: Code
    quantity: Decimal
    effective_at: datetime | None = None
    note: str | None = None
    bin: Code | None = None
    lot: Code | None = None
    serial: Code | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocate:
    """Change bin, lot or serial of units that stay in the warehouse: from what is named to what is named with `to_`.

    Without any of `bin`, `lot`, `serial` it takes what lies unassigned. What `to_` leaves out stays as it was.
    """

    sku: Code
    warehouse: Code
    quantity: Decimal
    bin: Code | None = None
    lot: Code | None = None
    serial: Code | None = None
    to_bin: Code | None = None
    to_lot: Code | None = None
    to_serial: Code | None = None
    effective_at: datetime | None = None
    note: str | None = None
    undoes: int | None = None


Line = Move | Set | Reserve | Release | Withhold | Relocate


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What happened together. `id` is the caller's: repeating it is harmless, another body under it is refused."""

    lines: Sequence[Line]
    type: MovementType = "adjustment"
    reason: str = ""
    id: UUID = field(default_factory=new_id)
    fact: bool = False
    effective_at: datetime | None = None  # None: now
    reference_kind: str | None = None  # "order", "transfer", "purchase_order", "import", …
    reference_id: UUID | None = None
    document: str | None = None  # the human number of that document
    reverses_id: UUID | None = None
    group_id: UUID | None = None  # one run of an import, undone together
    body_hash: UUID | None = None  # None: computed from the lines
    actor: Actor | None = None  # None: the session's


class State(IntEnum):
    """What became of a posting."""

    POSTED = 0
    REPLAYED = 1
    OTHER_BODY = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """One line's answer: what changed, and what the level then held. Of a refused line: what was there.

    `line` counts from 0. `shortage` is the part of a fact that could not be covered.
    """

    line: int
    sku: str | None
    warehouse: str | None
    quantity: Decimal
    on_hand: Decimal | None
    available: Decimal | None
    shortage: Decimal
    reservation: UUID | None
    problem: str | None
    wanted: Decimal | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A posting's answer. `lines` of a refused posting names the line at fault by its `problem`."""

    posting_id: UUID
    state: State
    lines: Sequence[LineOutcome]

    @property
    def ok(self) -> bool:
        """It stands on file, whether written now or before."""
        return self.state in {State.POSTED, State.REPLAYED}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One movement on file, as much of it as undoing needs."""

    posting_id: UUID
    posting_type: MovementType
    reverses_id: UUID | None
    type: str
    sku_id: UUID
    warehouse_id: UUID
    quantity: Decimal
    reserved: Decimal
    unavailable: Decimal
    unit_cost: Decimal | None
    currency: str | None
    reservation_id: UUID | None
    effective_at: datetime
    line: int
    pieced: Decimal  # how much of it changed bin, lot or serial; 0 when nothing names any


def reversal_id(posting_id: UUID) -> UUID:
    """The one id under which a posting is reversed, so that it is reversed once however often that is asked."""
    return derived_id(posting_id, "reversal")


def _undo(row: Recorded) -> list[Line]:
    """The lines that take a movement back. What was shipped of a promise restores that promise.

    The first one that moves anything undoes its holdings and layers too; the others say 0, that it is seen to.
    """
    sku, place, when = row.sku_id, row.warehouse_id, row.effective_at
    if not row.quantity and row.pieced:
        return [Relocate(sku=sku, warehouse=place, effective_at=when, quantity=row.pieced, undoes=row.line)]
    lines: list[Line] = []
    promised = max(-row.reserved, Decimal(0)) if row.reservation_id else Decimal(0)
    for quantity, reservation in ((promised, row.reservation_id), (-row.quantity - promised, None)):
        if quantity:
            lines.append(
                Move(
                    sku=sku,
                    warehouse=place,
                    quantity=quantity,
                    reservation=reservation,
                    unit_cost=row.unit_cost,
                    currency=row.currency,
                    effective_at=when,
                    undoes=0 if lines else row.line,
                )
            )
    if row.unavailable:
        seen_to = 0 if lines else row.line
        lines.append(Withhold(sku=sku, warehouse=place, quantity=-row.unavailable, undoes=seen_to))
    return lines if row.unavailable <= 0 else lines[::-1]  # set apart is given free before it is taken out


def reversed_by(posting_id: UUID, rows: Sequence[Recorded], reason: str) -> Posting | None:
    """The posting that undoes these movements, last line first; None when there is nothing to undo.

    It takes effect when the mistake did: `as_of` then shows the corrected past, `known_at` what was believed.
    """
    lines = [line for row in reversed(rows) if row.type != "reservation" for line in _undo(row)]
    if not lines or rows[0].reverses_id:
        return None
    kind = rows[0].posting_type
    return Posting(id=reversal_id(posting_id), lines=lines, type=kind, reason=reason, reverses_id=posting_id)


@dataclass(frozen=True, slots=True)
class Availability:
    """What may be promised of a SKU at one warehouse; expired promises are not counted against it."""

    sku_id: UUID
    warehouse_id: UUID
    on_hand: Decimal
    reserved: Decimal
    unavailable: Decimal

    @property
    def available(self) -> Decimal:
        """On hand that nobody was promised and nothing sets apart."""
        return self.on_hand - self.reserved - self.unavailable


@dataclass(frozen=True, slots=True)
class LevelAt:
    """On hand at a moment of effective time."""

    sku_id: UUID
    warehouse_id: UUID
    on_hand: Decimal


@dataclass(frozen=True, slots=True)
class Costed:
    """Stock value in the organization's currency. The `uncosted` SKUs, whose cost nobody knows, are not in `value`."""

    value: Decimal
    currency: str
    skus: int
    uncosted: int
    units: Decimal
    uncosted_units: Decimal


@dataclass(frozen=True, slots=True)
class WarehouseValue:
    """Value of one warehouse's stock."""

    warehouse: str
    name: str
    value: Decimal
    units: Decimal
    uncosted: int
