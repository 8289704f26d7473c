"""Lists of what stock cost: layers, and received lines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Select,
    TableClause,
    Text,
    Uuid,
    and_,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.orm import aliased

from onhand import costing, ledger
from onhand.infra.lists import Column, ListSpec

if TYPE_CHECKING:
    from collections.abc import Callable


def _table(name: str, *columns: ColumnClause[Any]) -> TableClause:
    """A table of a floor below, by name: only what a list shows of it."""
    return table(name, column("organization_id", Uuid), column("id", Uuid), *columns)


SKU = _table("sku", column("product_id", Uuid), column("code", Text), column("code_key", Text))
PRODUCT = _table("product", column("name", Text))
WAREHOUSE = _table("warehouse", column("code", Text), column("code_key", Text))
CostCharge, CostEntry = costing.CostCharge, costing.CostEntry
Layer, Movement, PostingRow = ledger.CostLayer, ledger.Movement, ledger.PostingRow
Undo = aliased(PostingRow)


def _is(named: Any) -> Callable[[Any], ColumnElement[bool]]:
    def condition(value: Any) -> ColumnElement[bool]:
        values = value if isinstance(value, list) else [value]
        return or_(*(_one(named, str(one)) for one in values))

    return condition


def _one(named: Any, text: str) -> ColumnElement[bool]:
    try:
        return cast("ColumnElement[bool]", named.c.id == UUID(text))
    except ValueError:
        return cast("ColumnElement[bool]", named.c.code_key == text.lower())


def _search(words: str) -> ColumnElement[bool]:
    low = words.lower()
    return or_(
        SKU.c.code_key.contains(low, autoescape=True),
        func.lower(PRODUCT.c.name).contains(low, autoescape=True),
        func.lower(PostingRow.document).contains(low, autoescape=True),
    )


def _named(statement: Select[Any], row: Any) -> Select[Any]:
    """With SKU, product, warehouse and posting of a layer or movement."""
    own = row.organization_id
    return (
        statement.join(SKU, and_(SKU.c.organization_id == own, SKU.c.id == row.sku_id))
        .join(PRODUCT, and_(PRODUCT.c.organization_id == own, PRODUCT.c.id == SKU.c.product_id))
        .join(WAREHOUSE, and_(WAREHOUSE.c.organization_id == own, WAREHOUSE.c.id == row.warehouse_id))
        .outerjoin(PostingRow, and_(PostingRow.organization_id == own, PostingRow.id == row.posting_id))
    )


NAMES = {
    "sku": Column(SKU.c.code, nullable=False, where=_is(SKU)),
    "name": Column(PRODUCT.c.name, nullable=False),
    "warehouse": Column(WAREHOUSE.c.code, nullable=False, where=_is(WAREHOUSE)),
    "document": Column(PostingRow.document),
    "type": Column(PostingRow.type),
}
ALIASES = {
    "search": "q",
    "product_id": "filter[product_id]",
    "warehouse_id": "filter[warehouse]",
}
LAYERS = ListSpec(
    columns={
        "id": Column(Layer.id, "uuid"),
        **NAMES,
        "sku_id": Column(Layer.sku_id, "uuid", sortable=False),
        "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
        "warehouse_id": Column(Layer.warehouse_id, "uuid", sortable=False),
        "posting_id": Column(Layer.posting_id, "uuid", sortable=False),
        "line": Column(Layer.line, "number", sortable=False),
        "received_at": Column(Layer.received_at, "time"),
        "quantity": Column(Layer.quantity, "number"),
        "remaining": Column(Layer.remaining, "number"),
        "value": Column(Layer.value, "number"),
        "unit_cost": Column(Layer.unit_cost, "number"),
        "source_cost": Column(Layer.source_cost, "number", sortable=False),
        "source_currency": Column(Layer.source_currency),
        "rate": Column(Layer.rate, "number", sortable=False),
        "origin_id": Column(Layer.origin_id, "uuid", sortable=False),
        "carried": Column(Layer.origin_id.is_not(None), "bool", sortable=False),
        "open": Column(Layer.remaining > 0, "bool", sortable=False, shown=False),
        "uncosted": Column(Layer.value.is_(None), "bool", sortable=False, shown=False),
    },
    default_sort="received_at",
    search=_search,
    aliases=ALIASES,
    hidden={"open": ("eq", "true")},
)


@cache
def layers() -> Select[Any]:
    """Cost layers with their receipts."""
    return _named(select(Layer.id).select_from(Layer), Layer)


@cache
def uncosted() -> Select[Any]:
    """Layers whose cost nobody told, of the receipts themselves."""
    return layers().where(Layer.value.is_(None), Layer.origin_id.is_(None))


def _charged(*kinds: str) -> ColumnElement[Any]:
    of_line = and_(
        CostCharge.organization_id == Movement.organization_id,
        CostCharge.posting_id == Movement.posting_id,
        CostCharge.line == Movement.line,
    )
    entry = and_(CostEntry.organization_id == CostCharge.organization_id, CostEntry.id == CostCharge.entry_id)
    total = select(func.coalesce(func.sum(CostCharge.value), 0)).join(CostEntry, entry)
    return total.where(of_line, CostEntry.kind.in_(kinds)).correlate(Movement).scalar_subquery()


RECEIPTS = ListSpec(
    columns={
        "id": Column(Movement.id, "number"),
        **NAMES,
        "posting_id": Column(Movement.posting_id, "uuid", sortable=False),
        "line": Column(Movement.line, "number", sortable=False),
        "sku_id": Column(Movement.sku_id, "uuid", sortable=False),
        "quantity": Column(Movement.quantity, "number"),
        "uncosted": Column(Movement.uncosted, "number"),
        "value": Column(Movement.value, "number"),
        "later": Column(_charged("bill", "costed"), "number", sortable=False),
        "landed": Column(_charged("landed"), "number", sortable=False),
        "unit_cost": Column(Movement.unit_cost, "number"),
        "currency": Column(Movement.currency, sortable=False),
        "effective_at": Column(Movement.effective_at, "time"),
    },
    default_sort="-id",
    search=_search,
    aliases=ALIASES,
)


@cache
def receipts() -> Select[Any]:
    """Lines that brought goods in and were not taken back."""
    undone = select(Undo.id).where(
        Undo.organization_id == PostingRow.organization_id, Undo.reverses_id == PostingRow.id
    )
    brought = and_(
        Movement.quantity > 0,
        PostingRow.type != "transfer",
        PostingRow.reverses_id.is_(None),
        ~undone.correlate(PostingRow).exists(),
    )
    return _named(select(Movement.id).select_from(Movement), Movement).where(brought)
