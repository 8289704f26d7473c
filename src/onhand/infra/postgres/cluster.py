"""A database cluster on disk: its folders, its password, its first start."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onhand.infra.postgres.errors import CannotStart, PostgresFailed
from onhand.infra.postgres.home import require_space

if TYPE_CHECKING:
    from onhand.infra.processes import Account

SUPERUSER = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
# sockaddr_un.sun_path holds 108 bytes with its closing zero.
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one cluster keeps its things."""

    home: Path
    account: Account

    @property
    def folder(self) -> Path:
        """What belongs to PostgreSQL's user."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.folder / "data"

    @property
    def pid_file(self) -> Path:
        """Written by the server: pid, folder, start, port, socket folder, …, status."""
        return self.data / "postmaster.pid"

    @property
    def lock(self) -> Path:
        """Held by the onhand that runs this cluster."""
        return self.home / "lock"

    @property
    def password_file(self) -> Path:
        """The superuser's password, for us alone."""
        return self.home / "postgres.password"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "logs" / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """Inside the home when the path fits into a socket address, else a short one in the temporary folder."""
        inside = self.folder / "run"
        if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return inside
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"onhand-{self.account.uid}-{mark}"

    def password(self) -> str:
        """The superuser's password."""
        return self.password_file.read_text(encoding="ascii").strip()


def prepare_cluster(cluster: Cluster, programs: Path, *, fast: bool) -> None:
    """Make the folders, and the cluster itself at the first start.

    Raises:
        CannotStart: the socket folder belongs to somebody else.
        PostgresFailed: initdb failed.
        DiskFull: initdb found no room.
    """
    cluster.log.parent.mkdir(exist_ok=True)
    for folder in (cluster.folder, cluster.socket_folder):
        _own_folder(folder, cluster.account)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster, programs, fast=fast)


def _own_folder(folder: Path, account: Account) -> None:
    """A private folder of `account`; one that a stranger put there before us is refused."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != account.uid:
        raise CannotStart(problem=f'{folder} does not belong to the user "{account.name}"; remove it and try again')


def _initialise(cluster: Cluster, programs: Path, *, fast: bool) -> None:
    shutil.rmtree(cluster.data, ignore_errors=True)  # what an interrupted first start left
    if not cluster.password_file.exists():
        _write_private(cluster.password_file, secrets.token_urlsafe(24))
    # initdb runs as the cluster's user, who may not read our file: lend it a copy.
    lent = cluster.folder / "initial-password"
    _write_private(lent, cluster.password())
    os.chown(lent, cluster.account.uid, cluster.account.gid)
    command = [
        str(programs / "initdb"),
        f"--pgdata={cluster.data}",
        f"--username={SUPERUSER}",
        f"--pwfile={lent}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        *(["--no-sync"] if fast else []),
    ]
    try:
        done = _run_as(command, cluster)
    finally:
        lent.unlink()
    if done.returncode != 0:
        shutil.rmtree(cluster.data, ignore_errors=True)
        require_space(cluster.home)
        raise PostgresFailed(reason=last_line(done.stdout), log=cluster.log)


def _run_as(command: list[str], cluster: Cluster) -> subprocess.CompletedProcess[str]:
    account = cluster.account
    root = os.geteuid() == 0
    done = subprocess.run(
        command,
        cwd=cluster.folder,
        user=account.uid if root else None,
        group=account.gid if root else None,
        extra_groups=[] if root else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    with cluster.log.open("a", encoding="utf-8") as log:
        log.write(done.stdout)
    return done


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)


def last_line(text: str) -> str:
    """The last line that says what went wrong, as a sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:", "ERROR"))]
    said = (telling or lines or ["it ended without a word"])[-1]
    return said if said.endswith(".") else f"{said}."
