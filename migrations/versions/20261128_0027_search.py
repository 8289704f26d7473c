"""Search over everything, kept views, recent searches (expand).

Follows 0014. Customers are found by parts of their names.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect, relay

revision = "0027"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)
SQL = Path(__file__).parents[1] / "sql" / "search"
THINGS, CUSTOMERS = "find_things(text, text[], integer)", "find_customers(text, integer)"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), sa.Computed("lower(name)", persisted=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("saved_view_name_not_empty")),
        sa.CheckConstraint("list ~ '^[a-z][a-z-]{0,49}$'", name=op.f("saved_view_list_is_a_name")),
        sa.CheckConstraint(
            "jsonb_typeof(state) = 'object' AND length(state::text) <= 20000",
            name=op.f("saved_view_state_is_a_small_object"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("saved_view_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("saved_view_pkey")),
        sa.UniqueConstraint("organization_id", "owner_id", "list", "name_key", name="saved_view_name_key"),
    )
    op.create_index(
        "saved_view_shared_idx", "saved_view", ["organization_id", "list"], postgresql_where=sa.text("shared")
    )
    op.create_table(
        "first_view",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "view_id"],
            ["saved_view.organization_id", "saved_view.id"],
            ondelete="CASCADE",
            name=op.f("first_view_organization_id_view_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("first_view_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "owner_id", "list", name=op.f("first_view_pkey")),
    )
    op.create_table(
        "recent_search",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("text_key", sa.Text(), sa.Computed("lower(text)", persisted=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("used_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("text <> '' AND length(text) <= 500", name=op.f("recent_search_text_fits")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("recent_search_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "owner_id", "text_key", name=op.f("recent_search_pkey")),
    )
    protect(op, "saved_view", "first_view", "recent_search")
    op.execute("GRANT SELECT ON customer TO onhand_relay")
    op.execute("CREATE POLICY relay ON customer FOR SELECT TO onhand_relay USING (true)")
    relay(op, CUSTOMERS, (SQL / "find_customers.sql").read_text(encoding="utf-8"))
    op.execute((SQL / "find_things.sql").read_text(encoding="utf-8"))
    op.execute(f"REVOKE ALL ON FUNCTION {THINGS} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {THINGS} TO onhand_app")
    # Writing a customer waits while it is built; there are far fewer of them than of orders.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX customer_search_idx ON customer USING gin (organization_id, name gin_trgm_ops)"
    )


def downgrade() -> None:
    op.execute("DROP INDEX customer_search_idx")
    for function in (THINGS, CUSTOMERS):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP POLICY relay ON customer")
    op.execute("REVOKE SELECT ON customer FROM onhand_relay")
    for table in ("recent_search", "first_view", "saved_view"):
        op.drop_table(table)
