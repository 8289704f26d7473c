"""The list of cost entries."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from onhand.costing.tables import CostEntry
from onhand.infra.lists import Column, ListSpec

Taking = aliased(CostEntry)
ENTRIES = ListSpec(
    columns={
        "id": Column(CostEntry.id, "uuid"),
        "number": Column(CostEntry.number, "number"),
        "kind": Column(CostEntry.kind),
        "charge": Column(CostEntry.charge),
        "basis": Column(CostEntry.basis),
        "amount": Column(CostEntry.amount, "number"),
        "currency": Column(CostEntry.currency),
        "rate": Column(CostEntry.rate, "number", sortable=False),
        "value": Column(CostEntry.value, "number"),
        "stock": Column(CostEntry.stock, "number"),
        "sold": Column(CostEntry.sold, "number"),
        "document": Column(CostEntry.document),
        "note": Column(CostEntry.note, sortable=False),
        "effective_at": Column(CostEntry.effective_at, "time"),
        "reverses_id": Column(CostEntry.reverses_id, "uuid", sortable=False),
        "reversed": Column(Taking.id.is_not(None), "bool", sortable=False),
        "created_by": Column(CostEntry.created_by),
        "created_at": Column(CostEntry.created_at, "time"),
    },
    default_sort="-number",
    search=lambda q: func.concat_ws(" ", CostEntry.document, CostEntry.note).icontains(q, autoescape=True),
    aliases={"search": "q", "kind": "filter[kind]"},
)


@cache
def entries() -> Select[Any]:
    """Cost entries, and whether another took them back."""
    taken_back = and_(Taking.organization_id == CostEntry.organization_id, Taking.reverses_id == CostEntry.id)
    return select(CostEntry.id).select_from(CostEntry).outerjoin(Taking, taken_back)
