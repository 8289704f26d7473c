"""Stock levels summed by what they have in common: the grid's groups and their subtotals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Numeric, Text, and_, cast, func, literal, select

from onhand import ledger
from onhand.infra.lists import Column, ListQuery, ListSpec, conditions, parse
from onhand.stock.store import LEVELS, levels_today
from onhand.stock.store_names import CATEGORY, PRODUCT, SUPPLIER, WAREHOUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

By = Literal["category", "warehouse", "product", "supplier"]
Level = ledger.Level
PAGE = frozenset({"sort", "limit", "cursor", "page"})


@dataclass(frozen=True, slots=True)
class Group:
    """What levels have in common: its id, what it is called, and the table to find that in, if it is not there yet."""

    id: Any
    name: Any
    table: Any = None


GROUPS: dict[By, Group] = {
    "category": Group(PRODUCT.c.category_id, CATEGORY.c.name, CATEGORY),
    "supplier": Group(PRODUCT.c.supplier_id, SUPPLIER.c.name, SUPPLIER),
    "warehouse": Group(Level.warehouse_id, WAREHOUSE.c.code),
    "product": Group(PRODUCT.c.id, PRODUCT.c.name),
}


def _summed(by: By, query: ListQuery) -> Any:
    """A row for each group of the levels that fit; what belongs to none has the id ''."""
    group = GROUPS[by]
    rows: Select[Any] = levels_today().where(*conditions(LEVELS, query))
    if group.table is not None:
        there = and_(group.table.c.organization_id == Level.organization_id, group.table.c.id == group.id)
        rows = rows.outerjoin(group.table, there)
    return (
        rows.with_only_columns(
            func.coalesce(cast(group.id, Text), literal("")).label("id"),
            func.coalesce(func.min(group.name), literal("")).label("name"),
            func.count().label("levels"),
            *(
                func.sum(LEVELS.columns[name].expression).label(name)
                for name in ("on_hand", "reserved", "unavailable", "available")
            ),
            func.sum(Level.value).label("value"),
        )
        .group_by(group.id)
        .subquery("g")
    )


def groups(by: By, parameters: Sequence[tuple[str, str]]) -> tuple[ListSpec, Select[Any], ListQuery]:
    """The list of groups of the levels that the parameters find, and the page of it that they ask for."""
    which = [(name, value) for name, value in parameters if name not in PAGE]
    g = _summed(by, parse(LEVELS, which)).c
    spec = spec_of(g)
    return spec, select(g.id), parse(spec, [(name, value) for name, value in parameters if name in PAGE])


def spec_of(g: Any) -> ListSpec:
    """The list whose rows are groups."""
    figures = ("on_hand", "reserved", "unavailable", "available", "value")
    return ListSpec(
        columns={
            "id": Column(g.id, nullable=False),
            "name": Column(g.name, nullable=False),
            "levels": Column(g.levels, "number", nullable=False),
            **{name: Column(cast(g[name], Numeric), "number", nullable=False) for name in figures},
        },
        default_sort="name",
    )
