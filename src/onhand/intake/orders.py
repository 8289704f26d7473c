"""Orders: rows with the same number are one order, taken as by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from onhand import recordfile, sales
from onhand.intake import store
from onhand.intake.lookups import Named, Skus, Wrong
from onhand.intake.records import refused
from onhand.intake.steps import Context, Step
from onhand.kernel import OnhandError, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


class Orders:
    """Whole orders; one that is on file already is left as it is."""

    entity = "orders"

    async def plan(self, session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Step]:
        """What each row would do: the first of an order takes it, the others go with it."""
        skus = await Skus.of(session, rows)
        warehouses = await Named.warehouses(session, rows, context.warehouse)
        numbers = list({str(row.values["number"]) for row in rows})
        known = await store.rows(session, store.ORDERS, channel=context.source, keys=numbers)
        on_file = {one["external_id"] for one in known}
        groups: dict[str, list[recordfile.Row]] = {}
        for row in rows:
            groups.setdefault(str(row.values["number"]), []).append(row)
        steps: list[Step] = []
        for number, group in groups.items():
            if number in on_file:
                steps += [Step(row.line, number, "same") for row in group]
            else:
                steps += _order(number, group, (skus, warehouses), context)
        return steps

    async def write(self, session: AsyncSession, steps: Sequence[Step]) -> None:
        """Take the orders, each by itself: one that is refused leaves the others alone."""
        for step in steps:
            if step.order is None:
                continue
            try:
                async with session.begin_nested():
                    made = await sales.create_order(session, step.order)
            except OnhandError as problem:
                step.action = "refuse"
                step.problem = recordfile.Problem(
                    step.line, "", step.label, problem.sentence(), "Mend it, then import the order again."
                )
            else:
                step.action, step.row_id, step.after = "create", made.id, {"number": made.number}

    async def current(self, session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        """The orders as far as undoing needs them."""
        found = await store.matching(session, "sales_order", ("number", "status"), "id", ids)
        return {one["id"]: one for one in found}


def _order(number: str, group: Sequence[recordfile.Row], known: tuple[Skus, Named], context: Context) -> list[Step]:
    skus, warehouses = known
    lines, wrongs = [], []
    for row in group:
        try:
            lines.append(_line(row, skus))
            if row.values.get("warehouse"):
                warehouses.need(row)
        except Wrong as wrong:
            wrongs.append(refused(row, wrong, context))
    if wrongs:
        bad = {step.line for step in wrongs}
        rest = Wrong("number", number, "Another row of this order is refused.", "Mend that row.")
        return [*wrongs, *(refused(row, rest, context) for row in group if row.line not in bad)]
    first = group[0].values
    given = first.get("customer") or first.get("customer_name")
    code = str(first["customer"]) if first.get("customer") else None
    mail = code if code and "@" in code else None
    customer = None
    if given:
        customer = sales.CustomerGiven(
            name=str(first.get("customer_name") or given), email=mail, code=None if mail else code
        )
    order = sales.NewOrder(
        lines=lines,
        channel=context.source,
        external_id=number,
        on_shortage="backorder",
        customer=customer,
        order_date=cast("datetime | None", first.get("at")),
        currency=str(first.get("currency") or context.currency),
        warehouse=str(first.get("warehouse") or context.warehouse) or None,
        note=cast("str | None", first.get("note")),
    )
    total = sum((line.quantity * line.unit_price - line.discount for line in lines), start=0 * lines[0].quantity)
    step = Step(group[0].line, number, "create", None, None, {"lines": len(lines), "total": plain(total)}, order=order)
    return [step, *(Step(row.line, number, "same") for row in group[1:])]


def _line(row: recordfile.Row, skus: Skus) -> sales.LineGiven:
    values = row.values
    quantity, price = cast("Decimal", values["quantity"]), cast("Decimal", values["unit_price"])
    discount = cast("Decimal | None", values.get("discount")) or quantity * 0
    if discount > quantity * price:
        raise Wrong("discount", plain(discount), "The discount is more than the line.", "Correct the discount.")
    return sales.LineGiven(sku=skus.need(row), quantity=quantity, unit_price=price, discount=discount)
