"""SQL of what was said to channels, and of conflicts with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from onhand.channels.tables import ChannelConflict, SyncLog
from onhand.infra.db import actor_of
from onhand.infra.rows import find_row_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession


def _owned(session: AsyncSession, table: type[Any]) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = table.organization_id == actor_of(session).organization_id
    return mine


async def log(session: AsyncSession, channel_id: UUID, kind: str, outcome: str = "ok", **values: object) -> None:
    """Write one exchange into the log."""
    await session.execute(
        insert(SyncLog).values(
            organization_id=actor_of(session).organization_id,
            channel_id=channel_id,
            kind=kind,
            outcome=outcome,
            **values,
        )
    )


async def recent_lags(session: AsyncSession, channel_id: UUID, since: datetime) -> tuple[int | None, int | None]:
    """Median and 99th percentile of the lag in ms since then."""
    lag = SyncLog.lag_ms
    found = await session.execute(
        select(func.percentile_disc(0.5).within_group(lag), func.percentile_disc(0.99).within_group(lag)).where(
            _owned(session, SyncLog), SyncLog.channel_id == channel_id, SyncLog.at >= since, lag.is_not(None)
        )
    )
    median, worst = found.one()
    return median, worst


async def forget_logs(session: AsyncSession, before: datetime) -> None:
    """Away with the log of long ago."""
    await session.execute(delete(SyncLog).where(_owned(session, SyncLog), SyncLog.at < before))


async def open_conflict(session: AsyncSession, **values: object) -> UUID | None:
    """Record a conflict; None when one about the same thing is open."""
    statement = (
        upsert(ChannelConflict)
        .values(organization_id=actor_of(session).organization_id, **values)
        .on_conflict_do_nothing()
        .returning(ChannelConflict.id)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def find_conflict(session: AsyncSession, conflict_id: UUID) -> ChannelConflict | None:
    """A conflict, locked."""
    return await find_row_by_id(session, ChannelConflict, conflict_id, lock=True)


async def resolve_where(
    session: AsyncSession, resolution: str, note: str | None, about: Mapping[str, object]
) -> list[tuple[UUID, UUID, str]]:
    """Settle all open conflicts whose columns hold these values; returns (id, channel, kind) of each."""
    conditions = [getattr(ChannelConflict, name) == value for name, value in about.items()]
    rows = await session.execute(
        update(ChannelConflict)
        .where(_owned(session, ChannelConflict), ChannelConflict.status == "open", *conditions)
        .values(
            status="resolved",
            resolution=resolution,
            note=note,
            resolved_by=actor_of(session).label,
            resolved_at=func.now(),
        )
        .returning(ChannelConflict.id, ChannelConflict.channel_id, ChannelConflict.kind)
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def count_conflicts(session: AsyncSession, channel_id: UUID) -> int:
    """Open conflicts of a channel."""
    statement = select(func.count()).where(
        _owned(session, ChannelConflict),
        ChannelConflict.channel_id == channel_id,
        ChannelConflict.status == "open",
    )
    return int((await session.execute(statement)).scalar_one())
