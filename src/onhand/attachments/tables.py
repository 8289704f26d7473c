"""Photos and documents: what they belong to, and the contents they show, each kept once per organization."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped


class Content(Owned, Base):
    """A file's content by its SHA-256. `used_at` is when somebody last attached it."""

    __tablename__ = "attachment_content"
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest_is_sha256"),
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("(width IS NULL) = (height IS NULL)", name="width_and_height_together"),
        CheckConstraint("width > 0 AND height > 0", name="pixels_positive"),
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]  # of photos, held upright
    height: Mapped[int | None]
    used_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Attachment(Entity, Stamped, Base):
    """A photo or document of one thing. The photo at position 0 stands for it in lists."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "digest"],
            ["attachment_content.organization_id", "attachment_content.digest"],
            name="attachment_content_fkey",
        ),
        CheckConstraint("kind IN ('photo', 'document')", name="kind_is_known"),
        CheckConstraint("name <> ''", name="name_not_empty"),
        CheckConstraint("position >= 0", name="position_not_negative"),
        UniqueConstraint("organization_id", "owner_kind", "owner_id", "digest", name="attachment_once_key"),
        UniqueConstraint(
            "organization_id",
            "owner_kind",
            "owner_id",
            "kind",
            "position",
            name="attachment_position_key",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("attachment_content_idx", "organization_id", "digest"),
    )
    owner_kind: Mapped[str]
    owner_id: Mapped[UUID]
    kind: Mapped[str]
    digest: Mapped[str]
    name: Mapped[str]
    caption: Mapped[str | None]
    position: Mapped[int]
    created_by: Mapped[str]
