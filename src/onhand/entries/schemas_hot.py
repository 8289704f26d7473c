"""Bodies and answers of the hot routes, for msgspec's compiled codec."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import msgspec

from onhand import ledger

MOST_LINES = 1_000


class AdjustLine(msgspec.Struct, forbid_unknown_fields=True):
    """A signed change, in `unit` or the stock unit. A lot or serial not known yet is made by being received."""

    sku: str
    warehouse: str
    quantity: Decimal
    unit_cost: Decimal | None = None
    currency: str | None = None
    effective_at: datetime | None = None
    note: str | None = None
    bin: str | None = None
    lot: str | None = None
    serial: str | None = None
    unit: str | None = None


class Adjust(msgspec.Struct, forbid_unknown_fields=True):
    """A fact (`fact`: counted, damaged, sold elsewhere) takes what is there and records the rest as a shortage."""

    lines: list[AdjustLine]
    reason: str = ""
    type: ledger.MovementType = "adjustment"
    fact: bool = False
    document: str | None = None
    error_policy: Literal["reject_all", "reject_failed"] = "reject_all"


class AdjustedLine(msgspec.Struct, omit_defaults=True):
    """`on_hand` and `available` after the change; of a refused line, `problem` says why."""

    sku: str | None
    warehouse: str | None
    quantity: str
    on_hand: str | None
    available: str | None
    shortage: str | None = None
    problem: dict[str, Any] | None = None


class Adjusted(msgspec.Struct):
    """What was posted."""

    posting_id: str
    lines: list[AdjustedLine]


class Reservation(msgspec.Struct, forbid_unknown_fields=True):
    """A promise; without a holder and an expiry it is given back by hand or after 15 minutes."""

    sku: str
    warehouse: str
    quantity: Decimal
    expires_in_seconds: int | None = 900
    holder_kind: str = "manual"
    holder_id: UUID | None = None
    priority: int = 0
    channel: str | None = None
    note: str | None = None
    unit: str | None = None


class Reserved(msgspec.Struct):
    """A promise as made."""

    id: str
    sku: str | None
    warehouse: str | None
    quantity: str
    on_hand: str | None
    available: str | None
    expires_at: str | None


class ReleaseBody(msgspec.Struct, forbid_unknown_fields=True):
    """All that is open when `quantity` is left out."""

    quantity: Decimal | None = None


class StockLevel(msgspec.Struct):
    """A level. `available` is on hand less reserved less unavailable; `incoming` stands apart."""

    id: str
    sku: str
    warehouse: str
    sku_id: str
    warehouse_id: str
    on_hand: str
    reserved: str
    unavailable: str
    available: str
    incoming: str
    updated_at: str | None
