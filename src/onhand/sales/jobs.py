"""Background work of orders."""

from __future__ import annotations

from onhand import identity
from onhand.infra import jobs
from onhand.sales.service_allocate import allocate_backorders


@jobs.app.periodic(cron="* * * * *")
@jobs.app.task(queue="periodic", name="sales.allocate_backorders", queueing_lock="sales.allocate_backorders")
async def serve_backorders(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Every minute: reserve what has come in for orders that wait, in every organization."""
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _ in organizations:
        async with jobs.work(str(organization_id)) as session:
            await allocate_backorders(session)
