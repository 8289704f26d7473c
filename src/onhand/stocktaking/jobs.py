"""What counting does in the background."""

from __future__ import annotations

from onhand import identity
from onhand.infra import jobs
from onhand.stocktaking import service_schedules


@jobs.app.periodic(cron="23 2 * * *")
@jobs.app.task(queue="periodic", name="counting.plan_due", queueing_lock="counting.plan_due")
async def plan_due(timestamp: int) -> None:
    """Every night each organization's schedules plan what is due; what is planned already is not planned again."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            await service_schedules.run_due(session)
