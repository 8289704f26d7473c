"""The lists people and programs read: counts, lines with and without what was expected, schedules, what is due."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Select,
    TableClause,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy.orm import aliased

from onhand import counting
from onhand.infra.lists import Column, ListSpec
from onhand.stocktaking.tables import CountSchedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement


def _named(name: str, *columns: Any) -> TableClause:
    """A table of a floor below, by name: only what a list shows of it."""
    return table(name, column("organization_id", Uuid), column("id", Uuid), *columns)


SKU = _named("sku", column("product_id", Uuid), column("code", Text), column("code_key", Text))
PRODUCT = _named("product", column("name", Text))
WAREHOUSE = _named("warehouse", column("code", Text), column("code_key", Text), column("name", Text))
BIN = _named("bin", column("code", Text), column("pick_order", Integer))
CountLine, StockCount = counting.CountLine, counting.StockCount
LINE = aliased(CountLine)
MINE = aliased(counting.CountTally)


def named_in(named: Any, row_id: Any) -> Callable[[Any], ColumnElement[bool]]:
    """The filter of rows that point at these codes or ids of a named table."""

    def one(text: str) -> ColumnElement[bool]:
        owner = named.c
        try:
            found = select(owner.id).where(owner.id == UUID(text))
        except ValueError:
            found = select(owner.id).where(owner.code_key == text.lower())
        matches: ColumnElement[bool] = row_id == found.scalar_subquery()
        return matches

    return lambda value: or_(*(one(text) for text in (value if isinstance(value, list) else [value])))


def _lines(*conditions: Any) -> ColumnElement[Any]:
    of_this = and_(LINE.organization_id == StockCount.organization_id, LINE.count_id == StockCount.id)
    return (
        select(func.count()).select_from(LINE).where(of_this, LINE.status != "left_out", *conditions).scalar_subquery()
    )


COUNTS = ListSpec(
    columns={
        "id": Column(StockCount.id, "uuid"),
        "number": Column(StockCount.number, "number"),
        "name": Column(StockCount.name),
        "kind": Column(StockCount.kind),
        "status": Column(StockCount.status),
        "warehouse": Column(WAREHOUSE.c.code, nullable=False, where=named_in(WAREHOUSE, StockCount.warehouse_id)),
        "warehouse_name": Column(WAREHOUSE.c.name, sortable=False),
        "schedule_id": Column(StockCount.schedule_id, "uuid", sortable=False),
        "blind": Column(StockCount.blind, "bool", sortable=False),
        "counters": Column(StockCount.counters, "number", sortable=False),
        "lines": Column(_lines(), "number", sortable=False),
        "counted": Column(_lines(LINE.status == "counted"), "number", sortable=False),
        "accurate": Column(case((StockCount.status == "posted", StockCount.accurate)), "number", sortable=False),
        "net_value": Column(case((StockCount.status == "posted", StockCount.net_value)), "number", sortable=False),
        "absolute_value": Column(
            case((StockCount.status == "posted", StockCount.absolute_value)), "number", sortable=False
        ),
        "created_by": Column(StockCount.created_by),
        "created_at": Column(StockCount.created_at, "time"),
        "started_at": Column(StockCount.started_at, "time"),
        "posted_at": Column(StockCount.posted_at, "time"),
        "updated_at": Column(StockCount.updated_at, "time"),
    },
    default_sort="-number",
    search=lambda q: func.concat_ws(
        " ", "C-" + cast(StockCount.number, Text), StockCount.name, StockCount.note
    ).icontains(q, autoescape=True),
    aliases={"search": "q", "status": "filter[status]", "warehouse_id": "filter[warehouse]"},
)


@cache
def counts() -> Select[Any]:
    """All counts with their warehouse."""
    place = and_(WAREHOUSE.c.organization_id == StockCount.organization_id, WAREHOUSE.c.id == StockCount.warehouse_id)
    return select(StockCount.id).join(WAREHOUSE, place)


_SHEET = {
    "id": Column(CountLine.id, "uuid"),
    "place": Column(CountLine.place, "number"),
    "sku": Column(SKU.c.code, nullable=False, where=named_in(SKU, CountLine.sku_id)),
    "sku_id": Column(CountLine.sku_id, "uuid", sortable=False),
    "name": Column(PRODUCT.c.name, nullable=False),
    "bin": Column(BIN.c.code, nullable=True),
    "lot": Column(CountLine.lot),
    "serial": Column(CountLine.serial),
    "found": Column(CountLine.found, "bool", sortable=False),
    "round": Column(CountLine.round, "number", sortable=False),
    "status": Column(CountLine.status, sortable=False),
    "mine": Column(MINE.quantity, "number", sortable=False),
    "mine_at": Column(MINE.counted_at, "time"),
    "done": Column(MINE.id.is_not(None), "bool", sortable=False),
    "reason": Column(CountLine.reason, sortable=False),
    "note": Column(CountLine.note, sortable=False),
}
_VALUE = func.round(CountLine.difference * CountLine.unit_cost, 6)
_EXPECTED = CountLine.expected + CountLine.late


def _search(q: str) -> ColumnElement[bool]:
    words = func.concat_ws(" ", SKU.c.code, PRODUCT.c.name, CountLine.lot, CountLine.serial)
    return words.icontains(q, autoescape=True)


# What a counter may know, and what is known once it is counted.
SHEET = ListSpec(columns=_SHEET, default_sort="place", search=_search)
LINES = ListSpec(
    columns=_SHEET
    | {
        "planned": Column(CountLine.planned, "number", sortable=False),
        "expected": Column(_EXPECTED, "number"),
        "late": Column(CountLine.late, "number", sortable=False),
        "counted": Column(CountLine.counted, "number"),
        "counted_at": Column(CountLine.counted_at, "time"),
        "difference": Column(CountLine.difference, "number"),
        "size": Column(func.abs(CountLine.difference), "number", shown=False),
        "percent": Column(
            func.round(CountLine.difference * 100 / func.nullif(_EXPECTED, 0), 2), "number", sortable=False
        ),
        "unit_cost": Column(func.round(CountLine.unit_cost, 6), "number", sortable=False),
        "value": Column(_VALUE, "number"),
        "value_size": Column(func.abs(_VALUE), "number", shown=False),
        "why": Column(CountLine.why, sortable=False),
    },
    default_sort="place",
    search=_search,
)


def lines_of(count_id: UUID, counters: int, counter_id: UUID) -> Select[Any]:
    """The lines of one count, each beside what this counter said of it in its present round."""
    own = and_(
        MINE.organization_id == CountLine.organization_id,
        MINE.line_id == CountLine.id,
        MINE.round == CountLine.round,
        or_(literal(counters == 1), CountLine.round > 1, MINE.counter_id == counter_id),
    )
    same = CountLine.organization_id
    return (
        select(CountLine.id)
        .join(SKU, and_(SKU.c.organization_id == same, SKU.c.id == CountLine.sku_id))
        .join(PRODUCT, and_(PRODUCT.c.organization_id == same, PRODUCT.c.id == SKU.c.product_id))
        .outerjoin(BIN, and_(BIN.c.organization_id == same, BIN.c.id == CountLine.bin_id))
        .outerjoin(MINE, own)
        .where(CountLine.count_id == count_id, CountLine.status != "left_out")
    )


SCHEDULES = ListSpec(
    columns={
        "id": Column(CountSchedule.id, "uuid"),
        "name": Column(CountSchedule.name),
        "method": Column(CountSchedule.method),
        "abc": Column(CountSchedule.abc),
        "warehouse": Column(WAREHOUSE.c.code, nullable=True),
        "bin": Column(BIN.c.code, nullable=True),
        "value_above": Column(CountSchedule.value_above, "number", sortable=False),
        "every_days": Column(CountSchedule.every_days, "number"),
        "most": Column(CountSchedule.most, "number", sortable=False),
        "counters": Column(CountSchedule.counters, "number", sortable=False),
        "blind": Column(CountSchedule.blind, "bool", sortable=False),
        "active": Column(CountSchedule.active, "bool"),
        "last_run_at": Column(CountSchedule.last_run_at, "time"),
        "created_at": Column(CountSchedule.created_at, "time"),
        "updated_at": Column(CountSchedule.updated_at, "time"),
    },
    default_sort="every_days",
    search=lambda q: CountSchedule.name.icontains(q, autoescape=True),
)


@cache
def schedules() -> Select[Any]:
    """All schedules."""
    place = and_(
        WAREHOUSE.c.organization_id == CountSchedule.organization_id, WAREHOUSE.c.id == CountSchedule.warehouse_id
    )
    spot = and_(BIN.c.organization_id == CountSchedule.organization_id, BIN.c.id == CountSchedule.bin_id)
    return select(CountSchedule.id).outerjoin(WAREHOUSE, place).outerjoin(BIN, spot)
