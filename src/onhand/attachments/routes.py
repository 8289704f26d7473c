"""The API of photos and documents."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import File, Form, Request, Response, UploadFile

from onhand.attachments import domain, service, store
from onhand.attachments.schemas import AttachmentChange, AttachmentOut, PhotoOrder
from onhand.attachments.storage import Storage, storage_of
from onhand.infra.http import Router, Session, Who, etag, listed, require_match
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.nul import refuse_nul_text
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data, Page

router = Router("attachments")
READ = declare("attachments.read", "See photos and documents of whatever one may see", staff=True)
WRITE = declare("attachments.write", "Add, order and remove photos and documents", staff=True)

Size = Literal["small", "medium", "large"]
NOT_MODIFIED = 304
# Whatever a file holds, a browser runs nothing of it, guesses no type, and asks again before it shows it once more.
GUARDED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Authorization",
}


def _storage(request: Request) -> Storage:
    return storage_of(request.app.state.settings)


def _answer(response: Response, shown: service.Shown) -> Data[AttachmentOut]:
    response.headers["ETag"] = etag(shown.attachment.updated_at)
    return Data(data=AttachmentOut.of(shown))


@router.get("/attachments", permission=READ, response_model=Page[AttachmentOut])
async def list_attachments(
    session: Session, who: Who, query: Annotated[ListQuery, store.ATTACHMENTS.query()]
) -> Response:
    """Photos and documents of all that you may see; `filter[owner_kind]` and `filter[owner_id]` name their owner."""
    source = store.attachments(service.visible_kinds(who))
    return listed(await run_list(session, store.ATTACHMENTS, source, query))


@router.post("/attachments", permission=WRITE)
async def attach(
    session: Session,
    request: Request,
    file: Annotated[UploadFile, File(description="A photo (JPEG, PNG, WebP, GIF, AVIF) or document, at most 20 MB")],
    owner_kind: Annotated[str, Form(max_length=50, description="What it belongs to: product, sku, warehouse, …")],
    owner_id: Annotated[UUID, Form(description="The id of that")],
    caption: Annotated[str | None, Form(max_length=500)] = None,
) -> Data[AttachmentOut]:
    """Add a photo or document. What it is goes by its content; the same file twice is kept once."""
    refuse_nul_text(file.filename or "", owner_kind, caption or "")
    content = await asyncio.to_thread(file.file.read, domain.LARGEST_FILE + 1)
    command = service.Attach(owner_kind, owner_id, file.filename, content, (caption or "").strip() or None)
    return Data(data=AttachmentOut.of(await service.attach(session, _storage(request), command)))


@router.put("/attachments/order", permission=WRITE, status_code=204)
async def order_photos(session: Session, body: PhotoOrder) -> None:
    """Show the photos of a thing in this order; the first stands for it in lists."""
    await service.order_photos(session, body.owner_kind, body.owner_id, body.ids)


@router.get("/attachments/{attachment_id}", permission=READ)
async def read_attachment(session: Session, response: Response, attachment_id: UUID) -> Data[AttachmentOut]:
    """What is known of one photo or document."""
    return _answer(response, await service.attachment_by(session, attachment_id))


@router.patch("/attachments/{attachment_id}", permission=WRITE)
async def change_attachment(
    session: Session, request: Request, response: Response, attachment_id: UUID, body: AttachmentChange
) -> Data[AttachmentOut]:
    """Give it another name or caption, or make it its owner's first photo."""
    shown = await service.attachment_by(session, attachment_id)
    require_match(request, "attachment", shown.attachment.updated_at)
    return _answer(response, await service.change_attachment(session, shown, body.model_dump(exclude_unset=True)))


@router.delete("/attachments/{attachment_id}", permission=WRITE)
async def remove_attachment(session: Session, attachment_id: UUID) -> None:
    """Take it from its owner."""
    await service.remove_attachment(session, await service.attachment_by(session, attachment_id))


@router.get("/attachments/{attachment_id}/content", permission=READ, response_class=Response)
async def read_content(session: Session, request: Request, attachment_id: UUID) -> Response:
    """The file as it was sent."""
    return await _content(session, request, attachment_id, None)


@router.get("/attachments/{attachment_id}/thumbnails/{size}", permission=READ, response_class=Response)
async def read_thumbnail(session: Session, request: Request, attachment_id: UUID, size: Size) -> Response:
    """A photo made small (96, 320 or 1280 pixels), upright, without what the camera wrote into it; as WebP."""
    return await _content(session, request, attachment_id, size)


async def _content(session: Session, request: Request, attachment_id: UUID, size: str | None) -> Response:
    shown = await service.attachment_by(session, attachment_id)
    known = request.headers.get("if-none-match")
    found = await service.content_to_send(_storage(request), shown, size, known)
    headers = {**GUARDED, "ETag": found.tag}
    if not found.body:
        return Response(status_code=NOT_MODIFIED, headers=headers)
    way = "inline" if shown.attachment.kind == "photo" else "attachment"
    headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(found.name, safe='')}"
    return Response(found.body, media_type=found.media_type, headers=headers)
