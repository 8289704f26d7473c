"""post() knows bins, lots, serials, freezes and what things cost (expand and contract).

Follows 0023. Code of before calls the function with the arguments it had then, which are gone: while both run, its
postings fail and are tried again by the new code.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0023"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def run(name: str) -> None:
    op.get_bind().connection.cursor().execute((SQL / name).read_text(encoding="utf-8"))


def open_post() -> None:
    op.execute("REVOKE ALL ON FUNCTION post FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION post TO onhand_app")


def upgrade() -> None:
    op.execute("-- squawk-ignore ban-drop-function\nDROP FUNCTION post")
    for name in ("named", "cost_lines", "post"):
        run(f"pieces/{name}.sql")
    op.execute("REVOKE ALL ON FUNCTION cost_lines FROM PUBLIC")
    open_post()


def downgrade() -> None:
    for name in ("post", "cost_lines", "bin_named", "lot_named", "serial_named"):
        op.execute(f"DROP FUNCTION {name}")
    run("ledger/post.sql")
    open_post()
