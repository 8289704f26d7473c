"""SQL of transfers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, and_, cast, column, delete, func, or_, select, table
from sqlalchemy.orm import aliased

from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import add_row, find_row
from onhand.transfers.domain import Incoming
from onhand.transfers.tables import Transfer, TransferLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

# One number after the other per organization: whoever takes one holds this lock until it is written.
NUMBERING = "SELECT pg_advisory_xact_lock(hashtextextended('transfer ' || %s, 0))"
NEXT_NUMBER = "SELECT coalesce(max(number), 0) + 1 FROM transfer WHERE organization_id = %s"


def _warehouse(name: str) -> Any:
    columns = [column("organization_id", Uuid), column("id", Uuid), column("code", Text), column("code_key", Text)]
    return table("warehouse", *columns).alias(name)


SOURCE, DESTINATION = _warehouse("source"), _warehouse("destination")
SKU = table("sku", column("organization_id", Uuid), column("id", Uuid), column("code", Text), column("code_key", Text))
LINE = aliased(TransferLine)


def _is(place: Any) -> Callable[[Any], ColumnElement[bool]]:
    def condition(value: str) -> ColumnElement[bool]:
        by_id: ColumnElement[bool] = place.c.id
        by_code: ColumnElement[bool] = place.c.code_key
        try:
            return by_id == UUID(value)
        except ValueError:
            return by_code == value.lower()

    return condition


def _sum(quantity: Any) -> ColumnElement[Any]:
    of_this = and_(LINE.organization_id == Transfer.organization_id, LINE.transfer_id == Transfer.id)
    return select(func.coalesce(func.sum(quantity), 0)).where(of_this).scalar_subquery()


def _carries(value: str) -> ColumnElement[bool]:
    sku = select(SKU.c.id).where(or_(SKU.c.code_key == value.lower(), cast(SKU.c.id, Text) == value.lower()))
    return Transfer.id.in_(select(LINE.transfer_id).where(LINE.sku_id.in_(sku)))


TRANSFERS = ListSpec(
    columns={
        "id": Column(Transfer.id, "uuid"),
        "number": Column(Transfer.number, "number"),
        "status": Column(Transfer.status),
        "from_warehouse": Column(SOURCE.c.code, where=_is(SOURCE)),
        "to_warehouse": Column(DESTINATION.c.code, where=_is(DESTINATION)),
        "quantity": Column(_sum(LINE.quantity), "number", sortable=False),
        "received": Column(_sum(LINE.received), "number", sortable=False),
        "lines": Column(_sum(1), "number", sortable=False),
        "note": Column(Transfer.note, sortable=False),
        "expected_at": Column(Transfer.expected_at, "time"),
        "dispatched_at": Column(Transfer.dispatched_at, "time"),
        "closed_at": Column(Transfer.closed_at, "time"),
        "created_by": Column(Transfer.created_by),
        "created_at": Column(Transfer.created_at, "time"),
        "updated_at": Column(Transfer.updated_at, "time"),
        "sku": Column(Transfer.id, sortable=False, shown=False, where=_carries),
    },
    default_sort="-number",
    search=lambda q: func.concat_ws(" ", "T-" + cast(Transfer.number, Text), Transfer.note).icontains(
        q, autoescape=True
    ),
    aliases={
        "search": "q",
        "status": "filter[status]",
        "from_warehouse_id": "filter[from_warehouse]",
        "to_warehouse_id": "filter[to_warehouse]",
    },
)


@cache
def transfers() -> Select[Any]:
    """Transfers with both their ends."""
    same = Transfer.organization_id
    return (
        select(Transfer.id)
        .join(SOURCE, and_(SOURCE.c.organization_id == same, SOURCE.c.id == Transfer.source_id))
        .join(DESTINATION, and_(DESTINATION.c.organization_id == same, DESTINATION.c.id == Transfer.destination_id))
    )


async def next_number(session: AsyncSession) -> int:
    """The next transfer's number; taken until the transaction ends."""
    connection, organization = await raw(session), actor_of(session).organization_id
    await connection.execute(NUMBERING, (str(organization),))
    row = await (await connection.execute(NEXT_NUMBER, (organization,))).fetchone()
    return int(row[0]) if row else 1


async def find_transfer(session: AsyncSession, key: str, *, lock: bool = False) -> Transfer | None:
    """The transfer with this id or number ("T-12" or "12")."""
    digits = key.upper().removeprefix("T-")
    if digits.isdecimal():
        return await find_row(session, Transfer, Transfer.number == int(digits[:9]), lock=lock)
    try:
        return await find_row(session, Transfer, Transfer.id == UUID(key), lock=lock)
    except ValueError:
        return None


async def lines_of(session: AsyncSession, transfer_id: UUID) -> Sequence[TransferLine]:
    """The lines of a transfer, in the order they were written."""
    statement = select(TransferLine).where(
        TransferLine.organization_id == actor_of(session).organization_id, TransferLine.transfer_id == transfer_id
    )
    found = await session.execute(
        statement.order_by(TransferLine.position), execution_options={"populate_existing": True}
    )
    return found.scalars().all()


async def add_lines(session: AsyncSession, transfer_id: UUID, lines: Sequence[dict[str, Any]]) -> None:
    """Write the lines of a new transfer."""
    for values in lines:
        await add_row(session, TransferLine, {"transfer_id": transfer_id, **values})


async def remove(session: AsyncSession, transfer: Transfer) -> None:
    """Delete a transfer and its lines."""
    await session.execute(
        delete(Transfer).where(Transfer.organization_id == transfer.organization_id, Transfer.id == transfer.id)
    )


async def incoming(session: AsyncSession, sku_ids: Sequence[UUID] | None) -> list[Incoming]:
    """What is under way, by SKU and destination."""
    moving = func.sum(TransferLine.dispatched - TransferLine.received - TransferLine.lost - TransferLine.returned)
    statement = (
        select(TransferLine.sku_id, Transfer.destination_id, moving)
        .join(
            Transfer,
            and_(Transfer.organization_id == TransferLine.organization_id, Transfer.id == TransferLine.transfer_id),
        )
        .where(Transfer.organization_id == actor_of(session).organization_id, Transfer.status == "in_transit")
        .group_by(TransferLine.sku_id, Transfer.destination_id)
    )
    if sku_ids is not None:
        statement = statement.where(TransferLine.sku_id.in_(sku_ids))
    return [Incoming(*row) for row in await session.execute(statement)]
