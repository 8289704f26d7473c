"""Promising stock: plan on what is there, reserve through the ledger, plan anew when others were quicker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import catalog, ledger, places
from onhand.allocation.domain import ZERO, Need, Plan, Share, Site, plan
from onhand.kernel import Conflict, FieldError, new_id, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

ATTEMPTS = 5  # plans in a row that somebody else's posting overtook
Line = ledger.Move | ledger.Reserve | ledger.Release
PRIORITY = 10  # of a document's promise; a reservation by hand has 0 and is broken first


class StockMoves(Conflict):
    """Others take this stock at this very moment; try again."""

    title, code = "Stock in motion", "allocation.stock_moves"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The document that promises are made to. `warehouse_id`: no other may serve it."""

    kind: str
    id: UUID
    number: str
    channel: str | None = None
    warehouse_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A share of a line, with the id of the reservation that keeps it."""

    id: UUID
    share: Share


def _short(
    needs: Sequence[Need], found: Plan, wanted: Mapping[UUID, Decimal], there: Mapping[UUID, Decimal]
) -> list[Need]:
    """The needs to name. Of a kit that is what runs out, not what is left over because it does."""
    short = [need for need in needs if need.line_id in found.short]
    return [need for need in short if there.get(need.sku_id, ZERO) < wanted[need.sku_id]] or short


@dataclass(frozen=True, slots=True)
class Taken:
    """Units of a promise that leave; `note` says what for, when that is not the SKU itself."""

    promise_id: UUID
    quantity: Decimal
    note: str | None = None


async def planned(session: AsyncSession, needs: Sequence[Need], warehouse_id: UUID | None) -> Plan:
    """What could be promised at this moment, without locking or promising anything."""
    sites = await _sites(session, warehouse_id)
    levels = await ledger.availability(session, list({need.sku_id for need in needs}), [site.id for site in sites])
    return plan(needs, sites, {(level.warehouse_id, level.sku_id): level.available for level in levels})


async def _sites(session: AsyncSession, warehouse_id: UUID | None) -> list[Site]:
    found = await places.open_warehouses(session)
    return [Site(w.id, w.code, w.priority) for w in found if warehouse_id in {None, w.id}]


async def promise(
    session: AsyncSession, holder: Holder, needs: Sequence[Need], *, partly: bool
) -> tuple[list[Promise], Mapping[UUID, Decimal]]:
    """Reserve for these needs; returns the promises and what is short by line.

    Without `partly` it is all or nothing. Raises ledger.NotEnoughStock then; StockMoves when others kept overtaking.
    """
    for _ in range(ATTEMPTS):
        found = await planned(session, needs, holder.warehouse_id)
        if found.short and not partly:
            raise await not_enough(session, needs, found, holder.warehouse_id)
        promises = [Promise(new_id(), share) for share in found.shares]
        if not promises or await _reserved(session, holder, promises):
            return promises, found.short
    raise StockMoves


async def _reserved(session: AsyncSession, holder: Holder, promises: Sequence[Promise]) -> bool:
    lines = [
        ledger.Reserve(
            id=each.id,
            sku=each.share.sku_id,
            warehouse=each.share.site_id,
            quantity=each.share.quantity,
            holder_kind=holder.kind,
            holder_id=holder.id,
            priority=PRIORITY,
            channel=holder.channel,
        )
        for each in promises
    ]
    posting = _posting(holder, lines, holder.kind)
    [outcome] = await ledger.post(session, [posting], brief=True)
    if not outcome.ok and not isinstance(ledger.refusal(outcome), ledger.NotEnoughStock):
        await ledger.record(session, posting)  # raises what else it refuses for
    return outcome.ok


def _posting(
    holder: Holder, lines: Sequence[ledger.Move | ledger.Reserve | ledger.Release], reason: str
) -> ledger.Posting:
    return ledger.Posting(
        lines=lines, reason=reason, reference_kind=holder.kind, reference_id=holder.id, document=holder.number
    )


async def not_enough(
    session: AsyncSession, needs: Sequence[Need], found: Plan, warehouse_id: UUID | None
) -> ledger.NotEnoughStock:
    """The refusal, with what was wanted of the first short SKU and what there is, and one entry for each short line."""
    sites = await _sites(session, warehouse_id)
    levels = await ledger.availability(session, [need.sku_id for need in needs], [site.id for site in sites])
    skus = await catalog.skus_by_ids(session, [need.sku_id for need in needs])
    wanted: dict[UUID, Decimal] = {}
    there: dict[UUID, Decimal] = {}
    for need in needs:
        wanted[need.sku_id] = wanted.get(need.sku_id, ZERO) + need.quantity
    for level in levels:
        there[level.sku_id] = there.get(level.sku_id, ZERO) + max(level.available, ZERO)
    where = ", ".join(site.code for site in sites) or "any warehouse"
    line_of = {line: index for index, line in enumerate(dict.fromkeys(need.kit or need.line_id for need in needs))}
    problems = []
    for need in _short(needs, found, wanted, there):
        index, available, sku = line_of[need.kit or need.line_id], there.get(need.sku_id, ZERO), skus[need.sku_id].code
        text = f"Only {plain(available)} of {sku} are available; {plain(wanted[need.sku_id])} were asked for."
        problems.append((index, need, FieldError(f"/lines/{index}/quantity", "not_enough_stock", text)))
    index, first, _ = problems[0]
    return ledger.NotEnoughStock(
        errors=[problem for _, _, problem in problems],
        line=index,
        sku=skus[first.sku_id].code,
        warehouse=where,
        wanted=plain(wanted[first.sku_id]),
        available=plain(there.get(first.sku_id, ZERO)),
    )


async def ship(session: AsyncSession, holder: Holder, parts: Sequence[Taken], moment: datetime | None = None) -> None:
    """Take promised units off the shelves as a sale. Raises ledger.ReservationClosed when one holds less."""
    lines = [ledger.Move(quantity=-each.quantity, reservation=each.promise_id, note=each.note) for each in parts]
    await ledger.record(session, replace(_posting(holder, lines, "shipped"), type="sale", effective_at=moment))


async def release(
    session: AsyncSession, holder: Holder, parts: Sequence[tuple[UUID, Decimal | None]], reason: str = "cancelled"
) -> None:
    """Give (promise, quantity) back, None for all of it.

    As a fact: what was broken already is not there to be released, and that is no error.
    """
    lines = [ledger.Release(reservation=promise_id, quantity=quantity) for promise_id, quantity in parts]
    if lines:
        await ledger.record(session, replace(_posting(holder, lines, reason), fact=True))
