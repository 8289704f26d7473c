"""The SQL of demand by day: what the ledger says, read once, and kept in `demand_series`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from onhand import demand
from onhand.forecasting.series import EPOCH, Days, packed, unpacked
from onhand.infra.binary import UUIDS, glued, ids_literal
from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.binary import Cells

Key = tuple[UUID, UUID]
"""SKU and warehouse."""
Span = tuple[Key, Key]
"""Levels from the one to the other, both included."""
EVERYTHING: Span = ((UUID(int=0), UUID(int=0)), (UUID(int=2**128 - 1), UUID(int=2**128 - 1)))
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = np.iinfo(np.int64).min
"""How PostgreSQL sends -infinity; other moments are microseconds since 2000."""

LAST_SALES = """
SELECT max(day), max(day) FILTER (WHERE day < %s) FROM (
    SELECT (effective_at AT TIME ZONE %s)::date AS day FROM movement
    WHERE organization_id = %s AND type = 'sale' AND quantity < 0
) m
"""
KEYS = "SELECT string_agg(uuid_send(sku_id), ''), string_agg(uuid_send(warehouse_id), '') FROM ({}) k"
EVERY = KEYS.format("SELECT sku_id, warehouse_id FROM level WHERE organization_id = %s ORDER BY sku_id, warehouse_id")
# Not by `level.changed_at`: what goes out and comes in again in one call leaves the level as it was.
MOVED = KEYS.format("""
    SELECT DISTINCT sku_id, warehouse_id FROM movement
    WHERE organization_id = %s AND recorded_at > %s AND quantity <> 0 ORDER BY sku_id, warehouse_id""")
LEVELS_OF = "SELECT sku_id, warehouse_id FROM level WHERE organization_id = %s AND sku_id = %s"
# Partitions of months before `since` are not even opened, so it must be long ago where a level is read from its start.
NEWS = """
SELECT string_agg(int4send(place), ''), string_agg(int4send(day), ''), string_agg(float4send(sold), ''),
    string_agg(float4send(back), ''), string_agg(float4send(other), ''), string_agg(int8send(newest), ''),
    string_agg(timestamptz_send(moved), ''), string_agg(timestamptz_send(seen), '')
FROM (
    SELECT (k.place - 1)::int AS place, (m.effective_at AT TIME ZONE %(zone)s)::date - %(epoch)s AS day,
        coalesce(-sum(m.quantity) FILTER (WHERE m.type = 'sale' AND m.quantity < 0), 0)::real AS sold,
        coalesce(sum(m.quantity) FILTER (WHERE m.type IN ('sale', 'return') AND m.quantity > 0), 0)::real AS back,
        coalesce(sum(m.quantity) FILTER (
            WHERE m.type NOT IN ('sale', 'return') OR m.type = 'return' AND m.quantity < 0), 0)::real AS other,
        max(m.id) AS newest, max(m.effective_at) AS moved,
        coalesce(max(m.effective_at) FILTER (WHERE m.recorded_at < m.effective_at + interval '2 days'),
            '-infinity') AS seen
    FROM unnest(%(skus)s::uuid[], %(warehouses)s::uuid[], %(known)b::bigint[]) WITH ORDINALITY
        k (sku_id, warehouse_id, known, place)
    JOIN movement m ON m.organization_id = %(organization)s AND m.sku_id = k.sku_id AND m.warehouse_id = k.warehouse_id
        AND m.id > k.known
    WHERE m.quantity <> 0 AND m.recorded_at > %(since)s
    GROUP BY 1, 2
) d
"""
GLUED = """
SELECT string_agg(uuid_send(sku_id), ''), string_agg(uuid_send(warehouse_id), ''), string_agg(int4send(first_day), ''),
    string_agg(int4send(length(days)), ''), string_agg(days, ''), string_agg(int8send(seen_id), ''),
    string_agg(timestamptz_send(moved_at), ''), string_agg(boolsend(live), ''), string_agg(boolsend(tested), '')
FROM ({}) s
"""
NAMED = GLUED.format("""
    SELECT k.sku_id, k.warehouse_id, coalesce(s.first_day - %(epoch)s, 0) AS first_day, coalesce(s.days, '') AS days,
        coalesce(s.seen_id, 0) AS seen_id, coalesce(s.moved_at, '-infinity') AS moved_at,
        coalesce(s.live, false) AS live, true AS tested
    FROM unnest(%(skus)s::uuid[], %(warehouses)s::uuid[]) WITH ORDINALITY k (sku_id, warehouse_id, place)
    LEFT JOIN demand_series s
        ON s.organization_id = %(organization)s AND s.sku_id = k.sku_id AND s.warehouse_id = k.warehouse_id
    ORDER BY k.place""")
BETWEEN = """
    SELECT s.sku_id, s.warehouse_id, s.first_day - %(epoch)s AS first_day, s.days, s.seen_id, s.moved_at, s.live,
        {} AS tested
    FROM demand_series s
    WHERE s.organization_id = %(organization)s
        AND (s.sku_id, s.warehouse_id) BETWEEN (%(sku)s, %(warehouse)s) AND (%(last_sku)s, %(last_warehouse)s)
    ORDER BY s.sku_id, s.warehouse_id"""
PLAIN = GLUED.format(BETWEEN.format("false"))
# One look into the index per level: joined, the planner reads the whole of `forecast` for each span.
WITH_TESTED = GLUED.format(
    BETWEEN.format("""coalesce((
            SELECT f.mae IS NOT NULL FROM forecast f WHERE f.organization_id = %(organization)s
            AND f.sku_id = s.sku_id AND f.warehouse_id = s.warehouse_id AND f.algorithm = %(algorithm)s), false)""")
)
KEEP = """
INSERT INTO demand_series (organization_id, sku_id, warehouse_id, first_day, days, seen_id, moved_at, live)
SELECT %s, sku_id, warehouse_id, %s::date + first_day, days, seen_id,
    '2000-01-01 00:00+00'::timestamptz + moved * interval '1 microsecond', live
FROM unnest(%s::uuid[], %s::uuid[], %b::int[], %b::bytea[], %b::bigint[], %b::bigint[], %b::boolean[])
    t (sku_id, warehouse_id, first_day, days, seen_id, moved, live)
ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE SET first_day = excluded.first_day, days = excluded.days,
    seen_id = excluded.seen_id, moved_at = excluded.moved_at, live = excluded.live, built_at = now()
"""
COUNT = "SELECT count(*) FROM demand_series WHERE organization_id = %s"
FORGET = "DELETE FROM demand_series WHERE organization_id = %s"
BORDERS = """
SELECT sku_id, warehouse_id FROM (
    SELECT sku_id, warehouse_id, row_number() OVER (ORDER BY sku_id, warehouse_id) AS place
    FROM demand_series WHERE organization_id = %s
) s WHERE mod(place, %s) = 0 ORDER BY place
"""


@dataclass(frozen=True)
class Levels:
    """Levels with their days, columns of equal length.

    Attributes:
        skus: Ids of SKUs.
        warehouses: Ids of warehouses.
        seen_ids: The newest movement in the days, 0 where there are none.
        moved: When it moved last, in microseconds since 2000.
        tested: Whether the level has been through a backtest.
        days: What it did.
    """

    skus: Cells
    warehouses: Cells
    seen_ids: Cells
    moved: Cells
    tested: Cells
    days: Days

    @property
    def first_days(self) -> demand.Ints:
        """The day of each level's first movement."""
        return self.days.first_days

    def take(self, places: demand.Ints) -> Levels:
        """Those at these places, in rising order."""
        skus, warehouses, tested = self.skus[places], self.warehouses[places], self.tested[places]
        return Levels(skus, warehouses, self.seen_ids[places], self.moved[places], tested, self.days.take(places))


def _levels(row: Sequence[Any]) -> Levels:
    lengths, live = glued(row[3], ">i4"), glued(row[7], "?")
    days = unpacked(glued(row[2], ">i4"), lengths, row[4] or b"", live)
    skus, warehouses = glued(row[0], UUIDS), glued(row[1], UUIDS)
    return Levels(skus, warehouses, glued(row[5], ">i8"), glued(row[6], ">i8"), glued(row[8], "?"), days)


async def _row(session: AsyncSession, statement: str, values: Sequence[Any] | dict[str, Any]) -> tuple[Any, ...]:
    return (await _rows(session, statement, values))[0]


async def _rows(session: AsyncSession, statement: str, values: Sequence[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
    async with (await raw(session)).cursor(binary=True) as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchall()


async def last_sales(session: AsyncSession, zone: str, today: date) -> list[date]:
    """The organization's last day with a sale, in its time zone, and the last one before today."""
    row = await _row(session, LAST_SALES, (today, zone, actor_of(session).organization_id))
    return [day for day in row if day is not None]


async def moved_levels(session: AsyncSession, since: datetime) -> tuple[Cells, Cells]:
    """SKUs and warehouses of the levels that moved since a moment, in order; of every level since `LONG_AGO`."""
    organization_id = actor_of(session).organization_id
    whole = since == LONG_AGO
    row = await _row(session, EVERY if whole else MOVED, (organization_id,) if whole else (organization_id, since))
    return glued(row[0], UUIDS), glued(row[1], UUIDS)


async def levels_of(session: AsyncSession, sku_id: UUID) -> list[Key]:
    """Where a SKU has or had stock."""
    return [(row[0], row[1]) for row in await _rows(session, LEVELS_OF, (actor_of(session).organization_id, sku_id))]


async def known_levels(session: AsyncSession, skus: Cells, warehouses: Cells) -> Levels:
    """What is kept of these levels, in their order; nothing where nothing is."""
    values = {"skus": ids_literal(skus), "warehouses": ids_literal(warehouses), "epoch": EPOCH}
    return _levels(await _row(session, NAMED, values | {"organization": actor_of(session).organization_id}))


async def news_of(session: AsyncSession, known: Levels, zone: str, since: datetime = LONG_AGO) -> Levels:
    """What the ledger says of these levels beyond what is known of them, per business day.

    Args:
        session: A transaction in the organization.
        known: The levels; those of which nothing is known are read from their start.
        zone: The organization's time zone.
        since: What is new was recorded after this moment.
    """
    values = {
        "zone": zone,
        "epoch": EPOCH,
        "organization": actor_of(session).organization_id,
        "skus": ids_literal(known.skus),
        "warehouses": ids_literal(known.warehouses),
        "known": known.seen_ids.tolist(),
        "since": since,
    }
    kinds = (">i4", ">i4", ">f4", ">f4", ">f4", ">i8", ">i8", ">i8")
    row = await _row(session, NEWS, values)
    rows, days, sold, back, other, ids, moved, seen = (glued(part, kind) for part, kind in zip(row, kinds, strict=True))
    newest, last = known.seen_ids.astype(np.int64), known.moved.astype(np.int64)
    timely = np.where(known.days.live, last, NEVER)
    for kept, said in ((newest, ids), (last, moved), (timely, seen)):
        np.maximum.at(kept, rows, said)
    live: demand.Bools = (timely == last) & (last > NEVER)
    order = np.lexsort((days, rows))
    rows, days = rows[order].astype(np.int64), days[order].astype(np.int64)
    found = Days(rows, days, sold[order], back[order], other[order], live)
    return Levels(known.skus, known.warehouses, newest, last, known.tested, found)


async def ledger_levels(session: AsyncSession, skus: Cells, warehouses: Cells, zone: str) -> Levels:
    """These levels straight from the ledger, from their start."""
    count = len(skus)
    nothing, never = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    days = unpacked(nothing, nothing, b"", never)
    return await news_of(session, Levels(skus, warehouses, nothing, nothing + NEVER, never, days), zone)


async def keep_levels(session: AsyncSession, levels: Levels) -> None:
    """Write levels over what was there; those that never moved are left out."""
    moved = np.flatnonzero(np.diff(levels.days.starts) > 0)
    records = packed(levels.days)
    columns = [
        ids_literal(levels.skus[moved]),
        ids_literal(levels.warehouses[moved]),
        levels.first_days[moved].tolist(),
        [records[place] for place in moved],
        levels.seen_ids[moved].tolist(),
        levels.moved[moved].tolist(),
        levels.days.live[moved].tolist(),
    ]
    await (await raw(session)).execute(KEEP, [actor_of(session).organization_id, EPOCH, *columns])


async def forget_levels(session: AsyncSession) -> None:
    """Forget all days, so that they are read from the ledger again."""
    await (await raw(session)).execute(FORGET, [actor_of(session).organization_id])


async def spans(session: AsyncSession, size: int) -> tuple[list[Span], int]:
    """All levels in order, so many at a time, and how many there are."""
    organization_id = actor_of(session).organization_id
    borders = [(row[0], row[1]) for row in await _rows(session, BORDERS, (organization_id, size))]
    begins = [EVERYTHING[0], *(behind(border) for border in borders)]
    count = (await _row(session, COUNT, (organization_id,)))[0]
    return list(zip(begins, [*borders, EVERYTHING[1]], strict=True)), count


def behind(key: Key) -> Key:
    """The next key there could be."""
    return key[0], UUID(int=key[1].int + 1)


async def levels_between(session: AsyncSession, span: Span, *, tested: bool) -> Levels:
    """What is kept of the levels of a span, in order; `tested`: say which of them have been."""
    (sku, warehouse), (last_sku, last_warehouse) = span
    values: dict[str, Any] = {
        "sku": sku,
        "warehouse": warehouse,
        "last_sku": last_sku,
        "last_warehouse": last_warehouse,
    }
    values |= {"organization": actor_of(session).organization_id, "epoch": EPOCH, "algorithm": demand.BLEND}
    return _levels(await _row(session, WITH_TESTED if tested else PLAIN, values))
