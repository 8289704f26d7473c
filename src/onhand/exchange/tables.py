"""Runs of an import, the lines that each brought in, and the lines it could not take."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped, reference

# An import that says `running` while no process holds its lock was cut off: people see it as `unfinished`.
STATUSES = ("uploaded", "mapped", "checked", "running", "unfinished", "finished", "undoing", "undone", "failed")
_KNOWN = ", ".join(f"'{status}'" for status in STATUSES)


class ImportRun(Entity, Stamped, Base):
    """One file on its way in. It commits in chunks, but it is one run: finished, resumed or undone as a whole."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(f"status IN ({_KNOWN})", name="status_is_known"),
        CheckConstraint("lines_done >= 0 AND lines_done <= lines_total", name="progress_in_range"),
        CheckConstraint("(status = 'finished') <= (finished_at IS NOT NULL)", name="finished_has_a_date"),
        Index("import_run_created_idx", "organization_id", "created_at", "id"),
        Index("import_run_one_running_key", "organization_id", "source", unique=True,
              postgresql_where=text("status IN ('running', 'undoing')")),
    )  # fmt: skip
    kind: Mapped[str] = mapped_column(server_default="sales")
    status: Mapped[str] = mapped_column(server_default="uploaded")
    source: Mapped[str]
    file_name: Mapped[str]
    file_size: Mapped[int] = mapped_column(BigInteger)
    file_hash: Mapped[str]
    shape: Mapped[dict[str, Any]]
    mapping: Mapped[dict[str, Any]]
    options: Mapped[dict[str, Any]]
    summary: Mapped[dict[str, Any] | None]
    result: Mapped[dict[str, Any] | None]
    lines_total: Mapped[int] = mapped_column(server_default="0")
    lines_done: Mapped[int] = mapped_column(server_default="0")  # posted in the ledger
    lines_recorded: Mapped[int] = mapped_column(server_default="0")  # recorded as orders, in the file's order
    problem: Mapped[str | None]
    started_by: Mapped[str]
    opened_at: Mapped[datetime | None]  # the opening balance is posted, products and customers are there
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class RunPart:
    """Belongs to a run, and by that to its organization: a key of its own to `organization` would say it twice."""

    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-20)


class ImportLine(RunPart, Base):
    """A line that stands on file: whichever file brings it again changes nothing. Undoing its run removes it.

    No foreign key: it is written in the transaction that moves its run's progress, and checking a third of a million of
    them against that one row takes longer than writing them.
    """

    __tablename__ = "import_line"
    id: Mapped[UUID] = mapped_column(primary_key=True)  # derived from source, invoice, code and occurrence
    run_id: Mapped[UUID]
    content: Mapped[int] = mapped_column(BigInteger)  # a hash of what the line says, to notice one that says otherwise


class ImportFault(RunPart, Base):
    """A line that a run left out, and why. At most the first ten thousand; the result file holds them all."""

    __tablename__ = "import_fault"
    __table_args__ = (reference("import_run", "run_id", ondelete="CASCADE"),)
    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str]
    fix: Mapped[str] = mapped_column(server_default="")  # what to do
