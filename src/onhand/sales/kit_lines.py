"""Lines that sell kits: what of the shelves they want, and how many whole kits what they hold comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import allocation, catalog, kits
from onhand.kernel import new_id
from onhand.sales import store
from onhand.sales.domain import ZERO
from onhand.sales.tables import OrderAllocation, OrderLine, OrderLinePart

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class LinePart:
    """So much of a stocked SKU in one unit of a line."""

    sku_id: UUID
    sku: str
    quantity: Decimal
    id: UUID = field(default_factory=new_id)


Parts = Mapping[UUID, Sequence[LinePart]]  # line → its parts; lines of ordinary SKUs are not mentioned


async def parts_of_skus(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, list[tuple[UUID, str, Decimal]]]:
    """(SKU, code, units in one) of those of these SKUs that are kits at this moment."""
    found = await kits.parts_of(session, sku_ids)
    codes = await catalog.skus_by_ids(session, {p.sku_id for parts in found.values() for p in parts}) if found else {}
    return {kit: [(p.sku_id, codes[p.sku_id].code, p.quantity) for p in parts] for kit, parts in found.items()}


def needs_of(line_id: UUID, sku_id: UUID, quantity: Decimal, parts: Sequence[LinePart]) -> list[allocation.Need]:
    """What so many units of a line want of the shelves."""
    if not parts:
        return [allocation.Need(line_id, sku_id, quantity)]
    return [allocation.Need(p.id, p.sku_id, p.quantity * quantity, line_id, p.quantity) for p in parts]


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


async def parts_of_order(session: AsyncSession, order_id: UUID) -> dict[UUID, list[LinePart]]:
    """The parts of an order's lines as they were sold."""
    found: dict[UUID, list[LinePart]] = {}
    for row in await store.parts_of(session, order_id):
        found.setdefault(row.line_id, []).append(LinePart(row.sku_id, row.sku, row.quantity, row.id))
    return found


async def write_parts(session: AsyncSession, order_id: UUID, lines: Sequence[OrderLine]) -> None:
    """Of lines whose SKU has only now become known: keep what they hold when they are kits."""
    found = await parts_of_skus(session, [line.sku_id for line in lines if line.sku_id])
    made = {line.id: [LinePart(*part) for part in found.get(line.sku_id, ())] for line in lines if line.sku_id}
    await store.add_parts(session, OrderLinePart, rows_of(order_id, made))


def surplus(
    shares: Sequence[OrderAllocation], line: OrderLine, parts: Sequence[LinePart]
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
