"""How far long work is: GET /jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from onhand.infra import job_records, jobs
from onhand.infra.http import SIGNED_IN, Router, Session
from onhand.infra.lists import ListQuery, Source
from onhand.infra.schemas import Data, Out

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


@router.listing("/jobs", job_records.LIST, JobRow, permission=SIGNED_IN)
def list_jobs(_: ListQuery) -> Source:
    """Long work of the organization, newest first."""
    return job_records.LIST, job_records.records()


@router.get("/jobs/{job_id}", permission=SIGNED_IN)
async def read_job(session: Session, job_id: UUID) -> Data[JobOut]:
    """One job."""
    job = await jobs.find(session, job_id)
    progress = job.done / job.total if job.total else (1.0 if job.status == "succeeded" else None)
    fields = JobRow.model_validate(job).model_dump()
    return Data(data=JobOut(**fields, progress=progress, result=job.result, errors=job.errors))
