"""SQL of the places inside a warehouse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Numeric,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.orm import aliased

from onhand.infra.db import actor_of
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.places.domain import KINDS
from onhand.places.tables import Bin, Warehouse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

Parent = aliased(Bin, name="parent")
# Written by the ledger above: here it is only asked whether a place is empty.
HOLDING = table("holding", *(column(n, Uuid) for n in ("organization_id", "bin_id")), column("on_hand", Numeric))
CHANGE = table("holding_change", *(column(n, Uuid) for n in ("organization_id", "bin_id")))
RANK = case({kind: n for n, kind in enumerate(KINDS)}, value=Bin.kind)


def _coded(of: Any) -> Any:
    """The comparison with one code, or several, ignoring case."""
    return lambda value: of.in_([code.lower() for code in ([value] if isinstance(value, str) else value)])


BINS = ListSpec(
    columns={
        "id": Column(Bin.id, "uuid"),
        "warehouse": Column(Warehouse.code, where=_coded(Warehouse.code_key)),
        "warehouse_id": Column(Bin.warehouse_id, "uuid", sortable=False),
        "parent_id": Column(Bin.parent_id, "uuid", sortable=False),
        "parent": Column(Parent.code, where=_coded(Parent.code_key), nullable=True),
        "code": Column(Bin.code, where=_coded(Bin.code_key)),
        "name": Column(Bin.name),
        "kind": Column(Bin.kind),
        "rank": Column(RANK, "number", shown=False, nullable=False),
        "type": Column(Bin.type),
        "capacity": Column(Bin.capacity, "number"),
        "pick_order": Column(Bin.pick_order, "number"),
        "x": Column(Bin.x, "number", sortable=False),
        "y": Column(Bin.y, "number", sortable=False),
        "width": Column(Bin.width, "number", sortable=False),
        "height": Column(Bin.height, "number", sortable=False),
        "archived": Column(Bin.archived_at.is_not(None), "bool"),
        "created_at": Column(Bin.created_at, "time"),
        "updated_at": Column(Bin.updated_at, "time"),
    },
    default_sort="rank,pick_order,code",
    search=lambda q: func.lower(func.concat_ws(" ", Bin.code, Bin.name)).contains(q.lower(), autoescape=True),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)


@cache
def bins() -> Select[Any]:
    """All places inside warehouses."""
    same = Bin.organization_id
    return (
        select(Bin)
        .join(Warehouse, and_(Warehouse.organization_id == same, Warehouse.id == Bin.warehouse_id))
        .outerjoin(Parent, and_(Parent.organization_id == same, Parent.id == Bin.parent_id))
    )


async def lock_structure(session: AsyncSession, warehouse_id: UUID) -> None:
    """Nobody else changes what lies in what in this warehouse until we end."""
    await session.execute(
        select(Warehouse.id)
        .where(Warehouse.organization_id == actor_of(session).organization_id, Warehouse.id == warehouse_id)
        .with_for_update(key_share=True)
    )


async def stop_postings(session: AsyncSession) -> None:
    """No posting is under way, and none begins until we end: what is empty stays empty."""
    await session.execute(select(func.stop_postings(actor_of(session).organization_id)))


async def find_bin(session: AsyncSession, condition: ColumnElement[bool], *, lock: bool = False) -> Bin | None:
    """One place."""
    return await find_row(session, Bin, condition, lock=lock)


async def find_bin_by_code(session: AsyncSession, warehouse_id: UUID, code: str) -> Bin | None:
    """The place with this code in this warehouse, archived or not."""
    return await find_row(session, Bin, Bin.warehouse_id == warehouse_id, Bin.code_key == code.lower())


async def codes_in_use(session: AsyncSession, warehouse_id: UUID, codes: Sequence[str]) -> dict[str, Bin]:
    """Places of this warehouse that have these codes, by the code in small letters."""
    statement = select(Bin).where(
        Bin.organization_id == actor_of(session).organization_id,
        Bin.warehouse_id == warehouse_id,
        Bin.code_key == func.any(cast([code.lower() for code in codes], ARRAY(Text))),
    )
    return {one.code_key: one for one in (await session.execute(statement)).scalars()}


async def branch(session: AsyncSession, bin_id: UUID) -> list[Bin]:
    """A place and all below it, the deepest last."""
    organization = actor_of(session).organization_id
    top = select(Bin.id, literal_column("0", Integer).label("depth")).where(
        Bin.organization_id == organization, Bin.id == bin_id
    )
    tree = top.cte("tree", recursive=True)
    tree = tree.union_all(
        select(Bin.id, tree.c.depth + 1).where(Bin.organization_id == organization, Bin.parent_id == tree.c.id)
    )
    statement = (
        select(Bin)
        .join(tree, tree.c.id == Bin.id)
        .where(Bin.organization_id == organization)
        .order_by(tree.c.depth, Bin.code_key)
    )
    return list((await session.execute(statement)).scalars())


async def units_in(session: AsyncSession, ids: Sequence[UUID]) -> Decimal:
    """How much lies in these places."""
    statement = select(func.coalesce(func.sum(HOLDING.c.on_hand), 0)).where(
        HOLDING.c.organization_id == actor_of(session).organization_id,
        HOLDING.c.bin_id == func.any(cast(list(ids), ARRAY(Uuid))),
    )
    units: Decimal = (await session.execute(statement)).scalar_one()
    return units


async def have_history(session: AsyncSession, ids: Sequence[UUID]) -> bool:
    """Whether stock ever lay in one of these places."""
    statement: Select[Any] = (
        select(literal_column("1"))
        .select_from(CHANGE)
        .where(
            CHANGE.c.organization_id == actor_of(session).organization_id,
            CHANGE.c.bin_id == func.any(cast(list(ids), ARRAY(Uuid))),
        )
        .limit(1)
    )
    return (await session.execute(statement)).first() is not None


async def add_bins(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make many at once; the ids are the caller's. Parents stand before their parts."""
    organization = actor_of(session).organization_id
    await session.execute(insert(Bin), [{"organization_id": organization, **row} for row in rows])


async def drop_bins(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Delete these at once, whatever lies in what among them."""
    await session.execute(
        delete(Bin).where(Bin.organization_id == actor_of(session).organization_id, Bin.id.in_(list(ids)))
    )


async def archive_bins(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Hide these; their codes stay taken."""
    statement = update(Bin).where(
        Bin.organization_id == actor_of(session).organization_id, Bin.id.in_(list(ids)), Bin.archived_at.is_(None)
    )
    await session.execute(statement.values(archived_at=func.now()).execution_options(synchronize_session=False))


PLACE = text("""
UPDATE bin SET x = p.x, y = p.y, width = p.width, height = p.height, updated_at = clock_timestamp()
FROM unnest(CAST(:ids AS uuid[]), CAST(:x AS numeric[]), CAST(:y AS numeric[]), CAST(:width AS numeric[]),
    CAST(:height AS numeric[])) p(id, x, y, width, height)
WHERE bin.organization_id = :organization AND bin.warehouse_id = :warehouse AND bin.id = p.id
RETURNING bin.id
""")


async def place_bins(session: AsyncSession, warehouse_id: UUID, boxes: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Write where these stand on the plan; answers with those that this warehouse has."""
    told: dict[str, Any] = {name: [box[name] for box in boxes] for name in ("x", "y", "width", "height")}
    told |= {"ids": [box["id"] for box in boxes], "warehouse": warehouse_id}
    found = await session.execute(PLACE, told | {"organization": actor_of(session).organization_id})
    return set(found.scalars())
