"""Where it is measured: an own durable PostgreSQL, 100,000 SKUs, and a real web process."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import httpx
import psycopg

from onhand import identity
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.migrate import migrate
from onhand.infra.postgres import RunningPostgres, ensure_database, start_postgres
from onhand.infra.postgres.binaries import programs_for
from onhand.infra.postgres.home import account_for_postgres
from onhand.infra.settings import Settings, get_settings

SKUS = 100_000
PORT = 8765
START_SECONDS = 240

SEED = """
INSERT INTO warehouse (organization_id, code, name) VALUES (%(org)s, 'MAIN', 'Main');
INSERT INTO product (organization_id, id, name, search_text)
SELECT %(org)s, uuidv7(), 'Article ' || n, 'article ' || n FROM generate_series(1, %(count)s) n;
INSERT INTO sku (organization_id, product_id, code, selling_price)
SELECT %(org)s, id, 'S-' || row_number() OVER (ORDER BY id), 1 FROM product WHERE organization_id = %(org)s;
"""
# The anchor: the least that any ledger must do in raw SQL, one insert and one update in one statement.
BARE = """
CREATE SCHEMA IF NOT EXISTS bare;
CREATE TABLE bare.level (item_id bigint, location_id int, on_hand numeric NOT NULL DEFAULT 0,
  reserved numeric NOT NULL DEFAULT 0, PRIMARY KEY (item_id, location_id)) WITH (fillfactor = 80);
CREATE TABLE bare.movement (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item_id bigint, location_id int,
  quantity numeric, kind smallint, reference text, at timestamptz DEFAULT now());
CREATE INDEX ON bare.movement (item_id, location_id, id);
INSERT INTO bare.level SELECT n, 1, 1000000, 0 FROM generate_series(1, 1000000) n;
"""


@dataclass(frozen=True, slots=True)
class World:
    """A running installation for measuring."""

    settings: Settings
    server: RunningPostgres
    organization_id: UUID
    token: str
    folder: Path

    @property
    def url(self) -> str:
        """The administrator's address of the database."""
        assert self.settings.database_url
        return self.settings.database_url


@contextmanager
def world() -> Iterator[World]:
    """Make it, give it, take it away."""
    with tempfile.TemporaryDirectory(prefix="onhand-bench-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        server = start_postgres(home)
        try:
            ensure_database(server.dsn(), "onhand")
            settings = replace(get_settings(), home=home, database_url=server.dsn("onhand"), port=PORT)
            migrate(server.dsn("onhand"), settings)
            organization_id, token = asyncio.run(organization(settings, "bench"))
            with psycopg.connect(server.dsn("onhand"), options="-c search_path=onhand,public", autocommit=True) as c:
                cursor = psycopg.ClientCursor(c)
                cursor.execute(SEED, {"org": organization_id, "count": SKUS})
                cursor.execute(BARE)
                c.execute("VACUUM ANALYZE")
            yield World(settings, server, organization_id, token, Path(folder))
        finally:
            server.stop()


async def organization(settings: Settings, code: str) -> tuple[UUID, str]:
    """A fresh organization and a key to it."""
    async with Database(app_url(settings)) as database, database.anonymous() as session:
        made = await identity.create_organization(session, identity.CreateOrganization(code, code.title()))
        _, secret = await identity.create_api_key(session, identity.CreateApiKey("bench", "admin"))
        return made.id, secret


@contextmanager
def web(at: World) -> Iterator[subprocess.Popen[bytes]]:
    """A web process as `onhand serve` starts it."""
    told = {
        "ONHAND_HOME": str(at.settings.home),
        "ONHAND_DATABASE_URL": at.url,
        "ONHAND_PORT": str(PORT),
        "ONHAND_LOG_LEVEL": "warning",
    }
    with subprocess.Popen([sys.executable, "-m", "onhand.app.web"], env=os.environ | told) as process:
        try:
            wait_for(f"http://127.0.0.1:{PORT}/healthz")
            yield process
        finally:
            process.terminate()


def wait_for(url: str) -> None:
    """Wait until a process answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(url)


def pgbench(at: World, script: str, *, clients: int, seconds: int, variables: dict[str, int] | None = None) -> float:
    """Transactions per second of a pgbench script, prepared statements, two threads."""
    file = at.folder / "script.sql"
    file.write_text(script)
    program = programs_for(account_for_postgres()) / "pgbench"
    command = [str(program), "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", str(file)]
    for name, value in (variables or {}).items():
        command += ["-D", f"{name}={value}"]
    done = subprocess.run([*command, at.url], check=True, capture_output=True, text=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def cpu_seconds(pid: int) -> float:
    """User and system CPU of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
