"""Rows of a file, some thousand at a time: what they would do, doing it, and taking it back."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, RestrictViolation

from onhand import audit, ledger, recordfile, sales
from onhand.infra.events import announce
from onhand.infra.schemas import jsonable
from onhand.intake import store
from onhand.intake.errors import StockGone
from onhand.intake.orders import Orders
from onhand.intake.products import Products
from onhand.intake.records import KINDS, Records
from onhand.intake.steps import Context, Facts, Kept, Step, restorable
from onhand.intake.stock import Stock
from onhand.kernel import OnhandError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


CHUNK = 1_000
SHOWN = 200  # rows whose changes a dry run shows
MOST_KEPT = 1_000


class Writer(Protocol):
    """What plans and writes the rows of one kind."""

    async def plan(self, session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Step]:
        """What each row would do; reads only."""

    async def write(self, session: AsyncSession, steps: Sequence[Step]) -> None:
        """Do it; a row that is refused only now says so in its step."""


def writer_of(entity: recordfile.Entity) -> Writer:
    """The writer of a kind."""
    if entity.name == "products":
        return Products()
    if entity.name == "orders":
        return Orders()
    return Stock(entity.name) if entity.moves_stock else Records(entity.name)


@dataclass(slots=True)
class Tally:
    """Rows by what became of them, and the first changes in full."""

    create: int = 0
    change: int = 0
    same: int = 0
    post: int = 0
    refuse: int = 0
    shown: list[Facts] = field(default_factory=list)

    def count(self, steps: Sequence[Step]) -> list[recordfile.Problem]:
        """Add a chunk; returns what is wrong with its rows."""
        for action, number in Counter(step.action for step in steps).items():
            setattr(self, action, getattr(self, action) + number)
        for step in steps[: SHOWN - len(self.shown)] if len(self.shown) < SHOWN else ():
            if step.action in {"create", "change", "post"}:
                sides = {"before": jsonable(step.before), "after": jsonable(_visible(step.after))}
                self.shown.append({"line": step.line, "label": step.label, "action": step.action, **sides})
        return [step.problem for step in steps if step.problem is not None]

    def facts(self) -> Facts:
        """As the run keeps it."""
        return asdict(self)


def _visible(after: Facts) -> Facts:
    return {name: str(value) if isinstance(value, UUID) or hasattr(value, "isoformat") else value
            for name, value in after.items() if not name.endswith("_id") or name == "external_id"}  # fmt: skip


def chunks(
    reading: recordfile.Reading, start: int = 0, size: int = CHUNK
) -> Iterator[tuple[int, list[recordfile.Row]]]:
    """(rows up to here, the rows) of good rows from number `start`; an order is never cut."""
    if reading.entity.name == "orders":
        _gather(reading)
    while start < len(reading.good):
        rows = list(reading.rows(start, start + size))
        if reading.entity.name == "orders":
            last = rows[-1].values["number"]
            more = start + len(rows)
            while more < len(reading.good) and next(reading.rows(more, more + 1)).values["number"] == last:
                rows += reading.rows(more, more + 1)
                more += 1
        start += len(rows)
        yield start, rows


def _gather(reading: recordfile.Reading) -> None:
    """The rows of an order together, orders as they first come."""
    values, codes = reading.columns["number"]
    first: dict[Any, int] = {}
    for place in reading.good:
        first.setdefault(values[codes[place]], place)
    reading.good.sort(key=lambda place: (first[values[codes[place]]], place))


async def bring(
    session: AsyncSession, entity: recordfile.Entity, rows: Sequence[recordfile.Row], context: Context
) -> list[Step]:
    """Plan and write one chunk, remembering what it changes. One line in the history, one event."""
    writer = writer_of(entity)
    await store.lock(session, entity.name)
    steps = await writer.plan(session, rows, context)
    await writer.write(session, steps)
    done = [step for step in steps if step.row_id is not None and step.action in {"create", "change"}]
    changes = [
        {"line": s.line, "row_id": s.row_id, "label": s.label, "action": s.action, "after": s.after,
         "before": s.before if s.action == "change" else None}
        for s in done
    ]  # fmt: skip
    await store.remember(session, context.run_id, changes)
    if done and entity.name != "orders":  # those have lines of their own
        before = {s.label: jsonable(s.before) for s in done if s.before}
        after = {s.label: jsonable(s.after) for s in done}
        await audit.record(session, "import", entity.name, "many", before, after)
        await announce(session, event_of(entity), {"count": len(done)})
    return steps


def event_of(entity: recordfile.Entity) -> str:
    """What others hear when records of this kind were imported."""
    if entity.name == "products":
        return "catalog.products_imported"
    return KINDS[entity.name].event or "intake.pieces_imported"


async def undo_stock(session: AsyncSession, run_id: UUID, tell: Callable[[int, int], Awaitable[None]]) -> None:
    """Reverse all that a run posted, as one group. Raises StockGone, naming the SKUs that hold too little."""
    refused = await ledger.reverse_group(session, run_id, reason="import undone", tell=tell)
    if refused:
        lines = [line for outcome in refused for line in outcome.lines if line.problem]
        skus = sorted({str(line.sku) for line in lines})
        raise StockGone(count=len(skus), example=", ".join(skus[:3]), skus=skus[:MOST_KEPT])


async def remembered(session: AsyncSession, run_id: UUID) -> int:
    """How many records a run changed that are not put back yet."""
    return int((await store.rows(session, store.COUNT, run=run_id))[0]["count"])


@dataclass(slots=True)
class Undone:
    """What came of undoing records."""

    restored: int = 0
    removed: int = 0
    archived: int = 0
    kept: list[Kept] = field(default_factory=list)


async def undo_some(session: AsyncSession, entity: recordfile.Entity, run_id: UUID, undone: Undone) -> int:
    """Put back the latest changes of a run; returns how many it looked at, 0 when none are left."""
    changes = await store.rows(session, store.CHANGES, run=run_id, most=CHUNK // 4)
    if not changes:
        return 0
    writer = writer_of(entity)
    if isinstance(writer, Orders):
        await _undo_orders(session, changes, undone)
    elif isinstance(writer, Products | Records):
        await _undo_records(session, writer, changes, undone)
    await store.run(session, store.FORGET, run=run_id, lines=[one["line"] for one in changes])
    if entity.name != "orders":
        labels = {"count": len(changes), "labels": [one["label"] for one in changes]}
        await audit.record(session, "undo", entity.name, "many", None, labels)
        await announce(session, event_of(entity), {"count": len(changes)})
    return len(changes)


async def _undo_orders(session: AsyncSession, changes: Sequence[Facts], undone: Undone) -> None:
    for one in changes:
        try:
            async with session.begin_nested():
                order = await sales.order_by(session, str(one["row_id"]), lock=True)
                await sales.delete_order(session, order)
            undone.removed += 1
        except sales.UnknownOrder:
            undone.removed += 1
        except OnhandError as problem:
            _keep(undone, one, "status", "pending", "", problem.sentence())


def _keep(undone: Undone, one: Facts, name: str, imported: object, now: object, why: str) -> None:
    if len(undone.kept) < MOST_KEPT:
        undone.kept.append(Kept(one["line"], one["label"], name, jsonable(imported), jsonable(now), why))


async def _undo_records(
    session: AsyncSession, writer: Products | Records, changes: Sequence[Facts], undone: Undone
) -> None:
    current = await writer.current(session, [one["row_id"] for one in changes])
    back: list[Facts] = []
    gone: list[Facts] = []
    for one in changes:
        now = current.get(one["row_id"])
        if now is None:
            continue
        fields, since = restorable(one["before"] or {}, one["after"], now)
        for name in since:
            _keep(undone, one, name, one["after"][name], now.get(name), "was changed since")
        if one["action"] == "create" and not since:
            gone.append(one)
        elif one["action"] == "change" and fields:
            back.append(fields | {"id": one["row_id"]})
    await writer.restore(session, back)
    undone.restored += len(back)
    await _remove(session, writer, gone, undone)


async def _remove(session: AsyncSession, writer: Products | Records, gone: Sequence[Facts], undone: Undone) -> None:
    """All at once if nothing refers to any of them, else one by one: used ones are archived, or stay."""
    if not gone:
        return
    if await _removed(session, writer, [one["row_id"] for one in gone]):
        undone.removed += len(gone)
        return
    for one in gone:
        if await _removed(session, writer, [one["row_id"]]):
            undone.removed += 1
        elif await writer.archive(session, one["row_id"]):
            undone.archived += 1
        else:
            _keep(undone, one, "", one["label"], one["label"], "is used elsewhere")


async def _removed(session: AsyncSession, writer: Products | Records, ids: list[UUID]) -> bool:
    """Delete them all; False, and nothing done, when something refers to one."""
    try:
        async with session.begin_nested():
            await writer.remove(session, ids)
    except (ForeignKeyViolation, RestrictViolation):
        return False
    return True
