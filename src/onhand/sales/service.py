"""Verbs of orders: take them by hand, change, hold and delete them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import allocation, audit, catalog, identity, kits, partners, places
from onhand.infra.events import announce
from onhand.kernel import FieldError, new_id, now, plain
from onhand.sales import events, store
from onhand.sales.domain import HOLDER, ZERO, NewOrder, totals
from onhand.sales.errors import ExternalIdTaken, UnknownOrder, UnknownSkus
from onhand.sales.kit_lines import rows_of
from onhand.sales.service_allocate import by_need, facts_of, write_promises
from onhand.sales.tables import Order, OrderCharge, OrderLine, OrderLinePart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.sales.domain import ChargeGiven, LineGiven, OrderGiven

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A line about to be written, with its SKU; None when the catalogue does not have it. A kit has parts."""

    id: UUID
    given: LineGiven
    sku: catalog.SkuFacts | None
    parts: Sequence[allocation.LinePart] = ()

    @property
    def code(self) -> str:
        """The SKU as the catalogue writes it, or as it was given."""
        return self.sku.code if self.sku else str(self.given.sku)


@dataclass(frozen=True, slots=True)
class Draft:
    """An order about to be written: its own columns, its lines, its charges."""

    values: Mapping[str, Any]
    items: Sequence[Item]
    charges: Sequence[ChargeGiven]
    id: UUID = field(default_factory=new_id)

    def needs(self) -> list[allocation.Need]:
        """What the lines want of the shelves."""
        wanted = (
            allocation.needs_of(item.id, item.sku.id, item.given.quantity, item.parts)
            for item in self.items
            if item.sku
        )
        return [need for needs in wanted for need in needs]

    def promised(self, promises: Sequence[allocation.Promise]) -> dict[UUID, Decimal]:
        """How much of each line these promises cover."""
        held = by_need(promises)
        return {item.id: allocation.held_by(item.id, item.given.quantity, item.parts, held) for item in self.items}


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
        found = await allocation.planned(session, draft.needs(), draft.values["warehouse_id"])
        if found.short:
            raise await allocation.not_enough(session, draft.needs(), found, draft.values["warehouse_id"])
    return (await place(session, draft, partly=waits))[0]


async def _draft(session: AsyncSession, command: NewOrder) -> Draft:
    items = await items_of(session, command.lines)
    unknown = [(index, item.code) for index, item in enumerate(items) if item.sku is None]
    if unknown:
        problems = [FieldError(f"/lines/{index}/sku", "unknown", f"There is no SKU {code}.") for index, code in unknown]
        raise UnknownSkus(skus=", ".join(code for _, code in unknown), errors=problems)
    if command.external_id and await store.find_external(session, None, command.channel, command.external_id):
        raise ExternalIdTaken(external_id=command.external_id, channel=command.channel)
    organization = await identity.organization_of(session)
    values = await common_values(session, command) | {
        "source": "manual",
        "channel": command.channel,
        "external_id": command.external_id,
        "order_date": command.order_date or now(),
        "currency": (command.currency or organization.currency).upper(),
    }
    if command.customer_id:
        known = await partners.partner_by(session, partners.CUSTOMER, str(command.customer_id))
        values["customer_id"] = known.id
    return Draft(values, items, command.charges)


async def common_values(session: AsyncSession, given: OrderGiven) -> dict[str, Any]:
    """The columns of any order, its customer made if need be. Raises places.UnknownWarehouse."""
    warehouse = await places.warehouse_by(session, str(given.warehouse)) if given.warehouse else None
    return {
        "customer_id": await partners.customer_for(session, **asdict(given.customer)) if given.customer else None,
        "shipping_address": given.shipping_address,
        "billing_address": given.billing_address,
        "note": given.note,
        "warehouse_id": warehouse.id if warehouse else None,
    }


async def items_of(session: AsyncSession, given: Sequence[LineGiven]) -> list[Item]:
    """The lines with their SKUs, named by code or id."""
    codes = [line.sku for line in given if isinstance(line.sku, str)]
    by_code = await catalog.sku_by_codes(session, codes) if codes else {}
    ids = [line.sku for line in given if isinstance(line.sku, UUID)]
    by_id = await catalog.skus_by_ids(session, ids) if ids else {}
    found = [by_code.get(line.sku) if isinstance(line.sku, str) else by_id.get(line.sku) for line in given]
    opened = await kits.named_parts(session, [sku.id for sku in found if sku])
    return [
        Item(new_id(), line, sku, [allocation.LinePart(*part) for part in opened.get(sku.id, ())] if sku else ())
        for line, sku in zip(given, found, strict=True)
    ]


async def place(session: AsyncSession, draft: Draft, *, partly: bool) -> tuple[Order, Mapping[UUID, Decimal]]:
    """Number an order, promise its stock, write it, tell of it; returns it with what is short by line.

    Raises ledger.NotEnoughStock unless `partly`.
    """
    number = number_of(await store.next_numbers(session, 1))
    channel, warehouse_id = draft.values["channel"], draft.values["warehouse_id"]
    holder = allocation.Holder(kind=HOLDER, id=draft.id, number=number, channel=channel, warehouse_id=warehouse_id)
    needs = draft.needs()
    promises, _ = await allocation.promise(session, holder, needs, partly=partly) if needs else ([], {})
    promised = draft.promised(promises)
    short = {item.id: missing for item in draft.items if (missing := item.given.quantity - promised[item.id]) > 0}
    sums = totals([item.given for item in draft.items], draft.charges)
    money = {name: getattr(sums, name) for name in ("items", "discount", "tax", "shipping", "other", "fees", "total")}
    waits = any(allocation.LineState(item.given.quantity, promised.get(item.id, ZERO)).waiting for item in draft.items)
    own = {"id": draft.id, "number": number, "backordered": waits, **money}
    order = await store.add_order(session, {**draft.values, **own})
    lines = [_line(item, promised.get(item.id, ZERO)) for item in draft.items]
    placed = [{**line, "order_id": order.id, "position": position} for position, line in enumerate(lines, 1)]
    await store.add_parts(session, OrderLine, placed)
    parts = {item.id: item.parts for item in draft.items if item.parts}
    await store.add_parts(session, OrderLinePart, rows_of(order.id, parts))
    await write_promises(session, order.id, promises, parts)
    charges = [{"id": new_id(), "order_id": order.id, **asdict(charge)} for charge in draft.charges]
    await store.add_parts(session, OrderCharge, charges)
    sold = [{"sku": item.code, "quantity": plain(item.given.quantity)} for item in draft.items]
    await audit.record(session, "create", "order", order.id, None, snapshot(order) | {"lines": sold})
    await announce(session, events.ORDER_CREATED, facts_of(order))
    return order, short


def _line(item: Item, allocated: Decimal) -> dict[str, Any]:
    return {
        "id": item.id,
        "sku_id": item.sku.id if item.sku else None,
        "sku": item.code,
        "name": item.given.name or (item.sku.name if item.sku else None),
        "quantity": item.given.quantity,
        "unit_price": item.given.unit_price,
        "discount": item.given.discount,
        "seller_id": item.given.seller_id,
        "allocated": allocated,
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
