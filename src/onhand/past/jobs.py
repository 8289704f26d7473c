"""What the past needs done in the background."""

from __future__ import annotations

from onhand import identity
from onhand.infra import jobs
from onhand.past import service


@jobs.app.periodic(cron="* * * * *")
@jobs.app.task(queue="periodic", name="past.keep", queueing_lock="past.keep")
async def keep(timestamp: int) -> None:
    """Every minute: what has moved is added to the days. Nobody counts on it; what is in no day yet is read itself."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = [organization_id for organization_id, _ in await identity.organizations(session)]
    await service.keep(jobs.database(), organizations)
