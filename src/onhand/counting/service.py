"""Verbs of a count: plan, start, change, cancel."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from onhand import audit
from onhand.counting import store
from onhand.counting.domain import NEXT, NewCount, Rules, may_become
from onhand.counting.errors import BadScope, BadShares, IllegalStatus, NothingToCount, NotPlanned, UnknownCount
from onhand.counting.events import CHANGED, CLASSES_SET, SETTINGS_CHANGED
from onhand.counting.tables import StockCount
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row
from onhand.infra.schemas import jsonable
from onhand.kernel import now, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.counting.domain import Scope


async def count_by(session: AsyncSession, key: str, *, lock: bool = False) -> StockCount:
    """The count with this id or number; with `lock` nobody else changes it until we end. Raises UnknownCount."""
    count = await store.find_count(session, key, lock=lock)
    if count is None:
        raise UnknownCount(key=key)
    return count


async def plan(session: AsyncSession, command: NewCount) -> StockCount:
    """Choose what is counted and write it down. Raises NothingToCount, BadScope."""
    rules, scope = await store.rules(session), command.scope
    if command.kind == "full" and scope.sample is not None:
        raise BadScope(problem="a sample is a cycle count, not a full one")
    values = {
        "number": await store.next_number(session),
        "name": command.name,
        "kind": command.kind,
        "warehouse_id": command.warehouse_id,
        "schedule_id": command.schedule_id,
        "scope": _kept(command),
        "blind": rules.blind if command.blind is None else command.blind,
        "counters": command.counters or rules.counters,
        "note": command.note,
        "created_by": actor_of(session).label,
    }
    count = await add_row(session, StockCount, values)
    wider = replace(scope, categories=tuple(await store.with_children(session, scope.categories)))
    lines = await store.add_lines(session, count.id, command.warehouse_id, wider)
    if not lines:
        raise NothingToCount
    await change_row(session, count, {"lines": lines})
    await note(session, "create", count, None)
    return count


def _kept(command: NewCount) -> dict[str, Any]:
    """The scope as it is kept: what narrows it."""
    asked = {name: value for name, value in asdict(command.scope).items() if value}
    if command.scope.sample is not None:
        asked["seed"] = command.scope.seed
    made = jsonable(asked)
    return made if isinstance(made, dict) else {}


async def note(session: AsyncSession, change: str, count: StockCount, before: dict[str, Any] | None) -> None:
    """Record a change of a count and tell of it."""
    await audit.record(session, change, "count", count.id, before, audit.snapshot(count))
    await announce_changed(session, count)


async def announce_changed(session: AsyncSession, count: StockCount) -> None:
    """Tell that something of a count changed."""
    await announce(session, CHANGED, {"count_id": str(count.id), "number": count.number, "status": count.status})


def check(count: StockCount, wanted: str) -> None:
    """Raises IllegalStatus when the count cannot become that."""
    if not may_become(count.status, wanted):
        allowed = ", ".join(NEXT[count.status]) or "nothing else"
        raise IllegalStatus(number=count.number, status=count.status, wanted=wanted, allowed=allowed)


async def start(session: AsyncSession, count: StockCount) -> StockCount:
    """Begin to count a locked, planned count. Raises NotPlanned."""
    if count.status != "planned":
        raise NotPlanned(number=count.number, status=count.status)
    before = audit.snapshot(count)
    await change_row(session, count, {"status": "counting", "started_at": now()})
    await note(session, "start", count, before)
    return count


async def change(session: AsyncSession, count: StockCount, changes: Mapping[str, Any]) -> StockCount:
    """Change name or note of a locked count, or how it is counted while it is planned. Raises NotPlanned."""
    if {"blind", "counters"} & set(changes) and count.status != "planned":
        raise NotPlanned(number=count.number, status=count.status)
    before = audit.snapshot(count)
    await change_row(session, count, changes)
    await note(session, "update", count, before)
    return count


async def cancel(session: AsyncSession, count: StockCount) -> StockCount:
    """Call a locked count off; nothing is posted and its items are free again. Raises IllegalStatus."""
    check(count, "cancelled")
    before = audit.snapshot(count)
    await store.close_lines(session, count.id)
    await change_row(session, count, {"status": "cancelled", "cancelled_at": now()})
    await note(session, "cancel", count, before)
    return count


async def rules_of(session: AsyncSession) -> Rules:
    """The organization's rules of counting."""
    return await store.rules(session)


async def change_rules(session: AsyncSession, changes: Mapping[str, Any]) -> Rules:
    """Change the rules of counting. Raises BadShares."""
    before = await store.rules(session)
    wanted = replace(before, **changes)
    if not wanted.a_share < wanted.b_share:
        raise BadShares(a=plain(wanted.a_share), b=plain(wanted.b_share))
    await store.set_rules(session, wanted)
    organization = actor_of(session).organization_id
    sides = (jsonable(asdict(side)) for side in (before, wanted))
    old, new = (side if isinstance(side, dict) else {} for side in sides)
    await audit.record(session, "update", "count_settings", organization, old, new)
    await announce(session, SETTINGS_CHANGED, {})
    return wanted


async def set_classes(session: AsyncSession, classes: Sequence[tuple[UUID, str, str | None, Decimal]]) -> None:
    """Give SKUs the classes of an ABC analysis, (SKU, ABC, XYZ, figure) each; all others lose theirs."""
    await store.set_classes(session, classes)
    sizes = {name: sum(abc == name for _, abc, *_ in classes) for name in ("A", "B", "C")}
    await audit.record(session, "update", "sku_classes", actor_of(session).organization_id, None, sizes)
    await announce(session, CLASSES_SET, {"skus": len(classes)})


async def counters_of(session: AsyncSession, count: StockCount) -> dict[UUID, str]:
    """Who counted in it, by id."""
    return await store.counters_of(session, count.id)


async def how_many(session: AsyncSession, warehouse_id: UUID, scope: Scope) -> int:
    """How many lines a count of this scope would have now."""
    return await store.how_many(session, warehouse_id, scope)
