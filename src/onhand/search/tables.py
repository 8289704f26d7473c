"""Views and searches that are kept by name, which of them opens first, and what one searched for last."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Owned, Stamped, reference


class SavedView(Entity, Stamped, Base):
    """How a list was left: filters, order, columns, groups; of the list `search` a query. Whose, and for whom."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("organization_id", "owner_id", "list", "name_key", name="saved_view_name_key"),
        CheckConstraint("name <> ''", name="name_not_empty"),
        CheckConstraint("list ~ '^[a-z][a-z-]{0,49}$'", name="list_is_a_name"),
        CheckConstraint(
            "jsonb_typeof(state) = 'object' AND length(state::text) <= 20000", name="state_is_a_small_object"
        ),
        Index("saved_view_shared_idx", "organization_id", "list", postgresql_where=text("shared")),
    )
    list: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Computed("lower(name)", persisted=True))
    owner_id: Mapped[UUID]
    owner: Mapped[str]
    shared: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[dict[str, Any]]


class FirstView(Owned, Base):
    """The view with which a list opens for somebody."""

    __tablename__ = "first_view"
    __table_args__ = (reference("saved_view", "view_id", ondelete="CASCADE"),)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    list: Mapped[str] = mapped_column(primary_key=True)
    view_id: Mapped[UUID]


class RecentSearch(Owned, Base):
    """What somebody searched for, the newest twenty."""

    __tablename__ = "recent_search"
    __table_args__ = (CheckConstraint("text <> '' AND length(text) <= 500", name="text_fits"),)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    text_key: Mapped[str] = mapped_column(Computed("lower(text)", persisted=True), primary_key=True)
    text: Mapped[str]
    used_at: Mapped[datetime] = mapped_column(server_default=func.now())
