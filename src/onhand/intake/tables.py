"""What a run changed, mappings by name, and what other systems call our records."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference


class ImportChange(Base):
    """One record that a run made or changed: what was there before, and what it wrote. Undoing the run needs both."""

    __tablename__ = "import_change"
    __table_args__ = (
        reference("import_run", "run_id", ondelete="CASCADE"),
        CheckConstraint("action IN ('create', 'change')", name="action_is_known"),
        CheckConstraint("(action = 'create') = (before IS NULL)", name="change_has_a_before"),
    )
    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-20)
    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[UUID]
    label: Mapped[str]
    action: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any]]


class ImportMapping(Entity, Stamped, Base):
    """How files with certain columns are read, by name; a file with the same columns is read so by itself."""

    __tablename__ = "import_mapping"
    __table_args__ = (
        Index("import_mapping_name_key", "organization_id", "kind", text("lower(name)"), unique=True),
        Index("import_mapping_fingerprint_idx", "organization_id", "fingerprint"),
        CheckConstraint("name <> ''", name="name_not_empty"),
    )
    name: Mapped[str]
    kind: Mapped[str]
    fingerprint: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    options: Mapped[dict[str, Any]]
    used_at: Mapped[datetime | None]


class ExternalId(Owned, Base):
    """What another system calls one of our SKUs."""

    __tablename__ = "external_id"
    __table_args__ = (
        reference("sku", "sku_id", ondelete="CASCADE"),
        Index("external_id_sku_idx", "organization_id", "sku_id"),
        CheckConstraint("value <> ''", name="value_not_empty"),
    )
    value: Mapped[str] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
