"""Child processes that die with us, and what /proc knows about strangers."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import signal

LAUNCH = Path(__file__).parent / "postgres" / "launch.py"
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Account:
    """The user a child runs as."""

    name: str
    uid: int
    gid: int


def tied_to_us(command: list[str], death: signal.Signals, account: Account | None = None) -> list[str]:
    """The command line that runs `command` and has the kernel send it `death` when the calling THREAD ends."""
    uid, gid = (account.uid, account.gid) if account else (os.getuid(), os.getgid())
    launcher = [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), str(int(death)), str(uid), str(gid)]
    return launcher + command


def spawn(command: list[str], log: IO[bytes], death: signal.Signals, account: Account) -> subprocess.Popen[bytes]:
    """Start `command` in its own session, so that a terminal's Ctrl-C reaches us alone."""
    return subprocess.Popen(
        tied_to_us(command, death, account),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def command_line(pid: int) -> list[str]:
    """The arguments of a running process; empty for a dead one, a zombie, or where there is no /proc."""
    try:
        text = (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").rstrip("\0")
    except OSError:
        return []
    return text.split("\0") if text else []


def processes_in(folder: Path) -> list[int]:
    """Processes whose current folder is `folder`: PostgreSQL's live in their data folder, whatever their title says."""
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if _folder_of(entry) == str(folder)]


def _folder_of(entry: Path) -> str:
    try:
        return str((entry / "cwd").readlink())
    except OSError:
        return ""
