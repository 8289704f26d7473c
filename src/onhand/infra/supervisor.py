"""Run several programs as one: started together, stopped in order, and none survives the others or us."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

from onhand.infra.processes import tied_to_us

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from onhand.infra.postgres import RunningPostgres

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_SECONDS = 15.0
LARGEST_LOG = 10_000_000
WATCH_SECONDS = 0.2
# sysexits.h EX_SOFTWARE: a part died that should not have.
PART_DIED = 70


class Part(Protocol):
    """Something that runs until it is stopped."""

    name: str

    async def ended(self) -> str:
        """Wait for its end; returns how it ended, for people."""

    async def stop(self) -> None:
        """Ask it to end and wait until it has."""

    def kill(self) -> None:
        """End it and all it started, at once."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command that is to run as a part. What it prints goes to `log`."""

    name: str
    command: list[str]
    log: Path


@dataclass(slots=True)
class ProgramPart:
    """A running program."""

    name: str
    process: asyncio.subprocess.Process
    log: Path

    async def ended(self) -> str:
        """Wait for its end."""
        code = await self.process.wait()
        how = f"code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
        return f"{how} (see {self.log})"

    async def stop(self) -> None:
        """SIGTERM; after STOP_SECONDS without an end, SIGKILL to it and its own children."""
        if self.process.returncode is not None:
            return
        self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        except TimeoutError:
            self.kill()
            await self.process.wait()

    def kill(self) -> None:
        """SIGKILL to its whole session."""
        _kill_group(self.process.pid)


@dataclass(slots=True)
class PostgresPart:
    """The database server, which may belong to another onhand."""

    running: RunningPostgres
    name: str = "PostgreSQL"

    async def ended(self) -> str:
        """Wait until it is gone."""
        while True:  # a guest's server is no child of ours: there is nothing to wait on
            if not self.running.alive():
                break
            await asyncio.sleep(WATCH_SECONDS)
        return f"see {self.running.cluster.log}"

    async def stop(self) -> None:
        """A fast shutdown, unless it is another's."""
        await asyncio.to_thread(self.running.stop)

    def kill(self) -> None:
        """SIGKILL, unless it is another's; it recovers from its log at the next start."""
        if self.running.owned:
            _kill_group(self.running.pid)


async def start_program(program: Program, environment: Mapping[str, str]) -> ProgramPart:
    """Start `program` in its own session, so that a terminal's Ctrl-C reaches us alone."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    if program.log.exists() and program.log.stat().st_size > LARGEST_LOG:
        program.log.replace(program.log.with_suffix(".log.1"))
    with program.log.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            # Should we be killed, nobody is left to insist that it ends: a program that then waits for the database,
            # which is ending too, would stay for ever.
            *tied_to_us(program.command, signal.SIGKILL),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(environment),
            start_new_session=True,
        )
    return ProgramPart(program.name, process, program.log)


@dataclass(slots=True)
class Supervisor:
    """Holds the parts in the order in which they are to stop, and stops them at the end of its block.

    The first SIGINT, SIGTERM or SIGHUP stops them one after the other, the second kills them all.
    """

    say: Callable[[str], None]
    parts: list[Part] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for sign in STOP_SIGNALS:
            loop.add_signal_handler(sign, self._signalled)
        return self

    async def __aexit__(self, *_: object) -> None:
        for part in self.parts:
            await part.stop()

    def _signalled(self) -> None:
        if self.asked.is_set():
            for part in self.parts:
                part.kill()
        else:
            self.say("Stopping …")
        self.asked.set()

    async def run(self) -> int:
        """Wait for a signal (returns 0) or for the first part that ends by itself (70)."""
        asked = asyncio.create_task(self.asked.wait())
        ends = [asyncio.create_task(part.ended(), name=part.name) for part in self.parts]
        await asyncio.wait([asked, *ends], return_when=asyncio.FIRST_COMPLETED)
        for task in (asked, *ends):
            task.cancel()
        if self.asked.is_set():
            return 0
        for task in ends:
            if task.done() and not task.cancelled():
                self.say(f"{task.get_name()} ended unexpectedly: {task.result()}. Stopping the rest.")
        return PART_DIED


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
