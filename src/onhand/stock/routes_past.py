"""What stock was: warehouses at a moment with a trend, and the days of one SKU."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from fastapi import Query

from onhand import entries, ledger, past
from onhand.infra.http import Router, Session
from onhand.infra.schemas import Data
from onhand.kernel import NotFound, now
from onhand.stock.schemas_past import HeldOut, PastDay, PastOut, WarehousePast
from onhand.stock.store_past import moment

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

router = Router("stock")
LONGEST = 3_660
AsOf = Annotated[str | None, Query(description="The moment, or the end of this day; today when left out")]
KnownAt = Annotated[str | None, Query(description="By what was recorded until then; all that is known when left out")]
Warehouse = Annotated[str | None, Query(description="Only this warehouse, by its code or id")]
Days = Annotated[int, Query(ge=1, le=LONGEST, description="Days of trend, back from today")]


def _end(when: datetime | date | None, zone: ZoneInfo) -> datetime | None:
    """A bare date is the end of that business day."""
    if when is None or isinstance(when, datetime):
        return when
    midnight = datetime.combine(when + timedelta(days=1), datetime.min.time(), zone)
    return midnight - timedelta(microseconds=1)


async def _places(session: AsyncSession, key: str | None) -> list[UUID] | None:
    if key is None:
        return None
    found = await past.warehouse_by(session, key)
    if found is None:
        raise NotFound(what="warehouse", key=key)
    return [found]


def _day(day: date, held: past.Held) -> PastDay:
    return PastDay(
        day=day,
        on_hand=held.on_hand,
        reserved=held.reserved,
        unavailable=held.unavailable,
        value=held.value,
        uncosted=held.uncosted,
    )


def _warehouse(one: past.WarehouseThen) -> WarehousePast:
    return WarehousePast(
        warehouse=one.warehouse,
        name=one.name,
        then=HeldOut.model_validate(one.then),
        now=HeldOut.model_validate(one.now),
        change=HeldOut.model_validate(one.now - one.then),
    )


@router.get("/time-machine", permission=entries.READ)
async def read_past(
    session: Session,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    warehouse: Warehouse = None,
    days: Days = 90,
) -> Data[PastOut]:
    """What the warehouses held at a moment, what they hold now, and how it went."""
    bounds = await past.bounds(session)
    zone = ZoneInfo(bounds.zone)
    asked, known = _end(moment("as_of", as_of), zone), _end(moment("known_at", known_at), zone)
    seen = await past.look_back(session, asked, known, await _places(session, warehouse))
    today = now().astimezone(zone).date()
    made = PastOut(
        as_of=asked,
        known_at=known,
        time_zone=bounds.zone,
        currency=bounds.currency,
        today=today,
        first_day=seen.first_day,
        archived_until=bounds.archived_until,
        then=HeldOut.model_validate(seen.then),
        now=HeldOut.model_validate(seen.now),
        change=HeldOut.model_validate(seen.now - seen.then),
        warehouses=[_warehouse(one) for one in seen.warehouses],
        trend=[_day(day, held) for day, held in seen.trend(today - timedelta(days=days - 1), today)],
    )
    return Data(data=made)


@router.get("/inventory/{key}/history", permission=entries.READ)
async def read_history(
    session: Session, key: str, known_at: KnownAt = None, warehouse: Warehouse = None, days: Days = 90
) -> Data[list[PastDay]]:
    """What there was of one SKU at the end of each day, at all warehouses and under way, or at one."""
    sku_id = await ledger.sku_by(session, key)
    bounds = await past.bounds(session)
    zone = ZoneInfo(bounds.zone)
    today = now().astimezone(zone).date()
    known, places = _end(moment("known_at", known_at), zone), await _places(session, warehouse)
    found = await past.sku_trend(session, sku_id, past.Span(today - timedelta(days=days - 1), today, known, places))
    return Data(data=[_day(day, held) for day, held in found])
