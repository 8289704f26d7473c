"""What is under way between the demo's warehouses today: one van on the road, one being loaded, one that came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import transfers
from onhand.demo.shop import Shop
from onhand.demo.supply import Past
from onhand.kernel import now

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

MAIN, STORE, WEST = range(3)
SPARE = 24  # taken only from articles of which the warehouse keeps more than this
LEFT, ARRIVED = "left", "arrived"


@dataclass(frozen=True, slots=True)
class Trip:
    """Goods that somebody moves: from, to (warehouses by number), how many articles, what for, how far it is."""

    source: int
    destination: int
    articles: int
    units: int
    note: str
    progress: str = ""


TRIPS = (
    Trip(MAIN, STORE, 5, 6, "Saturday's shelves", ARRIVED),
    Trip(MAIN, WEST, 6, 8, "Christmas stock for the west", LEFT),
    Trip(MAIN, STORE, 4, 6, "Window display"),
)


async def write(session: AsyncSession, shop: Shop, past: Past) -> None:
    """Plan the trips and let them go as far as they are."""
    plenty = _plenty(past)
    for trip in TRIPS:
        some, plenty = plenty[: trip.articles], plenty[trip.articles :]
        await _make(session, trip, shop, [shop.sku_ids[article] for article in some])


async def _make(session: AsyncSession, trip: Trip, shop: Shop, sku_ids: list[UUID]) -> None:
    lines = tuple(transfers.Wanted(sku_id, Decimal(trip.units)) for sku_id in sku_ids)
    ids = shop.warehouse_ids
    due = now() + timedelta(days=2)
    made = await transfers.create(
        session, transfers.NewTransfer(ids[trip.source], ids[trip.destination], lines, trip.note, due)
    )
    if trip.progress:
        await transfers.dispatch(session, made)
    if trip.progress == ARRIVED:
        await transfers.receive(session, made)


def _plenty(past: Past) -> list[int]:
    """Articles of which the main warehouse has so many that some can go."""
    left = past.left()[:, MAIN]
    return [int(article) for article in range(len(left)) if left[article] > SPARE]
