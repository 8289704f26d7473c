"""The ledger: levels, postings, movements, reservations, shortages, costs, transfers, and post() (expand).

Follows 0002.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from onhand.infra.tenancy import protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql" / "ledger"
WRITTEN_BY_POST = ("level", "posting", "movement", "reservation", "shortage", "sku_cost")
DOCUMENTS = ("transfer", "transfer_line")
FUNCTIONS = ("post", "read_level", "drop_level", "resolve_shortage")


def run(name: str) -> None:
    op.get_bind().connection.cursor().execute((SQL / name).read_text(encoding="utf-8"))


def upgrade() -> None:
    run("tables.sql")
    op.execute("SELECT ensure_partitions()")
    protect(op, *WRITTEN_BY_POST, grant="SELECT")
    protect(op, *DOCUMENTS)
    for name in FUNCTIONS:
        run(f"{name}.sql")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO onhand_app")
    run("statistics.sql")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    for table in (*reversed(DOCUMENTS), *reversed(WRITTEN_BY_POST)):
        op.execute(f"DROP TABLE {table} CASCADE")
