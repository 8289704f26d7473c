"""SQL of the audit log."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Select, insert, inspect, select

from onhand.audit.tables import AuditEntry
from onhand.infra.lists import Column, ListSpec
from onhand.infra.schemas import jsonable

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

SECRET = frozenset({"password_hash", "secret_hash", "refresh_hash", "credentials", "search_text"})

COLUMNS = {
    "id": Column(AuditEntry.id, "number"),
    "recorded_at": Column(AuditEntry.recorded_at, "time"),
    "actor_kind": Column(AuditEntry.actor_kind),
    "actor_id": Column(AuditEntry.actor_id, "uuid"),
    "actor": Column(AuditEntry.actor_label),
    "key_id": Column(AuditEntry.key_id, "uuid"),
    "address": Column(AuditEntry.address),
    "action": Column(AuditEntry.action),
    "entity": Column(AuditEntry.entity),
    "entity_id": Column(AuditEntry.entity_id),
    "subject": Column(AuditEntry.subject),
    "before": Column(AuditEntry.before, sortable=False),
    "after": Column(AuditEntry.after, sortable=False),
}
LIST = ListSpec(
    columns=COLUMNS,
    default_sort="-id",
    aliases={"from_date": "filter[recorded_at][gte]", "to_date": "filter[recorded_at][lt]"},
)


@cache
def entries() -> Select[Any]:
    """All entries of the organization."""
    return select().select_from(AuditEntry)


async def append(session: AsyncSession, values: dict[str, Any]) -> None:
    """Write one entry."""
    await session.execute(insert(AuditEntry).values(**values))


def snapshot(row: object) -> dict[str, Any]:
    """The columns of a mapped row as JSON values, without what must never be shown."""
    mapped = inspect(row)
    names = [c.key for c in mapped.mapper.column_attrs if c.key not in SECRET]
    return cast("dict[str, Any]", jsonable({name: mapped.dict.get(name) for name in names}))
