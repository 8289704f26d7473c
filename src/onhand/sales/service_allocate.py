"""Promising stock to orders: plan on what is there, reserve through the ledger, plan anew when others were quicker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import audit, catalog, ledger, places
from onhand.infra.events import announce
from onhand.kernel import FieldError, new_id, plain
from onhand.sales import events, store, store_sums
from onhand.sales.allocation import ZERO, Need, Plan, Share, Site, plan
from onhand.sales.domain import HOLDER, OPEN, LineState
from onhand.sales.errors import StockMoves
from onhand.sales.tables import Order, OrderAllocation, OrderLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

ATTEMPTS = 5  # plans in a row that somebody else's posting overtook
PRIORITY = 10  # of an order's promise; a reservation by hand has 0 and is broken first
AT_ONCE = 200  # orders in one pass over the backorders


@dataclass(frozen=True, slots=True)
class Holder:
    """The order that promises are made to. `warehouse_id`: no other may serve it."""

    order_id: UUID
    number: str
    channel: str
    warehouse_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A share of a line with the id of its reservation, which is its allocation's too."""

    id: UUID
    share: Share


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
            holder_kind=HOLDER,
            holder_id=holder.order_id,
            priority=PRIORITY,
            channel=holder.channel,
        )
        for each in promises
    ]
    posting = ledger.Posting(
        lines=lines,
        reason="order",
        reference_kind=HOLDER,
        reference_id=holder.order_id,
        document=holder.number,
    )
    [outcome] = await ledger.post(session, [posting], brief=True)
    if not outcome.ok and not isinstance(ledger.refusal(outcome), ledger.NotEnoughStock):
        await ledger.record(session, posting)  # raises what else it refuses for
    return outcome.ok


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
    problems = []
    for index, need in enumerate(needs):
        if need.line_id in found.short:
            available, sku = there.get(need.sku_id, ZERO), skus[need.sku_id].code
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


async def write_promises(session: AsyncSession, order_id: UUID, promises: Sequence[Promise]) -> None:
    """Keep what was promised as allocations of the order's lines."""
    rows = [
        {
            "id": each.id,
            "order_id": order_id,
            "line_id": each.share.line_id,
            "warehouse_id": each.share.site_id,
            "quantity": each.share.quantity,
        }
        for each in promises
    ]
    await store.add_parts(session, OrderAllocation, rows)


def by_line(promises: Sequence[Promise]) -> dict[UUID, Decimal]:
    """How much of each line was promised."""
    sums: dict[UUID, Decimal] = {}
    for each in promises:
        sums[each.share.line_id] = sums.get(each.share.line_id, ZERO) + each.share.quantity
    return sums


def state_of(line: OrderLine) -> LineState:
    """Where a line stands."""
    return LineState(line.quantity, line.allocated, line.shipped, line.cancelled)


def facts_of(order: Order) -> dict[str, object]:
    """What an event says of an order."""
    return {
        "order_id": order.id,
        "number": order.number,
        "status": order.status,
        "channel_id": order.channel_id,
        "channel": order.channel,
        "external_id": order.external_id,
    }


async def mend_promises(session: AsyncSession, order: Order) -> list[OrderLine]:
    """The lines of a locked order, its allocations first brought in line with what the ledger still holds for them."""
    lines = await store.lines_of(session, order.id)
    allocations = [a for a in await store.allocations_of(session, order.id) if a.quantity > a.shipped + a.released]
    held = await store.promised(session, [a.id for a in allocations])
    line_of = {line.id: line for line in lines}
    for allocation in allocations:
        lost = allocation.quantity - allocation.shipped - allocation.released - held.get(allocation.id, ZERO)
        if lost > 0:
            allocation.released += lost
            line_of[allocation.line_id].allocated -= lost
    await session.flush()
    return lines


async def allocate_order(session: AsyncSession, order: Order) -> Sequence[OrderLine]:
    """Reserve what a locked order still waits for, as far as stock reaches. Returns the lines that still wait.

    A line whose SKU was unknown when it was sold finds it once the catalogue has its code.
    """
    lines = await mend_promises(session, order)
    if order.status not in OPEN or order.on_hold:
        return [line for line in lines if state_of(line).waiting]
    await _link(session, order, lines)
    needs = [Need(line.id, line.sku_id, state_of(line).waiting) for line in lines if line.sku_id]
    needs = [need for need in needs if need.quantity > 0]
    holder = Holder(order.id, order.number, order.channel, order.warehouse_id)
    promises, _ = await promise(session, holder, needs, partly=True) if needs else ([], {})
    await write_promises(session, order.id, promises)
    for line in lines:
        line.allocated += by_line(promises).get(line.id, ZERO)
    await session.flush()
    await store.mark_waiting(session, order)
    if promises:
        after = {"allocated": {line.sku: plain(line.allocated) for line in lines}}
        await audit.record(session, "allocate", "order", order.id, None, after)
        await announce(session, events.ORDER_ALLOCATED, facts_of(order))
    return [line for line in lines if state_of(line).waiting]


async def _link(session: AsyncSession, order: Order, lines: Sequence[OrderLine]) -> None:
    unknown = [line for line in lines if line.sku_id is None]
    known = await catalog.sku_by_codes(session, [line.sku for line in unknown]) if unknown else {}
    if known:
        await store_sums.count(session, [order.id], -1)
        for line in unknown:
            if line.sku in known:
                line.sku_id = known[line.sku].id
        await session.flush()
        await store_sums.count(session, [order.id], +1)


async def allocate_backorders(session: AsyncSession, sku_ids: Sequence[UUID] | None = None) -> int:
    """Reserve what has come in for orders that wait, oldest first; at most 200 orders. Returns how many it looked at.

    Orders whose promise a fact had to break are looked at too.
    """
    wanted = list(sku_ids) if sku_ids is not None else await store.waiting_skus(session, 10_000)
    there = {level.sku_id for level in await ledger.availability(session, wanted) if level.available > 0}
    waiting = await store.orders_waiting_for(session, list(there), AT_ONCE) if there else []
    broken = await store.broken_orders(session, AT_ONCE) if sku_ids is None else []
    orders = await store.lock_orders(session, [*broken, *waiting]) if broken or waiting else []
    for order in orders:
        await allocate_order(session, order)
    return len(orders)
