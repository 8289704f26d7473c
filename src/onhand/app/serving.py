"""All of onhand as one running thing: PostgreSQL, the web and the worker, in the demo with a marketplace to sell on."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import httpx

from onhand.app.database import database_of
from onhand.infra.postgres import CannotStart, RunningPostgres
from onhand.infra.supervisor import PostgresPart, Program, Supervisor, start_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onhand.infra.settings import Settings

READY_PAUSE = 0.1
# How long requests under way may take to finish once we are asked to stop.
GRACE_SECONDS = 5
# A short command that started PostgreSQL before us ends it when done: wait for that rather than depend on it.
PATIENCE_SECONDS = 3.0
NEXT_PORTS = range(1, 100)


class PortBusy(CannotStart):
    """Port {port} on {host} is in use. Stop what uses it, or run: {remedy}."""

    code = "app.port_busy"


class AddressUnusable(CannotStart):
    """onhand cannot listen on {host}:{port}: {reason}. Choose another ONHAND_HOST or ONHAND_PORT."""

    code = "app.address_unusable"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run. `prepare` fills the database before anything is served, `greet` says that all is up."""

    settings: Settings
    say: Callable[[str], None]
    greet: Callable[[], None]
    prepare: Callable[[Settings], None] | None = None
    sandbox_port: int | None = None


def serve(plan: Plan) -> int:
    """Run until a signal (returns 0) or until a part dies (70). All are children of this thread: none survives it.

    Raises:
        CannotStart: with a sentence that says what to do.
    """
    settings = plan.settings
    require_port(settings.host, settings.port)
    with _signals_interrupt(), database_of(settings, plan.say, PATIENCE_SECONDS) as (ready, running):
        if plan.prepare is not None:
            plan.prepare(ready)
        return asyncio.run(_supervise(replace(plan, settings=ready), running))


def require_port(host: str, port: int) -> None:
    """Raises PortBusy or AddressUnusable unless we could listen there."""
    try:
        _try_listening(host, port)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise PortBusy(port=port, host=host, remedy=_remedy(host, port)) from problem
        raise AddressUnusable(host=host, port=port, reason=problem.strerror or problem) from problem


def _try_listening(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        # Without it, connections of a server that just ended still count as users of the port.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind((host, port))


def _remedy(host: str, busy: int) -> str:
    for port in (busy + step for step in NEXT_PORTS):
        try:
            _try_listening(host, port)
        except (OSError, OverflowError):
            continue
        return f"make run PORT={port}" if "ONHAND_MAKE" in os.environ else f"onhand serve --port {port}"
    return "onhand serve --port with a free one"


@contextmanager
def _signals_interrupt() -> Iterator[None]:
    """While we prepare, SIGTERM and SIGHUP end us as Ctrl-C does: in order."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = {sign: signal.signal(sign, interrupt) for sign in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


async def _supervise(plan: Plan, running: RunningPostgres | None) -> int:
    environment = _environment(plan)
    async with Supervisor(plan.say) as supervisor:
        if running is not None:
            supervisor.parts.append(PostgresPart(running))
        for place, program in enumerate(_programs(plan)):
            supervisor.parts.insert(place, await start_program(program, environment))
        greeting = asyncio.create_task(_greet_once_ready(plan))
        try:
            return await supervisor.run()
        finally:
            greeting.cancel()


def _programs(plan: Plan) -> list[Program]:
    """What runs beside PostgreSQL, in the order in which it stops."""
    settings = plan.settings
    python, logs = [sys.executable, "-m"], settings.home / "logs"
    web = [
        *[*python, "uvicorn", "onhand.app.api:create_app", "--factory"],
        *["--host", settings.host, "--port", str(settings.port)],
        *["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"],
        *["--timeout-graceful-shutdown", str(GRACE_SECONDS)],
    ]
    programs = [
        Program("web", web, logs / "web.log"),
        Program("worker", [*python, "onhand.app", "worker"], logs / "worker.log"),
    ]
    if plan.sandbox_port is not None:
        snapshot = str(settings.home / "sandbox.json")
        sandbox = [*python, "onhand.sandbox", "--port", str(plan.sandbox_port), "--snapshot", snapshot]
        programs.append(Program("sandbox", sandbox, logs / "sandbox.log"))
    return programs


def _environment(plan: Plan) -> dict[str, str]:
    """What the parts are told: they read the same settings as we do."""
    settings = plan.settings
    told = {
        "ONHAND_HOME": str(settings.home),
        "ONHAND_HOST": settings.host,
        "ONHAND_PORT": str(settings.port),
        "ONHAND_DATABASE_URL": settings.database_url or "",
        "PYTHONUNBUFFERED": "1",
    }
    if plan.sandbox_port is not None:
        told["ONHAND_SANDBOX_URL"] = f"http://127.0.0.1:{plan.sandbox_port}"
    return dict(os.environ) | told


async def _greet_once_ready(plan: Plan) -> None:
    async with httpx.AsyncClient(base_url=address(plan.settings), trust_env=False) as client:
        while True:
            with suppress(httpx.TransportError):
                if (await client.get("/readyz")).is_success:
                    break
            await asyncio.sleep(READY_PAUSE)
    plan.greet()


def address(settings: Settings) -> str:
    """Where a browser on this machine finds us."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    return f"http://{host}:{settings.port}"
