"""Start, find and stop the PostgreSQL of one home. Exactly one onhand owns it; others are its guests."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from onhand.infra.postgres.binaries import programs_for
from onhand.infra.postgres.cluster import SUPERUSER, Cluster, last_line, prepare_cluster
from onhand.infra.postgres.errors import HomeBusy, PostgresFailed
from onhand.infra.postgres.home import account_for_postgres, prepare_home, require_space
from onhand.infra.postgres.tuning import options
from onhand.infra.processes import command_line, processes_in, spawn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

# A crash recovery of max_wal_size takes well under this.
START_SECONDS = 120.0
STOP_SECONDS = 60.0
LARGEST_LOG = 10_000_000
PAUSE = 0.02
STATUS_LINE = 7  # of postmaster.pid, counted from 0; written last


@dataclass(frozen=True, slots=True)
class PidFile:
    """What the server writes about itself."""

    pid: int
    ready: bool


@dataclass(slots=True)
class RunningPostgres:
    """A server that answers. `owned` says whether stop() stops it: a guest leaves it to its owner."""

    cluster: Cluster
    pid: int
    process: subprocess.Popen[bytes] | None
    lock: int | None

    @property
    def home(self) -> Path:
        """The folder it was started for."""
        return self.cluster.home

    @property
    def owned(self) -> bool:
        """Whether this process started it."""
        return self.process is not None

    def dsn(self, database: str = "postgres") -> str:
        """The superuser's address of `database`, over the unix socket."""
        password, folder = quote(self.cluster.password(), safe=""), quote(str(self.cluster.socket_folder), safe="")
        return f"postgresql://{SUPERUSER}:{password}@/{quote(database, safe='')}?host={folder}"

    def alive(self) -> bool:
        """Whether the server still runs."""
        if self.process is not None:
            return self.process.poll() is None
        return _is_ours(self.pid, self.cluster)

    def stop(self) -> None:
        """Stop an owned server: fast first, then without a checkpoint (it recovers from its log), then by force."""
        if self.process is not None:
            _end(self.process)
            self.process = None
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None


def start_postgres(home: Path, *, fast: bool = False, patience: float = 0.0) -> RunningPostgres:
    """Start the server of `home`, or join another onhand's there if that one keeps it longer than `patience` seconds.

    Call it from a thread that lives as long as the server shall: Linux ends the server with that thread.
    `fast` gives up durability and is for tests alone.

    Raises:
        HomeNotReachable, DiskFull: the folder cannot be used.
        PostgresFailed: the server ended instead of answering.
        HomeBusy: the lock is held, but nobody answers.
    """
    account = account_for_postgres()
    home = home.resolve()
    prepare_home(home, account)
    cluster = Cluster(home, account)
    begin = time.monotonic()
    while True:
        lock = _try_lock(cluster.lock)
        if lock is not None:
            return _start_owned(cluster, lock, fast=fast)
        waited = time.monotonic() - begin
        state = read_pid_file(cluster)
        if waited >= patience and state is not None and state.ready and _is_ours(state.pid, cluster):
            return RunningPostgres(cluster, state.pid, process=None, lock=None)
        if waited > START_SECONDS:
            raise HomeBusy(pid=cluster.lock.read_text(encoding="ascii").strip() or "unknown", home=home)
        time.sleep(PAUSE)


@contextmanager
def postgres_of(home: Path, *, fast: bool = False, patience: float = 0.0) -> Iterator[RunningPostgres]:
    """A server for the length of a block."""
    running = start_postgres(home, fast=fast, patience=patience)
    try:
        yield running
    finally:
        running.stop()


@asynccontextmanager
async def running_postgres(home: Path, database: str) -> AsyncIterator[str]:
    """The address of `database` in the server of `home`, for the length of a block."""
    # Not in a worker thread: the server would end with it.
    with postgres_of(home) as running:
        yield running.dsn(database)


def read_pid_file(cluster: Cluster) -> PidFile | None:
    """What the server's pid file says; None without one, or when it is cut short."""
    try:
        lines = cluster.pid_file.read_text(encoding="utf-8").splitlines()
        return PidFile(int(lines[0]), ready="".join(lines[STATUS_LINE:]).strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


def _try_lock(path: Path) -> int | None:
    """The open, locked file; None when another process holds it. Its text is our pid, for people."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    os.truncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    return handle


def _start_owned(cluster: Cluster, lock: int, *, fast: bool) -> RunningPostgres:
    try:
        programs = programs_for(cluster.account)
        prepare_cluster(cluster, programs, fast=fast)
        _clear_orphans(cluster)
        process = _launch(cluster, programs, fast=fast)
        return RunningPostgres(cluster, process.pid, process, lock)
    except BaseException:
        os.close(lock)
        raise


def _launch(cluster: Cluster, programs: Path, *, fast: bool) -> subprocess.Popen[bytes]:
    if cluster.log.exists() and cluster.log.stat().st_size > LARGEST_LOG:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    with cluster.log.open("ab") as log:
        before = log.tell()
        command = [str(programs / "postgres"), "-D", str(cluster.data), *options(cluster.socket_folder, fast=fast)]
        process = spawn(command, log, signal.SIGINT, cluster.account)
    try:
        _await_ready(process, cluster, before)
    except BaseException:
        _end(process)
        raise
    return process


def _await_ready(process: subprocess.Popen[bytes], cluster: Cluster, before: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        state = read_pid_file(cluster)
        if state is not None and state.pid == process.pid and state.ready:
            return
        if process.poll() is not None:
            require_space(cluster.home)
            raise PostgresFailed(reason=_said(cluster.log, before), log=cluster.log)
        if time.monotonic() > deadline:
            raise PostgresFailed(reason=f"it did not answer within {START_SECONDS:.0f} seconds.", log=cluster.log)
        time.sleep(PAUSE)


def _said(log: Path, before: int) -> str:
    with log.open("rb") as file:
        file.seek(before)
        return last_line(file.read().decode(errors="replace"))


def _is_ours(pid: int, cluster: Cluster) -> bool:
    """Whether `pid` is a server on our data folder and not a stranger who got the number later."""
    words = command_line(pid)
    return bool(words) and Path(words[0]).name == "postgres" and str(cluster.data) in words


def _clear_orphans(cluster: Cluster) -> None:
    """End what a killed owner left: we hold the lock, so no living onhand owns it."""
    state = read_pid_file(cluster)
    if state is not None and _is_ours(state.pid, cluster):
        with contextlib.suppress(ProcessLookupError):
            os.kill(state.pid, signal.SIGINT)
    # Server processes of a killed postmaster end by themselves; until then the files are theirs.
    deadline = time.monotonic() + STOP_SECONDS
    while left := processes_in(cluster.data):
        if time.monotonic() > deadline:
            raise HomeBusy(pid=left[0], home=cluster.home)
        time.sleep(PAUSE)
    # Nobody is left in the folder, so whatever process has the file's number now is a stranger.
    cluster.pid_file.unlink(missing_ok=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10.0), (signal.SIGKILL, None)):
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(sign)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
