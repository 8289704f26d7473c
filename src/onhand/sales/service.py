"""Verbs of orders: take them by hand, change, hold and delete them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from onhand import allocation, audit, catalog, identity, partners, places
from onhand.infra.events import announce
from onhand.kernel import FieldError, new_id, now, plain
from onhand.sales import events, store
from onhand.sales.domain import HOLDER, ZERO, LineState, NewOrder, totals
from onhand.sales.errors import ExternalIdTaken, UnknownOrder, UnknownSkus
from onhand.sales.service_allocate import by_line, facts_of, write_promises
from onhand.sales.tables import Order, OrderCharge, OrderLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.domain import ChargeGiven, CustomerGiven, LineGiven

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """An order about to be written: its own columns, its lines with their SKUs (None: unknown), its charges."""

    values: Mapping[str, Any]
    lines: Sequence[tuple[UUID, LineGiven, catalog.SkuFacts | None]]
    charges: Sequence[ChargeGiven]
    id: UUID = field(default_factory=new_id)

    @property
    def warehouse_id(self) -> UUID | None:
        """The only warehouse that may serve it, if one was asked for."""
        return cast("UUID | None", self.values["warehouse_id"])

    def needs(self) -> list[allocation.Need]:
        """What the lines want of the shelves."""
        return [allocation.Need(line_id, sku.id, line.quantity) for line_id, line, sku in self.lines if sku]


@dataclass(frozen=True, slots=True)
class Placed:
    """An order just written, and what is short of each line."""

    order: Order
    short: Mapping[UUID, Decimal]


def number_of(count: int) -> str:
    """An order's number as people see it."""
    return f"SO-{count:0{DIGITS}d}"


async def order_by(session: AsyncSession, key: str, *, lock: bool = False) -> Order:
    """The order with this id or number; with `lock` nobody else changes it until we end. Raises UnknownOrder."""
    try:
        wanted: UUID | str = UUID(key)
    except ValueError:
        wanted = key
    order = await store.find_order(session, wanted, lock=lock)
    if order is None:
        raise UnknownOrder(key=key)
    return order


async def create_order(session: AsyncSession, command: NewOrder) -> Order:
    """Take an order by hand and reserve for it.

    Raises ledger.NotEnoughStock when a line cannot be covered and may not wait, UnknownSkus, ExternalIdTaken,
    places.UnknownWarehouse, partners.UnknownCustomer.
    """
    draft = await _draft(session, command)
    waits = command.on_shortage == "backorder"
    if not waits:  # seen before anything is locked, so that a sold-out article refuses at no cost to others
        found = await allocation.planned(session, draft.needs(), draft.warehouse_id)
        if found.short:
            raise await allocation.not_enough(session, draft.needs(), found, draft.warehouse_id)
    placed = await place(session, draft, partly=waits)
    return placed.order


async def _draft(session: AsyncSession, command: NewOrder) -> Draft:
    lines = await known_lines(session, command.lines)
    unknown = [(index, line) for index, (_, line, sku) in enumerate(lines) if sku is None]
    if unknown:
        problems = [
            FieldError(f"/lines/{index}/sku", "unknown", f"There is no SKU {line.sku}.") for index, line in unknown
        ]
        raise UnknownSkus(skus=", ".join(str(line.sku) for _, line in unknown), errors=problems)
    if command.external_id and await store.find_external(session, None, command.channel, command.external_id):
        raise ExternalIdTaken(external_id=command.external_id, channel=command.channel)
    warehouse = await places.warehouse_by(session, str(command.warehouse)) if command.warehouse else None
    organization = await identity.organization_of(session)
    values = {
        "source": "manual",
        "channel": command.channel,
        "external_id": command.external_id,
        "customer_id": command.customer_id or await customer_id_of(session, command.customer),
        "order_date": command.order_date or now(),
        "currency": (command.currency or organization.currency).upper(),
        "shipping_address": command.shipping_address,
        "billing_address": command.billing_address,
        "note": command.note,
        "warehouse_id": warehouse.id if warehouse else None,
    }
    if command.customer_id:
        await partners.partner_by(session, partners.CUSTOMER, str(command.customer_id))
    return Draft(values, lines, command.charges)


async def known_lines(
    session: AsyncSession, given: Sequence[LineGiven]
) -> list[tuple[UUID, LineGiven, catalog.SkuFacts | None]]:
    """The lines with an id each and their SKUs; None for one that the catalogue does not have."""
    codes = [line.sku for line in given if isinstance(line.sku, str)]
    by_code = await catalog.sku_by_codes(session, codes) if codes else {}
    ids = [line.sku for line in given if isinstance(line.sku, UUID)]
    by_id = await catalog.skus_by_ids(session, ids) if ids else {}
    found = (by_code.get(line.sku) if isinstance(line.sku, str) else by_id.get(line.sku) for line in given)
    return [(new_id(), line, sku) for line, sku in zip(given, found, strict=True)]


async def customer_id_of(session: AsyncSession, given: CustomerGiven | None) -> UUID | None:
    """The customer an order names: by code, else by e-mail, made when new. With a name alone, a new one."""
    if given is None:
        return None
    code = given.code or given.email
    if code is None:
        return (await partners.create_partner(session, partners.CUSTOMER, {"name": given.name})).id
    wanted = partners.CustomerWanted(code, given.name, given.email)
    return (await partners.ensure_customers(session, [wanted]))[code]


async def place(session: AsyncSession, draft: Draft, *, partly: bool) -> Placed:
    """Number an order, promise its stock, write it, count it, tell of it. Raises ledger.NotEnoughStock."""
    number = number_of(await store.next_numbers(session, 1))
    holder = allocation.Holder(
        kind=HOLDER, id=draft.id, number=number, channel=draft.values["channel"], warehouse_id=draft.warehouse_id
    )
    needs = draft.needs()
    promises, short = await allocation.promise(session, holder, needs, partly=partly) if needs else ([], {})
    promised = by_line(promises)
    sums = totals([line for _, line, _ in draft.lines], draft.charges)
    lines = [_line(draft.id, place, promised) for place in enumerate(draft.lines, 1)]
    money = {name: getattr(sums, name) for name in ("items", "discount", "tax", "shipping", "other", "fees", "total")}
    waits = any(LineState(line.quantity, promised.get(line_id, ZERO)).waiting for line_id, line, _ in draft.lines)
    own = {"id": draft.id, "number": number, "backordered": waits, **money}
    order = await store.add_order(session, {**draft.values, **own})
    await store.add_parts(session, OrderLine, lines)
    await write_promises(session, order.id, promises)
    charges = [
        {"id": new_id(), "order_id": order.id, "kind": c.kind, "code": c.code, "description": c.description,
         "amount": c.amount}
        for c in draft.charges
    ]  # fmt: skip
    await store.add_parts(session, OrderCharge, charges)
    sold = [{"sku": str(line.sku), "quantity": plain(line.quantity)} for _, line, _ in draft.lines]
    await audit.record(session, "create", "order", order.id, None, snapshot(order) | {"lines": sold})
    await announce(session, events.ORDER_CREATED, facts_of(order))
    return Placed(order, short)


def _line(
    order_id: UUID, place: tuple[int, tuple[UUID, LineGiven, catalog.SkuFacts | None]], promised: Mapping[UUID, Decimal]
) -> dict[str, Any]:
    position, (line_id, line, sku) = place
    return {
        "id": line_id,
        "order_id": order_id,
        "position": position,
        "sku_id": sku.id if sku else None,
        "sku": sku.code if sku else str(line.sku),
        "name": line.name or (sku.name if sku else None),
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "discount": line.discount,
        "seller_id": line.seller_id,
        "allocated": promised.get(line_id, ZERO),
    }


def snapshot(order: Order) -> dict[str, Any]:
    """An order as the history shows it."""
    return {
        name: value for name, value in audit.snapshot(order).items() if name not in {"organization_id", "updated_at"}
    }


async def change_order(session: AsyncSession, order: Order, changes: Mapping[str, Any]) -> Order:
    """Write plain fields of a locked order: hold, notes, addresses, tracking."""
    before = snapshot(order)
    for name, value in changes.items():
        setattr(order, name, value)
    await session.flush()
    await session.refresh(order)
    if snapshot(order) != before:
        await audit.record(session, "update", "order", order.id, before, snapshot(order))
        await announce(session, events.ORDER_CHANGED, facts_of(order))
    return order
