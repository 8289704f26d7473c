"""The supervisor on real processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest

from onhand.infra.processes import command_line
from onhand.infra.supervisor import PART_DIED, Program, Supervisor, start_program

if TYPE_CHECKING:
    from pathlib import Path

SLEEPER = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


def a_program(folder: Path, name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code], folder / f"{name}.log")


async def started(supervisor: Supervisor, *programs: Program) -> list[int]:
    pids = []
    for program in programs:
        part = await start_program(program, os.environ)
        supervisor.parts.append(part)
        pids.append(part.process.pid)
    return pids


def wait_until(fact: object, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(fact) and fact():
            return True
        time.sleep(0.02)
    return False


async def test_a_signal_stops_all_parts_in_order(tmp_path: Path) -> None:
    said: list[str] = []
    async with Supervisor(said.append) as supervisor:
        pids = await started(supervisor, a_program(tmp_path, "web", SLEEPER), a_program(tmp_path, "worker", SLEEPER))
        asyncio.get_running_loop().call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)
        code = await supervisor.run()
    assert code == 0
    assert said == ["Stopping …"]
    assert [command_line(pid) for pid in pids] == [[], []]


async def test_a_part_that_dies_is_named_and_the_rest_is_stopped(tmp_path: Path) -> None:
    said: list[str] = []
    async with Supervisor(said.append) as supervisor:
        web, _ = await started(
            supervisor, a_program(tmp_path, "web", SLEEPER), a_program(tmp_path, "worker", "raise SystemExit(3)")
        )
        code = await supervisor.run()
    assert code == PART_DIED
    assert said == [f"worker ended unexpectedly: code 3 (see {tmp_path / 'worker.log'}). Stopping the rest."]
    assert command_line(web) == []


async def test_the_second_signal_kills_what_does_not_listen(tmp_path: Path) -> None:
    async with Supervisor(lambda _: None) as supervisor:
        program = a_program(tmp_path, "web", DEAF)
        await started(supervisor, program)
        assert await asyncio.to_thread(wait_until, lambda: "deaf" in program.log.read_text(encoding="utf-8"))
        loop = asyncio.get_running_loop()
        begin = loop.time()
        loop.call_later(0.1, os.kill, os.getpid(), signal.SIGINT)
        loop.call_later(0.3, os.kill, os.getpid(), signal.SIGINT)
        assert await supervisor.run() == 0
    assert loop.time() - begin < 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_killing_the_supervisor_leaves_nothing_running(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import asyncio, os, sys
        from pathlib import Path
        from onhand.infra.supervisor import Program, Supervisor, start_program
        async def main():
            async with Supervisor(print) as supervisor:
                for name in ("web", "worker"):
                    program = Program(name, [sys.executable, "-c", {SLEEPER!r}], Path({str(tmp_path)!r}) / name)
                    supervisor.parts.append(await start_program(program, os.environ))
                print(*[part.process.pid for part in supervisor.parts], flush=True)
                await supervisor.run()
        asyncio.run(main())
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pids = [int(word) for word in supervisor.stdout.readline().split()]
        assert len(pids) == 2
        supervisor.kill()
    assert wait_until(lambda: not any(command_line(pid) for pid in pids))
