"""Recording changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand.audit import store
from onhand.infra.db import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


# By what people know a thing, best first.
NAMES = ("number", "name", "sku", "code", "file_name", "email")


async def record(
    session: AsyncSession,
    action: str,
    entity: str,
    entity_id: UUID | str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Append one row: who did `action` to which thing, and the fields that differ (all on create and delete).

    Give what the thing is called on both sides, as one of NAMES: it is kept beside the difference.
    """
    actor = actor_of(session)
    subject = _called(before or {}) or _called(after or {})
    if before is not None and after is not None:
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        before, after = ({k: v for k, v in side.items() if k in changed} for side in (before, after))
    change = {"action": action, "entity": entity, "entity_id": str(entity_id), "before": before, "after": after}
    session.info.setdefault("changes", []).append(change)  # a dry run shows them
    await store.append(
        session,
        change
        | {
            "organization_id": actor.organization_id,
            "subject": subject,
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "actor_label": actor.label,
            "key_id": actor.key_id,
            "address": actor.address,
        },
    )


def _called(side: dict[str, Any]) -> str | None:
    return next((str(side[name]) for name in NAMES if side.get(name)), None)
