"""All of onhand as one running thing: PostgreSQL, web and worker; in the demo shops that sell and a crew that ships."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from onhand.app.database import server_of
from onhand.app.ports import free_port, require_port
from onhand.infra.addresses import app_url
from onhand.infra.postgres import CannotStart, RunningPostgres
from onhand.infra.processes import tied_to_us
from onhand.infra.reach import is_migrated
from onhand.infra.supervisor import PostgresPart, Program, Supervisor, start_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onhand.infra.settings import Settings

READY_PAUSE = 0.1
PYTHON = (sys.executable, "-m")
ONHAND = (*PYTHON, "onhand.app")
# A short command that started PostgreSQL before us ends it when done: wait for that rather than depend on it.
PATIENCE_SECONDS = 3.0
IPV6 = 6
SANDBOX_PORT_FILE = "sandbox.port"
CREW_KEY_FILE = "crew.key"  # made once the demo shop is there, so it tells that too
DEMO_PURCHASES = "6"  # a minute: something happens while one watches, and the shelves last for days
FIRST_SANDBOX_PORT = 8100


class CannotPrepare(CannotStart):
    """`onhand {command}` failed with code {code}, so nothing was started; what it says above tells why."""

    code = "app.cannot_prepare"


@dataclass(frozen=True, slots=True)
class First:
    """An onhand command that runs before anything is served; just once if a file is named that remembers it."""

    command: tuple[str, ...]
    remembered: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run, and how to say that all is up."""

    settings: Settings
    say: Callable[[str], None]
    greet: Callable[[], None]
    first: tuple[First, ...] = ()
    sandbox_port: int | None = None


def serve(plan: Plan) -> int:
    """Run until a signal (returns 0) or until a part dies (70). All are children of this thread: none survives it.

    Raises:
        CannotStart: with a sentence that says what to do.
    """
    settings = plan.settings
    require_port(settings.host, settings.port)
    with _signals_interrupt(), server_of(settings, plan.say, PATIENCE_SECONDS) as (ready, running):
        plan = replace(plan, settings=ready)
        if plan.sandbox_port is not None:
            (ready.home / SANDBOX_PORT_FILE).write_text(str(plan.sandbox_port), encoding="ascii")
        _prepare(plan)
        return asyncio.run(_supervise(plan, running))


def sandbox_port(home: Path) -> int:
    """Where the demo's marketplaces are: chosen once, since the channels keep the address."""
    kept = home / SANDBOX_PORT_FILE
    return int(kept.read_text(encoding="ascii")) if kept.exists() else free_port(FIRST_SANDBOX_PORT)


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


def _prepare(plan: Plan) -> None:
    """Migrate if that is needed, then what the plan wants first. In processes of their own: we shall run for long."""
    if not is_migrated(plan.settings.database_url or "", app_url(plan.settings)):
        _run_first(plan, ("migrate",))
    for first in plan.first:
        if first.remembered is None or not first.remembered.exists():
            _run_first(plan, first.command)
        if first.remembered is not None:
            first.remembered.touch()


def _run_first(plan: Plan, command: tuple[str, ...]) -> None:
    done = subprocess.run(tied_to_us([*ONHAND, *command], signal.SIGTERM), env=_environment(plan), check=False)
    if done.returncode != 0:
        raise CannotPrepare(command=" ".join(command), code=done.returncode)


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
    logs = settings.home / "logs"
    programs = [
        Program("web", [*PYTHON, "onhand.app.web"], logs / "web.log"),
        Program("worker", [*ONHAND, "worker"], logs / "worker.log"),
    ]
    if plan.sandbox_port is not None:
        snapshot = str(settings.home / "sandbox.json")
        sandbox = [*PYTHON, "onhand.sandbox", "--port", str(plan.sandbox_port), "--snapshot", snapshot]
        sandbox += ["--buyers", "--per-minute", DEMO_PURCHASES]
        crew = [*PYTHON, "onhand.crew", "--url", address(settings), "--key-file", str(settings.home / CREW_KEY_FILE)]
        programs.insert(0, Program("crew", crew, logs / "crew.log"))
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
        "OPENBLAS_NUM_THREADS": "1",  # numpy's own threads under ours cost two to four times the time
    }
    if plan.sandbox_port is not None:
        told["ONHAND_SANDBOX_URL"] = f"http://127.0.0.1:{plan.sandbox_port}"
    return dict(os.environ) | told


async def _greet_once_ready(plan: Plan) -> None:
    while True:
        if await _is_ready(plan.settings):
            break
        await asyncio.sleep(READY_PAUSE)
    plan.greet()


async def _is_ready(settings: Settings) -> bool:
    """Whether /readyz answers 200. By hand: an HTTP client takes half a second to load."""
    try:
        reader, writer = await asyncio.open_connection(_visitable(settings.host), settings.port)
    except OSError:
        return False
    writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    try:
        status = await reader.readline()
    except ConnectionError:
        return False
    finally:
        writer.close()
    return status.split(b" ")[1:2] == [b"200"]


def address(settings: Settings) -> str:
    """Where a browser on this machine finds us."""
    host = _visitable(settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _visitable(host: str) -> str:
    """0.0.0.0 and :: mean "every address of this machine"; nobody can visit those two themselves."""
    try:
        given = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not given.is_unspecified:
        return host
    return "::1" if given.version == IPV6 else "127.0.0.1"
