"""Verbs of photos and documents."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit
from onhand.attachments import domain, store
from onhand.attachments.errors import (
    ContentGone,
    FileTooLarge,
    NoThumbnail,
    OtherOnes,
    TooManyAttachments,
    UnknownAttachment,
    UnknownOwner,
    Unusable,
)
from onhand.attachments.events import CHANGED
from onhand.attachments.owners import owner_kind, owner_kinds
from onhand.attachments.pictures import Picture, picture_of
from onhand.attachments.storage import key_of
from onhand.attachments.tables import Attachment, Content
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import Forbidden

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.attachments.storage import Storage
    from onhand.kernel import Actor

# One photo at a time is unpacked: fifty million pixels are two hundred megabytes while they last.
_unpacking = ThreadPoolExecutor(1, "photos")


@dataclass(frozen=True, slots=True)
class Attach:
    """A file for one thing. `name` is what the sender calls it."""

    owner_kind: str
    owner_id: UUID
    name: str | None
    content: bytes
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo or document with what is known of its content."""

    attachment: Attachment
    content: Content


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes to send, under the name and type to send them as."""

    body: bytes
    media_type: str
    name: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Checked:
    shape: domain.Shape
    digest: str
    name: str
    picture: Picture | None


def visible_kinds(actor: Actor) -> tuple[str, ...]:
    """The kinds of things whose photos and documents the actor may see: those that it may see itself."""
    return tuple(kind.name for kind in owner_kinds() if actor.may(kind.permission))


async def attachment_by(session: AsyncSession, attachment_id: UUID) -> Shown:
    """One photo or document. Raises UnknownAttachment, also where its owner may not be seen."""
    found = await store.find_attachment(session, attachment_id)
    if found is None or found.owner_kind not in visible_kinds(actor_of(session)):
        raise UnknownAttachment(key=attachment_id)
    return Shown(found, await store.content_of(session, found.digest))


async def attach(session: AsyncSession, storage: Storage, command: Attach) -> Shown:
    """Keep a file and show it with its owner, behind those that are there; the same content twice is kept once.

    Raises UnknownKind, UnknownOwner, Forbidden, Unusable, FileTooLarge, TooManyAttachments, StoreAway.
    """
    owner = await _owner(session, command.owner_kind, command.owner_id)
    checked = await _checked(command)
    await store.lock_owner(session, owner)
    known = await store.find_same(session, owner, checked.digest)
    if known is not None:
        return Shown(known, await store.content_of(session, known.digest))
    counts = await store.counts(session, owner)
    if sum(counts.values()) >= domain.MOST_PER_OWNER:
        raise TooManyAttachments(kind=command.owner_kind, most=domain.MOST_PER_OWNER)
    await _keep(session, storage, checked, command.content)
    values = {
        "owner_kind": command.owner_kind,
        "owner_id": command.owner_id,
        "kind": checked.shape.kind,
        "digest": checked.digest,
        "name": checked.name,
        "caption": command.caption,
        "position": counts.get(checked.shape.kind, 0),
        "created_by": actor_of(session).label,
    }
    made = await add_row(session, Attachment, values)
    await _note(session, "create", made, None, _snapshot(made))
    return Shown(made, await store.content_of(session, made.digest))


async def _owner(session: AsyncSession, kind_name: str, owner_id: UUID) -> store.Owner:
    kind = owner_kind(kind_name)
    actor = actor_of(session)
    if not actor.may(kind.permission):
        raise Forbidden(permission=kind.permission, who=actor.label)
    if not await store.owner_exists(session, kind, owner_id):
        raise UnknownOwner(kind_name, owner_id)
    return kind_name, owner_id


async def _checked(command: Attach) -> _Checked:
    """What the file is, and its thumbnails if it is a photo."""
    name = command.name or "The file"
    if len(command.content) > domain.LARGEST_FILE:
        raise FileTooLarge(name=name, limit=f"{domain.LARGEST_FILE // 1_000_000} MB")
    try:
        shape = await asyncio.to_thread(domain.shape_of, command.content)
        picture = None
        if shape.kind == "photo":
            picture = await asyncio.get_running_loop().run_in_executor(_unpacking, picture_of, command.content)
    except domain.Unreadable as problem:
        raise Unusable(name, str(problem)) from problem
    digest = await asyncio.to_thread(lambda: hashlib.sha256(command.content).hexdigest())
    return _Checked(shape, digest, domain.called(command.name, shape.media_type), picture)


async def _keep(session: AsyncSession, storage: Storage, checked: _Checked, content: bytes) -> None:
    """The row first: it keeps the sweep away until we end. What was put for a refused request is swept later."""
    picture, organization = checked.picture, actor_of(session).organization_id
    row: dict[str, Any] = {"digest": checked.digest, "media_type": checked.shape.media_type, "size": len(content)}
    if picture:
        row |= {"width": picture.width, "height": picture.height}
    await store.take_content(session, row)
    for size, small in (picture.thumbnails if picture else {}).items():
        await storage.put(key_of(organization, checked.digest, size), small, domain.THUMBNAIL_TYPE)
    await storage.put(key_of(organization, checked.digest), content, checked.shape.media_type)


async def change_attachment(session: AsyncSession, shown: Shown, changes: Mapping[str, Any]) -> Shown:
    """Give it another name or caption, or make a photo the first one (`primary`)."""
    attachment, values = shown.attachment, dict(changes)
    before = _snapshot(attachment)
    if values.pop("primary", False):
        await _lead(session, attachment)
    if "name" in values:
        values["name"] = domain.called(values["name"], shown.content.media_type)
    await change_row(session, attachment, values)
    await _note(session, "update", attachment, before, _snapshot(attachment))
    return shown


async def _lead(session: AsyncSession, attachment: Attachment) -> None:
    owner = attachment.owner_kind, attachment.owner_id
    await store.lock_owner(session, owner)
    others = [one for one in await store.ids_of(session, owner, attachment.kind) if one != attachment.id]
    await store.place(session, [attachment.id, *others])
    await session.refresh(attachment)


async def order_photos(session: AsyncSession, kind: str, owner_id: UUID, ids: Sequence[UUID]) -> None:
    """Show the photos of a thing in this order, the first one in lists. Raises UnknownKind, UnknownOwner, OtherOnes."""
    owner = await _owner(session, kind, owner_id)
    await store.lock_owner(session, owner)
    before = await store.ids_of(session, owner, "photo")
    if sorted(before) != sorted(ids):
        raise OtherOnes(kind)
    if before == list(ids):
        return
    await store.place(session, ids)
    told = [{"photos": [str(one) for one in order]} for order in (before, ids)]
    await audit.record(session, "order", "photos", f"{kind}:{owner_id}", *told)
    await _announce(session, owner, ids[0], "order")


async def remove_attachment(session: AsyncSession, shown: Shown) -> None:
    """Take it from its owner; those behind it move up. Its content goes with the next sweep, if nothing shows it."""
    attachment = shown.attachment
    owner = attachment.owner_kind, attachment.owner_id
    await store.lock_owner(session, owner)
    before = _snapshot(attachment)
    await remove_row(session, attachment)
    await store.place(session, await store.ids_of(session, owner, before["kind"]))
    await _note(session, "delete", attachment, before, None)


async def content_to_send(storage: Storage, shown: Shown, size: str | None, known: str | None) -> Fetched:
    """The file itself, or a photo's thumbnail. `known` is the tag of what the asker has: then the body is left out.

    Raises NoThumbnail, ContentGone, StoreAway.
    """
    attachment, content = shown.attachment, shown.content
    if size and attachment.kind != "photo":
        raise NoThumbnail(name=attachment.name)
    tag = f'"{content.digest}{f".{size}" if size else ""}"'
    media_type = domain.THUMBNAIL_TYPE if size else content.media_type
    name = f"{attachment.name.rpartition('.')[0]}.webp" if size else attachment.name
    if known == tag:
        return Fetched(b"", media_type, name, tag)
    body = await storage.get(key_of(attachment.organization_id, content.digest, size))
    if body is None:
        raise ContentGone(name=attachment.name)
    return Fetched(body, media_type, name, tag)


def _snapshot(attachment: Attachment) -> dict[str, Any]:
    return audit.snapshot(attachment)


async def _note(
    session: AsyncSession,
    change: str,
    attachment: Attachment,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    await audit.record(session, change, "attachment", attachment.id, before, after)
    await _announce(session, (attachment.owner_kind, attachment.owner_id), attachment.id, change)


async def _announce(session: AsyncSession, owner: store.Owner, attachment_id: UUID, change: str) -> None:
    kind, owner_id = owner
    facts = {"owner_kind": kind, "owner_id": owner_id, "attachment_id": attachment_id, "change": change}
    await announce(session, CHANGED, facts)
