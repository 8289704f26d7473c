"""Verbs of replenishment: compute every reorder point, change one by hand, say what to order and why."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from onhand import audit, catalog, forecasting, ledger, places
from onhand.infra.events import announce
from onhand.infra.lanes import side_by_side
from onhand.infra.lists import ListResult
from onhand.infra.rows import change_row
from onhand.kernel import now
from onhand.replenishment import domain, store
from onhand.replenishment.domain import Demand, Levels, Position, Terms
from onhand.replenishment.errors import UnknownPolicy
from onhand.replenishment.events import POLICIES_COMPUTED, POLICY_CHANGED
from onhand.replenishment.levels import levels, thousandths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.binary import Cells
    from onhand.replenishment.tables import ReorderPolicy

    Work = Callable[[], AbstractAsyncContextManager[AsyncSession]]

THOUSANDTH = Decimal("0.001")
LOOK_AHEAD_DAYS = 90


def exact(value: float) -> Decimal:
    """A forecast as a quantity: to a thousandth, beyond which it says nothing."""
    return Decimal(repr(value)).quantize(THOUSANDTH)


async def compute_all(work: Work) -> int:
    """Compute the reorder point, safety stock and up-to level of every forecast level; returns how many.

    What people set by hand is left as it is.
    """
    done, after = 0, None
    turn = asyncio.Lock()  # pages follow one another; only working them out and writing them goes side by side

    async def lane() -> None:
        nonlocal done, after
        while True:
            async with turn, work() as session:
                page = await forecasting.outlooks(session, after)
                if not len(page.skus):
                    return
                after = page.last_key
            async with work() as session:
                await compute(session, page)
            done += len(page.skus)

    await side_by_side(lane(), lane())
    async with work() as session:
        await announce(session, POLICIES_COMPUTED, {"policies": done})
    return done


async def compute(session: AsyncSession, page: forecasting.Outlooks) -> None:
    """Compute the levels of one page of outlooks and write them."""
    said = await store.terms(session, page.skus, page.warehouses)
    await store.keep(session, await asyncio.to_thread(_work_out, page, *said), forecasting.EPOCH)


def _work_out(page: forecasting.Outlooks, lead_days: Cells, review_days: Cells, sure: Cells) -> list[Cells]:
    lead, review = lead_days.astype(np.int64), review_days.astype(np.int64)
    expected, limit = page.over(lead + review, sure)  # `Terms.cover_days`
    found = levels(thousandths(expected), thousandths(limit), thousandths(page.mean(review)))
    return [
        np.arange(1, len(page.skus) + 1, dtype=np.int32),
        *(found.point, found.safety, found.up_to, found.expected, found.limit, found.review_mean),
        *(days.astype(np.int32) for days in (page.selling_days, page.history_days)),
        page.batch.week,
        page.first_days.astype(np.int32),
    ]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about one SKU at one warehouse, with each number's formula."""

    suggestion: domain.Suggestion
    stockout_on: Any
    why: list[dict[str, str]]


def advise(row: Mapping[str, Any]) -> Advice:
    """What to do, from a policy's numbers and live stock; numbers may be texts."""

    def number(name: str) -> Decimal:
        return Decimal(row[name])

    by_hand = [None if row[name] is None else number(name) for name in ("manual_point", "manual_quantity")]

    demand = Demand(
        number("expected"), number("demand_limit"), number("review_mean"), row["selling_days"], row["history_days"]
    )
    terms = Terms(
        row["lead_days_used"],
        row["review_days"],
        number("service_level"),
        number("minimum_quantity"),
        number("pack_size"),
    )
    computed = Levels(number("computed_point"), number("safety_stock"), number("up_to"))
    position = Position(number("available"), number("incoming"))
    said = domain.suggest(computed, demand, terms, position, *by_hand)
    if not row["active"]:
        said = replace(said, due=False, quantity=domain.ZERO, reason="inactive")
    today = now().date()
    week = [exact(units) for units in row["week"]]
    daily = [week[(today.weekday() + ahead) % 7] for ahead in range(LOOK_AHEAD_DAYS)]
    runs_out = domain.stockout_on(position.available, daily, today)
    return Advice(said, runs_out, domain.formula(demand, terms, computed, position, said))


def with_advice(found: ListResult) -> ListResult:
    """The rows of a list with what to do about each, without the numbers that only the rules need."""
    return ListResult([_advised(row) for row in found.rows], found.meta)


def _advised(row: dict[str, Any]) -> dict[str, Any]:
    if any(name not in row for name in (*store.NEEDED, "available", "incoming", "up_to")):
        return row  # the caller asked for some fields only
    advice = advise(row)
    shown = {name: value for name, value in row.items() if name not in store.NEEDED}
    return shown | {
        "quantity": str(advice.suggestion.quantity),
        "reason": advice.suggestion.reason,
        "stockout_on": None if advice.stockout_on is None else advice.stockout_on.isoformat(),
        "order_by": _order_by(advice, row["lead_days_used"]),
        "why": advice.why,
    }


def _order_by(advice: Advice, lead_days: int) -> str | None:
    """The last day on which an order would still come before stock runs out, today if that has passed."""
    if advice.stockout_on is None:
        return None
    return str(max(advice.stockout_on - timedelta(days=lead_days), now().date()).isoformat())


async def _recompute(session: AsyncSession, policy: ReorderPolicy) -> None:
    try:
        page = await forecasting.outlook_of(session, policy.sku_id, policy.warehouse_id)
    except forecasting.NothingForecast:
        return
    if len(page.skus):
        await compute(session, page)
        await session.refresh(policy)


async def policy_by(session: AsyncSession, policy_id: UUID, *, lock: bool = False) -> ReorderPolicy:
    """One policy. Raises UnknownPolicy."""
    found = await store.find_policy(session, policy_id, lock=lock)
    if found is None:
        raise UnknownPolicy(key=policy_id)
    return found


async def policy_for(session: AsyncSession, sku: str, warehouse: str) -> ReorderPolicy:
    """The policy of a SKU at a warehouse, locked; made if there is none. Raises UnknownSku, UnknownWarehouse."""
    found = (await catalog.sku_by_codes(session, [sku])).get(sku)
    if found is None:
        raise ledger.UnknownSku(sku=sku)
    place = await places.warehouse_by(session, warehouse)
    return await policy_by(session, await store.ensure_policy(session, found.id, place.id), lock=True)


async def change_policy(session: AsyncSession, policy: ReorderPolicy, changes: Mapping[str, Any]) -> ReorderPolicy:
    """Set by hand: point, quantity, lead time, review, service level, active. Null gives a number back to the run.

    What was computed stays beside it, and is computed anew when what it follows from was changed.
    """
    sku = (await catalog.skus_by_ids(session, [policy.sku_id]))[policy.sku_id].code
    before = audit.snapshot(policy) | {"sku": sku}
    await change_row(session, policy, changes)
    if changes.keys() & {"lead_days", "review_days", "service_level"}:
        await _recompute(session, policy)
    await audit.record(session, "update", "reorder_policy", policy.id, before, audit.snapshot(policy) | {"sku": sku})
    facts = {"policy_id": policy.id, "sku_id": policy.sku_id, "warehouse_id": policy.warehouse_id}
    await announce(session, POLICY_CHANGED, facts)
    return policy
