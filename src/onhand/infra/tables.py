"""What all tables share: the organization first in every key, named constraints, and the tables of infra itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The type's name in SQL."""
        return "xid8"


# Reflection (for the check of models against the database) knows the type by this name.
ischema_names["xid8"] = Xid8


class Base(DeclarativeBase):
    """All tables, in the schema `onhand` (by search path)."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: TIMESTAMP(timezone=True), str: Text(), dict[str, Any]: JSONB()}


class Owned:
    """Belongs to an organization; the column comes first in the key so that no row can point elsewhere."""

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True, sort_order=-20)


class Entity(Owned):
    """An owned row with an id of its own (UUIDv7)."""

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"), sort_order=-19)


class Stamped:
    """When the row was made and last changed; the ETag comes from `updated_at`."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.clock_timestamp(), sort_order=91
    )


def reference(table: str, column: str, *, ondelete: str | None = None, name: str | None = None) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the organization: (organization_id, column) → table(organization_id, id)."""
    return ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"], ondelete=ondelete, name=name
    )


class Event(Base):
    """Something that happened, for readers in other processes. Partitioned by month; read up to the watermark only."""

    __tablename__ = "event"
    __table_args__ = (
        PrimaryKeyConstraint("id", "recorded_at"),
        Index("event_watermark_idx", "xid", "id"),
        Index("event_organization_idx", "organization_id", "id"),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]


class EventCursor(Base):
    """How far one reader (a process' role, not an organization) has come."""

    __tablename__ = "event_cursor"
    consumer: Mapped[str] = mapped_column(primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8)
    event_id: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Idempotency(Owned, Base):
    """The first answer to a repeated request; kept 30 days."""

    __tablename__ = "idempotency"
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    status: Mapped[int]
    answer: Mapped[bytes]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)


class Heartbeat(Base):
    """A process that says it is alive; `readyz` looks for the worker's."""

    __tablename__ = "heartbeat"
    process: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(server_default=func.now())


class JobRecord(Entity, Base):
    """Long work as people see it: how far it is, what came of it. Its queue entry belongs to the job library."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'running', 'succeeded', 'failed')", name="status_is_known"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress_not_negative"),
        Index("job_recent_idx", "organization_id", "created_at"),
    )
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="waiting")
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    message: Mapped[str | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    errors: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
