"""What rates do in the background: they are fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit, identity
from onhand.infra import jobs
from onhand.infra.job_recovery import AGAIN
from onhand.infra.secrets import master_key
from onhand.infra.settings import get_settings
from onhand.kernel import OnhandError
from onhand.rates import service

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

REFRESH = "exchange rates"


async def _fetch(organization_id: str) -> int:
    """Fetch what is missing; how it went stays with the feed. Returns how many rates are new."""
    key = master_key(get_settings())
    async with jobs.work(organization_id) as session:
        plan = await service.find_plan(session, key)
    if plan is None:
        return 0
    try:
        published = await plan.source.published(plan.first, plan.last)  # no transaction waits for the other side
        async with jobs.work(organization_id) as session:
            return await service.keep_published(session, plan, published)
    except OnhandError as problem:
        async with jobs.work(organization_id) as session:
            await service.note_attempt(session, str(problem))
        raise


@jobs.app.task(queue="default", name="rates.fetch", retry=AGAIN)
async def fetch(organization_id: str, job_id: str | None = None) -> None:
    """Fetch the rates an organization lacks."""
    if job_id is None:
        await _fetch(organization_id)
        return
    result: dict[str, Any] = {}
    async with jobs.watched(fetch, organization_id, job_id, result):
        result["rates"] = await _fetch(organization_id)


# Central banks publish in the afternoon, each at its hour.
@jobs.app.periodic(cron="23 */4 * * *")
@jobs.app.task(queue="periodic", name="rates.fetch_all", queueing_lock="rates.fetch_all")
async def fetch_all(timestamp: int) -> None:
    """Every four hours each organization that fetches rates is brought up to date."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            feed = await service.find_feed(session)
            if feed is not None and feed.active:
                await jobs.defer(session, fetch, lock="rates.fetch")


async def start_fetching(session: AsyncSession) -> UUID:
    """Ask for the rates now; returns the job to watch."""
    job_id = await jobs.record(session, REFRESH)
    await audit.record(session, "create", "job", job_id, None, {"kind": REFRESH})
    await jobs.defer(session, fetch, job_id=str(job_id))
    return job_id
