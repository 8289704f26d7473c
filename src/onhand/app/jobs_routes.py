"""How far long work is: GET /jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response

from onhand.infra import job_records, jobs
from onhand.infra.http import SIGNED_IN, Router, Session, listed
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.schemas import Data, Out, Page

router = Router("jobs")


class JobRow(Out):
    """A job in the list."""

    id: UUID
    kind: str
    status: str
    done: int
    total: int
    message: str | None
    created_by: str
    created_at: datetime
    finished_at: datetime | None


class JobOut(JobRow):
    """A job: `progress` from 0 to 1 once its size is known; `result` when it succeeded, `errors` when it failed."""

    progress: float | None
    result: dict[str, Any] | None
    errors: list[dict[str, Any]] | None


@router.get("/jobs", permission=SIGNED_IN, response_model=Page[JobRow])
async def list_jobs(session: Session, query: Annotated[ListQuery, job_records.LIST.query()]) -> Response:
    """Long work of the organization, newest first."""
    return listed(await run_list(session, job_records.LIST, job_records.records(), query))


@router.get("/jobs/{job_id}", permission=SIGNED_IN)
async def read_job(session: Session, job_id: UUID) -> Data[JobOut]:
    """One job."""
    job = await jobs.find(session, job_id)
    progress = job.done / job.total if job.total else (1.0 if job.status == "succeeded" else None)
    fields = JobRow.model_validate(job).model_dump()
    return Data(data=JobOut(**fields, progress=progress, result=job.result, errors=job.errors))
