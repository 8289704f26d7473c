"""Background jobs in PostgreSQL: a job exists if and only if the transaction that asked for it committed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from onhand.infra.db import SEARCH_PATH, actor_of, raw

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from procrastinate.tasks import Task
    from sqlalchemy.ext.asyncio import AsyncSession

QUEUES = ("default", "sync", "periodic", "imports", "planning")

# The connector is opened by the worker only; web processes defer on their own transaction's connection.
app = App(connector=PsycopgConnector(kwargs={"options": f"-c search_path={SEARCH_PATH}"}))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[App]:
    """The job app connected to `url`, for workers and for tasks that defer others on their own."""
    connector = PsycopgConnector(conninfo=url, kwargs={"options": f"-c search_path={SEARCH_PATH}"}, max_size=6)
    with app.replace_connector(connector) as connected:
        async with connected.open_async():
            yield connected


async def defer(
    session: AsyncSession, task: Task[Any, Any, Any], *, lock: str | None = None, **arguments: Any
) -> int | None:
    """Ask for `task` in the caller's transaction; the organization goes along as an argument.

    `lock` is a queueing lock: while a job with it waits, another is not added, and None is returned.
    """
    organization: UUID = actor_of(session).organization_id
    connection = await raw(session)
    ready = task.configure(connection=connection, queueing_lock=lock and f"{organization}:{lock}")
    try:
        async with session.begin_nested():  # a taken lock must not abort the caller's transaction
            return await ready.defer_async(organization_id=str(organization), **arguments)
    except AlreadyEnqueued:
        return None
