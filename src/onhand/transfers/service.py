"""Verbs of transfers: pending reserves at the source; dispatch moves into transit; receipt moves out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import audit, catalog, ledger, places
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row
from onhand.kernel import new_id, now, plain
from onhand.transfers import store
from onhand.transfers.domain import NEXT, ZERO, Arrival, Carried, Incoming, NewTransfer, may_become, status_after
from onhand.transfers.errors import (
    IllegalStatus,
    MoreThanUnderWay,
    NotPending,
    SamePlace,
    UnknownLine,
    UnknownTransfer,
)
from onhand.transfers.events import CHANGED
from onhand.transfers.tables import Transfer, TransferLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Any
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


async def transfer_by(session: AsyncSession, key: str, *, lock: bool = False) -> Transfer:
    """The transfer with this id or number; with `lock` nobody else changes it until we end. Raises UnknownTransfer."""
    transfer = await store.find_transfer(session, key, lock=lock)
    if transfer is None:
        raise UnknownTransfer(key=key)
    return transfer


async def lines_of(session: AsyncSession, transfer: Transfer) -> Sequence[TransferLine]:
    """Its lines."""
    return await store.lines_of(session, transfer.id)


async def create(session: AsyncSession, command: NewTransfer) -> Transfer:
    """Plan a transfer and reserve its goods at the source. Raises SamePlace, NotEnoughStock."""
    if command.source_id == command.destination_id:
        raise SamePlace(warehouse=str(command.source_id))
    values = {
        "number": await store.next_number(session),
        "source_id": command.source_id,
        "destination_id": command.destination_id,
        "note": command.note,
        "expected_at": command.expected_at,
        "created_by": actor_of(session).label,
    }
    transfer = await add_row(session, Transfer, values)
    lines: list[dict[str, Any]] = [
        {"id": new_id(), "position": position, "sku_id": wanted.sku_id, "quantity": wanted.quantity}
        for position, wanted in enumerate(command.lines)
    ]
    await store.add_lines(session, transfer.id, lines)
    promises = [
        ledger.Reserve(
            id=line["id"],  # a line's promise carries the line's id
            sku=line["sku_id"],
            warehouse=command.source_id,
            quantity=line["quantity"],
            holder_kind="transfer",
            holder_id=transfer.id,
        )
        for line in lines
    ]
    await ledger.reserve(session, *promises, posting=_posting(transfer, "reserved"))
    await _note(session, "create", transfer, None)
    return transfer


def _posting(transfer: Transfer, reason: str, kind: ledger.MovementType = "transfer") -> ledger.Posting:
    return ledger.Posting(
        lines=(),
        type=kind,
        reason=reason,
        reference_kind="transfer",
        reference_id=transfer.id,
        document=f"T-{transfer.number}",
    )


async def _note(session: AsyncSession, change: str, transfer: Transfer, before: dict[str, Any] | None) -> None:
    await audit.record(session, change, "transfer", transfer.id, before, audit.snapshot(transfer))
    facts = {"transfer_id": str(transfer.id), "number": transfer.number, "status": transfer.status}
    await announce(session, CHANGED, facts)


def _check(transfer: Transfer, wanted: str) -> None:
    if not may_become(transfer.status, wanted):
        allowed = ", ".join(NEXT[transfer.status]) or "nothing else"
        raise IllegalStatus(number=transfer.number, status=transfer.status, wanted=wanted, allowed=allowed)


async def change(session: AsyncSession, transfer: Transfer, changes: dict[str, Any]) -> Transfer:
    """Change the note or the expected time of a locked transfer."""
    before = audit.snapshot(transfer)
    await change_row(session, transfer, changes)
    await _note(session, "update", transfer, before)
    return transfer


async def dispatch(session: AsyncSession, transfer: Transfer) -> Transfer:
    """Send a locked, pending transfer on its way. Raises IllegalStatus, NotEnoughStock when facts took its goods."""
    _check(transfer, "in_transit")
    before = audit.snapshot(transfer)
    transit = await places.transit_of(session)
    moves: list[ledger.Line] = []
    for line in await store.lines_of(session, transfer.id):
        held = min(await ledger.open_of(session, line.id), line.quantity)
        for quantity, promise in ((held, line.id), (line.quantity - held, None)):
            if quantity:
                moves += _carry(line.sku_id, quantity, transfer.source_id, transit, promise)
        await change_row(session, line, {"dispatched": line.quantity})
    await ledger.record_lines(session, moves, _posting(transfer, "dispatched"))
    await change_row(session, transfer, {"status": "in_transit", "dispatched_at": now()})
    await _note(session, "dispatch", transfer, before)
    return transfer


def _carry(
    sku_id: UUID, quantity: Decimal, source: UUID, goal: UUID, promise: UUID | None = None
) -> tuple[ledger.Move, ledger.Move]:
    """From one place to another, with its lots, serials and cost."""
    return (
        ledger.Move(sku=sku_id, warehouse=source, quantity=-quantity, reservation=promise),
        ledger.Move(sku=sku_id, warehouse=goal, quantity=quantity, carried=True),
    )


def _carried(line: TransferLine) -> Carried:
    return Carried(line.dispatched, line.received, line.lost, line.returned)


async def receive(session: AsyncSession, transfer: Transfer, arrivals: Sequence[Arrival] | None = None) -> Transfer:
    """Take in what arrived of a locked transfer; all of it when nothing is said. What is lost is written off.

    Raises IllegalStatus, UnknownLine, MoreThanUnderWay.
    """
    if transfer.status != "in_transit":
        _check(transfer, "completed")
    before = audit.snapshot(transfer)
    lines = {line.sku_id: line for line in await store.lines_of(session, transfer.id)}
    if arrivals is None:
        arrivals = [Arrival(line.sku_id, _carried(line).under_way) for line in lines.values()]
    transit = await places.transit_of(session)
    moves: list[ledger.Line] = []
    losses: list[ledger.Line] = []
    for arrival in arrivals:
        line = await _expected(session, transfer, lines.get(arrival.sku_id), arrival)
        if arrival.received:
            moves += _carry(line.sku_id, arrival.received, transit, transfer.destination_id)
        if arrival.lost:
            losses.append(ledger.Move(sku=line.sku_id, warehouse=transit, quantity=-arrival.lost))
        came = {"received": line.received + arrival.received, "lost": line.lost + arrival.lost}
        await change_row(session, line, came)
    await _record_any(session, moves, _posting(transfer, "received"))
    await _record_any(session, losses, _posting(transfer, "lost in transit", "waste"))
    return await _settle(session, transfer, "receive", before)


async def _record_any(session: AsyncSession, lines: list[ledger.Line], around: ledger.Posting) -> None:
    if lines:
        await ledger.record_lines(session, lines, around)


async def _expected(
    session: AsyncSession, transfer: Transfer, line: TransferLine | None, arrival: Arrival
) -> TransferLine:
    """The line this arrival belongs to. Raises UnknownLine, MoreThanUnderWay."""
    if line is None:
        raise UnknownLine(number=transfer.number, sku=await _code(session, arrival.sku_id))
    wanted, under_way = arrival.received + arrival.lost, _carried(line).under_way
    if wanted > under_way:
        sku = await _code(session, arrival.sku_id)
        raise MoreThanUnderWay(number=transfer.number, sku=sku, wanted=plain(wanted), under_way=plain(under_way))
    return line


async def _code(session: AsyncSession, sku_id: UUID) -> str:
    found = await catalog.skus_by_ids(session, [sku_id])
    return found[sku_id].code if sku_id in found else str(sku_id)


async def _settle(session: AsyncSession, transfer: Transfer, what: str, before: dict[str, Any]) -> Transfer:
    lines = await store.lines_of(session, transfer.id)
    status = status_after(_carried(line) for line in lines)
    closed = now() if status != "in_transit" else None
    await change_row(session, transfer, {"status": status, "closed_at": closed})
    await _note(session, what, transfer, before)
    return transfer


async def cancel(session: AsyncSession, transfer: Transfer) -> Transfer:
    """Call a locked transfer off: promises are given back, what is under way returns. Raises IllegalStatus."""
    _check(transfer, "cancelled")
    before = audit.snapshot(transfer)
    lines = await store.lines_of(session, transfer.id)
    if transfer.status == "pending":
        await _give_back(session, lines)
        await change_row(session, transfer, {"status": "cancelled", "closed_at": now()})
        await _note(session, "cancel", transfer, before)
        return transfer
    transit = await places.transit_of(session)
    moves: list[ledger.Line] = []
    for line in lines:
        back = _carried(line).under_way
        if back:
            moves += _carry(line.sku_id, back, transit, transfer.source_id)
            await change_row(session, line, {"returned": line.returned + back})
    await _record_any(session, moves, _posting(transfer, "returned"))
    return await _settle(session, transfer, "cancel", before)


async def _give_back(session: AsyncSession, lines: Sequence[TransferLine]) -> None:
    held = [line.id for line in lines if await ledger.open_of(session, line.id) > ZERO]
    if held:
        await ledger.release(session, *(ledger.Release(reservation=one) for one in held), reason="transfer called off")


async def delete(session: AsyncSession, transfer: Transfer) -> None:
    """Delete a locked transfer that has not left. Raises NotPending."""
    if transfer.status != "pending":
        raise NotPending(number=transfer.number, status=transfer.status)
    before = audit.snapshot(transfer)
    await _give_back(session, await store.lines_of(session, transfer.id))
    await store.remove(session, transfer)
    await audit.record(session, "delete", "transfer", transfer.id, before, None)


async def incoming(session: AsyncSession, sku_ids: Sequence[UUID] | None = None) -> list[Incoming]:
    """What is under way, by SKU and destination; all SKUs unless named."""
    return await store.incoming(session, sku_ids)


async def become(session: AsyncSession, transfer: Transfer, status: str) -> Transfer:
    """Change a locked transfer's status by name: dispatch, receive all, or cancel. Raises IllegalStatus."""
    _check(transfer, status)
    if status == "in_transit":
        return await dispatch(session, transfer)
    return await (receive(session, transfer) if status == "completed" else cancel(session, transfer))
