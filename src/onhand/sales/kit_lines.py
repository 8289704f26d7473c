"""Lines that sell kits, as they are kept: their parts, and the allocations of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import allocation, kits
from onhand.sales import store
from onhand.sales.domain import ZERO
from onhand.sales.tables import OrderAllocation, OrderLine, OrderLinePart

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


Parts = Mapping[UUID, Sequence[allocation.LinePart]]  # line → its parts; lines of ordinary SKUs are not mentioned


def key_of(share: OrderAllocation) -> UUID:
    """What an allocation is of: a part, or the line itself."""
    return share.part_id or share.line_id


def open_units(share: OrderAllocation) -> Decimal:
    """What of an allocation is still promised."""
    return share.quantity - share.shipped - share.released


def rows_of(order_id: UUID, parts: Parts) -> list[dict[str, Any]]:
    """The parts as rows."""
    return [
        {
            "id": part.id,
            "order_id": order_id,
            "line_id": line_id,
            "sku_id": part.sku_id,
            "sku": part.sku,
            "quantity": part.quantity,
            "position": position,
        }
        for line_id, each in parts.items()
        for position, part in enumerate(each, 1)
    ]


def line_of_part(parts: Parts) -> dict[UUID, UUID]:
    """Part → its line."""
    return {part.id: line_id for line_id, each in parts.items() for part in each}


async def parts_of_order(session: AsyncSession, order_id: UUID) -> dict[UUID, list[allocation.LinePart]]:
    """The parts of an order's lines as they were sold."""
    found: dict[UUID, list[allocation.LinePart]] = {}
    for row in await store.parts_of(session, order_id):
        found.setdefault(row.line_id, []).append(allocation.LinePart(row.sku_id, row.sku, row.quantity, row.id))
    return found


async def write_parts(session: AsyncSession, order_id: UUID, lines: Sequence[OrderLine]) -> None:
    """Of lines whose SKU has only now become known: keep what they hold when they are kits."""
    found = await kits.named_parts(session, [line.sku_id for line in lines if line.sku_id])
    made = {
        line.id: [allocation.LinePart(*part) for part in found.get(line.sku_id, ())] for line in lines if line.sku_id
    }
    await store.add_parts(session, OrderLinePart, rows_of(order_id, made))


def surplus(
    shares: Sequence[OrderAllocation], line: OrderLine, parts: Sequence[allocation.LinePart]
) -> Iterator[tuple[OrderAllocation, Decimal]]:
    """What is held for kits that are no longer whole, newest first: (allocation, units too many)."""
    for part in parts:
        mine = [share for share in shares if share.part_id == part.id]
        over = sum((open_units(share) for share in mine), ZERO) - part.quantity * line.allocated
        for share in reversed(mine):
            units = min(over, open_units(share))
            if units > 0:
                over -= units
                yield share, units
