"""What must be done now and then, whatever happens: next month's partitions, old idempotency keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import exports, identity, syncing
from onhand.infra import housekeeping, jobs
from onhand.infra.settings import get_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID


async def each_organization() -> AsyncIterator[UUID]:
    """Every organization, for periodic tasks that visit each."""
    async with jobs.database().anonymous() as session:
        found = await identity.organizations(session)
    for organization_id, _ in found:
        yield organization_id


@jobs.app.periodic(cron="17 3 * * *")
@jobs.app.task(queue="periodic", name="app.tidy", queueing_lock="app.tidy")
async def tidy(timestamp: int) -> None:
    """Nightly: partitions for the months to come; idempotency keys of 30 days, channel logs of 14, exports of 7 go."""
    async with jobs.database().pool.connection() as connection:
        await housekeeping.ensure_partitions(connection)
    async for organization_id in each_organization():
        async with jobs.work(str(organization_id)) as session:
            await housekeeping.forget_old_keys(session, timestamp)
        await syncing.forget_old_records(organization_id)
    exports.forget_old_files(get_settings().home, timestamp)
