"""Background jobs in PostgreSQL: a job exists if and only if the transaction that asked for it committed.

Two things on purpose: the queue (procrastinate's own tables) does the work; a `job` row is what people see of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import func, insert, select, update

from onhand.infra.db import SEARCH_PATH, Database, actor_of, raw
from onhand.infra.events import announce
from onhand.infra.job_recovery import begins_again
from onhand.infra.tables import JobRecord
from onhand.kernel import Actor, NotFound, OnhandError, new_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from procrastinate.tasks import Task
    from sqlalchemy.ext.asyncio import AsyncSession

# Own queues for periodic and sync work: a tick must not wait behind an import.
QUEUES = {"default": 2, "sync": 4, "periodic": 1, "imports": 1, "planning": 1, "exports": 1}

Service = Callable[[Database], Awaitable[None]]  # what runs in the worker beside the queues, until cancelled

app = App(connector=PsycopgConnector(kwargs={"options": f"-c search_path={SEARCH_PATH}"}))
_bound: list[Database] = []


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[App]:
    """The job app connected to `url`, for workers."""
    connector = PsycopgConnector(conninfo=url, kwargs={"options": f"-c search_path={SEARCH_PATH}"}, max_size=6)
    with app.replace_connector(connector) as connected:
        async with connected.open_async():
            yield connected


def bind(database: Database) -> None:
    """Say which database tasks of this process work on."""
    _bound[:] = [database]


def database() -> Database:
    """The database of this worker."""
    return _bound[0]


def system_actor(organization_id: str | UUID, label: str = "onhand") -> Actor:
    """The system itself, acting in an organization."""
    return Actor(UUID(str(organization_id)), label=label)


@asynccontextmanager
async def work(organization_id: str, label: str = "onhand") -> AsyncIterator[AsyncSession]:
    """One transaction of a task in its organization."""
    async with database().session(system_actor(organization_id, label)) as session:
        yield session


async def defer(
    session: AsyncSession, task: Task[Any, Any, Any], *, lock: str | None = None, **arguments: Any
) -> int | None:
    """Ask for `task` in the caller's transaction; the organization goes along as an argument.

    `lock` is a queueing lock: while a job with it waits, another is not added, and None is returned.
    """
    organization: UUID = actor_of(session).organization_id
    try:
        async with session.begin_nested():  # a taken lock must not abort the caller's transaction
            connection = await raw(session)  # asked for in here: it is this that sends the SAVEPOINT
            ready = task.configure(connection=connection, queueing_lock=lock and f"{organization}:{lock}")
            return await ready.defer_async(organization_id=str(organization), **arguments)
    except AlreadyEnqueued:
        return None


async def record(session: AsyncSession, kind: str, total: int = 0) -> UUID:
    """Make the row that people will watch; give its id to the task as `job_id`."""
    actor = actor_of(session)
    job_id = new_id()
    row = {"organization_id": actor.organization_id, "id": job_id, "kind": kind, "total": total}
    await session.execute(insert(JobRecord).values(**row, created_by=actor.label))
    return job_id


async def find(session: AsyncSession, job_id: UUID) -> JobRecord:
    """One job. Raises NotFound."""
    found = (await session.execute(select(JobRecord).where(JobRecord.id == job_id))).scalar_one_or_none()
    if found is None:
        raise NotFound(what="job", key=job_id)
    return found


async def _change(organization_id: str, job_id: str, **values: Any) -> None:
    """Progress is written in a transaction of its own, so that watchers see it before the work is done."""
    async with work(organization_id) as session:
        await session.execute(update(JobRecord).where(JobRecord.id == UUID(job_id)).values(**values))
        await announce(session, "job.changed", {"job_id": job_id})


class Progress:
    """Tells watchers how far a job is."""

    def __init__(self, organization_id: str, job_id: str) -> None:
        self._organization_id, self._job_id = organization_id, job_id

    async def __call__(self, done: int, total: int, message: str | None = None) -> None:
        """So many of so many are done."""
        await _change(self._organization_id, self._job_id, done=done, total=total, message=message)


async def give_up(arguments: dict[str, Any]) -> None:
    """Tell those who watch a job that its worker is gone, and that it does not begin again by itself."""
    if "job_id" in arguments:
        errors = [{"code": "job.cut_off", "message": "The worker was stopped in the middle; ask for it again."}]
        values = {"status": "failed", "errors": errors, "finished_at": func.now()}
        await _change(arguments["organization_id"], arguments["job_id"], **values)


@asynccontextmanager
async def watched(
    task: Task[Any, Any, Any], organization_id: str, job_id: str, result: dict[str, Any]
) -> AsyncIterator[Progress]:
    """Run a task's body under its row: running, then succeeded with what the body put into `result`, or failed.

    Cut off by the worker's stop it waits for the next worker, if the task may be done twice; else it has failed.
    """
    await _change(organization_id, job_id, status="running", started_at=func.now())
    try:
        yield Progress(organization_id, job_id)
    except asyncio.CancelledError:
        if begins_again(task):
            await _change(organization_id, job_id, status="waiting", done=0)
        else:
            await give_up({"organization_id": organization_id, "job_id": job_id})
        raise
    except Exception as problem:
        code = problem.code if isinstance(problem, OnhandError) else "onhand.unexpected"
        text = str(problem) if isinstance(problem, OnhandError) else "Something went wrong on our side; try again."
        errors = [{"code": code, "message": text}]
        await _change(organization_id, job_id, status="failed", errors=errors, finished_at=func.now())
        raise
    await _change(organization_id, job_id, status="succeeded", result=result, finished_at=func.now())
