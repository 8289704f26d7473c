"""What costing does in the background: stock revalued when its method changed, late receipts seen to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import identity
from onhand.costing import service_methods
from onhand.infra import jobs
from onhand.infra.job_recovery import AGAIN

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


@jobs.app.task(queue="default", name="costing.revalue", retry=AGAIN)
async def revalue(organization_id: str) -> None:
    """Value stock as its method says, some levels at a time, and see to receipts that were told of late."""
    for step in (service_methods.align, service_methods.settle_late):
        levels = service_methods.AT_ONCE
        while levels == service_methods.AT_ONCE:
            async with jobs.work(organization_id) as session:
                levels = await step(session)


async def start_revaluing(session: AsyncSession) -> None:
    """Ask for it now."""
    await jobs.defer(session, revalue, lock="costing.revalue")


# A product that changed its category is valued as the new one is, an hour later at most.
@jobs.app.periodic(cron="17 * * * *")
@jobs.app.task(queue="periodic", name="costing.revalue_all", queueing_lock="costing.revalue_all")
async def revalue_all(timestamp: int) -> None:
    """Every hour each organization's stock is valued as its methods say."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            await start_revaluing(session)
