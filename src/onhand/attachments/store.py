"""SQL of photos and documents."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Select, Uuid, and_, cast, delete, func, literal_column, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from onhand.attachments.tables import Attachment, Content
from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row_by_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.attachments.owners import OwnerKind

Owner = tuple[str, "UUID"]  # its kind and its id
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('attachment' || :organization || :kind || :id, 0))"
EXISTS = "SELECT EXISTS (SELECT FROM {table} WHERE organization_id = :organization AND id = :id)"
PRIMARY = and_(Attachment.kind == "photo", Attachment.position == 0)

ATTACHMENTS = ListSpec(
    columns={
        "id": Column(Attachment.id, "uuid"),
        "owner_kind": Column(Attachment.owner_kind),
        "owner_id": Column(Attachment.owner_id, "uuid"),
        "kind": Column(Attachment.kind),
        "name": Column(Attachment.name),
        "caption": Column(Attachment.caption, sortable=False),
        "position": Column(Attachment.position, "number"),
        "primary": Column(PRIMARY, "bool", nullable=False),
        "media_type": Column(Content.media_type),
        "size": Column(Content.size, "number"),
        "width": Column(Content.width, "number", sortable=False),
        "height": Column(Content.height, "number", sortable=False),
        "digest": Column(Attachment.digest, sortable=False),
        "created_by": Column(Attachment.created_by),
        "created_at": Column(Attachment.created_at, "time"),
        "updated_at": Column(Attachment.updated_at, "time"),
    },
    default_sort="owner_kind,owner_id,-kind,position",
    search=lambda q: func.lower(func.concat_ws(" ", Attachment.name, Attachment.caption)).contains(
        q.lower(), autoescape=True
    ),
    aliases={"search": "q"},
)


def _of_content() -> ColumnElement[bool]:
    return and_(Content.organization_id == Attachment.organization_id, Content.digest == Attachment.digest)


@cache
def attachments(kinds: tuple[str, ...]) -> Select[Any]:
    """All that belong to things of these kinds."""
    return select(Attachment).join(Content, _of_content()).where(Attachment.owner_kind.in_(kinds))


def _owned(session: AsyncSession, owner: Owner) -> ColumnElement[bool]:
    return and_(
        Attachment.organization_id == actor_of(session).organization_id,
        tuple_(Attachment.owner_kind, Attachment.owner_id) == tuple_(*owner),
    )


async def lock_owner(session: AsyncSession, owner: Owner) -> None:
    """Nobody else adds, removes or orders what belongs to it until we end."""
    organization = str(actor_of(session).organization_id)
    await session.execute(text(LOCK), {"organization": organization, "kind": owner[0], "id": str(owner[1])})


async def owner_exists(session: AsyncSession, kind: OwnerKind, owner_id: UUID) -> bool:
    """Whether the organization has such a thing."""
    asked = {"organization": actor_of(session).organization_id, "id": owner_id}
    return bool((await session.execute(text(EXISTS.format(table=kind.table)), asked)).scalar_one())


async def find_attachment(session: AsyncSession, attachment_id: UUID) -> Attachment | None:
    """One photo or document."""
    return await find_row_by_id(session, Attachment, attachment_id)


async def find_same(session: AsyncSession, owner: Owner, digest: str) -> Attachment | None:
    """The owner's attachment with this content."""
    return (
        await session.execute(select(Attachment).where(_owned(session, owner), Attachment.digest == digest))
    ).scalar()


async def counts(session: AsyncSession, owner: Owner) -> dict[str, int]:
    """How many photos and documents it has, by kind."""
    statement = select(Attachment.kind, func.count()).where(_owned(session, owner)).group_by(Attachment.kind)
    return dict(iter(await session.execute(statement)))


async def ids_of(session: AsyncSession, owner: Owner, kind: str) -> list[UUID]:
    """Its photos, or its documents, in their order."""
    statement = select(Attachment.id).where(_owned(session, owner), Attachment.kind == kind)
    return list((await session.execute(statement.order_by(Attachment.position))).scalars())


async def place(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Number these 0, 1, 2, … in this order."""
    wanted = func.unnest(cast(list(ids), ARRAY(Uuid))).table_valued("id", with_ordinality="n").render_derived()
    statement = update(Attachment).where(
        Attachment.organization_id == actor_of(session).organization_id,
        Attachment.id == wanted.c.id,
        Attachment.position != wanted.c.n - 1,
    )
    await session.execute(
        statement.values(position=wanted.c.n - 1).execution_options(synchronize_session=False),
    )


async def take_content(session: AsyncSession, values: dict[str, Any]) -> None:
    """Keep the content's row, locked until we end: no sweep removes it from under us."""
    row = values | {"organization_id": actor_of(session).organization_id}
    statement = insert(Content).values(row)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["organization_id", "digest"], set_={"used_at": func.clock_timestamp()}
        )
    )


async def content_of(session: AsyncSession, digest: str) -> Content:
    """A content's row."""
    statement = select(Content).where(
        Content.organization_id == actor_of(session).organization_id, Content.digest == digest
    )
    return (await session.execute(statement)).scalar_one()


async def drop_ownerless(session: AsyncSession, kind: OwnerKind) -> int:
    """Remove what belonged to things of this kind that are gone."""
    gone = text(
        f"NOT EXISTS (SELECT FROM {kind.table} o "
        "WHERE o.organization_id = attachment.organization_id AND o.id = attachment.owner_id)"
    )
    statement = delete(Attachment).where(
        Attachment.organization_id == actor_of(session).organization_id, Attachment.owner_kind == kind.name, gone
    )
    return len((await session.execute(statement.returning(literal_column("1")))).all())


async def unused_contents(session: AsyncSession, before: datetime, most: int) -> list[str]:
    """Contents that nothing shows and nobody used since, locked; what somebody is just using is left out."""
    shown = select(Attachment.id).where(_of_content()).exists()
    statement = (
        select(Content.digest)
        .where(Content.organization_id == actor_of(session).organization_id, Content.used_at < before, ~shown)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list((await session.execute(statement)).scalars())


async def drop_contents(session: AsyncSession, digests: Sequence[str]) -> None:
    """Forget these contents."""
    await session.execute(
        delete(Content).where(
            Content.organization_id == actor_of(session).organization_id, Content.digest.in_(list(digests))
        )
    )


async def claim_strays(session: AsyncSession, digests: Sequence[str]) -> list[str]:
    """Those of these contents that have no row. They get one until we end, so that nobody takes them meanwhile."""
    organization = actor_of(session).organization_id
    rows = [
        {"organization_id": organization, "digest": digest, "media_type": "text/plain", "size": 1} for digest in digests
    ]
    statement = insert(Content).values(rows).on_conflict_do_nothing().returning(Content.digest)
    return list((await session.execute(statement)).scalars())
