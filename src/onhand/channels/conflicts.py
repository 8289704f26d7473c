"""Noticing conflicts: recorded once, announced, settled by facts when facts settle them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onhand import audit
from onhand.channels import store_records
from onhand.channels.events import CONFLICT_CHANGED
from onhand.infra.events import announce

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.channels.tables import Channel


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What was noticed. `subject` names the thing, so that it is recorded once however often it is noticed."""

    kind: str
    subject: str
    facts: dict[str, Any]
    remedy: str
    order_id: UUID | None = None
    sku_id: UUID | None = None


async def raise_conflict(session: AsyncSession, channel: Channel, found: Disagreement) -> None:
    """Record a conflict unless one of this kind about this subject is open."""
    conflict_id = await store_records.open_conflict(
        session,
        channel_id=channel.id,
        kind=found.kind,
        subject=found.subject,
        facts={"channel": channel.code, **found.facts},
        remedy=found.remedy,
        order_id=found.order_id,
        sku_id=found.sku_id,
    )
    if conflict_id is not None:
        await _announce(session, conflict_id, channel.id, found.kind, "open")


async def settle(session: AsyncSession, resolution: str, note: str | None = None, **about: object) -> list[UUID]:
    """Settle every open conflict about this `id`, `order_id`, `sku_id`, `kind` or `subject`; returns their ids."""
    settled = await store_records.resolve_where(session, resolution, note, about)
    for conflict_id, channel_id, kind in settled:
        await audit.record(
            session, "resolve", "conflict", conflict_id, {"status": "open"}, {"status": "resolved", "how": resolution}
        )
        await _announce(session, conflict_id, channel_id, kind, "resolved")
    return [conflict_id for conflict_id, _, _ in settled]


async def _announce(session: AsyncSession, conflict_id: UUID, channel_id: UUID, kind: str, status: str) -> None:
    facts = {"channel_id": channel_id, "conflict_id": conflict_id, "kind": kind, "status": status}
    await announce(session, CONFLICT_CHANGED, facts)
