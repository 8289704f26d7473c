"""Verbs of search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onhand import audit, catalog
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.query_terms import completions, read_query
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import FieldError, Invalid
from onhand.search import domain, store
from onhand.search.domain import Hit, Option
from onhand.search.errors import NotYourView, UnknownView, ViewNameTaken
from onhand.search.events import VIEW_CHANGED
from onhand.search.schemas import LARGEST_STATE
from onhand.search.tables import SavedView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.query_terms import Term

MOST_OPTIONS = 10
MAY_CHANGE_ALL = "organization.write"


async def search(session: AsyncSession, text: str, most: int) -> tuple[list[tuple[str, list[Hit]]], bool]:
    """(what the actor may see of what was found, by kind; whether the query names fields). Raises BadSearch."""
    may = actor_of(session).may
    words, rest = read_query(catalog.PRODUCT_TERMS, text, "/q")
    if rest is None:
        found = await store.find_things(session, words, domain.kinds_for(may), most)
        return domain.grouped(found), False
    if not may(domain.KINDS["product"]):
        return [], True
    rows = await catalog.search_products(session, text, most)
    hits = [Hit("product", row["id"], row["name"], row["sku"], None, row["sku_id"], exact=False) for row in rows]
    return domain.grouped(hits), True


async def complete(session: AsyncSession, text: str, at: int) -> tuple[int, list[Option]]:
    """(where the typed thing begins, ways to go on there)."""
    begun = domain.typed(text, at)
    if begun is None:
        return at, []
    terms = catalog.PRODUCT_TERMS
    if begun.kind == "name":
        known = [(name, term) for name, term in completions(terms) if name.startswith(begun.text)]
        return begun.start, [Option(f"{name}:", f"{name}:", term.what) for name, term in known[:MOST_OPTIONS]]
    term = terms.names.get(begun.name)
    return begun.start, [] if term is None else await _values(session, term, begun.text)


async def _values(session: AsyncSession, term: Term, begun: str) -> list[Option]:
    if term.choices is not None:
        return [Option(choice, choice, None) for choice in term.choices if choice.startswith(begun.lower())]
    if term.values is None:
        return []
    found = await store.values_of(session, term.values, begun, MOST_OPTIONS)
    return [Option(domain.quoted(value), value, called) for value, called in found]


async def remember(session: AsyncSession, text: str) -> None:
    """Keep what was searched for. Raises BadSearch, so that only what can be asked again is kept."""
    read_query(catalog.PRODUCT_TERMS, text, "/text")
    await store.remember(session, " ".join(text.split()))


async def view_by(session: AsyncSession, view_id: UUID, *, lock: bool = False) -> SavedView:
    """A view of one's own or one that is shared. Raises UnknownView."""
    view = await store.find_view(session, view_id, lock=lock)
    if view is None:
        raise UnknownView(key=view_id)
    return view


async def save_view(session: AsyncSession, values: Mapping[str, Any]) -> SavedView:
    """Keep a view. Raises ViewNameTaken, Invalid when its state is too large."""
    _check_state(values["state"])
    if await store.name_in_use(session, None, values["list"], values["name"]):
        raise ViewNameTaken(name=values["name"])
    view = await add_row(
        session, SavedView, {**values, "owner_id": store.me(session), "owner": actor_of(session).label}
    )
    await _note(session, "create", view, None, audit.snapshot(view))
    return view


async def change_view(session: AsyncSession, view: SavedView, changes: Mapping[str, Any]) -> SavedView:
    """Write the changes to a locked view. Raises ViewNameTaken, NotYourView, Invalid."""
    _check_owner(session, view)
    _check_state(changes.get("state", {}))
    if "name" in changes and await store.name_in_use(session, view, view.list, changes["name"]):
        raise ViewNameTaken(name=changes["name"])
    before = audit.snapshot(view)
    await change_row(session, view, changes)
    if not view.shared:
        await store.stop_others(session, view)
    await _note(session, "update", view, before, audit.snapshot(view))
    return view


async def remove_view(session: AsyncSession, view: SavedView) -> None:
    """Forget a view. Raises NotYourView."""
    _check_owner(session, view)
    before = audit.snapshot(view)
    await remove_row(session, view)
    await _note(session, "delete", view, before, None)


def _check_owner(session: AsyncSession, view: SavedView) -> None:
    if view.owner_id != store.me(session) and not actor_of(session).may(MAY_CHANGE_ALL):
        raise NotYourView(name=view.name, owner=view.owner)


def _check_state(state: Mapping[str, Any]) -> None:
    if len(json.dumps(state)) > LARGEST_STATE:
        message = f"A view has at most {LARGEST_STATE:,} characters."
        raise Invalid(errors=[FieldError("/state", "too_large", message)], first=f"/state: {message}")


async def _note(
    session: AsyncSession,
    change: str,
    view: SavedView,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    await audit.record(session, change, "saved view", view.id, before, after)
    await announce(session, VIEW_CHANGED, {"view_id": view.id, "list": view.list, "change": change})
