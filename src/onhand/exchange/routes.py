"""The API of imports."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse

from onhand.exchange import jobs, service, store
from onhand.exchange.receive import take_in
from onhand.exchange.schemas import AskedOut, FaultRow, MappingIn, RunOut, RunRow
from onhand.infra import files
from onhand.infra.http import Router, Session, Who, listed
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.nul import refuse_nul_text
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data, Page
from onhand.kernel import NotFound, new_id

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
) -> Data[RunOut]:
    """Upload a file of sales. Answers with its first rows and a guessed mapping; nothing is imported yet."""
    name = file.filename or "upload"
    refuse_nul_text(name, source)
    run_id = new_id()
    folder = files.folder_of(request.app.state.settings.home, who.organization_id, run_id)
    try:
        options = {"source": source.strip() or "import"}
        command = await asyncio.to_thread(take_in, file.file, name, folder, run_id, options)
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
    return Data(data=AskedOut(job_id=await jobs.ask(session, run_id, verb), run_id=run_id))


@router.get("/imports/{run_id}/errors", permission=READ, response_model=Page[FaultRow])
async def list_faults(session: Session, run_id: UUID, query: Annotated[ListQuery, store.FAULTS.query()]) -> Response:
    """Lines that were left out, with the reason; the first ten thousand."""
    await service.find_run(session, run_id)
    return listed(await run_list(session, store.FAULTS, store.faults_of(run_id), query))


@router.get("/imports/{run_id}/result", permission=READ, response_class=FileResponse)
async def result(session: Session, who: Who, request: Request, run_id: UUID) -> FileResponse:
    """What became of each line, as CSV."""
    run = await service.find_run(session, run_id)
    path = files.folder_of(request.app.state.settings.home, who.organization_id, run_id) / service.RESULT
    if not path.is_file():
        raise NotFound(what="result yet of import", key=run_id)
    name = run.file_name.rpartition(".")[0] or run.file_name
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=f"{name} result.csv")
