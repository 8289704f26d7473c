"""Sweeping away a scratch organization: only the owner of the tables can, the application has no right to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from uuid import UUID

OWNED = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
WHERE n.nspname = 'onhand' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"""
MOST_ROUNDS = 10  # each round deletes what nothing refers to any more; chains of references are shorter than that


def sweep(admin_url: str, organization_id: UUID) -> None:
    """Delete an organization and everything it owns."""
    with psycopg.connect(admin_url, options="-c search_path=onhand") as connection:
        connection.execute("SET LOCAL ROLE onhand_owner")
        connection.execute("SELECT set_config('onhand.organization_id', %s, true)", (str(organization_id),))
        left = {row[0] for row in connection.execute(OWNED)}
        for _ in range(MOST_ROUNDS):
            left = {table for table in left if not _emptied(connection, table, "organization_id", organization_id)}
        _emptied(connection, "organization", "id", organization_id)


def _emptied(connection: psycopg.Connection[Any], table: str, column: str, organization_id: UUID) -> bool:
    """Delete the organization's rows; False while other rows refer to them."""
    statement = sql.SQL("DELETE FROM {} WHERE {} = %s")
    try:
        with connection.transaction():
            connection.execute(statement.format(sql.Identifier(table), sql.Identifier(column)), (organization_id,))
    except psycopg.errors.ForeignKeyViolation:
        return False
    return True
