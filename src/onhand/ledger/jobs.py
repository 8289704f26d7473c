"""What the ledger does in the background."""

from __future__ import annotations

from onhand import identity
from onhand.infra import jobs
from onhand.ledger.reads import expire_reservations


@jobs.app.periodic(cron="*/5 * * * *")
@jobs.app.task(queue="periodic", name="ledger.sweep", queueing_lock="ledger.sweep")
async def sweep(timestamp: int) -> None:
    """Every five minutes: expired promises off the books. Nobody counts on it; post() releases what it needs itself."""
    _ = timestamp
    async with jobs.database().anonymous() as session:
        organizations = await identity.organizations(session)
    for organization_id, _code in organizations:
        async with jobs.work(str(organization_id)) as session:
            await expire_reservations(session)
