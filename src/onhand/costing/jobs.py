"""What costing does in the background: exchange rates fetched, stock revalued when its method changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit, identity
from onhand.costing import service_methods, service_rates
from onhand.infra import jobs
from onhand.infra.job_recovery import AGAIN
from onhand.infra.secrets import master_key
from onhand.infra.settings import get_settings
from onhand.kernel import OnhandError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

REFRESH = "exchange rates"


async def _fetch(organization_id: str) -> int:
    """Fetch what is missing; how it went stays with the feed. Returns how many rates are new."""
    key = master_key(get_settings())
    async with jobs.work(organization_id) as session:
        plan = await service_rates.find_plan(session, key)
    if plan is None:
        return 0
    try:
        published = await plan.source.published(plan.first, plan.last)  # no transaction waits for the other side
        async with jobs.work(organization_id) as session:
            return await service_rates.keep_published(session, plan, published)
    except OnhandError as problem:
        async with jobs.work(organization_id) as session:
            await service_rates.note_attempt(session, str(problem))
        raise


@jobs.app.task(queue="default", name="costing.fetch_rates", retry=AGAIN)
async def fetch_rates(organization_id: str, job_id: str | None = None) -> None:
    """Fetch the rates an organization lacks."""
    if job_id is None:
        await _fetch(organization_id)
        return
    result: dict[str, Any] = {}
    async with jobs.watched(fetch_rates, organization_id, job_id, result):
        result["rates"] = await _fetch(organization_id)


# Central banks publish in the afternoon, each at its hour.
@jobs.app.periodic(cron="23 */4 * * *")
@jobs.app.task(queue="periodic", name="costing.fetch_all_rates", queueing_lock="costing.fetch_all_rates")
async def fetch_all_rates(timestamp: int) -> None:
    """Every four hours each organization that fetches rates is brought up to date."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            feed = await service_rates.find_feed(session)
            if feed is not None and feed.active:
                await jobs.defer(session, fetch_rates, lock="costing.fetch_rates")


async def start_fetching(session: AsyncSession) -> UUID:
    """Ask for the rates now; returns the job to watch."""
    job_id = await jobs.record(session, REFRESH)
    await audit.record(session, "create", "job", job_id, None, {"kind": REFRESH})
    await jobs.defer(session, fetch_rates, job_id=str(job_id))
    return job_id


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
