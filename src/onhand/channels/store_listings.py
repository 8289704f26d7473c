"""SQL of listings: what each channel should show, what it shows, and the queue between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

# Rows are locked in key order before they are written: markers and settlers of the same listings then never deadlock.
# A number that was sent and not answered for may be on display: the listing stays dirty until the channel has spoken.
MARK = """WITH n AS MATERIALIZED (
    SELECT * FROM unnest(%(channels)s::uuid[], %(skus)s::uuid[], %(wanted)s::numeric[]) AS t(channel_id, sku_id, wanted)
), l AS MATERIALIZED (
    SELECT l.channel_id, l.sku_id, n.wanted FROM listing l JOIN n USING (channel_id, sku_id)
    WHERE l.organization_id = %(organization)s AND l.wanted <> n.wanted ORDER BY 1, 2 FOR UPDATE OF l
)
UPDATE listing SET wanted = l.wanted, changed_at = %(at)s,
    dirty_since = CASE WHEN listing.uncertain OR l.wanted IS DISTINCT FROM listing.acknowledged
        THEN coalesce(listing.dirty_since, %(at)s) END
FROM l
WHERE listing.organization_id = %(organization)s AND listing.channel_id = l.channel_id AND listing.sku_id = l.sku_id
RETURNING listing.channel_id"""

ENSURE = """INSERT INTO listing (organization_id, channel_id, sku_id, sku, dirty_since)
SELECT s.organization_id, %(channel)s, s.id, s.code, now() FROM sku s
WHERE s.organization_id = %(organization)s AND s.archived_at IS NULL
    AND (%(skus)s::uuid[] IS NULL OR s.id = ANY(%(skus)s))
ON CONFLICT DO NOTHING"""

LISTED = """SELECT DISTINCT sku_id FROM listing WHERE organization_id = %(organization)s
    AND (%(channel)s::uuid IS NULL OR channel_id = %(channel)s) ORDER BY sku_id"""

REDESCRIBE = """UPDATE listing SET described = false, dead = false, attempts = 0, next_try_at = NULL, error = NULL
WHERE organization_id = %(organization)s AND (%(channel)s::uuid IS NULL OR channel_id = %(channel)s)
    AND (%(skus)s::uuid[] IS NULL OR sku_id = ANY(%(skus)s))
RETURNING channel_id"""

UNDESCRIBED = """SELECT sku_id, sku, attempts FROM listing
WHERE organization_id = %(organization)s AND channel_id = %(channel)s AND NOT described AND NOT dead
    AND (next_try_at IS NULL OR next_try_at <= now())
ORDER BY sku LIMIT %(most)s"""

DESCRIBED = """UPDATE listing l
SET described = true, external_id = n.external_id, error = NULL, attempts = 0, next_try_at = NULL
FROM unnest(%(skus)s::uuid[], %(ids)s::text[]) AS n(sku_id, external_id)
WHERE l.organization_id = %(organization)s AND l.channel_id = %(channel)s AND l.sku_id = n.sku_id"""

CLAIM = """WITH due AS MATERIALIZED (
    SELECT sku_id FROM listing
    WHERE organization_id = %(organization)s AND channel_id = %(channel)s AND dirty_since IS NOT NULL AND described
        AND NOT dead AND (next_try_at IS NULL OR next_try_at <= now())
    ORDER BY dirty_since LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
UPDATE listing l SET uncertain = true FROM due
WHERE l.organization_id = %(organization)s AND l.channel_id = %(channel)s AND l.sku_id = due.sku_id
RETURNING l.sku_id, l.sku, l.wanted, l.acknowledged, l.attempts"""

SETTLE = """WITH a AS MATERIALIZED (
    SELECT * FROM unnest(%(skus)s::uuid[], %(statuses)s::text[], %(quantities)s::numeric[], %(errors)s::text[],
        %(tries)s::timestamptz[], %(dead)s::boolean[]) AS t(sku_id, status, quantity, error, next_try_at, dead)
), l AS MATERIALIZED (
    SELECT l.sku_id FROM listing l JOIN a USING (sku_id)
    WHERE l.organization_id = %(organization)s AND l.channel_id = %(channel)s ORDER BY 1 FOR UPDATE OF l
)
UPDATE listing SET uncertain = false,
    acknowledged = CASE WHEN a.status <> 'unknown' THEN coalesce(a.quantity, listing.acknowledged) END,
    acknowledged_at = CASE WHEN a.status IN ('ok', 'stale') THEN now() ELSE listing.acknowledged_at END,
    described = listing.described AND a.status <> 'unknown',
    dirty_since = CASE WHEN a.quantity = listing.wanted AND a.status IN ('ok', 'stale') THEN NULL
        WHEN a.status = 'ok' THEN listing.changed_at ELSE coalesce(listing.dirty_since, now()) END,
    attempts = CASE WHEN a.status IN ('ok', 'stale') THEN 0 ELSE listing.attempts + 1 END,
    next_try_at = a.next_try_at, error = a.error, dead = a.dead
FROM a JOIN l USING (sku_id)
WHERE listing.organization_id = %(organization)s AND listing.channel_id = %(channel)s AND listing.sku_id = a.sku_id
RETURNING CASE WHEN a.status = 'ok' THEN extract(epoch FROM clock_timestamp() - old.dirty_since) * 1000 END"""

FAIL = """UPDATE listing l SET attempts = l.attempts + 1, next_try_at = n.next_try_at, error = n.error, dead = n.dead
FROM unnest(%(skus)s::uuid[], %(errors)s::text[], %(tries)s::timestamptz[], %(dead)s::boolean[])
    AS n(sku_id, error, next_try_at, dead)
WHERE l.organization_id = %(organization)s AND l.channel_id = %(channel)s AND l.sku_id = n.sku_id"""

RETRY = """UPDATE listing SET dead = false, attempts = 0, next_try_at = NULL, error = NULL,
    dirty_since = coalesce(dirty_since, now())
WHERE organization_id = %(organization)s AND channel_id = %(channel)s
    AND CASE WHEN %(skus)s::uuid[] IS NULL THEN dead OR attempts > 0 ELSE sku_id = ANY(%(skus)s) END
RETURNING sku_id"""

DIRTY_ALL = """UPDATE listing
SET dirty_since = coalesce(dirty_since, now()), dead = false, attempts = 0, next_try_at = NULL
WHERE organization_id = %(organization)s AND channel_id = %(channel)s AND described"""

QUEUE = """SELECT count(*) AS listings, count(*) FILTER (WHERE late AND NOT dead) AS waiting,
    count(*) FILTER (WHERE late AND dead) AS dead, min(dirty_since) FILTER (WHERE late AND NOT dead) AS oldest
FROM (SELECT dirty_since, dead, dirty_since IS NOT NULL OR NOT described AS late FROM listing
    WHERE organization_id = %(organization)s AND channel_id = %(channel)s) l"""

BELIEVED = """SELECT sku_id, sku, wanted, acknowledged, dirty_since IS NOT NULL AS dirty FROM listing
WHERE organization_id = %(organization)s AND channel_id = %(channel)s AND acknowledged IS NOT NULL
    AND (%(codes)s::text[] IS NULL OR sku = ANY(%(codes)s))"""

CORRECT = """UPDATE listing l SET acknowledged = n.quantity, acknowledged_at = now(),
    dirty_since = CASE WHEN n.quantity <> l.wanted THEN coalesce(l.dirty_since, now()) END
FROM unnest(%(skus)s::uuid[], %(quantities)s::numeric[]) AS n(sku_id, quantity)
WHERE l.organization_id = %(organization)s AND l.channel_id = %(channel)s AND l.sku_id = n.sku_id"""

SKUS_BY_CODE = """SELECT sku, sku_id FROM listing
WHERE organization_id = %(organization)s AND channel_id = %(channel)s AND sku = ANY(%(codes)s)"""

OLDEST_EVENT = "SELECT min(recorded_at) FROM event WHERE organization_id = %(organization)s AND id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True)
class Due:
    """A listing whose number the channel must hear."""

    sku_id: UUID
    sku: str
    wanted: Decimal
    acknowledged: Decimal | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Nameless:
    """A listing that the channel does not know, or knows by an old title or price."""

    sku_id: UUID
    sku: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Believed:
    """What we think a channel shows."""

    sku_id: UUID
    sku: str
    wanted: Decimal
    acknowledged: Decimal
    dirty: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """How much a channel shows, and how much waits for it."""

    listings: int
    waiting: int
    dead: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one listing: to be written back. `error`, `next_try_at` and `dead` only when it went wrong."""

    sku_id: UUID
    status: str
    quantity: Decimal | None
    error: str | None = None
    next_try_at: datetime | None = None
    dead: bool = False


async def _run(session: AsyncSession, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    cursor = await (await raw(session)).execute(
        statement, {"organization": actor_of(session).organization_id, **values}
    )
    return await cursor.fetchall() if cursor.description else []


async def _rows(session: AsyncSession, kind: type[Any], statement: str, **values: Any) -> list[Any]:
    async with (await raw(session)).cursor(row_factory=class_row(kind)) as cursor:
        await cursor.execute(statement, {"organization": actor_of(session).organization_id, **values})
        return await cursor.fetchall()


async def mark(session: AsyncSession, wanted: Sequence[tuple[UUID, UUID, Decimal]], at: datetime) -> set[UUID]:
    """Write what channels should show: (channel, SKU, quantity). Returns the channels for which something changed."""
    columns = zip(*wanted, strict=True) if wanted else ((), (), ())
    channels, skus, quantities = (list(column) for column in columns)
    rows = await _run(session, MARK, channels=channels, skus=skus, wanted=quantities, at=at)
    return {row[0] for row in rows}


async def ensure(session: AsyncSession, channel_id: UUID, skus: Sequence[UUID] | None) -> None:
    """List these SKUs (None: all that are not archived) on the channel, unless they are."""
    await _run(session, ENSURE, channel=channel_id, skus=None if skus is None else list(skus))


async def listed(session: AsyncSession, channel_id: UUID | None) -> list[UUID]:
    """The SKUs listed on a channel, or on any."""
    return [row[0] for row in await _run(session, LISTED, channel=channel_id)]


async def redescribe(session: AsyncSession, channel_id: UUID | None, skus: Sequence[UUID] | None) -> set[UUID]:
    """Let titles and prices be sent again; returns the channels concerned."""
    rows = await _run(session, REDESCRIBE, channel=channel_id, skus=None if skus is None else list(skus))
    return {row[0] for row in rows}


async def undescribed(session: AsyncSession, channel_id: UUID, most: int) -> list[Nameless]:
    """Listings whose title and price the channel must hear."""
    return await _rows(session, Nameless, UNDESCRIBED, channel=channel_id, most=most)


async def described(session: AsyncSession, channel_id: UUID, ids: dict[UUID, str]) -> None:
    """The channel knows these now, under its own ids."""
    await _run(session, DESCRIBED, channel=channel_id, skus=list(ids), ids=list(ids.values()))


async def claim(session: AsyncSession, channel_id: UUID, most: int) -> list[Due]:
    """The longest waiting listings, marked as sent."""
    return await _rows(session, Due, CLAIM, channel=channel_id, most=most)


async def settle(session: AsyncSession, channel_id: UUID, verdicts: Sequence[Verdict]) -> list[int]:
    """Write back what the channel answered; returns the lag in ms of those that it took."""
    rows = await _run(
        session,
        SETTLE,
        channel=channel_id,
        skus=[v.sku_id for v in verdicts],
        statuses=[v.status for v in verdicts],
        quantities=[v.quantity for v in verdicts],
        errors=[v.error for v in verdicts],
        tries=[v.next_try_at for v in verdicts],
        dead=[v.dead for v in verdicts],
    )
    return [int(row[0]) for row in rows if row[0] is not None]


async def fail(session: AsyncSession, channel_id: UUID, verdicts: Sequence[Verdict]) -> None:
    """Count a failed try of these listings; what they show is as uncertain as before."""
    await _run(
        session,
        FAIL,
        channel=channel_id,
        skus=[v.sku_id for v in verdicts],
        errors=[v.error for v in verdicts],
        tries=[v.next_try_at for v in verdicts],
        dead=[v.dead for v in verdicts],
    )


async def retry(session: AsyncSession, channel_id: UUID, skus: Sequence[UUID] | None) -> list[UUID]:
    """Try these listings (None: all that failed) again at once."""
    rows = await _run(session, RETRY, channel=channel_id, skus=None if skus is None else list(skus))
    return [row[0] for row in rows]


async def dirty_all(session: AsyncSession, channel_id: UUID) -> None:
    """Let every number of the channel be sent again."""
    await _run(session, DIRTY_ALL, channel=channel_id)


async def queue(session: AsyncSession, channel_id: UUID) -> Queue:
    """How much waits for the channel."""
    found: Queue = (await _rows(session, Queue, QUEUE, channel=channel_id))[0]
    return found


async def believed(session: AsyncSession, channel_id: UUID, codes: Sequence[str] | None = None) -> list[Believed]:
    """What we think the channel shows of these codes, or of all."""
    return await _rows(session, Believed, BELIEVED, channel=channel_id, codes=None if codes is None else list(codes))


async def correct(session: AsyncSession, channel_id: UUID, shown: dict[UUID, Decimal]) -> None:
    """The channel was seen to show these numbers: believe it, and be dirty where it should show others."""
    await _run(session, CORRECT, channel=channel_id, skus=list(shown), quantities=list(shown.values()))


async def skus_by_code(session: AsyncSession, channel_id: UUID, codes: Sequence[str]) -> dict[str, UUID]:
    """Our SKUs by the codes under which the channel knows them."""
    return dict(await _run(session, SKUS_BY_CODE, channel=channel_id, codes=list(codes)))


async def oldest_event(session: AsyncSession, ids: Sequence[int]) -> datetime | None:
    """When the first of these events happened: from there on a channel is behind."""
    oldest: datetime | None = (await _run(session, OLDEST_EVENT, ids=list(ids)))[0][0]
    return oldest
