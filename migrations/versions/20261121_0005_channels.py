"""Channels, their listings, orders, logs and conflicts (expand).

Follows 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect, relay

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "channel",
    "channel_warehouse",
    "channel_state",
    "channel_message",
    "listing",
    "channel_order",
    "channel_conflict",
    "channel_difference",
)

# The worker tends the channels of all organizations; a webhook names its channel before anybody knows whose it is.
RELAYED = {
    "relay_channels()": """
CREATE FUNCTION relay_channels() RETURNS TABLE (organization_id uuid, id uuid) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = onhand, pg_temp
BEGIN ATOMIC
  SELECT c.organization_id, c.id FROM channel c
  WHERE c.status = 'active' AND c.connector <> 'manual' AND c.archived_at IS NULL ORDER BY c.organization_id, c.id;
END
""",
    "relay_channel_owner(uuid)": """
CREATE FUNCTION relay_channel_owner(channel_id uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = onhand, pg_temp
BEGIN ATOMIC SELECT c.organization_id FROM channel c WHERE c.id = channel_id AND c.archived_at IS NULL LIMIT 1; END
""",
}


def upgrade() -> None:
    make_channels()
    make_records()
    protect(op, *TABLES)
    protect(op, "sync_log", grant="SELECT, INSERT, DELETE")
    op.execute("GRANT SELECT ON channel TO onhand_relay")
    op.execute("CREATE POLICY relay ON channel FOR SELECT TO onhand_relay USING (true)")
    for signature, definition in RELAYED.items():
        relay(op, signature, definition)


def downgrade() -> None:
    for signature in RELAYED:
        op.execute(f"DROP FUNCTION {signature}")
    for table in ("sync_log", *reversed(TABLES)):
        op.drop_table(table)


def make_channels() -> None:
    op.create_table(
        "channel",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), server_default="marketplace", nullable=False),
        sa.Column("connector", sa.Text(), server_default="sandbox", nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=True),
        sa.Column("credentials", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="100", nullable=False),
        sa.Column("buffer", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("maximum_shown", sa.Numeric(), nullable=True),
        sa.Column("poll_seconds", sa.Integer(), server_default="30", nullable=False),
        sa.Column("calls_per_second", sa.Numeric(), server_default="10", nullable=False),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("code <> '' AND name <> ''", name=op.f("channel_named")),
        sa.CheckConstraint("connector = 'manual' OR endpoint IS NOT NULL", name=op.f("channel_endpoint_given")),
        sa.CheckConstraint("connector IN ('sandbox', 'manual')", name=op.f("channel_connector_is_known")),
        sa.CheckConstraint("status IN ('active', 'paused')", name=op.f("channel_status_is_known")),
        sa.CheckConstraint(
            "type IN ('marketplace', 'online_store', 'physical_store')", name=op.f("channel_type_is_known")
        ),
        sa.CheckConstraint("buffer >= 0 AND maximum_shown >= 0", name=op.f("channel_display_not_negative")),
        sa.CheckConstraint("calls_per_second > 0 AND calls_per_second <= 1000", name=op.f("channel_calls_at_a_pace")),
        sa.CheckConstraint("poll_seconds BETWEEN 1 AND 86400", name=op.f("channel_polls_in_time")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("channel_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("channel_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="channel_code_key"),
    )
    op.create_index("channel_name_key", "channel", ["organization_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "channel_message",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("channel_message_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("channel_message_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "channel_id", "message_id", name=op.f("channel_message_pkey")),
    )
    op.create_index("channel_message_received_idx", "channel_message", ["organization_id", "received_at"], unique=False)
    op.create_table(
        "channel_state",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("webhook_secret", sa.LargeBinary(), nullable=True),
        sa.Column("order_cursor", sa.Text(), server_default="", nullable=False),
        sa.Column("polled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("webhook_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("synced_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ok_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("failed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("open_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("channel_state_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("channel_state_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "channel_id", name=op.f("channel_state_pkey")),
    )
    op.create_table(
        "channel_warehouse",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("channel_warehouse_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "warehouse_id"],
            ["warehouse.organization_id", "warehouse.id"],
            name=op.f("channel_warehouse_organization_id_warehouse_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("channel_warehouse_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "channel_id", "warehouse_id", name=op.f("channel_warehouse_pkey")),
    )
    op.create_index(
        "channel_warehouse_warehouse_idx", "channel_warehouse", ["organization_id", "warehouse_id"], unique=False
    )
    op.create_table(
        "listing",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("described", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("wanted", sa.Numeric(), server_default="0", nullable=False),
        sa.Column("acknowledged", sa.Numeric(), nullable=True),
        sa.Column("acknowledged_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("changed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("dirty_since", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("uncertain", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("dead", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("listing_attempts_not_negative")),
        sa.CheckConstraint("wanted >= 0 AND acknowledged >= 0", name=op.f("listing_quantities_not_negative")),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("listing_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("listing_organization_id_sku_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("listing_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "channel_id", "sku_id", name=op.f("listing_pkey")),
        sa.UniqueConstraint("organization_id", "channel_id", "sku", name="listing_sku_key"),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index(
        "listing_dirty_idx",
        "listing",
        ["organization_id", "channel_id", "dirty_since"],
        unique=False,
        postgresql_where=sa.text("dirty_since IS NOT NULL"),
    )
    op.create_index(
        "listing_nameless_idx",
        "listing",
        ["organization_id", "channel_id", "sku"],
        unique=False,
        postgresql_where=sa.text("NOT described AND NOT dead"),
    )
    op.create_index("listing_sku_idx", "listing", ["organization_id", "sku_id"], unique=False)


def make_records() -> None:
    op.create_table(
        "sync_log",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("items", sa.Integer(), server_default="0", nullable=False),
        sa.Column("took_ms", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lag_ms", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "kind IN ('push', 'describe', 'pull', 'webhook', 'tell', 'sync')", name=op.f("sync_log_kind_is_known")
        ),
        sa.CheckConstraint("outcome IN ('ok', 'partial', 'failed')", name=op.f("sync_log_outcome_is_known")),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("sync_log_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("sync_log_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("sync_log_pkey")),
    )
    op.create_index("sync_log_at_idx", "sync_log", ["organization_id", "at"], unique=False)
    op.create_index("sync_log_channel_idx", "sync_log", ["organization_id", "channel_id", "id"], unique=False)
    op.create_table(
        "channel_order",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("tell", sa.Text(), server_default="nothing", nullable=False),
        sa.Column("told", sa.Text(), server_default="nothing", nullable=False),
        sa.Column("tracking", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "tell IN ('nothing', 'acknowledged', 'shipped', 'cancelled')", name=op.f("channel_order_tell_is_known")
        ),
        sa.CheckConstraint(
            "told IN ('nothing', 'acknowledged', 'shipped', 'cancelled')", name=op.f("channel_order_told_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("channel_order_organization_id_channel_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["sales_order.organization_id", "sales_order.id"],
            name=op.f("channel_order_organization_id_order_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("channel_order_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "channel_id", "external_id", name=op.f("channel_order_pkey")),
    )
    op.create_index("channel_order_order_idx", "channel_order", ["organization_id", "order_id"], unique=False)
    op.create_index(
        "channel_order_untold_idx",
        "channel_order",
        ["organization_id", "channel_id"],
        unique=False,
        postgresql_where=sa.text("tell <> told"),
    )
    op.create_table(
        "channel_conflict",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("sku_id", sa.Uuid(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.Column("resolved_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(status = 'resolved') = (resolved_at IS NOT NULL)", name=op.f("channel_conflict_resolved_has_a_date")
        ),
        sa.CheckConstraint(
            "kind IN ('oversell', 'mismatch', 'failed_sync')", name=op.f("channel_conflict_kind_is_known")
        ),
        sa.CheckConstraint("status IN ('open', 'resolved')", name=op.f("channel_conflict_status_is_known")),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("channel_conflict_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["sales_order.organization_id", "sales_order.id"],
            name=op.f("channel_conflict_organization_id_order_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("channel_conflict_organization_id_sku_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("channel_conflict_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("channel_conflict_pkey")),
    )
    op.create_index(
        "channel_conflict_open_key",
        "channel_conflict",
        ["organization_id", "kind", "subject"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("channel_conflict_recent_idx", "channel_conflict", ["organization_id", "created_at"], unique=False)
    op.create_table(
        "channel_difference",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("ours", sa.Numeric(), nullable=False),
        sa.Column("theirs", sa.Numeric(), nullable=False),
        sa.Column("found_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("posting_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'ours', 'theirs')", name=op.f("channel_difference_status_is_known")),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channel.organization_id", "channel.id"],
            name=op.f("channel_difference_organization_id_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("channel_difference_organization_id_sku_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("channel_difference_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("channel_difference_pkey")),
    )
    op.create_index(
        "channel_difference_open_key",
        "channel_difference",
        ["organization_id", "channel_id", "sku_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
