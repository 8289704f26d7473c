"""Jobs whose worker stops or dies, on the real queue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from procrastinate import App

from onhand.infra import jobs
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.job_recovery import AGAIN, MOST_ATTEMPTS, recover
from onhand.infra.settings import Settings
from onhand.infra.tables import JobRecord
from onhand.kernel import Actor

Ask = Callable[[Any], Awaitable[UUID]]
See = Callable[[UUID], Awaitable[JobRecord]]


class Course:
    """How the tasks below go on; anew in each test, since events belong to a loop."""

    begun: asyncio.Event
    may_end: asyncio.Event


@jobs.app.task(name="test.twice", queue="default", retry=AGAIN)
async def twice(organization_id: str, job_id: str) -> None:
    async with jobs.watched(twice, organization_id, job_id, {}):
        Course.begun.set()
        await Course.may_end.wait()


@jobs.app.task(name="test.once", queue="default")
async def once(organization_id: str, job_id: str) -> None:
    async with jobs.watched(once, organization_id, job_id, {}):
        Course.begun.set()
        await Course.may_end.wait()


@pytest.fixture
def ask(database: Database, actor: Actor) -> Ask:
    Course.begun, Course.may_end = asyncio.Event(), asyncio.Event()
    jobs.bind(database)

    async def asked(task: Any) -> UUID:
        async with database.session(actor) as session:
            job_id = await jobs.record(session, "test")
            await jobs.defer(session, task, job_id=str(job_id))
        return job_id

    return asked


@pytest.fixture
def see(database: Database, actor: Actor) -> See:
    async def seen(job_id: UUID) -> JobRecord:
        async with database.session(actor) as session:
            return await jobs.find(session, job_id)

    return seen


@asynccontextmanager
async def worker(settings: Settings) -> AsyncIterator[App]:
    """A worker at work, stopped in the end as `onhand worker` is, with little patience."""
    async with jobs.opened(app_url(settings)) as app:
        working = app.run_worker_async(
            queues=["default"],
            delete_jobs="successful",
            install_signal_handlers=False,
            shutdown_graceful_timeout=0.05,
            fetch_job_polling_interval=0.1,
        )
        task = asyncio.create_task(working)
        try:
            yield app
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def succeeds(see: See, job_id: UUID) -> None:
    for _ in range(400):
        if (await see(job_id)).status == "succeeded":
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never succeeded")


async def test_a_stop_puts_back_what_may_be_done_twice(settings: Settings, ask: Ask, see: See) -> None:
    job_id = await ask(twice)
    async with worker(settings):
        await asyncio.wait_for(Course.begun.wait(), 10)
    assert (await see(job_id)).status == "waiting"
    Course.may_end.set()
    async with worker(settings):
        await succeeds(see, job_id)


async def test_a_stop_says_so_of_what_may_not(settings: Settings, ask: Ask, see: See) -> None:
    job_id = await ask(once)
    async with worker(settings):
        await asyncio.wait_for(Course.begun.wait(), 10)
    found = await see(job_id)
    assert (found.status, found.errors and found.errors[0]["code"]) == ("failed", "job.cut_off")


async def test_a_job_under_which_worker_after_worker_dies_is_given_up(
    settings: Settings, database: Database, ask: Ask, see: See
) -> None:
    job_id = await ask(twice)
    async with database.pool.connection() as connection:
        await connection.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE args ->> 'job_id' = %s",
            (MOST_ATTEMPTS, str(job_id)),
        )
    async with jobs.opened(app_url(settings)) as app:
        assert await recover(app, jobs.give_up) == 1
    found = await see(job_id)
    assert (found.status, found.errors and found.errors[0]["code"]) == ("failed", "job.cut_off")


async def test_what_a_dead_worker_left_is_taken_up(settings: Settings, database: Database, ask: Ask, see: See) -> None:
    again, given_up = await ask(twice), await ask(once)
    async with database.pool.connection() as connection:  # as after `kill -9`
        await connection.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE args ->> 'job_id' = ANY(%s)",
            ([str(again), str(given_up)],),
        )
    Course.may_end.set()
    async with worker(settings) as app:
        assert await recover(app, jobs.give_up) == 2
        await succeeds(see, again)
        assert await recover(app, jobs.give_up) == 0
    assert (await see(given_up)).status == "failed"
