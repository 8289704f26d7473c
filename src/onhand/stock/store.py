"""The lists people and programs read: levels, inventory per SKU, movements, reservations, shortages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Numeric,
    Select,
    TableClause,
    Text,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)

from onhand import catalog, kits, ledger
from onhand.infra.lists import Column, Filter, First, ListQuery, ListSpec, Source
from onhand.kernel import PLACES
from onhand.stock.store_names import ORGANIZATION, POLICY, PRODUCT, SKU, SUPPLIER, TRANSFER, TRANSFER_LINE, WAREHOUSE
from onhand.stock.store_terms import Figures, LowWhen, figure_terms, level_terms, sku_terms

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import FromClause


ON_THE_WAY: ColumnElement[Any] = literal_column("l.dispatched - l.received - l.lost - l.returned", Numeric)
MOST_HITS: ColumnElement[Any] = literal_column("2000")
Level, Movement, PostingRow = ledger.Level, ledger.Movement, ledger.PostingRow
Reservation, SkuCost = ledger.Reservation, ledger.SkuCost
# Constants stand in the text: a plan kept for all requests must see that a partial index fits.
ZERO: ColumnElement[Any] = literal_column("0")
EXPIRED = and_(Reservation.open > ZERO, Reservation.expires_at <= func.now())


def _is(key: Any, row_id: Any, text: str) -> ColumnElement[bool]:
    """A row by its id or, ignoring case, its code."""
    by_id: ColumnElement[bool] = row_id
    try:
        return by_id == UUID(text)
    except ValueError:
        return cast("ColumnElement[bool]", key == text.lower())


def _among(key: Any, row_id: Any) -> Callable[[Any], ColumnElement[bool]]:
    """A comparison with one code or id, or with several."""
    return lambda value: or_(*(_is(key, row_id, text) for text in (value if isinstance(value, list) else [value])))


def _owned_by(owner: Any, named_table: TableClause) -> Callable[[Any], ColumnElement[bool]]:
    """Rows that point at these codes or ids: looked up first, so that the row's own index can be used."""
    c = named_table.c

    def one(text: str) -> ColumnElement[bool]:
        found = select(c.id).where(_is(c.code_key, c.id, text)).scalar_subquery()
        return cast("ColumnElement[bool]", owner == found)

    return lambda value: or_(*(one(text) for text in (value if isinstance(value, list) else [value])))


def of_sku_in(owner: Any) -> Callable[[Any], ColumnElement[bool]]:
    """The filter `sku` of rows whose SKU is `owner`."""
    return _owned_by(owner, SKU)


def of_warehouse_in(owner: Any) -> Callable[[Any], ColumnElement[bool]]:
    """The filter `warehouse` of rows whose warehouse is `owner`."""
    return _owned_by(owner, WAREHOUSE)


def _standing(owner: Any) -> ColumnElement[bool]:
    """The warehouse of a row."""
    return and_(WAREHOUSE.c.organization_id == owner.organization_id, WAREHOUSE.c.id == owner.warehouse_id)


def named(statement: Select[Any], owner: Any) -> Select[Any]:
    """With the SKU, its product and the warehouse of each row."""
    same = owner.organization_id
    return (
        statement.join(SKU, and_(SKU.c.organization_id == same, SKU.c.id == owner.sku_id))
        .join(PRODUCT, and_(PRODUCT.c.organization_id == same, PRODUCT.c.id == SKU.c.product_id))
        .join(WAREHOUSE, _standing(owner))
    )


def search_names(q: str) -> ColumnElement[bool]:
    """Rows of the products that a search for the text finds; of the best 2,000, if there are so many.

    Found by name, code or barcode, typing errors forgiven, as in the list of products. Row security would let a plain
    comparison with part of a text read every row.
    """
    hit = func.find_products(q, MOST_HITS).table_valued("product_id", "place", name="hit")
    return SKU.c.product_id.in_(select(hit.c.product_id))


def incoming(sku_id: ColumnElement[Any], warehouse_id: ColumnElement[Any] | None = None) -> ColumnElement[Any]:
    """Units under way, to this warehouse or to any."""
    line = TRANSFER_LINE
    to_here = true() if warehouse_id is None else TRANSFER.c.destination_id == warehouse_id
    moving = (
        select(func.coalesce(func.sum(ON_THE_WAY), ZERO))
        .select_from(line)
        .join(TRANSFER, and_(TRANSFER.c.organization_id == line.c.organization_id, TRANSFER.c.id == line.c.transfer_id))
        .where(line.c.sku_id == sku_id, TRANSFER.c.status == literal_column("'in_transit'"), to_here)
    )
    return moving.scalar_subquery()


_low: list[LowWhen] = [lambda _sku, _warehouse, available: available <= 0]


def low_when(condition: LowWhen) -> None:
    """Say what `low` means: (sku_id, warehouse_id, available) → condition. Reorder points live floors above."""
    _low[:] = [condition]


def is_low(sku: Any, warehouse: Any, available: Any) -> ColumnElement[bool]:
    """Whether a level is low, as the floors above say."""
    return _low[0](sku, warehouse, available)


@dataclass(frozen=True, slots=True)
class _Quantities:
    """Where a level's numbers come from: its row today, or the movements up to a moment."""

    source: Any
    reserved: Any
    changed_at: Any


def _today() -> _Quantities:
    late = (
        select(func.sum(Reservation.open))
        .where(
            Reservation.organization_id == Level.organization_id,
            Reservation.sku_id == Level.sku_id,
            Reservation.warehouse_id == Level.warehouse_id,
            EXPIRED,
        )
        .scalar_subquery()
    )
    held = case((Level.reserved > ZERO, Level.reserved - func.coalesce(late, ZERO)), else_=Level.reserved)
    return _Quantities(Level, held, Level.changed_at)


def _at(moment: datetime) -> _Quantities:
    summed = (
        select(
            Movement.organization_id,
            Movement.sku_id,
            Movement.warehouse_id,
            func.sum(Movement.quantity).label("on_hand"),
            func.sum(Movement.reserved).label("reserved"),
            func.sum(Movement.unavailable).label("unavailable"),
            func.max(Movement.effective_at).label("changed_at"),
        )
        .where(Movement.effective_at <= moment)
        .group_by(Movement.organization_id, Movement.sku_id, Movement.warehouse_id)
        .subquery("level")
    )
    return _Quantities(summed.c, summed.c.reserved, summed.c.changed_at)


def reorder_point(v: Any) -> ColumnElement[Any]:
    """At how much a level is reordered: what a person set, else what was computed; null where neither is."""
    of_it = and_(POLICY.c.organization_id == v.organization_id, POLICY.c.sku_id == v.sku_id)
    point = func.coalesce(POLICY.c.manual_point, case((POLICY.c.computed_at.is_not(None), POLICY.c.point)))
    return (
        select(point).where(of_it, POLICY.c.warehouse_id == v.warehouse_id).correlate_except(POLICY).scalar_subquery()
    )


def _levels_spec(at: _Quantities, first: First | None = None) -> ListSpec:
    v = at.source
    figures = Figures(v.on_hand, at.reserved, v.unavailable, incoming(v.sku_id, v.warehouse_id), at.changed_at)
    available = figures.available
    return ListSpec(
        columns={
            "id": Column(v.sku_id.cast(Text) + "@" + v.warehouse_id.cast(Text), sortable=True),
            "sku": Column(SKU.c.code, nullable=False, where=of_sku_in(v.sku_id)),
            "sku_id": Column(v.sku_id, "uuid", sortable=False),
            "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
            "name": Column(PRODUCT.c.name, nullable=False),
            "warehouse": Column(WAREHOUSE.c.code, nullable=False, where=of_warehouse_in(v.warehouse_id)),
            "warehouse_id": Column(v.warehouse_id, "uuid", sortable=False),
            "warehouse_name": Column(WAREHOUSE.c.name, nullable=False),
            "kind": Column(WAREHOUSE.c.kind, sortable=False, shown=False),
            "on_hand": Column(v.on_hand, "number"),
            "reserved": Column(at.reserved, "number"),
            "unavailable": Column(v.unavailable, "number"),
            "available": Column(available, "number"),
            "incoming": Column(figures.incoming, "number", sortable=False),
            "quantity": Column(v.on_hand, "number", shown=False),
            "reorder_point": Column(reorder_point(v), "number", sortable=False),
            "category_id": Column(PRODUCT.c.category_id, "uuid", sortable=False, shown=False),
            "supplier_id": Column(PRODUCT.c.supplier_id, "uuid", sortable=False, shown=False),
            "low": Column(
                available, "bool", sortable=False, shown=False, where=_low_stock(v.sku_id, v.warehouse_id, available)
            ),
            "updated_at": Column(at.changed_at, "time"),
        },
        default_sort="sku",
        search=search_names,
        aliases={
            "search": "q",
            "product_id": "filter[product_id]",
            "warehouse_id": "filter[warehouse_id]",
            "low_stock": "filter[low]",
        },
        extra=frozenset({"as_of"}),
        hidden={"kind": ("ne", "transit")},
        first=first,
        terms=level_terms(v, figures, is_low),
    )


def _low_stock(sku: Any, warehouse: Any, available: Any) -> Callable[[Any], ColumnElement[bool]]:
    return lambda wanted: is_low(sku, warehouse, available) if wanted else ~is_low(sku, warehouse, available)


LEVELS = _levels_spec(
    _today(),
    First(
        select(Level.sku_id).select_from(Level).join(WAREHOUSE, _standing(Level)),
        (Level.sku_id, Level.warehouse_id),
        without=frozenset({"sku", "product_id", "name", "category_id", "supplier_id"}),
    ),
)


@cache
def levels_today() -> Select[Any]:
    """All levels with their names."""
    return named(select(Level.sku_id).select_from(Level), Level)


def levels(moment: datetime | None) -> Source:
    """The list of stock levels and its rows, as they are or as they were at a moment of effective time."""
    if moment is None:
        return LEVELS, levels_today()
    at = _at(moment)
    summed: FromClause = at.source.on_hand.table
    return _levels_spec(at), named(select(summed.c.sku_id).select_from(summed), at.source)


KITS_THERE: ColumnElement[Any] = literal_column(kits.AVAILABLE_SQL, Numeric)  # null when the SKU is no kit
_SUMS = (
    select(
        func.coalesce(func.sum(Level.on_hand).filter(WAREHOUSE.c.kind != "transit"), 0).label("on_hand"),
        func.coalesce(func.sum(Level.reserved).filter(WAREHOUSE.c.kind != "transit"), 0).label("reserved"),
        func.coalesce(func.sum(Level.unavailable).filter(WAREHOUSE.c.kind != "transit"), 0).label("unavailable"),
        func.coalesce(func.sum(Level.on_hand).filter(WAREHOUSE.c.kind == "transit"), 0).label("in_transit"),
        func.max(Level.changed_at).label("updated_at"),
    )
    .select_from(Level)
    .join(WAREHOUSE, _standing(Level))
    .where(Level.organization_id == SKU.c.organization_id, Level.sku_id == SKU.c.id)
    .correlate(SKU)
    .lateral("held")
)


def at_warehouse(query: ListQuery, key: str) -> ListQuery:
    """The same list, of one warehouse only."""
    return replace(query, filters=(*query.filters, Filter("warehouse", "eq", key)))


def of_sku(key: str) -> tuple[Filter, ...]:
    """The filter that finds one SKU."""
    return (Filter("sku", "eq", key),)


_AVERAGE = case((SkuCost.quantity > 0, SkuCost.value / SkuCost.quantity))
_OWN_PRICE = case((func.coalesce(SKU.c.currency, ORGANIZATION.c.currency) == ORGANIZATION.c.currency, SKU.c.cost_price))
UNIT_COST = func.coalesce(_AVERAGE, _OWN_PRICE)
_KNOWN = catalog.product_terms(PRODUCT.c, SKU.c, SUPPLIER)
_KNOWN.names.update(sku_terms(SKU.c.id, is_low))
_KNOWN.names.update(figure_terms(Figures(_SUMS.c.on_hand, _SUMS.c.reserved, _SUMS.c.unavailable, None, None)))
catalog.also_known(sku_terms(catalog.Sku.id, is_low))
INVENTORY = ListSpec(
    columns={
        "id": Column(SKU.c.id, "uuid"),
        "sku": Column(SKU.c.code, nullable=False, where=_among(SKU.c.code_key, SKU.c.id)),
        "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, nullable=False),
        "on_hand": Column(_SUMS.c.on_hand, "number"),
        "reserved": Column(_SUMS.c.reserved, "number"),
        "unavailable": Column(_SUMS.c.unavailable, "number"),
        "available": Column(
            func.coalesce(KITS_THERE, _SUMS.c.on_hand - _SUMS.c.reserved - _SUMS.c.unavailable), "number"
        ),
        "is_kit": Column(KITS_THERE.is_not(None), "bool", sortable=False),
        "in_transit": Column(_SUMS.c.in_transit, "number"),
        "unit_cost": Column(func.round(UNIT_COST, PLACES), "number"),
        "value": Column(func.round((_SUMS.c.on_hand + _SUMS.c.in_transit) * UNIT_COST, PLACES), "number"),
        "currency": Column(ORGANIZATION.c.currency, sortable=False),
        "updated_at": Column(_SUMS.c.updated_at, "time"),
        "archived": Column(SKU.c.archived_at.is_not(None), "bool", shown=False, sortable=False),
    },
    default_sort="sku",
    search=search_names,
    aliases={"search": "q", "product_id": "filter[product_id]"},
    hidden={"archived": ("eq", "false")},
    terms=_KNOWN,
)


@cache
def inventory() -> Select[Any]:
    """Every SKU with what there is of it over all warehouses."""
    cost = and_(SkuCost.organization_id == SKU.c.organization_id, SkuCost.sku_id == SKU.c.id)
    return (
        select(SKU.c.id)
        .select_from(SKU)
        .join(PRODUCT, and_(PRODUCT.c.organization_id == SKU.c.organization_id, PRODUCT.c.id == SKU.c.product_id))
        .join(ORGANIZATION, ORGANIZATION.c.id == SKU.c.organization_id)
        .outerjoin(SkuCost, cost)
        .join(_SUMS, true())
    )


MOVEMENTS = ListSpec(
    columns={
        "id": Column(Movement.id, "number"),
        "recorded_at": Column(Movement.recorded_at, "time"),
        "effective_at": Column(Movement.effective_at, "time"),
        "type": Column(Movement.type),
        "reason": Column(PostingRow.reason),
        "sku": Column(SKU.c.code, nullable=False, where=of_sku_in(Movement.sku_id)),
        "sku_id": Column(Movement.sku_id, "uuid", sortable=False),
        "product_id": Column(SKU.c.product_id, "uuid", sortable=False),
        "name": Column(PRODUCT.c.name, sortable=False),
        "warehouse": Column(WAREHOUSE.c.code, nullable=False, where=of_warehouse_in(Movement.warehouse_id)),
        "warehouse_id": Column(Movement.warehouse_id, "uuid", sortable=False),
        "quantity": Column(Movement.quantity, "number"),
        "reserved": Column(Movement.reserved, "number", sortable=False),
        "unavailable": Column(Movement.unavailable, "number", sortable=False),
        "balance": Column(Movement.balance, "number", sortable=False),
        "available": Column(Movement.available, "number", sortable=False),
        "unit_cost": Column(Movement.unit_cost, "number"),
        "currency": Column(Movement.currency, sortable=False),
        "note": Column(Movement.note, sortable=False),
        "reservation_id": Column(Movement.reservation_id, "uuid", sortable=False),
        "posting_id": Column(Movement.posting_id, "uuid", sortable=False),
        "line": Column(Movement.line, "number", sortable=False),
        "document": Column(PostingRow.document, sortable=False),
        "reference_kind": Column(PostingRow.reference_kind, sortable=False),
        "reference_id": Column(PostingRow.reference_id, "uuid", sortable=False),
        "actor": Column(PostingRow.actor_label, sortable=False),
        "actor_kind": Column(PostingRow.actor_kind, sortable=False),
        "actor_id": Column(PostingRow.actor_id, "uuid", sortable=False),
        "fact": Column(PostingRow.fact, "bool", sortable=False),
        "reverses_id": Column(PostingRow.reverses_id, "uuid", sortable=False),
        "group_id": Column(PostingRow.group_id, "uuid", sortable=False),
    },
    default_sort="-id",
    search=search_names,
    aliases={
        "search": "q",
        "product_id": "filter[product_id]",
        "warehouse_id": "filter[warehouse_id]",
        "from_date": "filter[effective_at][gte]",
        "to_date": "filter[effective_at][lte]",
    },
    hidden={"type": ("ne", "reservation")},
    first=First(
        select(Movement.id).select_from(Movement),
        (Movement.id, Movement.recorded_at),  # its time too, so that other months are not looked into
        without=frozenset({"sku", "product_id", "name", "warehouse"})
        | frozenset({"reason", "document", "reference_kind", "reference_id", "fact", "reverses_id", "group_id"})
        | frozenset({"actor", "actor_kind", "actor_id"}),
    ),
)


@cache
def movements() -> Select[Any]:
    """All movements."""
    posted = and_(PostingRow.organization_id == Movement.organization_id, PostingRow.id == Movement.posting_id)
    return named(select(Movement.id).select_from(Movement).join(PostingRow, posted), Movement)


def movements_of(sku_id: UUID) -> Select[Any]:
    """Movements of one SKU."""
    return movements().where(Movement.sku_id == sku_id)
