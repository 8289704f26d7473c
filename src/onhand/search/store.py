"""SQL of search: everything at once, values that complete a query, recent searches, kept views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.search.domain import MOST_RECENT, Hit
from onhand.search.tables import FirstView, RecentSearch, SavedView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

NOBODY = UUID(int=0)  # onhand itself
FIND = text("SELECT kind, id::text, name, code, note, leads::text, exact FROM find_things(:wanted, :kinds, :most)")
# What completes `name:`: (value, what it is called), whose beginning is :begun, :beyond everything that begins so.
LOOKED_AT = 20_000
CODES = """SELECT {0}.code, {1} FROM {0} {2} WHERE {0}.organization_id = :organization AND {0}.code_key >= :begun
  AND {0}.code_key < :beyond ORDER BY {0}.code_key LIMIT :most"""
NAMED_SKU = "JOIN sku s ON s.organization_id = {0}.organization_id AND s.id = {0}.sku_id"
NAMED_PRODUCT = "JOIN product p ON p.organization_id = sku.organization_id AND p.id = sku.product_id"
VALUES: dict[str, str] = {
    "sku": CODES.format("sku", "p.name", NAMED_PRODUCT),
    "warehouse": CODES.format("warehouse", "warehouse.name", ""),
    "bin": CODES.format("bin", "bin.name", ""),
    "lot": CODES.format("lot", "s.code", NAMED_SKU.format("lot")),
    "serial": CODES.format("serial", "s.code", NAMED_SKU.format("serial")),
    "supplier": """SELECT code, name FROM supplier WHERE organization_id = :organization AND archived_at IS NULL
      AND (starts_with(code_key, :begun) OR name ILIKE '%' || :begun || '%') ORDER BY name LIMIT :most""",
    "category": """SELECT name, NULL FROM category WHERE organization_id = :organization AND archived_at IS NULL
      AND name ILIKE '%' || :begun || '%' ORDER BY starts_with(lower(name), :begun) DESC, name LIMIT :most""",
    "tag": f"""SELECT tag, count(*) || ' products' FROM (SELECT unnest(tags) AS tag FROM (
        SELECT tags FROM product WHERE organization_id = :organization AND tags <> '{{}}' LIMIT {LOOKED_AT}) t) u
      WHERE starts_with(lower(tag), :begun) GROUP BY tag ORDER BY count(*) DESC, tag LIMIT :most""",
}  # fmt: skip


def me(session: AsyncSession) -> UUID:
    """Whose views and searches these are."""
    return actor_of(session).id or NOBODY


async def find_things(session: AsyncSession, wanted: str, kinds: Sequence[str], most: int) -> list[Hit]:
    """What somebody may mean by a text, at most `most` of each kind."""
    rows = await session.execute(FIND, {"wanted": wanted, "kinds": list(kinds), "most": most})
    return [Hit(*row) for row in rows]


async def values_of(session: AsyncSession, source: str, begun: str, most: int) -> list[tuple[str, str | None]]:
    """Values that begin so, with what they are called."""
    organization = actor_of(session).organization_id
    low = begun.lower()
    given = {"organization": organization, "begun": low, "beyond": low + chr(0x10FFFF), "most": most}
    return [(row[0], row[1]) for row in await session.execute(text(VALUES[source]), given)]


async def remember(session: AsyncSession, wanted: str) -> None:
    """Put a text before the others one searched for, and forget the oldest."""
    organization_id, owner_id = actor_of(session).organization_id, me(session)
    row = {"organization_id": organization_id, "owner_id": owner_id, "text": wanted}
    put = insert(RecentSearch).values(row)
    again = {"text": put.excluded.text, "used_at": func.clock_timestamp()}
    await session.execute(put.on_conflict_do_update(constraint="recent_search_pkey", set_=again))
    mine = and_(RecentSearch.organization_id == organization_id, RecentSearch.owner_id == owner_id)
    kept = select(RecentSearch.text_key).where(mine).order_by(RecentSearch.used_at.desc()).limit(MOST_RECENT)
    await session.execute(delete(RecentSearch).where(mine, RecentSearch.text_key.not_in(kept)))


async def recent(session: AsyncSession) -> list[str]:
    """What one searched for, the newest first."""
    mine = RecentSearch.organization_id == actor_of(session).organization_id
    found = select(RecentSearch.text).where(mine, RecentSearch.owner_id == me(session))
    return list((await session.execute(found.order_by(RecentSearch.used_at.desc()).limit(MOST_RECENT))).scalars())


async def forget(session: AsyncSession) -> None:
    """Forget all that one searched for."""
    mine = RecentSearch.organization_id == actor_of(session).organization_id
    await session.execute(delete(RecentSearch).where(mine, RecentSearch.owner_id == me(session)))


def views_of(owner_id: UUID) -> tuple[ListSpec, Select[Any]]:
    """The list of the views that somebody sees: their own and those shared."""
    mine = SavedView.owner_id == literal(owner_id)
    first = and_(
        FirstView.organization_id == SavedView.organization_id,
        FirstView.owner_id == literal(owner_id),
        FirstView.view_id == SavedView.id,
    )
    opens: ColumnElement[bool] = FirstView.view_id.is_not(None)
    spec = ListSpec(
        columns={
            "id": Column(SavedView.id, "uuid"),
            "list": Column(SavedView.list),
            "name": Column(SavedView.name),
            "owner": Column(SavedView.owner),
            "mine": Column(mine, "bool", sortable=False),
            "shared": Column(SavedView.shared, "bool"),
            "opens_first": Column(opens, "bool", sortable=False),
            "state": Column(SavedView.state, sortable=False),
            "updated_at": Column(SavedView.updated_at, "time"),
        },
        default_sort="name",
    )
    return spec, select(SavedView).outerjoin(FirstView, first).where(or_(mine, SavedView.shared))


async def find_view(session: AsyncSession, view_id: UUID, *, lock: bool = False) -> SavedView | None:
    """A view that one may see."""
    visible = or_(SavedView.owner_id == me(session), SavedView.shared)
    return await find_row(session, SavedView, SavedView.id == view_id, visible, lock=lock)


async def name_in_use(session: AsyncSession, view: SavedView | None, list_name: str, name: str) -> bool:
    """Whether one has another view of this name there."""
    same = [
        SavedView.organization_id == actor_of(session).organization_id,
        SavedView.owner_id == (view.owner_id if view else me(session)),
        SavedView.list == list_name,
        SavedView.name_key == name.lower(),
    ]
    if view is not None:
        same.append(SavedView.id != view.id)
    return (await session.execute(select(SavedView.id).where(*same))).first() is not None


async def open_first(session: AsyncSession, view: SavedView) -> None:
    """Let its list open with this view."""
    row = {"organization_id": view.organization_id, "owner_id": me(session), "list": view.list, "view_id": view.id}
    put = insert(FirstView).values(row)
    await session.execute(put.on_conflict_do_update(constraint="first_view_pkey", set_={"view_id": view.id}))


async def open_plain(session: AsyncSession, view: SavedView) -> None:
    """Let its list open without a view, if it was this one."""
    mine = and_(FirstView.organization_id == view.organization_id, FirstView.owner_id == me(session))
    await session.execute(delete(FirstView).where(mine, FirstView.view_id == view.id))


async def stop_others(session: AsyncSession, view: SavedView) -> None:
    """A view that is shared no more opens first for its owner alone."""
    same = and_(FirstView.organization_id == view.organization_id, FirstView.view_id == view.id)
    await session.execute(delete(FirstView).where(same, FirstView.owner_id != view.owner_id))
