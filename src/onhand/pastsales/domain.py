"""Orders that were finished before onhand knew of them, as columns: an import brings thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

ChargeKind = Literal["shipping", "tax", "discount", "fee", "other"]


@dataclass(frozen=True, slots=True)
class HistoryOrders:
    """Finished orders of an import, one entry per order in each column. `ids` are derived, so repeating is harmless."""

    ids: Sequence[UUID]
    external_ids: Sequence[str]
    placed_at: Sequence[datetime]
    customer_ids: Sequence[UUID | None]


@dataclass(frozen=True, slots=True)
class HistoryLines:
    """Their goods. A negative quantity came back. `positions` only order the lines of one order for the eye."""

    ids: Sequence[UUID]
    order_ids: Sequence[UUID]
    sku_ids: Sequence[UUID]
    codes: Sequence[str]
    quantities: Sequence[Decimal]
    unit_prices: Sequence[Decimal]
    positions: Sequence[int]


@dataclass(frozen=True, slots=True)
class HistoryCharges:
    """Their charges. Amounts are signed as on the invoice: what the customer pays is positive, a discount negative."""

    ids: Sequence[UUID]
    order_ids: Sequence[UUID]
    kinds: Sequence[ChargeKind]
    codes: Sequence[str]
    amounts: Sequence[Decimal]
    descriptions: Sequence[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One chunk of an import: orders new or known, with lines and charges new or known. `group_id` is the run."""

    group_id: UUID
    channel: str
    currency: str
    orders: HistoryOrders
    lines: HistoryLines
    charges: HistoryCharges


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many rows of a chunk were new."""

    orders: int
    lines: int
    charges: int
