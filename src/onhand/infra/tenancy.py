"""Row-level security and grants, for migrations: the application role owns nothing and sees one organization."""

from __future__ import annotations

from typing import Protocol


class Executes(Protocol):
    """What a migration's `op` offers."""

    def execute(self, sqltext: str) -> None:
        """Run one statement."""


TENANT = "organization_id = (SELECT current_organization())"


def protect(op: Executes, *tables: str, grant: str = "SELECT, INSERT, UPDATE, DELETE", condition: str = TENANT) -> None:
    """Force row-level security on `tables` and give onhand_app exactly the rights in `grant`.

    The policy is TO PUBLIC on purpose: FORCE makes the owner obey it too, also inside SECURITY DEFINER functions.
    """
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({condition})")
        op.execute(f"GRANT {grant} ON {table} TO onhand_app")


def relay(op: Executes, signature: str, definition: str) -> None:
    """Make a SECURITY DEFINER function of onhand_relay: the narrow doors between organizations, for our own readers.

    The new owner must be able to create in the schema at that moment, and only then.
    """
    op.execute(definition)
    op.execute("GRANT CREATE ON SCHEMA onhand TO onhand_relay")
    op.execute(f"ALTER FUNCTION {signature} OWNER TO onhand_relay")
    op.execute("REVOKE CREATE ON SCHEMA onhand FROM onhand_relay")
    op.execute("SET LOCAL ROLE onhand_relay")
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO onhand_app")
    op.execute("SET LOCAL ROLE onhand_owner")
