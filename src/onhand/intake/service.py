"""Mappings by name: kept, found again by the columns of a file, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import audit, recordfile
from onhand.infra.rows import add_row, change_row, find_row_by_id, remove_row
from onhand.intake import store_mappings
from onhand.intake.errors import MissingColumns, UnknownColumn, UnknownKind
from onhand.intake.tables import ImportMapping
from onhand.kernel import NotFound, now

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

SALES = "sales"


def entity_of(kind: str) -> recordfile.Entity:
    """The kind of record of this name. Raises UnknownKind."""
    found = recordfile.ENTITIES.get(kind)
    if found is None:
        raise UnknownKind(kind=kind, known=", ".join(recordfile.ENTITIES))
    return found


def check_columns(entity: recordfile.Entity, columns: dict[str, str]) -> None:
    """Raises UnknownColumn, MissingColumns."""
    known = {column.name for column in entity.columns}
    for name in columns:
        if name not in known:
            raise UnknownColumn(kind=entity.title, column=name, known=", ".join(known))
    lacking = recordfile.missing(entity, columns)
    if lacking:
        raise MissingColumns(missing=", ".join(lacking))


async def keep_mapping(session: AsyncSession, name: str, kind: str, header: list[str], how: dict[str, Any]) -> None:
    """Keep how a file is read, under a name; one of the same name and kind is replaced."""
    values = {"name": name, "kind": kind, "fingerprint": recordfile.fingerprint(header), **how, "used_at": now()}
    same = await store_mappings.named(session, name, kind)
    if same is None:
        made = await add_row(session, ImportMapping, values)
        await audit.record(session, "create", "import_mapping", made.id, None, {"name": name, "kind": kind})
    else:
        await change_row(session, same, values)
        await audit.record(session, "update", "import_mapping", same.id, {"name": name}, {"name": name, **how})


async def find_mapping(session: AsyncSession, header: list[str], kind: str | None) -> ImportMapping | None:
    """The mapping last used for files with these columns, of this kind if one is named."""
    return await store_mappings.latest(session, recordfile.fingerprint(header), kind)


async def mapping_by(session: AsyncSession, mapping_id: UUID) -> ImportMapping:
    """A mapping by its id. Raises NotFound."""
    found = await find_row_by_id(session, ImportMapping, mapping_id, lock=True)
    if found is None:
        raise NotFound(what="mapping", key=mapping_id)
    return found


async def forget_mapping(session: AsyncSession, mapping_id: UUID) -> None:
    """Files with its columns are guessed again from now on. Raises NotFound."""
    found = await mapping_by(session, mapping_id)
    before = {"name": found.name, "kind": found.kind}
    await remove_row(session, found)
    await audit.record(session, "delete", "import_mapping", mapping_id, before, None)
