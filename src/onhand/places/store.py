"""SQL of warehouses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.places.tables import Warehouse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

REAL = Warehouse.kind != "transit"  # transit is nobody's shelf: it has no page and is in no list


def with_code(value: str | list[str]) -> ColumnElement[bool]:
    """The warehouse with this code, or one of these, ignoring case."""
    return Warehouse.code_key.in_([code.lower() for code in ([value] if isinstance(value, str) else value)])


WAREHOUSES = ListSpec(
    columns={
        "id": Column(Warehouse.id, "uuid"),
        "code": Column(Warehouse.code, where=with_code),
        "name": Column(Warehouse.name),
        "kind": Column(Warehouse.kind),
        "priority": Column(Warehouse.priority, "number"),
        "address": Column(Warehouse.address, sortable=False),
        "city": Column(Warehouse.city),
        "region": Column(Warehouse.region),
        "postal_code": Column(Warehouse.postal_code),
        "country": Column(Warehouse.country),
        "contact_name": Column(Warehouse.contact_name),
        "contact_email": Column(Warehouse.contact_email),
        "contact_phone": Column(Warehouse.contact_phone, sortable=False),
        "latitude": Column(Warehouse.latitude, "number", sortable=False),
        "longitude": Column(Warehouse.longitude, "number", sortable=False),
        "active": Column(Warehouse.active, "bool"),
        "uses_bins": Column(Warehouse.uses_bins, "bool"),
        "archived": Column(Warehouse.archived_at.is_not(None), "bool"),
        "created_at": Column(Warehouse.created_at, "time"),
        "updated_at": Column(Warehouse.updated_at, "time"),
    },
    default_sort="priority,code",
    search=lambda q: func.lower(func.concat_ws(" ", Warehouse.code, Warehouse.name, Warehouse.city)).contains(
        q.lower(), autoescape=True
    ),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)


@cache
def warehouses() -> Select[Any]:
    """All warehouses, without transit."""
    return select(Warehouse).where(REAL)


async def find_warehouse(session: AsyncSession, key: UUID | str, *, lock: bool = False) -> Warehouse | None:
    """A warehouse by id or code."""
    wanted = Warehouse.id == key if isinstance(key, UUID) else Warehouse.code_key == key.lower()
    return await find_row(session, Warehouse, wanted, REAL, lock=lock)


async def find_transit(session: AsyncSession) -> Warehouse | None:
    """The organization's virtual place for goods under way."""
    return await find_row(session, Warehouse, Warehouse.kind == "transit")


async def code_in_use(session: AsyncSession, code: str, than: UUID | None) -> str | None:
    """The code, as first written, of another warehouse (or of transit) that has it."""
    other = await find_row(session, Warehouse, Warehouse.code_key == code.lower())
    return None if other is None or other.id == than else other.code


async def open_for_orders(session: AsyncSession) -> Sequence[Warehouse]:
    """The active warehouses in the order in which they serve orders: priority, then code."""
    statement = select(Warehouse).where(
        Warehouse.organization_id == actor_of(session).organization_id,
        REAL,
        Warehouse.active,
        Warehouse.archived_at.is_(None),
    )
    return (await session.execute(statement.order_by(Warehouse.priority, Warehouse.code_key))).scalars().all()
