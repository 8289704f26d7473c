"""Which way a transfer goes, as pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

Status = Literal["pending", "in_transit", "completed", "cancelled"]
NEXT: dict[str, tuple[Status, ...]] = {
    "pending": ("in_transit", "cancelled"),
    "in_transit": ("completed", "cancelled"),
    "completed": (),
    "cancelled": (),
}
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of one SKU."""

    sku_id: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """Goods to move. They are reserved at the source until they leave."""

    source_id: UUID
    destination_id: UUID
    lines: tuple[Wanted, ...]
    note: str | None = None
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of one SKU, and what is given up as lost."""

    sku_id: UUID
    received: Decimal
    lost: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Carried:
    """One line on its way."""

    dispatched: Decimal
    received: Decimal = ZERO
    lost: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def under_way(self) -> Decimal:
        """Units that are neither here nor there."""
        return self.dispatched - self.received - self.lost - self.returned


@dataclass(frozen=True, slots=True)
class Incoming:
    """Units on their way to a warehouse."""

    sku_id: UUID
    warehouse_id: UUID
    quantity: Decimal


def may_become(status: str, wanted: str) -> bool:
    """Whether a transfer that is `status` may become `wanted`."""
    return wanted in NEXT[status]


def status_after(lines: Iterable[Carried]) -> Status:
    """In transit while anything is under way; completed when something arrived, else cancelled."""
    carried = list(lines)
    if any(line.under_way for line in carried):
        return "in_transit"
    return "completed" if any(line.received or line.lost for line in carried) else "cancelled"
