"""How stock is valued, documents that change costs, price breaks, sources of exchange rates (expand).

Follows 0013. `cost_method_of` is replaced: from now on it asks the organization and its categories.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from onhand.infra.tenancy import protect

revision = "0023"
down_revision = "0013"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql" / "costing"
TABLES = ("rate_feed", "costing_method", "cost_entry", "cost_charge", "price_break")
FUNCTIONS = ("lock_costs", "adjust_costs", "restate_costs")
INNER = ("pool_layers",)  # of the functions above alone
FIFO = """CREATE OR REPLACE FUNCTION cost_method_of(p_organization uuid, p_sku uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = onhand, pg_temp AS $$ SELECT 'fifo' $$"""


def run(name: str) -> None:
    op.get_bind().connection.cursor().execute((SQL / name).read_text(encoding="utf-8"))


def upgrade() -> None:
    run("tables.sql")
    protect(op, *TABLES)
    run("adjust.sql")
    for name in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO onhand_app")
    for name in INNER:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")


def downgrade() -> None:
    op.execute(FIFO)
    for name in (*FUNCTIONS, *INNER):
        op.execute(f"DROP FUNCTION {name}")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
