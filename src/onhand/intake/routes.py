"""The API of what can be imported: kinds of records, their templates, saved mappings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import Response

from onhand import recordfile
from onhand.infra.http import Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data, Out
from onhand.intake import service, store_mappings

router = Router("imports")
READ, WRITE = "exchange.read", "exchange.write"


class ColumnOut(Out):
    """A column that a file of this kind may have."""

    name: str
    label: str
    required: bool
    wanted: str
    example: str
    about: str


class KindOut(Out):
    """A kind of record that can be imported. Of `one_of` one column at least is needed."""

    name: str
    title: str
    about: str
    key: list[str]
    one_of: list[str]
    additive: bool
    permission: str
    columns: list[ColumnOut]


class MappingRow(Out):
    """A saved mapping."""

    id: UUID
    name: str
    kind: str
    used_at: datetime | None
    created_at: datetime


@router.get("/import-kinds", permission=READ)
async def list_kinds() -> Data[list[KindOut]]:
    """What can be imported beside sales: each kind of record with its columns."""
    return Data(data=[_kind(entity) for entity in recordfile.ENTITIES.values()])


def _kind(entity: recordfile.Entity) -> KindOut:
    columns = [
        ColumnOut(name=c.name, label=c.label, required=c.required, wanted=recordfile.wanted(c), example=c.example,
                  about=c.about)
        for c in entity.columns
    ]  # fmt: skip
    own = {name: getattr(entity, name) for name in ("name", "title", "about", "additive", "permission")}
    return KindOut(**own, key=list(entity.key), one_of=list(entity.one_of), columns=columns)


@router.get("/import-kinds/{name}/template", permission=READ, response_class=Response)
async def template(name: str) -> Response:
    """A CSV with every column of this kind and an example row."""
    entity = service.entity_of(name)
    headers = {"Content-Disposition": f'attachment; filename="{name} template.csv"'}
    text = "\ufeff" + recordfile.template(entity)
    return Response(text, headers=headers, media_type="text/csv; charset=utf-8")


@router.listing("/import-mappings", store_mappings.MAPPINGS, MappingRow, permission=READ)
def list_mappings(_: ListQuery) -> Source:
    """Saved mappings, by name. A file with the same columns is read so by itself."""
    return store_mappings.MAPPINGS, store_mappings.mappings()


@router.delete("/import-mappings/{mapping_id}", permission=WRITE)
async def forget_mapping(session: Session, mapping_id: UUID) -> Response:
    """Forget a mapping."""
    await service.forget_mapping(session, mapping_id)
    return Response(status_code=204)
