"""What can be wrong with an installation, asked of its database as administrator; each answer says how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from onhand.infra.postgres import PostgresTooOld, require_version
from onhand.infra.reach import require_answer
from onhand.infra.revisions import newest_revision

if TYPE_CHECKING:
    from collections.abc import Callable

ROLES = ["onhand_owner", "onhand_app", "onhand_relay"]
STALE_SECONDS = 30
OVERPOWERED = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls) ORDER BY rolname"
MISSING_ROLES = "SELECT unnest(%s::text[]) EXCEPT SELECT rolname FROM pg_roles ORDER BY 1"
OWNED = """SELECT relname FROM pg_class WHERE relowner = 'onhand_app'::regrole AND relpersistence <> 't'
ORDER BY relname LIMIT 1"""  # who copies rows in makes a temporary table of their own
# A sign-in is looked up by its token before anybody knows its organization.
UNGUARDED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
WHERE n.nspname = 'onhand' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
AND c.relname <> 'sign_in' AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY c.relname
"""
# Partitioned tables that have no partition for the month that begins next.
UNPREPARED = """
SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'onhand'
AND to_regclass(format('onhand.%I', c.relname || to_char(now() + interval '1 month', '_YYYYMM'))) IS NULL
ORDER BY c.relname
"""
REVISION = "SELECT version_num FROM onhand.alembic_version"
HEARTBEAT = "SELECT extract(epoch FROM now() - max(beat_at)) FROM onhand.heartbeat WHERE process = 'worker'"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and how to mend it; nothing to mend when it is well."""

    what: str
    found: str
    mend: str | None = None


def examine(url: str) -> list[Finding]:
    """Everything that the database at `url` can tell. Raises DatabaseUnreachable."""
    require_answer(url)
    checks: list[Callable[[psycopg.Connection[Any]], Finding]]
    checks = [version, durability, roles, row_security, migrations, partitions, worker]
    with psycopg.connect(url, autocommit=True) as connection:
        return [check(connection) for check in checks]


def version(connection: psycopg.Connection[Any]) -> Finding:
    """PostgreSQL is 18 or newer."""
    try:
        require_version(connection)
    except PostgresTooOld as problem:
        return Finding("PostgreSQL", "too old", problem.sentence())
    return Finding("PostgreSQL", str(_value(connection, "SHOW server_version")))


def durability(connection: psycopg.Connection[Any]) -> Finding:
    """What was committed survives a power cut."""
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _setting(connection, name) == "off"]
    if not off:
        return Finding("Durability", "on")
    return Finding(
        "Durability", f"{', '.join(off)} off", f"Set {' and '.join(off)} to on in PostgreSQL's configuration."
    )


def roles(connection: psycopg.Connection[Any]) -> Finding:
    """Our roles exist, none is above row security, and the application owns nothing."""
    missing = _column(connection, MISSING_ROLES, ROLES)
    if missing:
        return Finding("Roles", f"missing: {', '.join(missing)}", "Run: onhand migrate")
    powerful = _column(connection, OVERPOWERED, ROLES)
    if powerful:
        weaker = " ".join(f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS;" for name in powerful)
        return Finding("Roles", f"above row security: {', '.join(powerful)}", f"Run as administrator: {weaker}")
    owned = _column(connection, OWNED)
    if owned:
        mend = f"Run as administrator: REASSIGN OWNED BY onhand_app TO onhand_owner; (it owns {owned[0]})"
        return Finding("Roles", "the application owns tables", mend)
    return Finding("Roles", "the application owns nothing and is under row security")


def row_security(connection: psycopg.Connection[Any]) -> Finding:
    """Every table of an organization is guarded, even against its owner."""
    open_ = _column(connection, UNGUARDED)
    if not open_:
        return Finding("Row security", "on and forced on every table of an organization")
    mend = "; ".join(f"ALTER TABLE onhand.{name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY" for name in open_)
    return Finding("Row security", f"open: {', '.join(open_)}", f"Run as administrator: {mend}")


def migrations(connection: psycopg.Connection[Any]) -> Finding:
    """The database is as this version of onhand wants it."""
    try:
        present = _value(connection, REVISION)
    except psycopg.errors.UndefinedTable:
        present = None
    if present == newest_revision():
        return Finding("Migrations", f"at the newest, {present}")
    return Finding("Migrations", f"at {present or 'nothing'}, the newest is {newest_revision()}", "Run: onhand migrate")


def partitions(connection: psycopg.Connection[Any]) -> Finding:
    """Next month's rows have somewhere to go."""
    missing = _column(connection, UNPREPARED)
    if not missing:
        return Finding("Partitions", "next month's are there")
    mend = "Start the worker, which makes them every night, or run: SELECT onhand.ensure_partitions();"
    return Finding("Partitions", f"none for next month: {', '.join(missing)}", mend)


def worker(connection: psycopg.Connection[Any]) -> Finding:
    """Background work is being done."""
    try:
        seconds = _value(connection, HEARTBEAT)
    except psycopg.errors.UndefinedTable:
        seconds = None
    if seconds is not None and seconds < STALE_SECONDS:
        return Finding("Worker", f"alive {seconds:.0f} s ago")
    found = "never seen" if seconds is None else f"silent for {seconds:.0f} s"
    return Finding("Worker", found, "Start onhand serve, or onhand worker beside your web processes.")


def _value(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _setting(connection: psycopg.Connection[Any], name: str) -> str:
    row = connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchone()
    return str(row[0]) if row else ""


def _column(connection: psycopg.Connection[Any], query: str, *values: object) -> list[str]:
    return [str(row[0]) for row in connection.execute(query.encode(), values or None)]
