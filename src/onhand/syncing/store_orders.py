"""SQL of what channels sent: their orders and messages; and of the differences that were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row
from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from onhand.infra.db import actor_of, raw
from onhand.infra.rows import change_row, find_row_by_id
from onhand.syncing.tables import ChannelMessage, ChannelOrder, Difference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

# All that a round of pushing must know before it begins, in one round trip: this is asked many times a second.
LOOK = """SELECT c.updated_at, c.status = 'active' AND c.archived_at IS NULL AS open, s.failures, s.open_until,
    EXISTS (SELECT FROM listing l WHERE l.organization_id = c.organization_id AND l.channel_id = c.id
        AND NOT l.described AND NOT l.dead) AS nameless,
    EXISTS (SELECT FROM channel_order o WHERE o.organization_id = c.organization_id AND o.channel_id = c.id
        AND o.tell <> o.told) AS untold
FROM channel c JOIN channel_state s ON s.organization_id = c.organization_id AND s.channel_id = c.id
WHERE c.organization_id = %s AND c.id = %s"""


@dataclass(frozen=True, slots=True)
class Look:
    """A channel at a glance, and whether it must hear of titles or orders."""

    updated_at: datetime
    open: bool
    failures: int
    open_until: datetime | None
    nameless: bool
    untold: bool


async def look(session: AsyncSession, channel_id: UUID) -> Look | None:
    """How the channel stands; None when it is gone."""
    async with (await raw(session)).cursor(row_factory=class_row(Look)) as cursor:
        await cursor.execute(LOOK, (actor_of(session).organization_id, channel_id))
        return await cursor.fetchone()


def _owned(session: AsyncSession, table: type[Any]) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = table.organization_id == actor_of(session).organization_id
    return mine


async def find_order(session: AsyncSession, channel_id: UUID, external_id: str) -> ChannelOrder | None:
    """What we know of an order of the channel."""
    statement = select(ChannelOrder).where(
        _owned(session, ChannelOrder), ChannelOrder.channel_id == channel_id, ChannelOrder.external_id == external_id
    )
    found = await session.execute(statement, execution_options={"populate_existing": True})
    return found.scalar_one_or_none()


async def add_order(session: AsyncSession, **values: object) -> None:
    """Remember an order of a channel."""
    await session.execute(insert(ChannelOrder).values(organization_id=actor_of(session).organization_id, **values))


async def change_order(session: AsyncSession, channel_id: UUID, external_id: str, **values: object) -> None:
    """Write what is new about it."""
    await session.execute(
        update(ChannelOrder)
        .where(
            _owned(session, ChannelOrder),
            ChannelOrder.channel_id == channel_id,
            ChannelOrder.external_id == external_id,
        )
        .values(**values)
    )


async def tell(session: AsyncSession, order_id: UUID, what: str, tracking: str | None = None) -> UUID | None:
    """Let the channel of an order hear what became of it; returns the channel, None for orders by hand."""
    rows = await session.execute(
        update(ChannelOrder)
        .where(_owned(session, ChannelOrder), ChannelOrder.order_id == order_id, ~ChannelOrder.cancelled)
        .values(tell=what, tracking=tracking, attempts=0, next_try_at=None)
        .returning(ChannelOrder.channel_id)
    )
    return rows.scalar_one_or_none()


async def untold(session: AsyncSession, channel_id: UUID, most: int) -> Sequence[ChannelOrder]:
    """Orders of which the channel must hear something."""
    statement = (
        select(ChannelOrder)
        .where(
            _owned(session, ChannelOrder),
            ChannelOrder.channel_id == channel_id,
            ChannelOrder.tell != ChannelOrder.told,
            or_(ChannelOrder.next_try_at.is_(None), ChannelOrder.next_try_at <= func.now()),
        )
        .order_by(ChannelOrder.received_at)
        .limit(most)
    )
    return (await session.execute(statement)).scalars().all()


async def first_time(session: AsyncSession, channel_id: UUID, message_id: str) -> bool:
    """Take a message's id; False when it was taken before."""
    statement = (
        upsert(ChannelMessage)
        .values(organization_id=actor_of(session).organization_id, channel_id=channel_id, message_id=message_id)
        .on_conflict_do_nothing()
        .returning(ChannelMessage.message_id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def forget_messages(session: AsyncSession, before: datetime) -> None:
    """Message ids of long ago. A copy that comes later still finds its order known."""
    await session.execute(
        delete(ChannelMessage).where(_owned(session, ChannelMessage), ChannelMessage.received_at < before)
    )


async def replace_differences(
    session: AsyncSession, channel_id: UUID, found: Sequence[tuple[UUID, Decimal, Decimal]]
) -> None:
    """Forget the open differences of the channel and record these: (SKU, ours, theirs)."""
    await session.execute(
        delete(Difference).where(
            _owned(session, Difference), Difference.channel_id == channel_id, Difference.status == "open"
        )
    )
    if found:
        organization_id = actor_of(session).organization_id
        rows = [{"sku_id": sku, "ours": ours, "theirs": theirs} for sku, ours, theirs in found]
        await session.execute(
            insert(Difference), [row | {"organization_id": organization_id, "channel_id": channel_id} for row in rows]
        )


async def find_difference(session: AsyncSession, difference_id: UUID) -> Difference | None:
    """A difference, locked."""
    return await find_row_by_id(session, Difference, difference_id, lock=True)


async def settle_difference(
    session: AsyncSession, difference: Difference, who_is_right: str, posting_id: UUID | None
) -> Difference:
    """Write down who was right."""
    values = {
        "status": who_is_right,
        "posting_id": posting_id,
        "settled_by": actor_of(session).label,
        "settled_at": func.now(),
    }
    await change_row(session, difference, values)
    return difference


async def count_differences(session: AsyncSession, channel_id: UUID) -> int:
    """Open differences of a channel."""
    statement = select(func.count()).where(
        _owned(session, Difference), Difference.channel_id == channel_id, Difference.status == "open"
    )
    return int((await session.execute(statement)).scalar_one())
