"""What lies where, put together; and moves inside a warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import ledger, places
from onhand.kernel import plain
from onhand.shelving import store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

KEPT = frozenset({"storage", "pick"})  # types of places that goods are put away into


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what lies in it alone, and with all below it."""

    id: UUID
    parent_id: UUID | None
    code: str
    kind: str
    type: str
    own_units: Decimal
    skus: frozenset[UUID]
    load: places.Load


@dataclass(frozen=True, slots=True)
class Inside:
    """A warehouse's stock by place. `waiting` lies in no bin."""

    on_hand: Decimal
    waiting: Decimal
    places: list[Place]


async def inside(session: AsyncSession, warehouse_id: UUID) -> Inside:
    """What lies where in a warehouse, summed up the tree."""
    rows = await store.places(session, warehouse_id)
    nodes = [places.Node(row[0], row[1], row[5]) for row in rows]
    loads = places.loads(nodes, {row[0]: (row[6], row[7]) for row in rows})
    on_hand, waiting = await store.totals(session, warehouse_id)
    found = [Place(row[0], row[1], row[2], row[3], row[4], row[6], frozenset(row[8]), loads[row[0]]) for row in rows]
    return Inside(on_hand, waiting, found)


def suggest(found: Sequence[Place], rows: Sequence[dict[str, Any]]) -> None:
    """Give each row of what is to be put away the place to put it: beside its like, else the first with room."""
    parents = {place.parent_id for place in found}
    free = [place for place in found if place.type in KEPT and place.id not in parents]
    room = {place.code: (place.load.capacity, place.own_units) for place in free}
    held = {place.code: place.skus for place in free}
    for row in rows:
        sku, quantity = UUID(str(row["sku_id"])), Decimal(str(row["quantity"]))
        candidates = [(code, capacity, units) for code, (capacity, units) in room.items()]
        code = places.chosen_bin(candidates, quantity, lambda one, sku=sku: sku in held[one])  # type: ignore[misc]  # bound now
        row["suggested_bin"] = code
        if code is not None:
            capacity, units = room[code]
            room[code] = capacity, units + quantity


async def relocate(session: AsyncSession, posting: ledger.Posting) -> tuple[ledger.Outcome, list[str]]:
    """Move stock inside a warehouse; answers with warnings where more lies now than fits. Raises as `ledger.record`."""
    outcome = await ledger.record(session, posting)
    filled: dict[str, set[str]] = {}
    for line in posting.lines:
        if isinstance(line, ledger.Relocate) and line.to_bin:
            filled.setdefault(str(line.warehouse), set()).add(str(line.to_bin).lower())
    warnings: list[str] = []
    for key, wanted in filled.items():
        warehouse = await places.warehouse_by(session, key)
        found = (await inside(session, warehouse.id)).places
        warnings += [overfull(place) for place in found if _is_over(place, wanted)]
    return outcome, warnings


def _is_over(place: Place, wanted: set[str]) -> bool:
    fill = place.load.fill
    return fill is not None and fill > 1 and bool(wanted & {place.code.lower(), str(place.id)})


def overfull(place: Place) -> str:
    """The sentence about a place that holds more than fits."""
    return f"{place.code} holds {plain(place.load.units)} units now; {plain(place.load.capacity or Decimal(0))} fit."
