"""What the API of search takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from onhand.infra.schemas import Body, Name, Out, unsent

ListName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,49}$")]
LARGEST_STATE = 20_000


class HitOut(Out):
    """Something found. `leads` is the thing whose page shows it: a lot's product, a bin's warehouse."""

    id: UUID
    name: str
    code: str | None
    note: str | None
    leads: UUID | None
    exact: bool


class GroupOut(Out):
    """What was found of one kind."""

    kind: str
    hits: list[HitOut]


class FoundOut(Out):
    """Found, a kind with an exact hit first. `narrowed`: the query names fields, so products alone are."""

    groups: list[GroupOut]
    narrowed: bool


class OptionOut(Out):
    """One way to go on: `text` takes the place of what stands from `start` to `end`."""

    text: str
    label: str
    what: str | None


class CompletionsOut(Out):
    """Ways to go on at the caret."""

    start: int
    end: int
    options: list[OptionOut]


class RecentIn(Body):
    """What was searched for."""

    text: Annotated[str, Field(min_length=1, max_length=500)]


class ViewRow(Out):
    """A view: one's own, or shared by its owner. `opens_first` for oneself."""

    id: UUID
    list: str
    name: str
    owner: str
    mine: bool
    shared: bool
    opens_first: bool
    state: dict[str, Any]
    updated_at: datetime


class ViewOut(Out):
    """A view as it was kept."""

    id: UUID
    list: str
    name: str
    owner: str
    shared: bool
    state: dict[str, Any]
    updated_at: datetime


class ViewIn(Body):
    """Keep how a list is now; of the list `search` a query: `{"query": "stock:low"}`."""

    list: ListName
    name: Name
    shared: bool = False
    state: dict[str, Any]


class ViewChange(Body):
    """Rename a view, share it, or keep another state in it."""

    name: Name = unsent()
    shared: bool = unsent()
    state: dict[str, Any] = unsent()
