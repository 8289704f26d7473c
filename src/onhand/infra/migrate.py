"""Bring a database to the present version: roles and schemas first, then the migrations as their owner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from onhand.infra.addresses import app_password
from onhand.infra.postgres import require_version

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from onhand.infra.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
LOCK = "SELECT pg_advisory_lock(hashtext('onhand.migrate'))"  # two that start at once migrate one after the other
ROLES = ("onhand_owner", "onhand_app", "onhand_relay")


def configuration() -> Config:
    """Alembic's configuration, wherever the process was started."""
    return Config(str(ROOT / "alembic.ini"))


def engine(url: str) -> Engine:
    """A plain connection maker for Alembic, with our search path."""

    def connect() -> psycopg.Connection[Any]:
        return psycopg.connect(url, options="-c search_path=onhand,public")

    return create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool)


def migrate(url: str, settings: Settings, revision: str = "head") -> None:
    """Make roles and schemas where they are missing and run all migrations up (or down) to `revision`."""
    with psycopg.connect(url, autocommit=True) as connection:
        require_version(connection)
        connection.execute(LOCK)
        _prepare(connection, app_password(settings))
        _run(url, revision)


def _prepare(connection: psycopg.Connection[Any], password: str) -> None:
    for role in ROLES:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(role)))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    connection.execute(sql.SQL("ALTER ROLE onhand_app LOGIN PASSWORD {}").format(sql.Literal(password)))
    connection.execute("GRANT onhand_relay TO onhand_owner")
    connection.execute("CREATE SCHEMA IF NOT EXISTS onhand AUTHORIZATION onhand_owner")
    connection.execute("CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION onhand_owner")
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO onhand_owner").format(database))
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")  # the organization beside the trigrams, in one index


def _run(url: str, revision: str) -> None:
    with engine(url).connect() as connection:
        connection.exec_driver_sql("SET ROLE onhand_owner")
        connection.commit()
        configured = configuration()
        configured.attributes["connection"] = connection
        down = revision != "head" and not _is_ahead(connection, revision)
        (command.downgrade if down else command.upgrade)(configured, revision)
        # Alembic's own table; web and worker ask it whether the database is theirs (`/readyz`).
        connection.exec_driver_sql("GRANT SELECT ON alembic_version TO onhand_app")
        connection.commit()


def _is_ahead(connection: Connection, revision: str) -> bool:
    """Whether `revision` lies after the database's present one."""
    present = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(configuration())
    return present is None or present in {s.revision for s in script.iterate_revisions(revision, "base")}


def pending(url: str) -> list[str]:
    """Revisions that the database at `url` still lacks, oldest first."""
    with engine(url).connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(configuration())
    return [step.revision for step in script.iterate_revisions("head", present or "base")][::-1]


def drift(url: str) -> list[Any]:
    """Differences between the models and the database that Alembic can see; empty when there is none."""
    with engine(url).connect() as connection:
        configured = configuration()
        configured.attributes["connection"] = connection
        found: list[Any] = []

        def note(_revision: Any, _context: Any, directives: Any) -> None:
            found.extend(directives[0].upgrade_ops.as_diffs())
            directives.clear()

        command.revision(configured, autogenerate=True, process_revision_directives=note)
        return found
