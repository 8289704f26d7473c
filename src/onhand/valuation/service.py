"""What stock is worth: in any currency, as of any date, with what exchange rates made of it shown apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from onhand import costing, identity, rates
from onhand.kernel import now
from onhand.valuation import store
from onhand.valuation.store import Chosen, Worth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.valuation.store import Abroad


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which stock, as of the end of which day, in which currency; None: all of it, today, the organization's own."""

    day: date | None = None
    currency: str | None = None
    warehouse: UUID | None = None
    category: UUID | None = None
    days: int = 0  # of trend before that day


@dataclass(frozen=True, slots=True)
class Valuation:
    """Amounts are in `currency`; `rate` is what one of it was worth in the organization's own."""

    day: date
    currency: str
    own: str
    rate: Decimal
    total: Worth
    parts: Sequence[Worth]
    trend: Sequence[tuple[date, Decimal]]
    abroad: Sequence[Abroad]


NOTHING = Worth("total", None, None, None, Decimal(0), Decimal(0), 0, 0, Decimal(0))


async def valuation(session: AsyncSession, ask: Ask) -> Valuation:
    """What stock is worth. Raises UnknownCurrency when there is no rate of that day or before."""
    organization = await identity.organization_of(session)
    zone = ZoneInfo(organization.time_zone)
    today = now().astimezone(zone).date()
    day = ask.day or today
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta(microseconds=1)
    currency = (ask.currency or organization.currency).upper()
    rate = await rates.rate_of(session, currency, end)
    chosen = Chosen(end, day < today, ask.warehouse, ask.category)
    found = await store.worth(session, chosen)
    total = next((one for one in found if one.kind == "total"), NOTHING)
    trend: Sequence[tuple[date, Decimal]] = ()
    if ask.days:
        first = day - timedelta(days=ask.days - 1)
        trend = await store.trend(session, chosen, first, day, organization.time_zone)
    return Valuation(
        day=day,
        currency=currency,
        own=organization.currency,
        rate=rate,
        total=_in(total, rate),
        parts=[_in(one, rate) for one in found if one.kind != "total"],
        trend=[(when, costing.rounded(value / rate)) for when, value in trend],
        abroad=await store.abroad(session, chosen),
    )


def _in(worth: Worth, rate: Decimal) -> Worth:
    """In the currency asked for."""
    return Worth(
        worth.kind,
        worth.id,
        worth.code,
        worth.name,
        costing.rounded(worth.value / rate),
        worth.units,
        worth.skus,
        worth.uncosted,
        worth.uncosted_units,
    )
