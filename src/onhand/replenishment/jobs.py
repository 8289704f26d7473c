"""Planning in the background: forecasts, then reorder points, nightly and when somebody asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit, forecasting, identity
from onhand.infra import jobs
from onhand.infra.job_recovery import AGAIN
from onhand.replenishment import service

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

KIND = "planning"


async def _silent(_done: int, _total: int) -> None:
    """Nobody watches the nightly run."""


@jobs.app.task(queue="planning", name="replenishment.plan", retry=AGAIN)
async def plan(organization_id: str, job_id: str | None = None, *, anew: bool = False) -> None:
    """Forecast every SKU of an organization, then compute every reorder point; `anew`: from the whole ledger."""
    work = partial(jobs.work, organization_id)
    if job_id is None:
        await forecasting.forecast_all(work, _silent, anew=anew)
        await service.compute_all(work)
        return
    result: dict[str, Any] = {}
    async with jobs.watched(plan, organization_id, job_id, result) as progress:
        run_id, series = await forecasting.forecast_all(work, progress, anew=anew)
        result |= {"run_id": str(run_id), "series": series, "policies": await service.compute_all(work)}


@jobs.app.periodic(cron="41 1 * * *")
@jobs.app.task(queue="periodic", name="replenishment.nightly", queueing_lock="replenishment.nightly")
async def nightly(timestamp: int) -> None:
    """Every night each organization is planned anew."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            await jobs.defer(session, plan, lock="replenishment.plan")


async def start_planning(session: AsyncSession, *, anew: bool = False) -> UUID:
    """Ask for a plan of the session's organization, also after an import; returns the job to watch."""
    job_id = await jobs.record(session, KIND)
    await audit.record(session, "create", "job", job_id, None, {"kind": KIND})
    await jobs.defer(session, plan, job_id=str(job_id), anew=anew)
    return job_id
