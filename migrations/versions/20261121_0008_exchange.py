"""Imports (expand).

Follows 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATUSES = "'uploaded', 'mapped', 'checked', 'running', 'unfinished', 'finished', 'undoing', 'undone', 'failed'"


def upgrade() -> None:
    make_runs()
    make_lines()
    protect(op, "import_run", "import_line", "import_fault")


def make_runs() -> None:
    op.create_table(
        "import_run",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), server_default="sales", nullable=False),
        sa.Column("status", sa.Text(), server_default="uploaded", nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_size", sa.BigInteger(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("shape", postgresql.JSONB(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("summary", postgresql.JSONB(), nullable=True),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.Column("lines_total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lines_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lines_recorded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("opened_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("undone_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("import_run_status_is_known")),
        sa.CheckConstraint("lines_done >= 0 AND lines_done <= lines_total", name=op.f("import_run_progress_in_range")),
        sa.CheckConstraint(
            "(status = 'finished') <= (finished_at IS NOT NULL)", name=op.f("import_run_finished_has_a_date")
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("import_run_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("import_run_pkey")),
    )
    op.create_index("import_run_created_idx", "import_run", ["organization_id", "created_at", "id"])
    op.create_index(
        "import_run_one_running_key",
        "import_run",
        ["organization_id", "source"],
        unique=True,
        postgresql_where=sa.text("status IN ('running', 'undoing')"),
    )


def make_lines() -> None:
    op.create_table(
        "import_line",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("import_line_pkey")),
    )
    op.create_table(
        "import_fault",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "run_id"],
            ["import_run.organization_id", "import_run.id"],
            name=op.f("import_fault_organization_id_run_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "run_id", "line", name=op.f("import_fault_pkey")),
    )


def downgrade() -> None:
    op.execute("DROP TABLE import_fault CASCADE")
    op.execute("DROP TABLE import_line CASCADE")
    op.execute("DROP TABLE import_run CASCADE")
