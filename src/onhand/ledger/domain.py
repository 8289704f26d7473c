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
from typing import Literal
from uuid import UUID

from onhand.kernel import Actor, new_id

Code = str | UUID  # a human code (case ignored) or an id
MovementType = Literal["purchase", "sale", "adjustment", "transfer", "return", "count", "waste", "production", "opening"]
MOVEMENT_TYPES: tuple[MovementType, ...] = (
    "purchase", "sale", "adjustment", "transfer", "return", "count", "waste", "production", "opening",
)  # fmt: skip


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
    bin: str | None = None
    lot: str | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Make on hand equal to `quantity`; refused when `expected` is given and no longer true."""

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


Line = Move | Set | Reserve | Release | Withhold


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
