"""The long work of imports, in the worker: its own queue, so that nothing else waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from onhand.exchange import runner, service
from onhand.exchange.posting import Job
from onhand.infra import jobs
from onhand.infra.db import actor_of
from onhand.infra.settings import get_settings
from onhand.kernel import Actor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.kernel.actor import ActorKind

WORK: dict[str, Callable[[Job], Awaitable[dict[str, object]]]] = {
    "check": runner.check,
    "commit": runner.commit,
    "resume": runner.resume,
    "undo": runner.undo,
}


@jobs.app.task(name="exchange.run", queue="imports")
async def run(organization_id: str, job_id: str, run_id: str, verb: str, who: dict[str, str | None]) -> None:
    """Check, commit, resume or undo one run on behalf of whoever asked for it."""
    result: dict[str, object] = {}
    async with jobs.watched(run, organization_id, job_id, result) as progress:
        job = Job(jobs.database(), _actor(organization_id, who), UUID(run_id), get_settings().home, progress)
        result |= await WORK[verb](job)


async def ask(session: AsyncSession, run_id: UUID, verb: str) -> UUID:
    """Queue one long verb for a run; returns the job to watch. Raises NotFound, WrongRunState."""
    found = await service.find_run(session, run_id, lock=True)
    service.require(found, verb)
    job_id = await jobs.record(session, f"exchange.{verb}", found.lines_total)
    actor = actor_of(session)
    who = {"kind": actor.kind, "label": actor.label, "role": actor.role, "address": actor.address,
           "id": actor.id and str(actor.id), "key_id": actor.key_id and str(actor.key_id)}  # fmt: skip
    await jobs.defer(session, run, job_id=str(job_id), run_id=str(run_id), verb=verb, who=who)
    return job_id


def _actor(organization_id: str, who: dict[str, str | None]) -> Actor:
    kinds: dict[str | None, ActorKind] = {"user": "user", "key": "key"}
    return Actor(
        UUID(organization_id),
        kind=kinds.get(who["kind"], "system"),
        id=UUID(who["id"]) if who["id"] else None,
        label=who["label"] or "onhand",
        role=who["role"] or "system",
        key_id=UUID(who["key_id"]) if who["key_id"] else None,
        address=who["address"],
    )
