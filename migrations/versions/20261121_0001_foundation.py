"""The foundation: organizations, people, keys, audit, events, idempotency, jobs (expand).

Follows nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

from onhand.infra.tables import Xid8
from onhand.infra.tenancy import protect, relay

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The organization of this transaction; null, and so no rows, when nobody set one.
CURRENT_ORGANIZATION = """
CREATE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('onhand.organization_id', true), '')::uuid
"""

# Partitions for this month and the next ones of every table that is partitioned by month; safe to repeat.
ENSURE_PARTITIONS = """
CREATE FUNCTION ensure_partitions(months integer DEFAULT 2) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp AS $$
DECLARE parent record; first date; made integer := 0;
BEGIN
  FOR parent IN SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'onhand' LOOP
    FOR i IN 0..months LOOP
      first := (date_trunc('month', now()) + make_interval(months => i))::date;
      IF to_regclass(format('%I', parent.relname || to_char(first, '_YYYYMM'))) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          parent.relname || to_char(first, '_YYYYMM'), parent.relname, first, first + interval '1 month');
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$
"""

# What crosses organizations is a handful of functions of onhand_relay, each with one narrow purpose.
RELAYED = {
    "relay_events(xid8, bigint, integer)": """
CREATE FUNCTION relay_events(after_xid xid8, after_id bigint, most integer)
RETURNS TABLE (organization_id uuid, id bigint, xid xid8, kind text, facts jsonb) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = onhand, pg_temp
BEGIN ATOMIC
  SELECT e.organization_id, e.id, e.xid, e.kind, e.facts FROM event e
  WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot()) AND (e.xid, e.id) > (after_xid, after_id)
  ORDER BY e.xid, e.id LIMIT most;
END
""",
    "relay_newest()": """
CREATE FUNCTION relay_newest() RETURNS TABLE (xid xid8, id bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = onhand, pg_temp
BEGIN ATOMIC
  SELECT e.xid, e.id FROM event e WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY e.xid DESC, e.id DESC LIMIT 1;
END
""",
    "relay_organizations()": """
CREATE FUNCTION relay_organizations() RETURNS TABLE (id uuid, code text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = onhand, pg_temp
BEGIN ATOMIC SELECT o.id, o.code FROM organization o ORDER BY o.code; END
""",
    "relay_memberships(uuid)": """
CREATE FUNCTION relay_memberships(account uuid)
RETURNS TABLE (organization_id uuid, code text, name text, role text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = onhand, pg_temp
BEGIN ATOMIC
  SELECT m.organization_id, o.code, o.name, m.role FROM membership m JOIN organization o ON o.id = m.organization_id
  WHERE m.account_id = account ORDER BY m.created_at;
END
""",
    "relay_api_key(text)": """
CREATE FUNCTION relay_api_key(hash text) RETURNS TABLE (organization_id uuid, id uuid, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = onhand, pg_temp
BEGIN ATOMIC
  SELECT k.organization_id, k.id, k.name, k.role FROM api_key k WHERE k.secret_hash = hash AND k.revoked_at IS NULL;
END
""",
}


def upgrade() -> None:
    op.execute("GRANT USAGE ON SCHEMA onhand, jobs TO onhand_app, onhand_relay")
    op.execute(CURRENT_ORGANIZATION)
    make_tables()
    op.execute(ENSURE_PARTITIONS)
    op.execute("REVOKE ALL ON FUNCTION ensure_partitions FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION ensure_partitions TO onhand_app")
    op.execute("SELECT ensure_partitions()")
    rights()
    for signature, definition in RELAYED.items():
        relay(op, signature, definition)
    make_job_tables()


def rights() -> None:
    protect(op, "membership", "api_key", "job", grant="SELECT, INSERT, UPDATE, DELETE")
    protect(op, "organization", grant="SELECT, INSERT, UPDATE", condition="id = (SELECT current_organization())")
    protect(op, "audit_entry", "event", grant="SELECT, INSERT")
    protect(op, "idempotency", grant="SELECT, INSERT, DELETE")
    op.execute("GRANT SELECT, INSERT, UPDATE ON account, sign_in, event_cursor, heartbeat TO onhand_app")
    for table in ("organization", "membership", "api_key", "event"):
        op.execute(f"GRANT SELECT ON {table} TO onhand_relay")
        op.execute(f"CREATE POLICY relay ON {table} FOR SELECT TO onhand_relay USING (true)")


def make_job_tables() -> None:
    op.execute("SET LOCAL search_path = jobs, public")
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    op.execute("SET LOCAL search_path = onhand, public")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO onhand_app")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO onhand_app")


def make_tables() -> None:

    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), sa.Computed("lower(email)", persisted=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("account_pkey")),
        sa.UniqueConstraint("email_key", name="account_email_key"),
    )
    op.create_table(
        "event_cursor",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("xid", Xid8(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("consumer", name=op.f("event_cursor_pkey")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("beat_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("heartbeat_pkey")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), server_default="GBP", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="Europe/London", nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("code = lower(code) AND code <> ''", name=op.f("organization_code_is_lower")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("organization_currency_is_iso")),
        sa.PrimaryKeyConstraint("id", name=op.f("organization_pkey")),
        sa.UniqueConstraint("code", name="organization_code_key"),
    )
    op.create_table(
        "api_key",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("last_used_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role IN ('admin', 'staff')", name=op.f("api_key_role_is_known")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("api_key_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("api_key_pkey")),
        sa.UniqueConstraint("secret_hash", name="api_key_secret_hash_key"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("recorded_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_label", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("audit_entry_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("audit_entry_pkey")),
    )
    op.create_index(
        "audit_entry_entity_idx", "audit_entry", ["organization_id", "entity", "entity_id", "id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("recorded_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("event_organization_id_fkey")),
        sa.PrimaryKeyConstraint("id", "recorded_at", name=op.f("event_pkey")),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    op.create_index("event_organization_idx", "event", ["organization_id", "id"], unique=False)
    op.create_index("event_watermark_idx", "event", ["xid", "id"], unique=False)
    op.create_table(
        "job",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("result", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("errors", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("job_progress_not_negative")),
        sa.CheckConstraint("status IN ('waiting', 'running', 'succeeded', 'failed')", name=op.f("job_status_is_known")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("job_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("job_pkey")),
    )
    op.create_index("job_recent_idx", "job", ["organization_id", "created_at"])
    op.create_table(
        "idempotency",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("idempotency_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "key", name=op.f("idempotency_pkey")),
    )
    op.create_index(op.f("idempotency_recorded_at_idx"), "idempotency", ["recorded_at"], unique=False)
    op.create_table(
        "membership",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role IN ('admin', 'staff')", name=op.f("membership_role_is_known")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("membership_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("membership_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "account_id", name=op.f("membership_pkey")),
    )
    op.create_index("membership_account_idx", "membership", ["account_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("refresh_hash", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=True),
        sa.Column("rotated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("sign_in_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("sign_in_organization_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_pkey")),
    )
    op.create_index("sign_in_account_idx", "sign_in", ["account_id"], unique=False)


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
    op.execute("CREATE SCHEMA jobs")
    for signature in RELAYED:
        op.execute(f"DROP FUNCTION {signature}")
    op.execute("DROP FUNCTION ensure_partitions")
    op.execute("DROP TABLE sign_in CASCADE")
    op.execute("DROP TABLE membership CASCADE")
    op.execute("DROP TABLE job CASCADE")
    op.execute("DROP TABLE idempotency CASCADE")
    op.execute("DROP TABLE event CASCADE")
    op.execute("DROP TABLE audit_entry CASCADE")
    op.execute("DROP TABLE api_key CASCADE")
    op.execute("DROP TABLE organization CASCADE")
    op.execute("DROP TABLE heartbeat CASCADE")
    op.execute("DROP TABLE event_cursor CASCADE")
    op.execute("DROP TABLE account CASCADE")
    op.execute("DROP FUNCTION current_organization")
