"""The API of fields."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, Response

from onhand.fields import service, store
from onhand.fields.schemas import FieldChange, FieldIn, FieldOut
from onhand.fields.tables import CustomField
from onhand.infra.http import Router, Session, etag, require_match
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data

router = Router("fields")
READ = declare("fields.read", "See which fields of its own the organization keeps", staff=True)
WRITE = declare("fields.write", "Define, change and archive fields of the organization's own", staff=False)


def _answer(response: Response, field: CustomField) -> Data[FieldOut]:
    response.headers["ETag"] = etag(field.updated_at)
    return Data(data=FieldOut.model_validate(field))


@router.listing("/custom-fields", store.FIELDS, FieldOut, permission=READ)
def list_fields(_: ListQuery) -> Source:
    """The organization's own fields, in the order in which forms ask for them."""
    return store.FIELDS, store.fields()


@router.post("/custom-fields", permission=WRITE)
async def create_field(session: Session, response: Response, body: FieldIn) -> Data[FieldOut]:
    """Define a field."""
    return _answer(response, await service.create_field(session, body.model_dump()))


@router.get("/custom-fields/{field_id}", permission=READ)
async def read_field(session: Session, response: Response, field_id: UUID) -> Data[FieldOut]:
    """One field."""
    return _answer(response, await service.field_by_id(session, field_id))


@router.put("/custom-fields/{field_id}", permission=WRITE)
@router.patch("/custom-fields/{field_id}", permission=WRITE)
async def change_field(
    session: Session, request: Request, response: Response, field_id: UUID, body: FieldChange
) -> Data[FieldOut]:
    """Change the definition. Values that were given stay as they are until somebody changes them."""
    field = await service.field_by_id(session, field_id, lock=True)
    require_match(request, "field", field.updated_at)
    return _answer(response, await service.change_field(session, field, body.model_dump(exclude_unset=True)))


@router.delete("/custom-fields/{field_id}", permission=WRITE)
async def archive_field(session: Session, request: Request, field_id: UUID) -> None:
    """Ask for it no longer. Values that were given are kept, and its code stays taken."""
    field = await service.field_by_id(session, field_id, lock=True)
    require_match(request, "field", field.updated_at)
    await service.change_field(session, field, {"archived": True})
