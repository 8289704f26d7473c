"""SQL of cost entries: the documents, what they charge to received lines, and the adjusting rows of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from onhand.costing.tables import CostCharge, CostEntry
from onhand.infra.db import actor_of, raw
from onhand.infra.questions import rows
from onhand.infra.rows import find_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.costing.domain import Effect

NUMBERING = "SELECT pg_advisory_xact_lock(hashtextextended('cost entry ' || %s, 0))"
NEXT_NUMBER = "SELECT coalesce(max(number), 0) + 1 FROM cost_entry WHERE organization_id = %s"
ADJUST = """SELECT adjust_costs(%(organization)s, %(entry)s, %(kind)s, %(document)s, %(note)s, %(actor)s,
    %(layers)s::uuid[], %(values)s::numeric[], %(unit_costs)s::numeric[],
    %(postings)s::uuid[], %(lines)s::integer[], %(of)s::uuid[], %(costs)s::numeric[], %(uncosted)s::numeric[])"""


async def next_number(session: AsyncSession) -> int:
    """The next entry's number; taken until the transaction ends."""
    connection, organization = await raw(session), actor_of(session).organization_id
    await connection.execute(NUMBERING, (str(organization),))
    row = await (await connection.execute(NEXT_NUMBER, (organization,))).fetchone()
    return int(row[0]) if row else 1


async def adjust(session: AsyncSession, entry: CostEntry, effect: Effect, unit_costs: dict[UUID, Decimal]) -> None:
    """Write what an entry does, by the one function that may. `unit_costs`: of layers whose cost nobody knew."""
    layers = [layer for layer, value in effect.layers.items() if value or layer in unit_costs]
    sold = [key for key, value in effect.lines.items() if value or effect.uncosted[key]]
    values = {
        "organization": entry.organization_id,
        "entry": entry.id,
        "kind": entry.kind,
        "document": entry.document or f"C-{entry.number}",
        "note": entry.note,
        "actor": entry.created_by,
        "layers": layers,
        "values": [effect.layers[layer] for layer in layers],
        "unit_costs": [unit_costs.get(layer) for layer in layers],
        "postings": [posting for (posting, _), _ in sold],
        "lines": [line for (_, line), _ in sold],
        "of": [layer for _, layer in sold],
        "costs": [effect.lines[key] for key in sold],
        "uncosted": [effect.uncosted[key] for key in sold],
    }
    await (await raw(session)).execute(ADJUST, values)


async def find_entry(session: AsyncSession, key: str, *, lock: bool = False) -> CostEntry | None:
    """The entry with this id or number ("C-12" or "12")."""
    digits = key.upper().removeprefix("C-")
    if digits.isdecimal():
        return await find_row(session, CostEntry, CostEntry.number == int(digits[:9]), lock=lock)
    try:
        return await find_row(session, CostEntry, CostEntry.id == UUID(key), lock=lock)
    except ValueError:
        return None


async def is_reversed(session: AsyncSession, entry: CostEntry) -> bool:
    """Whether another entry took it back."""
    return await find_row(session, CostEntry, CostEntry.reverses_id == entry.id) is not None


async def charges_of(session: AsyncSession, entry: CostEntry) -> Sequence[CostCharge]:
    """What received lines bear of it."""
    statement = select(CostCharge).where(
        CostCharge.organization_id == entry.organization_id, CostCharge.entry_id == entry.id
    )
    return (await session.execute(statement.order_by(CostCharge.id))).scalars().all()


SHOWN = """
SELECT c.posting_id, c.line, c.sku_id, s.code AS sku, p.name, w.code AS warehouse, o.document, c.quantity, c.measure,
    c.value
FROM cost_charge c JOIN posting o ON o.organization_id = c.organization_id AND o.id = c.posting_id
JOIN sku s ON s.organization_id = c.organization_id AND s.id = c.sku_id
JOIN product p ON p.organization_id = c.organization_id AND p.id = s.product_id
JOIN warehouse w ON w.organization_id = c.organization_id AND w.id = c.warehouse_id
WHERE c.organization_id = %(organization)s AND c.entry_id = %(entry)s ORDER BY c.id"""


async def shown_charges(session: AsyncSession, kind: Any, entry: CostEntry) -> list[Any]:
    """What received lines bear of it, with names."""
    return await rows(session, kind, SHOWN, entry=entry.id)
