"""Verbs that change what stock costs without moving it. Each makes a cost entry; nothing recorded is rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit, partners, rates
from onhand.costing import events, store_entries, store_trail
from onhand.costing.domain import ZERO, Basis, Charge, Effect, EntryKind, rounded, shares
from onhand.costing.errors import (
    AlreadyReversed,
    NoPrice,
    NothingReceived,
    NothingToShareBy,
    NotReversible,
    UnknownEntry,
)
from onhand.costing.spread import spread
from onhand.costing.tables import CostCharge, CostEntry
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row
from onhand.kernel import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.costing.store_trail import Received


@dataclass(frozen=True, slots=True)
class Bearer:
    """A receipt that bears a part: one line of it, or all. `weight` is asked for when sharing by weight."""

    posting_id: UUID
    line: int | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What bringing goods in cost beside their price, and who bears it by which measure."""

    charge: Charge
    basis: Basis
    amount: Decimal
    currency: str | None = None  # None: the organization's
    rate: Decimal | None = None  # None: the one known for today
    bearers: Sequence[Bearer]
    document: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one unit of a received line truly cost."""

    posting_id: UUID
    line: int
    unit_cost: Decimal | None = None  # None: the supplier's price for that quantity
    supplier: str | None = None
    currency: str | None = None
    rate: Decimal | None = None  # None: the one known for the day it came


@dataclass(frozen=True, slots=True)
class Part:
    """A received line and what is added to its cost."""

    receipt: Received
    measure: Decimal
    value: Decimal
    unit_cost: Decimal | None = None  # of a line whose cost nobody knew


async def add_landed(session: AsyncSession, command: Landed) -> CostEntry:
    """Share an amount between receipts; what is sold already corrects those sales.

    Raises UnknownCurrency, NothingReceived, NothingToShareBy.
    """
    found = await _received(session, command.bearers)
    await store_trail.lock(session, sorted({one.sku_id for one, _ in found}))
    rate = await _rate(session, command.currency, command.rate, now(), "/currency")
    value = rounded(command.amount * rate)
    measures = [_measure(command.basis, receipt, bearer, place) for receipt, bearer, place in _places(found, command)]
    try:
        parts = shares(value, measures)
    except ValueError as problem:
        raise NothingToShareBy(command.basis, "the receipts measure nothing that way", "/basis") from problem
    values = {
        "kind": "landed",
        "charge": command.charge,
        "basis": command.basis,
        "amount": command.amount,
        "currency": command.currency,
        "rate": rate,
        "document": command.document,
        "note": command.note,
    }
    given = zip(found, measures, parts, strict=True)
    return await _enter(session, values, [Part(receipt, measure, part) for (receipt, _), measure, part in given])


async def _received(session: AsyncSession, bearers: Sequence[Bearer]) -> list[tuple[Received, int]]:
    """The lines that the bearers name, each once, with the place of who named it. Raises NothingReceived."""
    found: list[tuple[Received, int]] = []
    seen: set[tuple[UUID, int]] = set()
    for place, bearer in enumerate(bearers):
        lines = await store_trail.received(session, [(bearer.posting_id, bearer.line)])
        new = [one for one in lines if (one.posting_id, one.line) not in seen]
        if not new:
            raise NothingReceived(str(bearer.posting_id), f"/receipts/{place}/posting_id")
        seen |= {(one.posting_id, one.line) for one in new}
        found += [(one, place) for one in new]
    return found


def _places(found: Sequence[tuple[Received, int]], command: Landed) -> list[tuple[Received, Bearer, int]]:
    return [(receipt, command.bearers[place], place) for receipt, place in found]


def _measure(basis: Basis, receipt: Received, bearer: Bearer, place: int) -> Decimal:
    if basis == "quantity":
        return receipt.quantity
    if basis == "weight":
        if bearer.weight is None or bearer.line is None:
            raise NothingToShareBy(basis, "each line needs its weight", f"/receipts/{place}/weight")
        return bearer.weight
    if receipt.unknown:
        why = f"nobody knows what {receipt.sku} cost"
        raise NothingToShareBy(basis, why, f"/receipts/{place}/posting_id")
    return receipt.cost


async def _rate(
    session: AsyncSession, currency: str | None, rate: Decimal | None, moment: datetime, pointer: str
) -> Decimal:
    if rate is not None:
        return rate
    return Decimal(1) if currency is None else await rates.rate_of(session, currency, moment, pointer)


async def tell_costs(
    session: AsyncSession, lines: Sequence[Told], document: str | None = None, note: str | None = None
) -> CostEntry:
    """Say what received lines truly cost: a supplier's late bill, or a cost that nobody knew.

    Raises UnknownCurrency, NothingReceived.
    """
    parts: list[Part] = []
    found: list[tuple[Received, Decimal, Decimal]] = []
    for place, told in enumerate(lines):
        received = await store_trail.received(session, [(told.posting_id, told.line)])
        if not received or any((one.posting_id, one.line) == (told.posting_id, told.line) for one, _, _ in found):
            raise NothingReceived(f"{told.posting_id} line {told.line}", f"/lines/{place}/line")
        price, currency = await _price(session, told, received[0], f"/lines/{place}")
        at = received[0].effective_at
        found.append((received[0], price, await _rate(session, currency, told.rate, at, f"/lines/{place}/currency")))
    await store_trail.lock(session, sorted({one.sku_id for one, _, _ in found}))
    for receipt, price, rate in found:
        unit = rounded(price * rate)
        value = rounded(price * rate * receipt.quantity) - receipt.cost
        parts.append(Part(receipt, receipt.quantity, value, unit if receipt.unknown else None))
    kind: EntryKind = "costed" if all(part.receipt.unknown for part in parts) else "bill"
    return await _enter(session, {"kind": kind, "document": document, "note": note}, parts)


async def _price(session: AsyncSession, told: Told, receipt: Received, at: str) -> tuple[Decimal, str | None]:
    """What one unit cost, and in which currency: as told, or the supplier's price. Raises NoPrice."""
    if told.unit_cost is not None:
        return told.unit_cost, told.currency
    if told.supplier is None:
        raise NoPrice(receipt.sku, f"{at}/unit_cost")
    supplier = await partners.partner_by(session, partners.SUPPLIER, told.supplier)
    asked = await partners.price_from(session, supplier.id, receipt.sku_id, receipt.quantity)
    if asked.price is None:
        raise NoPrice(receipt.sku, f"{at}/supplier")
    return asked.price, asked.currency


async def reverse_entry(session: AsyncSession, key: str) -> CostEntry:
    """Take a landed cost or a late bill back by another entry. Raises UnknownEntry, NotReversible, AlreadyReversed."""
    entry = await entry_by(session, key, lock=True)
    if entry.kind not in {"landed", "bill"} or entry.reverses_id is not None:
        instead = "enter what is right instead"
        raise NotReversible(number=f"C-{entry.number}", kind=entry.kind, instead=instead)
    if await store_entries.is_reversed(session, entry):
        raise AlreadyReversed(number=f"C-{entry.number}")
    charges = await store_entries.charges_of(session, entry)
    await store_trail.lock(session, sorted({charge.sku_id for charge in charges}))
    lines = [(charge.posting_id, charge.line) for charge in charges]
    receipts = await store_trail.received(session, lines, carried=True)
    by_line = {(one.posting_id, one.line): one for one in receipts}
    parts = [Part(by_line[c.posting_id, c.line], c.measure, -c.value) for c in charges]
    names = ("kind", "charge", "basis", "currency", "rate", "document")
    values = {name: getattr(entry, name) for name in names} | {"reverses_id": entry.id}
    values["amount"] = None if entry.amount is None else -entry.amount
    return await _enter(session, values | {"note": f"takes back C-{entry.number}"}, parts)


async def entry_by(session: AsyncSession, key: str, *, lock: bool = False) -> CostEntry:
    """The entry with this id or number. Raises UnknownEntry."""
    entry = await store_entries.find_entry(session, key, lock=lock)
    if entry is None:
        raise UnknownEntry(key=key)
    return entry


async def _enter(session: AsyncSession, values: dict[str, Any], parts: Sequence[Part]) -> CostEntry:
    """Write an entry, its charges, and what it does to stock and to sales."""
    number = await store_entries.next_number(session)
    who = actor_of(session).label
    total = sum((part.value for part in parts), ZERO)
    entry = await add_row(session, CostEntry, {**values, "number": number, "created_by": who, "value": total})
    effect, unit_costs = Effect(), dict[UUID, Decimal]()
    for part in parts:
        receipt = part.receipt
        own = await spread(session, (receipt.posting_id, receipt.line), part.value)
        _merge(effect, own)
        if part.unit_cost is not None:
            unit_costs |= dict.fromkeys(own.layers, part.unit_cost)
        if part.measure > 0 or part.value:
            await add_row(session, CostCharge, _charge(entry, part))
    await store_entries.adjust(session, entry, effect, unit_costs)
    await change_row(session, entry, {"stock": effect.stock, "sold": effect.sold})
    await audit.record(session, "create", "cost_entry", entry.id, None, audit.snapshot(entry))
    facts = {"entry_id": str(entry.id), "kind": entry.kind, "number": entry.number}
    await announce(session, events.COSTS_CHANGED, facts)
    return entry


def _charge(entry: CostEntry, part: Part) -> dict[str, Any]:
    names = ("posting_id", "line", "sku_id", "warehouse_id", "quantity")
    own = {name: getattr(part.receipt, name) for name in names}
    return {**own, "entry_id": entry.id, "measure": part.measure, "value": part.value}


def _merge(effect: Effect, other: Effect) -> None:
    for layer, value in other.layers.items():
        effect.layers[layer] += value
    for key, value in other.lines.items():
        effect.lines[key] += value
        effect.uncosted[key] += other.uncosted[key]
