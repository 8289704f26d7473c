"""SQL of exchange rates and of where they come from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, Text, case, cast, func, select

from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.questions import rows, tuples
from onhand.rates.domain import Rate
from onhand.rates.schemas import CurrentRate
from onhand.rates.tables import ExchangeRate, RateFeed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

ID = func.concat_ws(
    "-", ExchangeRate.currency, cast(ExchangeRate.day, Text), case((ExchangeRate.manual, "manual"), else_="fetched")
)
RATES = ListSpec(
    columns={
        "id": Column(ID),
        "currency": Column(ExchangeRate.currency),
        "day": Column(ExchangeRate.day, "date"),
        "rate": Column(ExchangeRate.rate, "number"),
        "source": Column(ExchangeRate.source),
        "manual": Column(ExchangeRate.manual, "bool"),
        "created_at": Column(ExchangeRate.created_at, "time"),
    },
    default_sort="-day",
    search=lambda q: ExchangeRate.currency.icontains(q, autoescape=True),
    aliases={"search": "q", "currency": "filter[currency]"},
)

# Each currency's rate of a day: the last until then, one by hand before a fetched one; and that of a month before.
CURRENT = """
WITH newest AS (
    SELECT DISTINCT ON (currency) currency, day, rate, source, manual FROM exchange_rate
    WHERE organization_id = %(organization)s AND day <= %(day)s ORDER BY currency, day DESC, manual DESC
)
SELECT n.*, (SELECT b.rate FROM exchange_rate b WHERE b.organization_id = %(organization)s AND b.currency = n.currency
    AND b.day <= n.day - 30 ORDER BY b.day DESC, b.manual DESC LIMIT 1) AS before
FROM newest n ORDER BY currency"""
RATE_AT = "SELECT rate_at(%(organization)s, %(currency)s, %(moment)s)"
# What a source said of a day stays, whatever it says of that day later: valuations of the past stay as they were.
KEEP = """INSERT INTO exchange_rate (organization_id, currency, day, rate, source)
SELECT %(organization)s, t.currency, t.day, t.rate, %(source)s
FROM unnest(%(currencies)s::text[], %(days)s::date[], %(rates)s::numeric[]) t(currency, day, rate)
ON CONFLICT DO NOTHING"""
SET_BY_HAND = """INSERT INTO exchange_rate (organization_id, currency, day, manual, rate, source)
VALUES (%(organization)s, %(currency)s, %(day)s, true, %(rate)s, 'by hand')
ON CONFLICT (organization_id, currency, day, manual) DO UPDATE SET rate = excluded.rate, created_at = now()"""
BY_HAND = """SELECT rate FROM exchange_rate WHERE organization_id = %(organization)s AND currency = %(currency)s
AND day = %(day)s AND manual FOR UPDATE"""
REMOVE = """DELETE FROM exchange_rate WHERE organization_id = %(organization)s AND currency = %(currency)s
AND day = %(day)s AND manual"""
NEWEST = "SELECT max(day) FROM exchange_rate WHERE organization_id = %(organization)s AND NOT manual"
KNOWN = "SELECT DISTINCT currency FROM exchange_rate WHERE organization_id = %(organization)s ORDER BY currency"


@cache
def rates() -> Select[Any]:
    """All rates."""
    return select(ExchangeRate.rate)


async def current(session: AsyncSession, day: date) -> list[CurrentRate]:
    """Each currency's rate as of a day."""
    return await rows(session, CurrentRate, CURRENT, day=day)


async def rate_at(session: AsyncSession, currency: str, moment: datetime) -> Decimal | None:
    """Units of the organization's currency for one of `currency`; None when no rate is known."""
    rate: Decimal | None = (await tuples(session, RATE_AT, currency=currency, moment=moment))[0][0]
    return rate


async def keep(session: AsyncSession, source: str, found: Sequence[Rate]) -> int:
    """Write what a source published; what is there already stays. Returns how many are new."""
    columns = {
        "currencies": [one.currency for one in found],
        "days": [one.day for one in found],
        "rates": [one.rate for one in found],
    }
    connection = await raw(session)
    values = {"organization": actor_of(session).organization_id, "source": source, **columns}
    return (await connection.execute(KEEP, values)).rowcount


async def by_hand(session: AsyncSession, currency: str, day: date) -> Decimal | None:
    """The rate that a person set for a day, locked."""
    rows = await tuples(session, BY_HAND, currency=currency, day=day)
    return rows[0][0] if rows else None


async def set_by_hand(session: AsyncSession, rate: Rate) -> None:
    """Write a person's rate; it goes before a fetched one of the day."""
    values = {"currency": rate.currency, "day": rate.day, "rate": rate.rate}
    await (await raw(session)).execute(SET_BY_HAND, {"organization": actor_of(session).organization_id, **values})


async def remove(session: AsyncSession, currency: str, day: date) -> None:
    """Forget a person's rate."""
    values = {"organization": actor_of(session).organization_id, "currency": currency, "day": day}
    await (await raw(session)).execute(REMOVE, values)


async def newest_fetched(session: AsyncSession) -> date | None:
    """The last day that a source's rates are known of."""
    day: date | None = (await tuples(session, NEWEST))[0][0]
    return day


async def known_currencies(session: AsyncSession) -> list[str]:
    """The currencies that have any rate."""
    return [row[0] for row in await tuples(session, KNOWN)]


async def find_feed(session: AsyncSession, *, lock: bool = False) -> RateFeed | None:
    """Where the organization's rates come from."""
    statement = select(RateFeed).where(RateFeed.organization_id == actor_of(session).organization_id)
    statement = statement.with_for_update() if lock else statement
    found = await session.execute(statement, execution_options={"populate_existing": True})
    return found.scalar_one_or_none()
