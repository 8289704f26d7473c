"""Jobs whose worker was stopped or died: what may be done twice begins again, of the rest people are told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Status

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from procrastinate import App
    from procrastinate.jobs import Job
    from procrastinate.tasks import Task

LOOK_SECONDS = 15.0
SILENT_SECONDS = 30.0  # a worker that said nothing for so long is gone; it speaks up every ten
MOST_ATTEMPTS = 5  # a job whose worker has died so often may be what kills it


class Again(BaseRetryStrategy):
    """For tasks that may be done twice: cut off by a worker's stop, they wait for the next one. Errors end them."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Whether, and when, the job is tried again."""
        _ = job
        return RetryDecision(retry_in={"seconds": 0}) if isinstance(exception, CUT_OFF) else None


CUT_OFF = (asyncio.CancelledError, JobAborted)
AGAIN = Again()


def begins_again(task: Task[Any, Any, Any]) -> bool:
    """Whether the task may be done twice, as its `retry=AGAIN` says."""
    return task.retry_strategy is AGAIN


async def recover(app: App, give_up: Callable[[dict[str, Any]], Awaitable[None]]) -> int:
    """Take up the jobs of workers that died; returns how many.

    Args:
        app: The job app, connected.
        give_up: Is told the arguments of a job that does not begin again.
    """
    manager, found = app.job_manager, 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        found += 1
        task = app.tasks.get(job.task_name)
        if task is not None and begins_again(task) and job.attempts < MOST_ATTEMPTS:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            await give_up(job.task_kwargs)
    return found


async def keep_recovering(app: App, give_up: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Look for such jobs now and every `LOOK_SECONDS`, until cancelled."""
    while True:
        await recover(app, give_up)
        await asyncio.sleep(LOOK_SECONDS)
