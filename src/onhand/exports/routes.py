"""The API of exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import FileResponse, Response, StreamingResponse

from onhand import audit
from onhand.exports import domain, jobs, service
from onhand.exports.errors import NotReady, TooManyRows
from onhand.exports.schemas import ExportAsked, ExportIn, ExportList
from onhand.infra import jobs as queue
from onhand.infra.http import SIGNED_IN, Router, Session, Who, database_of
from onhand.infra.schemas import Data
from onhand.kernel import NotFound, new_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AsyncExitStack

    from onhand.exports.service import Wanted
    from onhand.exports.store import Rows

router = Router("exports")
MOST_AT_ONCE = 20_000  # rows of a file that is written while its reader waits
FORMAT = Query(description="csv (default) or ndjson of any length; xlsx or parquet up to 20,000 rows at once")
BOM = Query(description="true: a CSV begins with the mark by which spreadsheets know UTF-8")


@router.get("/exports", permission=SIGNED_IN)
async def list_exports(who: Who) -> Data[list[ExportList]]:
    """The lists that you may have as files, with their columns and filters."""
    found = [
        ExportList(
            name=one.name,
            columns=[name for name, column in one.spec.columns.items() if column.shown],
            filters=list(one.spec.columns),
        )
        for one in service.LISTS.values()
        if one.permission == SIGNED_IN or who.may(one.permission)
    ]
    return Data(data=sorted(found, key=lambda one: one.name))


@router.get("/exports/{name}", permission=SIGNED_IN, response_class=StreamingResponse)
async def export(
    session: Session,
    who: Who,
    request: Request,
    name: str,
    format: Annotated[domain.Format, FORMAT] = "csv",  # noqa: A002 - the parameter's name in the address
    bom: Annotated[bool, BOM] = False,
) -> Response:
    """All rows of a list as a file, with the list's filters, `q`, `sort` and `fields`. Without `sort`, in no order.

    Needs the permission to read that list.
    """
    _ = (format, bom)  # declared for the documentation; read together with the list's own grammar
    asked = service.wanted(service.list_named(name, who), request.query_params.multi_items())
    after = {"name": name, "format": asked.format, "asked": request.url.query}
    await audit.record(session, "export", "list", name, None, after)
    rows, stack = await service.opened(database_of(request), who.organization_id, asked)
    headers = {"Content-Disposition": f'attachment; filename="{jobs.file_name(asked)}"'}
    if asked.format in domain.STREAMED:
        return StreamingResponse(_pieces(rows, stack, asked), headers=headers, media_type=domain.MEDIA[asked.format])
    async with stack:
        target = jobs.folder_of(request.app.state.settings.home, who.organization_id, UUID(int=0)) / new_id().hex
        try:
            await service.write_file(rows, asked, target, _not_too_many)
            return Response(target.read_bytes(), headers=headers, media_type=domain.MEDIA[asked.format])
        finally:
            target.unlink(missing_ok=True)


async def _not_too_many(done: int) -> None:
    if done > MOST_AT_ONCE:
        remedy = "Ask for it with POST; it is written in the background"
        raise TooManyRows(most=MOST_AT_ONCE, what="are written while you wait", remedy=remedy)


async def _pieces(rows: Rows, stack: AsyncExitStack, asked: Wanted) -> AsyncIterator[bytes]:
    """A reader who goes away ends the statement, too."""
    async with stack:
        async for _, piece in service.streamed(rows, asked):
            yield piece


@router.post("/exports/{name}", permission=SIGNED_IN, status_code=202)
async def ask(session: Session, who: Who, name: str, body: ExportIn) -> Data[ExportAsked]:
    """Write a list of any length into a file, in the background; the file is kept for seven days."""
    asked = service.wanted(service.list_named(name, who), [*service.read_query(body.query), ("format", body.format)])
    query = f"{body.query}&format={body.format}".removeprefix("?").removeprefix("&")
    await audit.record(session, "export", "list", name, None, {"name": name, "format": body.format, "asked": query})
    return Data(data=ExportAsked(job_id=await jobs.ask(session, asked, query)))


@router.get("/exports/files/{job_id}", permission=SIGNED_IN, response_class=FileResponse)
async def fetch(session: Session, who: Who, request: Request, job_id: UUID) -> FileResponse:
    """The file that a background export wrote."""
    job = await queue.find(session, job_id)
    if job.kind != jobs.KIND:
        raise NotFound(what="export", key=job_id)
    if job.status != "succeeded" or job.result is None:
        raise NotReady(status=job.status)
    service.list_named(str(job.result["list"]), who)
    path = jobs.folder_of(request.app.state.settings.home, who.organization_id, job_id) / jobs.FILE
    if not path.is_file():
        raise NotFound(what="file any more of export", key=job_id)
    media = next(media for form, media in domain.MEDIA.items() if form == job.result["format"])
    return FileResponse(path, media_type=media, filename=str(job.result["file_name"]))
