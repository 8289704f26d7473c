"""The worker process: jobs, schedules, and the readers of events that push to channels."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

from onhand.app.modules import WORKER_SERVICES
from onhand.infra import health, jobs
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.job_recovery import keep_recovering
from onhand.infra.log import configure_logging, logger

if TYPE_CHECKING:
    from procrastinate import App

    from onhand.infra.settings import Settings

BEAT_SECONDS = 5.0
GRACE_SECONDS = 10.0
RESTART_SECONDS = 2.0


async def _beat(database: Database) -> None:
    """Tell `readyz` that the worker lives."""
    while True:
        async with database.pool.connection() as connection:
            await health.beat(connection, "worker")
        await asyncio.sleep(BEAT_SECONDS)


async def kept_running(name: str, service: jobs.Service, database: Database) -> None:
    """A service that fails (the database was restarted, say) starts again; only cancelling ends it."""
    while True:
        try:
            await service(database)
        except Exception as problem:  # noqa: BLE001 - whatever it was, the others must go on and this one come back
            logger("worker").warning("restarting", service=name, reason=str(problem))
        await asyncio.sleep(RESTART_SECONDS)


def _queue(app: App, name: str, concurrency: int) -> jobs.Service:
    """The worker of one queue. The library ends it when its connection is lost; as a service it comes back."""

    async def work(_database: Database) -> None:
        await app.run_worker_async(
            queues=[name],
            name=name,
            concurrency=concurrency,
            install_signal_handlers=False,
            shutdown_graceful_timeout=GRACE_SECONDS,
            listen_notify=True,
            delete_jobs="successful",
        )

    return work


def _services(app: App) -> dict[str, jobs.Service]:
    """All that runs here, each by itself; every queue has a worker of its own, so that none waits behind another's."""
    return {
        "heartbeat": _beat,
        "recovery": lambda _database: keep_recovering(app, jobs.give_up),
        **WORKER_SERVICES,
        **{f"queue {name}": _queue(app, name, concurrency) for name, concurrency in jobs.QUEUES.items()},
    }


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then let running jobs finish for a while."""
    configure_logging(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    url = app_url(settings)
    async with Database(url, settings.pool_size) as database, jobs.opened(url) as app:
        jobs.bind(database)
        tasks = [asyncio.create_task(kept_running(name, s, database), name=name) for name, s in _services(app).items()]
        await stop.wait()
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
