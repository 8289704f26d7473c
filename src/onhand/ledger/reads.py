"""Questions other modules ask of the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from onhand.kernel import NotFound, now
from onhand.ledger import store
from onhand.ledger.domain import Posting, Release
from onhand.ledger.service import post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.ledger.domain import Availability, Costed, LevelAt, WarehouseValue

SWEPT_AT_ONCE = 1_000


async def availability(
    session: AsyncSession, sku_ids: Sequence[UUID], warehouse_ids: Sequence[UUID] | None = None
) -> list[Availability]:
    """What may be promised of these SKUs, per warehouse; a pair that never held stock is left out."""
    return await store.availability(session, sku_ids, warehouse_ids)


async def levels_at(
    session: AsyncSession,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    skus: Sequence[UUID] | None = None,
    warehouses: Sequence[UUID] | None = None,
) -> list[LevelAt]:
    """What levels held at a moment of effective time, by what was recorded until `known_at`; None: now.

    All SKUs and warehouses unless named; levels that held nothing are left out.
    """
    return await store.levels_at(session, as_of, known_at, skus, warehouses)


async def daily_sales(
    session: AsyncSession, first: date, last: date, sku_ids: Sequence[UUID] | None = None
) -> list[tuple[UUID, UUID, date, Decimal]]:
    """(sku, warehouse, business day, units sold less returned) from `first` to `last`; days of nothing are left out."""
    return await store.daily_sales(session, first, last, sku_ids)


async def stock_value(session: AsyncSession, warehouse_ids: Sequence[UUID] | None = None) -> Costed:
    """What the levels' cost layers are worth; units whose cost nobody told are counted apart."""
    return await store.value(session, warehouse_ids)


async def stock_value_trend(session: AsyncSession, days: int) -> list[tuple[date, Decimal]]:
    """Value at the end of each of the last `days` business days, at what things cost then."""
    today = now().astimezone(ZoneInfo(await store.zone(session))).date()
    return await store.value_trend(session, today - timedelta(days=days - 1), today)


async def value_by_warehouse(session: AsyncSession) -> list[WarehouseValue]:
    """Value, units and uncosted SKUs of each warehouse that holds stock, in the order of their priority."""
    return await store.value_by_warehouse(session)


async def expire_reservations(session: AsyncSession) -> int:
    """Release what has expired, at most 1,000 at once; returns how many. Only tidies: nobody counts on it."""
    ids = await store.expired(session, SWEPT_AT_ONCE)
    postings = [Posting(lines=[Release(reservation=one)], reason="expired", fact=True) for one in ids]
    await post(session, postings)
    return len(ids)


async def resolve_shortage(session: AsyncSession, shortage_id: UUID, resolution: str) -> None:
    """Say how a shortage was dealt with. Raises NotFound when it is not open."""
    if not await store.resolve_shortage(session, shortage_id, resolution):
        raise NotFound(what="open shortage", key=shortage_id)
