"""Alembic's environment: migrations run as onhand_owner, with timeouts, in the schema onhand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import context

from onhand.app.models import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection


def partitions(connection: Connection) -> set[str]:
    """Partitions of partitioned tables: made by functions and jobs, not described by models."""
    rows = connection.exec_driver_sql("SELECT relname FROM pg_class WHERE relispartition")
    return {row[0] for row in rows}


def run(connection: Connection) -> None:
    """Run the wanted migrations on `connection`."""
    skipped = partitions(connection)

    def include_name(name: str | None, kind: str, _parents: Any) -> bool:
        return not (kind == "table" and name in skipped)

    context.configure(connection=connection, target_metadata=metadata, include_name=include_name, compare_type=True)
    with context.begin_transaction():
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = '15min'")
        context.run_migrations()


run(context.config.attributes["connection"])
