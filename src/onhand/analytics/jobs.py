"""What analytics does at night."""

from __future__ import annotations

from onhand import identity
from onhand.analytics import service_abc
from onhand.infra import jobs


@jobs.app.periodic(cron="7 2 * * *")
@jobs.app.task(queue="periodic", name="analytics.classify", queueing_lock="analytics.classify")
async def classify(timestamp: int) -> None:
    """Every night, before counts are planned: each organization's SKUs get the classes of their ABC analysis."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            await service_abc.classify(session)
