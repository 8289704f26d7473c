"""SQL that reads what the ledger still holds of promises made here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand.infra.db import actor_of, raw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

HELD = "SELECT id, open FROM reservation WHERE organization_id = %s AND id = ANY(%s)"
BROKEN = """SELECT DISTINCT holder_id FROM shortage
WHERE organization_id = %s AND status = 'open' AND kind = 'promise' AND holder_kind = %s AND holder_id IS NOT NULL
    AND created_at > now() - interval '1 day'
LIMIT %s"""


async def held(session: AsyncSession, promise_ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """What is still promised of each; nothing is said of one that the ledger does not know."""
    connection = await raw(session)
    rows = await connection.execute(HELD, (actor_of(session).organization_id, list(promise_ids)))
    return dict(await rows.fetchall())


async def broken_holders(session: AsyncSession, kind: str, most: int) -> list[UUID]:
    """Documents of a kind whose promises the ledger had to break for a fact since yesterday, not yet resolved."""
    connection = await raw(session)
    rows = await connection.execute(BROKEN, (actor_of(session).organization_id, kind, most))
    return [row[0] for row in await rows.fetchall()]
