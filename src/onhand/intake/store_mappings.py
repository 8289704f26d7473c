"""SQL of saved mappings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.intake.tables import ImportMapping

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

MAPPINGS = ListSpec(
    columns={
        "id": Column(ImportMapping.id, "uuid"),
        "name": Column(ImportMapping.name),
        "kind": Column(ImportMapping.kind),
        "used_at": Column(ImportMapping.used_at, "time"),
        "created_at": Column(ImportMapping.created_at, "time"),
    },
    default_sort="name",
)


@cache
def mappings() -> Select[Any]:
    """All saved mappings."""
    return select(ImportMapping)


async def latest(session: AsyncSession, fingerprint: str, kind: str | None) -> ImportMapping | None:
    """The mapping of these columns that was used last."""
    mine = (
        ImportMapping.organization_id == actor_of(session).organization_id,
        ImportMapping.fingerprint == fingerprint,
    )
    of_kind = (ImportMapping.kind == kind,) if kind else ()
    statement = select(ImportMapping).where(*mine, *of_kind).order_by(ImportMapping.used_at.desc()).limit(1)
    return (await session.execute(statement)).scalar_one_or_none()


async def named(session: AsyncSession, name: str, kind: str) -> ImportMapping | None:
    """The mapping of this name, whatever its case, and kind; locked."""
    same = func.lower(ImportMapping.name) == name.lower()
    return await find_row(session, ImportMapping, same, ImportMapping.kind == kind, lock=True)
