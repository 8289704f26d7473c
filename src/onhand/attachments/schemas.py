"""What the API of attachments takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from onhand.infra.schemas import Body, Name, Out, unsent

if TYPE_CHECKING:
    from onhand.attachments.service import Shown

Caption = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class AttachmentChange(Body):
    """The fields to change; what is not sent stays."""

    name: Name = unsent()
    caption: Caption | None = unsent()
    primary: Annotated[bool, Field(description="true: show this one first, and for its owner in lists")] = unsent()


class PhotoOrder(Body):
    """All photos of one thing in the order to show them."""

    owner_kind: Name
    owner_id: UUID
    ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]


class AttachmentOut(Out):
    """A photo or document. `digest` is the SHA-256 of its content."""

    id: UUID
    owner_kind: str
    owner_id: UUID
    kind: str
    name: str
    caption: str | None
    position: int
    primary: bool
    media_type: str
    size: int
    width: int | None
    height: int | None
    digest: str
    created_by: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, shown: Shown) -> AttachmentOut:
        """From the rows of both tables."""
        attachment, content = shown.attachment, shown.content
        return cls(
            id=attachment.id,
            owner_kind=attachment.owner_kind,
            owner_id=attachment.owner_id,
            kind=attachment.kind,
            name=attachment.name,
            caption=attachment.caption,
            position=attachment.position,
            primary=attachment.kind == "photo" and attachment.position == 0,
            media_type=content.media_type,
            size=content.size,
            width=content.width,
            height=content.height,
            digest=content.digest,
            created_by=attachment.created_by,
            created_at=attachment.created_at,
            updated_at=attachment.updated_at,
        )
