"""What stock was at any past moment: sums by the day it happened and the day it was known (expand).

Follows 0026. The sums are made by a job from the movements; until it has come that far, movements are read.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from onhand.infra.tenancy import protect

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql" / "past"
TABLES = ("past_state", "warehouse_day", "level_day", "level_past", "carried_level", "carried_reservation")
READING = ("past_edges", "level_changes", "level_at", "warehouse_changes", "levels_at", "past_is_here", "end_of_day")
KEEPING = ("past_mark", "fold_level", "fold_past")


def run(name: str) -> None:
    op.get_bind().connection.cursor().execute((SQL / name).read_text(encoding="utf-8"))


def upgrade() -> None:
    run("tables.sql")
    protect(op, *TABLES, grant="SELECT")
    op.execute("GRANT SELECT ON detached_part TO onhand_app")
    run("read.sql")
    run("keep.sql")
    for name in (*READING, *KEEPING):
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO onhand_app")


def downgrade() -> None:
    for name in (*KEEPING, *READING):
        op.execute(f"DROP FUNCTION {name}")
    for table in (*reversed(TABLES), "detached_part"):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE cost_adjustment DROP COLUMN number")
