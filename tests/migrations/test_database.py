"""What Alembic does not see: row security, rights, CHECKs; and that migrations go up from nothing and down again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import CheckConstraint

from onhand.app.models import metadata
from onhand.infra.migrate import drift, migrate, pending
from onhand.infra.postgres import RunningPostgres, ensure_database
from onhand.infra.revisions import newest_revision

if TYPE_CHECKING:
    from onhand.infra.settings import Settings

# Belong to people or to the installation, not to one organization.
SHARED = {"account", "sign_in", "event_cursor", "heartbeat", "detached_part"}


@pytest.fixture
def connection(settings: Settings) -> Iterator[psycopg.Connection[Any]]:
    assert settings.database_url
    with psycopg.connect(settings.database_url, options="-c search_path=onhand") as opened:
        yield opened


def tables(connection: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
    rows = connection.execute(
        """SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'onhand' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname <> 'alembic_version'"""
    )
    return {row[0]: {"security": row[1], "forced": row[2], "owner": row[3]} for row in rows}


def test_every_table_of_an_organization_is_guarded(connection: psycopg.Connection[Any]) -> None:
    found = tables(connection)
    assert set(found) == set(metadata.tables)
    unguarded = {name for name, t in found.items() if name not in SHARED and not (t["security"] and t["forced"])}
    assert unguarded == set()


def test_every_table_of_an_organization_puts_it_first_in_its_key() -> None:
    first = {t.name: next(iter(t.primary_key.columns)).name for t in metadata.tables.values() if t.name not in SHARED}
    # An organization is its own key; events are ordered by their identity and indexed by organization.
    assert {n for n, c in first.items() if c != "organization_id"} == {"organization", "event"} | {
        n for n in ("movement",) if first.get(n) == "id"
    }


def test_no_foreign_key_can_leave_its_organization(connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute(
        """SELECT c.conname FROM pg_constraint c
        JOIN pg_class f ON f.oid = c.confrelid JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = 'onhand' AND c.contype = 'f' AND f.relname NOT IN ('organization', 'account')
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                        AND a.attname = 'organization_id')"""
    )
    assert [row[0] for row in rows] == []


def test_the_application_owns_nothing_and_bypasses_nothing(connection: psycopg.Connection[Any]) -> None:
    assert {t["owner"] for t in tables(connection).values()} == {"onhand_owner"}
    roles = connection.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'onhand%'")
    assert {(row[1], row[2]) for row in roles} == {(False, False)}


def test_what_is_recorded_cannot_be_rewritten_by_the_application(connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute(
        """SELECT table_name, privilege_type FROM information_schema.role_table_grants
        WHERE grantee = 'onhand_app' AND table_name IN ('audit_entry', 'event')
        AND privilege_type NOT IN ('SELECT', 'INSERT')"""
    )
    assert rows.fetchall() == []


def test_every_policy_shows_one_organization_only(connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute("SELECT tablename, policyname, qual FROM pg_policies WHERE schemaname = 'onhand'")
    open_ones = {(r[0], r[1]) for r in rows if "current_organization" not in r[2]}
    assert {name for _, name in open_ones} <= {"relay"}  # the relay's own functions read across, nobody else


def test_models_and_database_agree(settings: Settings, connection: psycopg.Connection[Any]) -> None:
    assert settings.database_url
    assert drift(settings.database_url) == []
    rows = connection.execute(
        """SELECT c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = 'onhand' AND c.contype = 'c' AND NOT t.relispartition"""
    )
    in_models = {
        str(c.name) if str(c.name).startswith(t.name) else f"{t.name}_{c.name}"
        for t in metadata.tables.values()
        for c in t.constraints
        if isinstance(c, CheckConstraint) and c.name
    }
    assert {row[0] for row in rows} == in_models


def test_migrations_go_down_to_nothing_and_up_again(postgres: RunningPostgres, settings: Settings) -> None:
    ensure_database(postgres.dsn(), "updown")
    url = postgres.dsn("updown")
    migrate(url, settings)
    migrate(url, settings, "base")
    assert pending(url)[-1] == newest_revision()
    migrate(url, settings)
    assert pending(url) == []
