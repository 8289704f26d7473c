"""PostgreSQL of our own, on real servers and real kills."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from onhand.infra.postgres import (
    DiskFull,
    HomeNotReachable,
    PostgresFailed,
    PostgresTooOld,
    RunningPostgres,
    binaries,
    default_home,
    ensure_database,
    postgres_of,
    require_version,
    start_postgres,
)
from onhand.infra.postgres import home as home_module
from onhand.infra.postgres.home import account_for_postgres
from onhand.infra.processes import command_line, processes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that PostgreSQL's user may enter: pytest's own folders are private."""
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"


@pytest.fixture
def running(home: Path) -> Iterator[RunningPostgres]:
    with postgres_of(home, fast=True) as server:
        yield server


def asked(server: RunningPostgres, question: str) -> Any:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def wait_until(fact: Callable[[], bool], seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def an_owner(home: Path) -> subprocess.Popen[str]:
    """Another process that runs the server of `home` and prints its pid."""
    code = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from onhand.infra.postgres import start_postgres
        print(start_postgres(Path({str(home)!r}), fast=True).pid, flush=True)
        time.sleep(600)
    """)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_it_is_version_18_in_utf8_with_a_password(running: RunningPostgres) -> None:
    with psycopg.connect(running.dsn()) as connection:
        require_version(connection)
    assert asked(running, "SHOW server_encoding") == "UTF8"
    assert asked(running, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"
    wrong = running.dsn().replace(running.cluster.password(), "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_it_is_durable_unless_it_is_for_tests(home: Path) -> None:
    with postgres_of(home) as server:
        durable = [asked(server, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")]
        assert durable == ["on", "on", "on"]
        assert asked(server, "SHOW listen_addresses") == ""
        assert asked(server, "SHOW wal_compression") == "off"


def test_secrets_are_for_us_alone(running: RunningPostgres) -> None:
    cluster = running.cluster
    assert stat.S_IMODE(cluster.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    assert not (cluster.folder / "initial-password").exists()


def test_what_was_written_is_there_after_a_second_start(home: Path) -> None:
    with postgres_of(home, fast=True) as server:
        ensure_database(server.dsn(), "onhand")
        ensure_database(server.dsn(), "onhand")
    with postgres_of(home, fast=True) as server:
        assert asked(server, "SELECT count(*) FROM pg_database WHERE datname = 'onhand'") == 1


def test_a_second_onhand_joins_the_server_and_leaves_it_running(home: Path, running: RunningPostgres) -> None:
    guest = start_postgres(home)
    assert not guest.owned
    assert guest.dsn() == running.dsn()
    guest.stop()
    assert running.alive()
    assert asked(running, "SELECT 1") == 1


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    deep = home / ("a" * 60) / ("b" * 60)
    with postgres_of(deep, fast=True) as server:
        assert not server.cluster.socket_folder.is_relative_to(deep)
        assert asked(server, "SELECT 1") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_killing_the_owner_stops_the_server_and_the_next_start_is_clean(home: Path) -> None:
    with an_owner(home) as owner:
        pid = int(first_line(owner))
        assert command_line(pid)
        owner.kill()
    with postgres_of(home, fast=True) as server:
        assert server.owned
        assert server.pid != pid
        assert command_line(pid) == []


def test_an_orphan_that_ignored_its_owners_death_is_stopped_first(home: Path) -> None:
    with an_owner(home) as owner:
        pid = int(first_line(owner))
        os.kill(pid, signal.SIGSTOP)  # it cannot hear of the death yet
        owner.kill()
    os.kill(pid, signal.SIGCONT)
    with postgres_of(home, fast=True) as server:
        assert asked(server, "SELECT 1") == 1
    assert processes_in(server.cluster.data) == []


def test_a_killed_server_recovers_what_was_committed(home: Path) -> None:
    with postgres_of(home) as server:
        with psycopg.connect(server.dsn()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(server.pid, signal.SIGKILL)
        assert wait_until(lambda: not server.alive())
    with postgres_of(home) as server:
        assert asked(server, "SELECT answer FROM kept") == 42


def test_a_pid_file_with_a_strangers_number_hurts_nobody(home: Path) -> None:
    with postgres_of(home, fast=True) as server:
        cluster = server.cluster
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        cluster.pid_file.write_text(f"{stranger.pid}\n{cluster.data}\n", encoding="utf-8")
        with postgres_of(home, fast=True) as again:
            assert again.owned
            assert asked(again, "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_a_pid_file_cut_short_is_survived(home: Path) -> None:
    with postgres_of(home, fast=True) as server:
        cluster = server.cluster
    cluster.pid_file.write_text("", encoding="utf-8")
    with postgres_of(home, fast=True) as again:
        assert asked(again, "SELECT 1") == 1


def test_an_interrupted_first_start_is_begun_again(home: Path) -> None:
    data = home / "postgres" / "data"
    with postgres_of(home, fast=True):
        pass
    (data / "PG_VERSION").unlink()
    with postgres_of(home, fast=True) as server:
        assert asked(server, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why_and_frees_the_lock(home: Path) -> None:
    with postgres_of(home, fast=True) as server:
        settings = server.cluster.data / "postgresql.conf"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "\nno_such_setting = 1\n", encoding="utf-8")
    with pytest.raises(PostgresFailed, match=r"PostgreSQL did not start: .*errors.* Its whole log is .*postgres\.log"):
        start_postgres(home, fast=True)
    settings.write_text(text, encoding="utf-8")
    with postgres_of(home, fast=True) as server:
        assert server.owned


@pytest.mark.skipif(not AS_ROOT, reason="only root runs PostgreSQL as another user")
def test_root_refuses_a_private_parent_and_leaves_its_mode_alone(home: Path) -> None:
    private = home.parent / "private"
    private.mkdir(mode=0o700)
    with pytest.raises(HomeNotReachable, match=f"may not enter {private}. Set ONHAND_HOME"):
        start_postgres(private / "onhand")
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert list(private.iterdir()) == []


@pytest.mark.skipif(not AS_ROOT, reason="only root runs PostgreSQL as another user")
def test_root_in_a_private_folder_gets_a_home_of_its_own(home: Path) -> None:
    private = home.parent / "private"
    private.mkdir(mode=0o700)
    assert str(default_home(private)).startswith("/var/lib/onhand/")
    assert default_home(home.parent) == home.parent / ".onhand"


def test_programs_that_postgresqls_user_cannot_reach_are_copied(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "SHARED_HOME", home.parent / "shared")
    monkeypatch.setattr(binaries, "blocked_for", lambda _account, path: path)
    copied = binaries.programs_for(account_for_postgres())
    assert copied.is_relative_to(home.parent / "shared")
    told = subprocess.run([str(copied / "initdb"), "--version"], capture_output=True, text=True, check=True).stdout
    assert told.startswith("initdb (PostgreSQL) 18.")
    assert binaries.programs_for(account_for_postgres()) == copied


def test_a_full_disk_is_said_before_anything_is_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "NEEDED_MEGABYTES", 10**12)
    with pytest.raises(DiskFull, match="Free some space, or set ONHAND_HOME"):
        start_postgres(home)
    assert list(home.iterdir()) == []


def test_an_old_server_is_refused_with_a_sentence() -> None:
    connection: Any = SimpleNamespace(info=SimpleNamespace(server_version=170_004))
    with pytest.raises(PostgresTooOld, match=r"needs PostgreSQL 18 or newer, and this server is 17\.4"):
        require_version(connection)
