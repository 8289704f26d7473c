"""The audit log: one append-only row for each change, in its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Owned


class AuditEntry(Owned, Base):
    """Who did what to which thing, from where, and how it was before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("audit_entry_entity_idx", "organization_id", "entity", "entity_id", "id"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_label: Mapped[str]
    key_id: Mapped[UUID | None]
    address: Mapped[str | None]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str]
    subject: Mapped[str | None]  # what the thing was called then; a difference alone does not say
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
