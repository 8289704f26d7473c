"""The API of imports."""

from __future__ import annotations

import asyncio
import io
from typing import Annotated, BinaryIO
from uuid import UUID

from fastapi import File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse

from onhand import intake
from onhand.exchange import jobs, record_runs, service, store
from onhand.exchange.receive import take_in
from onhand.exchange.schemas import AskedOut, ColumnsMappingIn, FaultRow, MappingIn, PastedIn, RunOut, RunRow
from onhand.infra import files
from onhand.infra.db import actor_of
from onhand.infra.http import Router, Session, Who, listed
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.nul import refuse_nul_text
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data, Page
from onhand.kernel import Forbidden, NotFound, new_id

router = Router("imports")
READ = declare("exchange.read", "See imports and their results", staff=True)
WRITE = declare("exchange.write", "Import files, and undo imports", staff=False)


@router.post("/imports", permission=WRITE)
async def upload(
    session: Session,
    who: Who,
    request: Request,
    file: Annotated[UploadFile, File(description="CSV, XLSX or Parquet, at most 100 MB")],
    source: Annotated[str, Form(max_length=100, description="Where the lines come from")] = "import",
    kind: Annotated[str, Form(max_length=40, description="sales, a kind of record, or guess")] = "sales",
) -> Data[RunOut]:
    """Upload a file of sales or records. Answers with its first rows and a mapping; nothing is imported yet.

    The mapping is the one last used for files with these columns, else a guess.
    """
    name = file.filename or "upload"
    refuse_nul_text(name, source, kind)
    return await _received(session, who, request, (file.file, name, source.strip() or "import", kind))


@router.post("/imports/pasted", permission=WRITE)
async def paste(session: Session, who: Who, request: Request, body: PastedIn) -> Data[RunOut]:
    """Take cells copied from a spreadsheet, the headings first, as if they were a file."""
    cells = io.BytesIO(body.text.encode())
    return await _received(session, who, request, (cells, "Pasted cells", "import", body.kind))


async def _received(
    session: Session, who: Who, request: Request, given: tuple[BinaryIO, str, str, str]
) -> Data[RunOut]:
    stream, name, source, kind = given
    run_id = new_id()
    folder = files.folder_of(request.app.state.settings.home, who.organization_id, run_id)
    try:
        command = await asyncio.to_thread(take_in, stream, name, folder, run_id, {"source": source}, kind)
        return Data(data=RunOut.model_validate(await service.upload(session, command)))
    except BaseException:
        files.discard(folder)
        raise


@router.get("/imports", permission=READ, response_model=Page[RunRow])
async def list_runs(session: Session, query: Annotated[ListQuery, store.RUNS.query()]) -> Response:
    """Imports, newest first."""
    await store.settle(session)
    return listed(await run_list(session, store.RUNS, store.runs(), query))


@router.get("/imports/{run_id}", permission=READ)
async def read_run(session: Session, run_id: UUID) -> Data[RunOut]:
    """One import with its preview, mapping, progress and result."""
    return Data(data=RunOut.model_validate(await service.find_run(session, run_id)))


@router.put("/imports/{run_id}/mapping", permission=WRITE)
async def change_mapping(session: Session, run_id: UUID, body: MappingIn) -> Data[RunOut]:
    """Say which column is which, how dates and numbers are written, and the options."""
    run = await service.change_mapping(session, run_id, body.command(), body.options.command())
    return Data(data=RunOut.model_validate(run))


@router.put("/imports/{run_id}/columns", permission=WRITE)
async def change_columns(
    session: Session, who: Who, request: Request, run_id: UUID, body: ColumnsMappingIn
) -> Data[RunOut]:
    """Say which kind of record a file holds, which column is which, and how refused rows are dealt with."""
    _require_kind(who, body.kind)
    folder = files.folder_of(request.app.state.settings.home, who.organization_id, run_id)
    return Data(data=RunOut.model_validate(await record_runs.change_columns(session, run_id, body, folder)))


def _require_kind(who: Who, kind: str) -> None:
    """Importing records needs the permission to write them by hand, too. Raises Forbidden, UnknownKind."""
    needed = intake.entity_of(kind).permission
    if not who.may(needed):
        raise Forbidden(permission=needed, who=who.label)


@router.post("/imports/{run_id}/check", permission=WRITE, status_code=202)
async def check(session: Session, run_id: UUID) -> Data[AskedOut]:
    """Dry run: read the whole file, count, and list what is wrong with which line. Nothing is imported."""
    return await _asked(session, run_id, "check")


@router.post("/imports/{run_id}/commit", permission=WRITE, status_code=202)
async def commit(session: Session, run_id: UUID) -> Data[AskedOut]:
    """Import the file. Lines that are on file already change nothing."""
    return await _asked(session, run_id, "commit")


@router.post("/imports/{run_id}/resume", permission=WRITE, status_code=202)
async def resume(session: Session, run_id: UUID) -> Data[AskedOut]:
    """Go on with an import that was cut off."""
    return await _asked(session, run_id, "resume")


@router.post("/imports/{run_id}/undo", permission=WRITE, status_code=202)
async def undo(session: Session, run_id: UUID) -> Data[AskedOut]:
    """Reverse all that an import brought in, as one group. Refused when stock that it brought has gone since."""
    return await _asked(session, run_id, "undo")


async def _asked(session: Session, run_id: UUID, verb: str) -> Data[AskedOut]:
    run = await service.find_run(session, run_id)
    if run.kind != service.SALES:
        _require_kind(actor_of(session), run.kind)
    return Data(data=AskedOut(job_id=await jobs.ask(session, run_id, verb), run_id=run_id))


@router.get("/imports/{run_id}/errors", permission=READ, response_model=Page[FaultRow])
async def list_faults(session: Session, run_id: UUID, query: Annotated[ListQuery, store.FAULTS.query()]) -> Response:
    """Lines that were left out, with the reason; the first ten thousand."""
    await service.find_run(session, run_id)
    return listed(await run_list(session, store.FAULTS, store.faults_of(run_id), query))


@router.get("/imports/{run_id}/errors/file", permission=READ, response_class=FileResponse)
async def errors(session: Session, who: Who, request: Request, run_id: UUID) -> FileResponse:
    """Every refused row as it stands in the file, with what is wrong and what to do, as CSV."""
    run = await service.find_run(session, run_id)
    path = files.folder_of(request.app.state.settings.home, who.organization_id, run_id) / record_runs.ERRORS
    if not path.is_file():
        raise NotFound(what="list of errors yet of import", key=run_id)
    name = run.file_name.rpartition(".")[0] or run.file_name
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=f"{name} errors.csv")


@router.get("/imports/{run_id}/result", permission=READ, response_class=FileResponse)
async def result(session: Session, who: Who, request: Request, run_id: UUID) -> FileResponse:
    """What became of each line, as CSV."""
    run = await service.find_run(session, run_id)
    path = files.folder_of(request.app.state.settings.home, who.organization_id, run_id) / service.RESULT
    if not path.is_file():
        raise NotFound(what="result yet of import", key=run_id)
    name = run.file_name.rpartition(".")[0] or run.file_name
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=f"{name} result.csv")
