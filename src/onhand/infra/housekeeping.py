"""SQL of what must be done now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from onhand.infra.tables import Idempotency

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from sqlalchemy.ext.asyncio import AsyncSession

KEEP_KEYS = timedelta(days=30)


async def ensure_partitions(connection: AsyncConnection[Any]) -> int:
    """Make partitions for this month and the next two; returns how many were missing."""
    row = await (await connection.execute("SELECT ensure_partitions()")).fetchone()
    return int(row[0]) if row else 0


async def forget_old_keys(session: AsyncSession, timestamp: int) -> None:
    """Drop stored answers older than 30 days; the ledger knows its posting ids for ever."""
    limit = datetime.fromtimestamp(timestamp, UTC) - KEEP_KEYS
    await session.execute(delete(Idempotency).where(Idempotency.recorded_at < limit))
