"""SQL of channels themselves: rows, warehouses, state, locks, and who owns what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, exists, func, insert, select, update

from onhand.channels.tables import Channel, ChannelState, ChannelWarehouse
from onhand.infra.db import actor_of, raw
from onhand.infra.rows import find_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database

OWNER = "SELECT relay_channel_owner(%s)"
OPEN_CHANNELS = "SELECT organization_id, id FROM relay_channels()"
# Only good news that is news is written: a healthy channel costs one update in five seconds, not one per call.
WELL = """UPDATE channel_state SET ok_at = now(), failures = 0, open_until = NULL, error = NULL
WHERE organization_id = %s AND channel_id = %s
AND (failures > 0 OR open_until IS NOT NULL OR ok_at IS NULL OR ok_at < now() - interval '5 seconds')"""


@dataclass(frozen=True, slots=True)
class Ref:
    """A channel from outside its organization."""

    organization_id: UUID
    channel_id: UUID


async def lock_until_commit(session: AsyncSession, name: str) -> None:
    """Let nobody else do `name` before this transaction ends."""
    key = f"{actor_of(session).organization_id}:{name}"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


async def owner_of(session: AsyncSession, channel_id: UUID) -> UUID | None:
    """The organization of a channel that somebody outside named."""
    row = await (await (await raw(session)).execute(OWNER, (channel_id,))).fetchone()
    return row[0] if row else None


async def open_channels(database: Database) -> set[Ref]:
    """The channels of all organizations that are to be kept in sync."""
    async with database.pool.connection() as connection:
        rows = await (await connection.execute(OPEN_CHANNELS)).fetchall()
    return {Ref(row[0], row[1]) for row in rows}


async def find_channel(session: AsyncSession, key: UUID | str, *, lock: bool = False) -> Channel | None:
    """A channel by id or code."""
    wanted = Channel.id == key if isinstance(key, UUID) else Channel.code_key == key.lower()
    return await find_row(session, Channel, wanted, lock=lock)


async def synced_channels(session: AsyncSession) -> Sequence[Channel]:
    """The organization's channels that show stock, paused ones too: what they should show is kept ready."""
    statement = select(Channel).where(
        Channel.organization_id == actor_of(session).organization_id,
        Channel.connector != "manual",
        Channel.archived_at.is_(None),
    )
    return (await session.execute(statement.order_by(Channel.priority, Channel.code_key))).scalars().all()


async def warehouses_of(session: AsyncSession) -> dict[UUID, list[UUID]]:
    """Which channel sells from which warehouses; channels that sell from all are left out."""
    rows = await session.execute(
        select(ChannelWarehouse.channel_id, ChannelWarehouse.warehouse_id)
        .where(ChannelWarehouse.organization_id == actor_of(session).organization_id)
        .order_by(ChannelWarehouse.warehouse_id)
    )
    found: dict[UUID, list[UUID]] = {}
    for channel_id, warehouse_id in rows:
        found.setdefault(channel_id, []).append(warehouse_id)
    return found


async def set_warehouses(session: AsyncSession, channel_id: UUID, warehouse_ids: Sequence[UUID]) -> None:
    """Let the channel sell from these warehouses; none means all."""
    organization_id = actor_of(session).organization_id
    await session.execute(
        delete(ChannelWarehouse).where(
            ChannelWarehouse.organization_id == organization_id, ChannelWarehouse.channel_id == channel_id
        )
    )
    if warehouse_ids:
        rows = [{"channel_id": channel_id, "warehouse_id": w} for w in dict.fromkeys(warehouse_ids)]
        await session.execute(insert(ChannelWarehouse), [row | {"organization_id": organization_id} for row in rows])


async def add_state(session: AsyncSession, channel_id: UUID) -> None:
    """The health record of a new channel."""
    values = {"organization_id": actor_of(session).organization_id, "channel_id": channel_id}
    await session.execute(insert(ChannelState).values(values))


async def state_of(session: AsyncSession, channel_id: UUID) -> ChannelState:
    """How the channel does."""
    statement = select(ChannelState).where(
        ChannelState.organization_id == actor_of(session).organization_id, ChannelState.channel_id == channel_id
    )
    found = await session.execute(statement, execution_options={"populate_existing": True})
    return found.scalar_one()


async def change_state(session: AsyncSession, channel_id: UUID, **values: object) -> None:
    """Write into the health record."""
    await session.execute(
        update(ChannelState)
        .where(ChannelState.organization_id == actor_of(session).organization_id, ChannelState.channel_id == channel_id)
        .values(**values)
    )


async def note_well(session: AsyncSession, channel_id: UUID) -> None:
    """The channel answered."""
    await (await raw(session)).execute(WELL, (actor_of(session).organization_id, channel_id))


async def note_failure(session: AsyncSession, channel_id: UUID, error: str, until: datetime) -> None:
    """The channel did not answer; leave it alone until then."""
    await change_state(
        session,
        channel_id,
        failures=ChannelState.failures + 1,
        failed_at=func.now(),
        error=error,
        open_until=until,
    )


async def any_channel(session: AsyncSession) -> bool:
    """Whether the organization sells on any channel that is kept in sync."""
    organization_id = actor_of(session).organization_id
    wanted = exists().where(Channel.organization_id == organization_id, Channel.connector != "manual")
    return bool((await session.execute(select(wanted))).scalar_one())
