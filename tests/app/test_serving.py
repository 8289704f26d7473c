"""`onhand serve` with real processes, from start to the last one's end."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.app.processes import ONHAND, READY_SECONDS, Served, environment, free_port, running_for, served, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is running is read from /proc")
# Starting for the first time on a busy machine.
SLOW = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One home for all tests here: only the first start makes a database."""
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"


def nothing_left(home: Path) -> bool:
    return not running_for(home)


@SLOW
def test_it_says_where_it_is_and_stops_everything_on_sigterm(home: Path) -> None:
    with served(home) as running:
        commands = " ".join(running_for(home).values())
        assert all(part in commands for part in ("onhand.app.web", "worker", "postgres"))
        # It may be ready a moment before it has noticed that itself.
        greeting = running.lines_until("Ctrl-C stops it.")
        running.process.send_signal(signal.SIGTERM)
        said = running.text()
    assert running.process.returncode == 0
    assert greeting[-2:] == [
        f"onhand is ready: http://127.0.0.1:{running.port}",
        f"Its data and logs are in {home}. Ctrl-C stops it.",
    ]
    assert said.splitlines() == ["Stopping …"]
    assert nothing_left(home)


@SLOW
def test_killing_it_leaves_nothing_running(home: Path) -> None:
    with served(home) as running:
        running.process.kill()
        assert wait_until(lambda: nothing_left(home)), running_for(home)


@SLOW
@pytest.mark.parametrize(("part", "name"), [("onhand.app worker", "worker"), ("postgres -D", "PostgreSQL")])
def test_a_part_that_dies_is_named_and_ends_the_rest(home: Path, part: str, name: str) -> None:
    with served(home) as running:
        os.kill(running.pid_of(part), signal.SIGKILL)
        said = running.text()
    assert running.process.returncode == 70
    assert f"{name} ended unexpectedly" in said
    assert "Traceback" not in said
    assert nothing_left(home)


def under_make(folder: Path, home: Path) -> NoReturn:
    """Become make, in a terminal's child."""
    make = shutil.which("make")
    assert make
    os.execve(make, [make, "-C", str(folder), "--no-print-directory", "run"], environment(home))


@SLOW
def test_ctrl_c_in_a_terminal_under_make_stops_everything(home: Path, tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "Makefile").write_text(f"run:\n\t@{ONHAND} serve --port {port}\n", encoding="utf-8")
    pid, terminal = pty.fork()
    if pid == 0:
        under_make(tmp_path, home)
    running = Served(subprocess.Popen([sys.executable, "-c", ""], text=True), home, port)
    running.process.wait()
    try:
        assert wait_until(running.is_ready, READY_SECONDS), running_for(home)
        os.write(terminal, b"\x03")
        assert wait_until(lambda: nothing_left(home)), running_for(home)
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def refused(home: Path, *words: str, **more: str) -> str:
    done = subprocess.run(
        [str(ONHAND), "serve", *words], env=environment(home, **more), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert nothing_left(home)
    return done.stderr


def test_a_busy_port_is_named_with_a_free_one_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(tmp_path / "home", "--port", str(port))
    assert said.startswith(f"Port {port} on 127.0.0.1 is in use. Stop what uses it, or run: onhand serve --port ")
    assert not (tmp_path / "home").exists()


def test_an_address_that_is_not_ours_is_named(tmp_path: Path) -> None:
    said = refused(tmp_path / "home", "--host", "192.0.2.1", "--port", str(free_port()))
    assert "onhand cannot listen on 192.0.2.1" in said


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    nowhere = f"postgresql://someone:secret@127.0.0.1:{free_port()}/onhand"
    said = refused(tmp_path / "home", "--port", str(free_port()), ONHAND_DATABASE_URL=nowhere)
    assert said.startswith("The database of ONHAND_DATABASE_URL does not answer: ")
    assert "secret" not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")
def test_root_in_a_private_folder_is_told_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    said = refused(tmp_path / "home", "--port", str(free_port()))
    assert "may not enter" in said
    assert "Set ONHAND_HOME" in said
