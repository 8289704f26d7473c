"""Counting itself: what is scanned or typed at the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onhand.counting import store, store_lines
from onhand.counting.domain import ZERO
from onhand.counting.errors import AlreadyOpen, BelowZero, EnoughCounters, NotCounting, UnknownCode
from onhand.counting.events import COUNTED
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.kernel import FieldError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.counting.store_lines import LineRow, Seen, TallyRow
    from onhand.counting.tables import StockCount


@dataclass(frozen=True, slots=True)
class Entry:
    """One scan: `add` so many to what I counted of it, or say that it is so many."""

    code: str
    quantity: Decimal
    mode: Literal["add", "set"] = "set"


@dataclass(frozen=True, slots=True)
class Noted:
    """What now stands for a scan: the line, and all that this counter counted of it. Never what was expected."""

    line_id: UUID
    sku: str
    sku_id: UUID
    quantity: Decimal
    found: bool
    complete: bool


async def tally(session: AsyncSession, count: StockCount, entries: Sequence[Entry]) -> list[Noted]:
    """Take what was counted; each entry's answer in their order. An item that nobody expected gets a line.

    Raises NotCounting, UnknownCode, AlreadyOpen, EnoughCounters, BelowZero; then nothing of it is taken.
    """
    status = await store.hold(session, count.id)
    if status != "counting":
        raise NotCounting(number=count.number, status=status)
    skus = await skus_named(session, [entry.code for entry in entries], "/lines/{n}/code")
    wanted = sorted(set(skus), key=str)
    lines = await store_lines.lock_lines(session, count.id, wanted)
    missing = [sku_id for sku_id in wanted if sku_id not in lines]
    if missing:
        lines |= await _find(session, count, missing)
    noted = await _say(session, count, [(lines[sku_id], entry) for sku_id, entry in zip(skus, entries, strict=True)])
    facts = {"count_id": str(count.id), "number": count.number, "lines": len(wanted)}
    await announce(session, COUNTED, facts)
    return [noted[sku_id] for sku_id in skus]


async def skus_named(session: AsyncSession, codes: Sequence[str], pointer: str = "/skus/{n}") -> list[UUID]:
    """The SKUs of these codes or barcodes. Raises UnknownCode, which names each that is none."""
    known = await store_lines.find_codes(session, list(set(codes))) if codes else {}
    unknown = [(n, code) for n, code in enumerate(codes) if code not in known]
    if unknown:
        errors = [
            FieldError(pointer.format(n=n), UnknownCode.code, f"Nothing is known by the code {code}.")
            for n, code in unknown
        ]
        raise UnknownCode(errors=errors, key=unknown[0][1])
    return [known[code] for code in codes]


async def _find(session: AsyncSession, count: StockCount, missing: Sequence[UUID]) -> dict[UUID, LineRow]:
    """Lines for items that the count did not expect."""
    await store_lines.add_found(session, count.id, count.warehouse_id, missing)
    lines = await store_lines.lock_lines(session, count.id, missing)
    if len(lines) < len(missing):
        sku, other = await store_lines.elsewhere(session, count.id, count.warehouse_id, missing)
        raise AlreadyOpen(sku=sku, other=other)
    return lines


async def _say(session: AsyncSession, count: StockCount, said: Sequence[tuple[LineRow, Entry]]) -> dict[UUID, Noted]:
    """Add up the entries of each line, beside what the ledger says at this moment."""
    lines = {line.id: line for line, _ in said}
    seen = await store_lines.seen(session, list(lines))
    before = await store_lines.tallies(session, list(lines))
    entries: dict[UUID, list[tuple[int, Entry]]] = {}
    for n, (line, entry) in enumerate(said):
        entries.setdefault(line.id, []).append((n, entry))
    written: list[tuple[LineRow, UUID, Decimal, Seen]] = []
    complete: set[UUID] = set()
    afresh: list[UUID] = []
    for line_id, line in lines.items():
        own, others = _mine(session, count, line, before.get(line_id, []))
        quantity = _total(line, own.quantity if own else ZERO, entries[line_id])
        if any(entry.mode == "set" for _, entry in entries[line_id]):
            afresh.append(line_id)
        who = own.counter_id if own else _counter(session)
        written.append((line, who, quantity, seen[line_id]))
        if others + 1 >= _needed(count, line):
            complete.add(line_id)
    await store_lines.set_tallies(session, actor_of(session).label, written, afresh)
    await store_lines.mark_counted(session, [one for one in written if one[0].id in complete])
    await store_lines.note_counter(session, count.id, _counter(session), actor_of(session).label)
    return {
        line.sku_id: Noted(line.id, line.sku, line.sku_id, quantity, line.found, line.id in complete)
        for line, _, quantity, _ in written
    }


def _counter(session: AsyncSession) -> UUID:
    """Who counts: the person or the key, or onhand itself."""
    actor = actor_of(session)
    return actor.id or actor.organization_id


def _needed(count: StockCount, line: LineRow) -> int:
    return count.counters if line.round == 1 else 1


def _mine(
    session: AsyncSession, count: StockCount, line: LineRow, before: Sequence[TallyRow]
) -> tuple[TallyRow | None, int]:
    """This counter's tally so far, and how many others there are. Where one count suffices, a team shares it."""
    if _needed(count, line) == 1:
        return (before[0] if before else None), 0
    me = _counter(session)
    own = next((one for one in before if one.counter_id == me), None)
    others = [one for one in before if one.counter_id != me]
    if own is None and len(others) >= _needed(count, line):
        raise EnoughCounters(sku=line.sku, who=" and ".join(one.counter for one in others))
    return own, len(others)


def _total(line: LineRow, before: Decimal, entries: Sequence[tuple[int, Entry]]) -> Decimal:
    quantity = before
    for n, entry in entries:
        quantity = entry.quantity if entry.mode == "set" else quantity + entry.quantity
        if quantity < 0:
            message = f"{line.sku} would be counted as less than zero."
            raise BelowZero(errors=[FieldError(f"/lines/{n}/quantity", BelowZero.code, message)], sku=line.sku)
    return quantity
