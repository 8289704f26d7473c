"""Starting onhand for real, and finding what runs for one home."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ONHAND = Path(sys.executable).parent / "onhand"
READY_SECONDS = 90.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as attempt:
        return int(attempt.getsockname()[1])


def wait_until(fact: Callable[[], bool], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def running_for(home: Path) -> dict[int, str]:
    """Processes of this home by number: told so in their environment, or living in its folders."""
    found: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = f"ONHAND_HOME={home}".encode() in (entry / "environ").read_bytes().split(b"\0")
            if (told or (entry / "cwd").readlink().is_relative_to(home)) and (entry / "cmdline").read_bytes():
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    found.pop(os.getpid(), None)
    return found


@dataclass
class Served:
    """A running `onhand serve`."""

    process: subprocess.Popen[str]
    home: Path
    port: int

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2, trust_env=False).is_success
        except httpx.TransportError:
            return False

    def pid_of(self, part: str) -> int:
        return next(pid for pid, command in running_for(self.home).items() if part in command)

    def lines_until(self, words: str) -> list[str]:
        """What it said up to and with the line that holds `words`; all of it, should it end without them."""
        assert self.process.stdout is not None
        said: list[str] = []
        for line in self.process.stdout:
            said.append(line.rstrip("\n"))
            if words in line:
                break
        return said

    def text(self) -> str:
        """All it said, less what was heard before; waits for its end."""
        assert self.process.stdout is not None
        said = self.process.stdout.read()
        self.process.wait(60)
        return said


def environment(home: Path, **more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ONHAND_")}
    return plain | {"ONHAND_HOME": str(home), "PYTHONUNBUFFERED": "1"} | more


def start(home: Path, port: int) -> Served:
    command = [str(ONHAND), "serve", "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    return Served(process, home, port)


@contextmanager
def served(home: Path, port: int = 0) -> Iterator[Served]:
    """onhand, ready; killed with all its parts should the test have left it running."""
    running = start(home, port or free_port())
    try:
        assert wait_until(running.is_ready, READY_SECONDS), running_for(home)
        yield running
    finally:
        for pid in running_for(home):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        running.process.wait()
        if running.process.stdout is not None:
            running.process.stdout.close()
