"""Cut the lines to post into chunks, and each chunk into what happened together: one invoice, kind and moment."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import numpy as np

from onhand import ledger, pastsales, salesfile
from onhand.infra.tabular import decimal_of, moment_of
from onhand.kernel import derived_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onhand.infra.tabular import Numbers

CHUNK = 8_000  # lines per transaction: long ones would hold back every reader of events

MOVEMENTS: dict[salesfile.Kind, ledger.MovementType] = {
    salesfile.Kind.SALE: "sale",
    salesfile.Kind.RETURN: "return",
    salesfile.Kind.WRITE_OFF: "waste",
    salesfile.Kind.GIVEN_AWAY: "adjustment",
}
ChargeKind = Literal["shipping", "tax", "discount", "fee", "other"]
CHARGES: dict[str, ChargeKind] = {
    "POST": "shipping", "DOT": "shipping", "SHIPPING": "shipping", "POSTAGE": "shipping", "C2": "shipping",
    "C3": "shipping", "D": "discount", "DISCOUNT": "discount", "BANK CHARGES": "fee", "AMAZONFEE": "fee", "CRUK": "fee",
    "FEE": "fee",
}  # fmt: skip
REASONS = {
    salesfile.Kind.SALE: "sold",
    salesfile.Kind.RETURN: "returned",
    salesfile.Kind.WRITE_OFF: "written off",
    salesfile.Kind.GIVEN_AWAY: "given away",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What the lines stand on, by their places in the file's texts."""

    run_id: UUID
    source: str
    warehouse_id: UUID
    skus: dict[int, UUID]
    customers: dict[int, UUID]
    new_skus: int = 0
    new_customers: int = 0


def order_id(organization_id: UUID, source: str, invoice: str) -> UUID:
    """The order behind an invoice: the same whichever file brings it."""
    return derived_id(organization_id, f"import order\x1f{source}\x1f{invoice}")


def chunks_of(lines: salesfile.Lines, size: int) -> Iterator[Numbers]:
    """Places of consecutive lines, about `size` of them; an invoice is cut only where it is longer than that."""
    start, end = 0, len(lines)
    turns = np.flatnonzero(np.diff(lines.invoice)) + 1
    while start < end:
        at = np.searchsorted(turns, start + size)
        stop = int(turns[at]) if at < len(turns) else end
        stop = min(stop, start + 2 * size, end)
        yield np.arange(start, stop)
        start = stop


def in_groups(lines: salesfile.Lines) -> Iterator[tuple[int, int]]:
    """Start and end of each run of lines that happened together."""
    if not len(lines):
        return
    remark = np.where(lines.kind == salesfile.Kind.WRITE_OFF, lines.description, -1)
    columns = (lines.invoice, lines.kind, lines.at, remark)
    turns = np.flatnonzero(np.logical_or.reduce([np.diff(column) != 0 for column in columns])) + 1
    bounds = [0, *turns.tolist(), len(lines)]
    yield from pairwise(bounds)


def postings_of(lines: salesfile.Lines, ids: list[str], ground: Ground, organization_id: UUID) -> list[ledger.Posting]:
    """The chunk's movements: facts, dated, each group one posting that points at its order."""
    skus, changes, ats = lines.sku.tolist(), lines.change.tolist(), lines.at.tolist()
    found = []
    for start, end in in_groups(lines):
        kind = salesfile.Kind(lines.kind[start])
        if kind is salesfile.Kind.CHARGE:
            continue
        invoice = lines.texts["invoice"][lines.invoice[start]]
        written_off = kind is salesfile.Kind.WRITE_OFF
        moves = [
            ledger.Move(sku=ground.skus[skus[n]], warehouse=ground.warehouse_id, quantity=decimal_of(changes[n]))
            for n in range(start, end)
        ]
        posting_id = derived_id(ground.run_id, ids[start])
        found.append(
            ledger.Posting(
                id=posting_id,
                body_hash=posting_id,
                type=MOVEMENTS[kind],
                reason=_reason(lines, start, kind),
                fact=True,
                effective_at=moment_of(ats[start]),
                reference_kind="import" if written_off else "order",
                reference_id=ground.run_id if written_off else order_id(organization_id, ground.source, invoice),
                document=invoice,
                group_id=ground.run_id,
                lines=moves,
            )
        )
    return found


def _reason(lines: salesfile.Lines, place: int, kind: salesfile.Kind) -> str:
    """Why: of a write-off what the file remarks instead of a description."""
    remark = lines.description[place]
    return lines.texts["description"][remark] if kind is salesfile.Kind.WRITE_OFF and remark >= 0 else REASONS[kind]


def history_of(
    lines: salesfile.Lines, ids: list[str], ground: Ground, organization_id: UUID, currency: str
) -> pastsales.History:
    """The chunk's orders: what was sold, came back, was given away or charged. A write-off belongs to no order."""
    ordered = np.flatnonzero(lines.kind != salesfile.Kind.WRITE_OFF)
    goods = ordered[lines.kind[ordered] != salesfile.Kind.CHARGE].tolist()
    money = ordered[lines.kind[ordered] == salesfile.Kind.CHARGE].tolist()
    invoices, first = np.unique(lines.invoice[ordered], return_index=True)
    names = lines.texts["invoice"]
    orders = {int(i): order_id(organization_id, ground.source, names[i]) for i in invoices.tolist()}
    columns = _Columns(lines, ids, orders)
    customers = lines.customer[ordered][first].tolist()
    return pastsales.History(
        group_id=ground.run_id,
        channel=ground.source,
        currency=currency,
        orders=pastsales.HistoryOrders(
            ids=list(orders.values()),
            external_ids=[names[i] for i in orders],
            placed_at=[moment_of(at) for at in lines.at[ordered][first].tolist()],
            customer_ids=[ground.customers.get(customer) for customer in customers],
        ),
        lines=columns.goods(goods, ground),
        charges=columns.charges(money),
    )


class _Columns:
    """Rows of orders as the parallel columns that the sales module takes."""

    def __init__(self, lines: salesfile.Lines, ids: list[str], orders: dict[int, UUID]) -> None:
        self.ids, self.texts, self.lines, self.orders = ids, lines.texts, lines, orders

    def goods(self, places: list[int], ground: Ground) -> pastsales.HistoryLines:
        """salesfile.Lines of goods; what came back is negative, as in the file."""
        skus = self.lines.sku[places].tolist()
        return pastsales.HistoryLines(
            ids=[UUID(self.ids[place]) for place in places],
            order_ids=[self.orders[invoice] for invoice in self.lines.invoice[places].tolist()],
            sku_ids=[ground.skus[sku] for sku in skus],
            codes=[self.texts["sku"][sku] for sku in skus],
            quantities=[decimal_of(quantity) for quantity in self.lines.quantity[places].tolist()],
            unit_prices=[decimal_of(price) for price in self.lines.price[places].tolist()],
            positions=self.lines.line[places].tolist(),
        )

    def charges(self, places: list[int]) -> pastsales.HistoryCharges:
        """salesfile.Lines of money."""
        chosen = self.lines
        codes = [self.texts["sku"][sku] for sku in chosen.sku[places].tolist()]
        amounts = zip(chosen.quantity[places].tolist(), chosen.price[places].tolist(), strict=True)
        remarks = chosen.description[places].tolist()
        return pastsales.HistoryCharges(
            ids=[UUID(self.ids[place]) for place in places],
            order_ids=[self.orders[invoice] for invoice in chosen.invoice[places].tolist()],
            kinds=[CHARGES.get(code, "other") for code in codes],
            codes=codes,
            amounts=[decimal_of(quantity) * decimal_of(price) for quantity, price in amounts],
            descriptions=[self.texts["description"][remark] if remark >= 0 else None for remark in remarks],
        )
