"""The doctor finds what is wrong and says how to mend it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest
from typer.testing import CliRunner

from onhand.app.command_line import app
from onhand.infra import diagnosis
from onhand.infra.revisions import newest_revision
from onhand.infra.settings import get_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onhand.infra.diagnosis import Finding
    from onhand.infra.settings import Settings


@pytest.fixture
def url(settings: Settings) -> str:
    assert settings.database_url
    return settings.database_url


def found(url: str, what: str) -> Finding:
    return next(finding for finding in diagnosis.examine(url) if finding.what == what)


@contextmanager
def changed(url: str, change: str, undo: str) -> Iterator[None]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(change.encode())
        try:
            yield
        finally:
            connection.execute(undo.encode())


def test_a_fresh_database_is_well_but_for_durability_and_the_worker(url: str) -> None:
    """Tests run without durability, and no worker runs here."""
    ill = {finding.what for finding in diagnosis.examine(url) if finding.mend}
    assert ill == {"Durability", "Worker"}


def test_a_role_above_row_security_is_found(url: str) -> None:
    with changed(url, "ALTER ROLE onhand_relay BYPASSRLS", "ALTER ROLE onhand_relay NOBYPASSRLS"):
        finding = found(url, "Roles")
    assert finding.found == "above row security: onhand_relay"
    assert finding.mend == "Run as administrator: ALTER ROLE onhand_relay NOSUPERUSER NOBYPASSRLS;"
    assert found(url, "Roles").mend is None


def test_an_application_that_owns_a_table_is_found(url: str) -> None:
    change = "CREATE TABLE onhand.stray (); ALTER TABLE onhand.stray OWNER TO onhand_app"
    with changed(url, change, "DROP TABLE onhand.stray"):
        assert found(url, "Roles").found == "the application owns tables"


def test_a_temporary_table_of_the_application_is_no_fault(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE stage (); ALTER TABLE stage OWNER TO onhand_app")
        assert found(url, "Roles").mend is None


def test_a_table_without_row_security_is_found(url: str) -> None:
    change = "ALTER TABLE onhand.sku NO FORCE ROW LEVEL SECURITY"
    with changed(url, change, "ALTER TABLE onhand.sku FORCE ROW LEVEL SECURITY"):
        finding = found(url, "Row security")
    assert finding.found == "open: sku"
    assert finding.mend == (
        "Run as administrator: ALTER TABLE onhand.sku ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    )


def test_a_missing_migration_is_found(url: str) -> None:
    newest = newest_revision()
    change = "UPDATE onhand.alembic_version SET version_num = '0001'"
    with changed(url, change, f"UPDATE onhand.alembic_version SET version_num = '{newest}'"):
        finding = found(url, "Migrations")
    assert finding.found == f"at 0001, the newest is {newest}"
    assert finding.mend == "Run: onhand migrate"


def test_a_missing_partition_is_found_and_its_remedy_works(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT c.relname || to_char(now() + interval '1 month', '_YYYYMM') FROM pg_partitioned_table p"
            " JOIN pg_class c ON c.oid = p.partrelid ORDER BY 1 LIMIT 1"
        ).fetchone()
        assert row is not None
        connection.execute(f"DROP TABLE onhand.{row[0]}".encode())
        finding = found(url, "Partitions")
        assert finding.mend is not None
        connection.execute(finding.mend.rpartition("run: ")[2].encode())
    assert found(url, "Partitions").mend is None


def test_a_silent_worker_is_found_and_a_living_one_too(url: str) -> None:
    silent = "INSERT INTO onhand.heartbeat (process, beat_at) VALUES ('worker', now() - interval '1 hour')"
    with changed(url, silent, "UPDATE onhand.heartbeat SET beat_at = now()"):
        finding = found(url, "Worker")
    assert finding.found.startswith("silent for 3600 s")
    assert finding.mend == "Start onhand serve, or onhand worker beside your web processes."
    assert found(url, "Worker").mend is None


@pytest.fixture
def at_home(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ONHAND_HOME", str(tmp_path))
    monkeypatch.setenv("ONHAND_DATABASE_URL", str(settings.database_url))
    get_settings.cache_clear()
    yield tmp_path
    get_settings.cache_clear()


def test_the_command_shows_faults_with_remedies_and_ends_with_1(at_home: Path) -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "✓ PostgreSQL: 18." in result.output
    assert "✗ Secret key: missing" in result.output
    assert f"Restore {at_home}/secret.key from your backup." in result.output


def test_a_key_that_others_can_read_is_found(at_home: Path) -> None:
    key = at_home / "secret.key"
    key.write_text("secret", encoding="ascii")
    key.chmod(0o644)
    assert f"Run: chmod 600 {key}" in CliRunner().invoke(app, ["doctor"]).output


def test_a_database_that_does_not_answer_is_a_finding(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONHAND_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    get_settings.cache_clear()
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "✗ Database: does not run" in result.output
    assert str(at_home) not in result.output.partition("Database")[2]
