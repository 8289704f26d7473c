"""Lists: the statement of a request in the grammar, built once for each shape of question, and its rows as JSON."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal_column, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.types import NullType

from onhand.infra.db import actor_of, raw
from onhand.infra.json_rows import JsonCursor
from onhand.infra.list_grammar import Column, Filter, First, ListQuery, ListSpec, parse, signature
from onhand.infra.query_terms import condition, stands_alone
from onhand.kernel import Malformed

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg import AsyncConnection
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database

__all__ = [
    "Column",
    "Filter",
    "First",
    "ListQuery",
    "ListResult",
    "ListSpec",
    "Listed",
    "Source",
    "parse",
    "read_list",
    "run_list",
    "whole",
]

# The organization is set and asked in one statement. A left join on no condition is always walked from its left side:
# row security reads the setting after it was made. Were it read before, it would be empty, and so would the list.
IN_ORGANIZATION = """
SELECT x.* FROM set_config('onhand.organization_id', ${place}, true) o LEFT JOIN LATERAL ({of}) x ON true
"""
Source = tuple[ListSpec, Select[Any]]  # a list, and its joins and fixed conditions, no columns needed
EXACT_TOTAL = 100_000
MOST_SHAPES = 500  # kept of one list
DIALECT = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]  # SQLAlchemy left it untyped
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as exports know it: its columns, its rows, and who may read them."""

    name: str
    spec: ListSpec
    rows: Callable[..., Source]
    permission: str


@dataclass(frozen=True, slots=True)
class ListResult:
    """Rows as dictionaries of JSON values, and the page's metadata."""

    rows: list[dict[str, Any]]
    meta: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement as PostgreSQL takes it, and the names and values of its placeholders in their order."""

    text: str
    names: tuple[str, ...]
    fixed: dict[str, Any]

    def values(self, given: dict[str, Any]) -> list[Any]:
        """What to send: the request's values, and those that belong to the statement itself."""
        return [given[name] if name in given else self.fixed[name] for name in self.names]


@dataclass(frozen=True, slots=True)
class Listing:
    """The statements of one shape of question: its rows, and how many there are."""

    shown: tuple[str, ...]
    needed: tuple[str, ...]
    rows: Sql
    total: Sql


# As long as the rows' select is kept, so are its shapes; one that is made anew for each request takes them with it.
_known: WeakKeyDictionary[Select[Any], dict[Any, Listing]] = WeakKeyDictionary()


async def run_list(session: AsyncSession, spec: ListSpec, base: Select[Any], query: ListQuery) -> ListResult:
    """Run `base` (joins and fixed conditions, no columns needed) with the caller's filters, order and page."""
    await session.flush()  # the cursor below is not the session's own: what was changed so far must be seen
    return await _read(await raw(session), actor_of(session).organization_id, (spec, base), query)


async def read_list(database: Database, organization_id: UUID, source: Source, query: ListQuery) -> ListResult:
    """As `run_list`, outside of a session."""
    async with database.pool.connection() as connection:
        return await _read(connection, organization_id, source, query)


async def _read(
    connection: AsyncConnection[Any], organization_id: UUID, source: Source, query: ListQuery
) -> ListResult:
    spec, base = source
    listing = prepared(spec, base, query)
    given = late_values(spec, query) | {"organization": str(organization_id)}
    async with JsonCursor(connection) as cursor:
        await cursor.execute(listing.rows.text, listing.rows.values(given))
        rows = await cursor.all()
        if query.page is None:
            return result(spec, listing, query, rows, None)
        await cursor.execute(listing.total.text, listing.total.values(given))
        return result(spec, listing, query, rows, int((await cursor.all())[0][0]))


def result(
    spec: ListSpec, listing: Listing, query: ListQuery, found: list[tuple[Any, ...]], total: int | None
) -> ListResult:
    """The page that these rows make: one more was asked for than is shown, to know whether another follows."""
    if found and found[0][listing.needed.index(spec.key)] is None:
        found = []  # the left join's answer where there are no rows
    rows = [dict(zip(listing.needed, row, strict=True)) for row in found[: query.limit]]
    meta: dict[str, Any] = {"limit": query.limit}
    if total is not None:
        meta |= {"page": query.page, "total": min(total, EXACT_TOTAL), "total_is_estimate": total > EXACT_TOTAL}
    more = len(found) > query.limit and query.page is None
    meta["next_cursor"] = _next(query, rows[-1]) if more else None
    if len(listing.shown) < len(listing.needed):
        rows = [{name: row[name] for name in listing.shown} for row in rows]
    return ListResult(rows, meta)


def _next(query: ListQuery, last: dict[str, Any]) -> str:
    values = [last[name] for name, _ in query.sort]
    return base64.urlsafe_b64encode(msgspec.json.encode([signature(query.sort), *values])).decode()


def prepared(spec: ListSpec, base: Select[Any], query: ListQuery) -> Listing:
    """The statements of this question, made once for all questions that differ only in their late values."""
    shapes = _known.setdefault(base, {})
    key = (id(spec), *shape(spec, query))
    found = shapes.get(key)
    if found is None:
        if len(shapes) >= MOST_SHAPES:
            shapes.clear()
        found = shapes[key] = _listing(spec, base, query)
    return found


def shape(spec: ListSpec, query: ListQuery) -> tuple[Any, ...]:
    """All that a statement is made of; what comes late stands in it by its place alone."""
    filters = tuple((f.column, f.operator, None if _is_late(spec, f) else repr(f.value)) for f in query.filters)
    cursor = query.cursor and tuple(value is None for value in query.cursor)
    return filters, query.sort, query.q, query.where, query.limit, query.page is None, cursor, query.fields


def late_values(spec: ListSpec, query: ListQuery) -> dict[str, Any]:
    """The values that come with each request: of plain comparisons, of the cursor, and the rows before the page."""
    given = {f"filter_{n}": f.value for n, f in enumerate(query.filters) if _is_late(spec, f)}
    given |= {f"after_{n}": value for n, value in enumerate(query.cursor or ())}
    return given | {"before": ((query.page or 1) - 1) * query.limit}


def _is_late(spec: ListSpec, wanted: Filter) -> bool:
    return wanted.operator in COMPARISONS and spec.columns[wanted.column].where is None


def _late(name: str, value: Any, expression: Any) -> Any:
    """A placeholder of the type of what it is compared with, as SQLAlchemy chooses it for a value."""
    kind = None if isinstance(expression.type, NullType) else expression.type
    return bindparam(name, value, type_=kind)


def _conditions(spec: ListSpec, query: ListQuery) -> list[ColumnElement[bool]]:
    conditions = [_condition(spec, wanted, f"filter_{n}") for n, wanted in enumerate(query.filters)]
    if query.q:
        if spec.search is None:
            raise Malformed(problem="unknown parameter 'q'")
        conditions.append(spec.search(query.q))
    if query.where is not None and spec.terms is not None:
        conditions.append(condition(spec.terms, query.where))
    return conditions


def _listing(spec: ListSpec, base: Select[Any], query: ListQuery) -> Listing:
    conditions = _conditions(spec, query)
    shown = [n for n, c in spec.columns.items() if c.shown and (query.fields is None or n in query.fields)]
    needed = list(dict.fromkeys([*shown, *(name for name, _ in query.sort)]))
    filtered = base.where(*conditions)
    found = _found_first(spec, query, conditions)
    page = _page(spec, query, filtered) if found is None else base.where(found)
    statement = _ordered(spec, query, page.with_only_columns(*(spec.columns[n].expression.label(n) for n in needed)))
    counted = first.rows.where(*conditions) if (first := _without_joins(spec, query, order=False)) else filtered
    some = counted.with_only_columns(text("1")).limit(literal_column(str(EXACT_TOTAL + 1))).subquery()
    total = select(func.count()).select_from(some)
    return Listing(tuple(shown), tuple(needed), _sql(statement), _sql(total))


def _sql(statement: Select[Any]) -> Sql:
    found = _plain_sql(statement)
    names = (*found.names, "organization")
    return Sql(IN_ORGANIZATION.format(place=len(names), of=found.text), names, found.fixed)


def _plain_sql(statement: Select[Any]) -> Sql:
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return Sql(compiled.string, tuple(compiled.positiontup or ()), dict(compiled.params))


def whole(source: Source, query: ListQuery, *, ordered: bool) -> tuple[str, list[Any]]:
    """All rows of a question in one statement, for exports, and its values. The organization is the transaction's."""
    spec, base = source
    names = query.fields or tuple(name for name, column in spec.columns.items() if column.shown)
    statement = base.where(*_conditions(spec, query))
    statement = statement.with_only_columns(*(spec.columns[name].expression.label(name) for name in names))
    found = _plain_sql(_ordered(spec, query, statement) if ordered else statement)
    return found.text, found.values(late_values(spec, query))


def _condition(spec: ListSpec, wanted: Filter, name: str) -> ColumnElement[bool]:
    column = spec.columns[wanted.column]
    if column.where is not None:
        return column.where(wanted.value)
    expression = func.lower(column.expression) if column.kind == "code" else column.expression
    if wanted.operator == "in":
        return expression.in_(wanted.value)
    if wanted.operator == "null":
        return column.expression.is_(None) if wanted.value else column.expression.is_not(None)
    if wanted.operator == "like":
        return func.lower(column.expression).contains(str(wanted.value).lower(), autoescape=True)
    condition: ColumnElement[bool] = COMPARISONS[wanted.operator](expression, _late(name, wanted.value, expression))
    return condition


def _without_joins(spec: ListSpec, query: ListQuery, *, order: bool) -> First | None:
    """The rows without joins, if they have all that is asked of them, the order included or not."""
    asked = {f.column for f in query.filters} | ({name for name, _ in query.sort} if order else set())
    joined = query.where is not None and spec.terms is not None and not stands_alone(spec.terms, query.where)
    return None if spec.first is None or query.q or joined or asked & spec.first.without else spec.first


def _found_first(spec: ListSpec, query: ListQuery, conditions: list[ColumnElement[bool]]) -> ColumnElement[bool] | None:
    """That a row is one of this page's, found without the joins; None where filters or order need them."""
    first = _without_joins(spec, query, order=True)
    if first is None:
        return None
    chosen = first.rows.where(*conditions).with_only_columns(*first.identity)
    return tuple_(*first.identity).in_(_ordered(spec, query, _page(spec, query, chosen)).correlate(None))


def _ordered(spec: ListSpec, query: ListQuery, statement: Select[Any]) -> Select[Any]:
    order = []
    for name, descending in query.sort:
        way = spec.columns[name].expression.desc() if descending else spec.columns[name].expression.asc()
        # PostgreSQL puts nulls first when descending; where there are none an index must stay usable.
        order.append(way.nulls_last() if descending and spec.may_be_null(name) else way)
    return statement.order_by(*order)


def _page(spec: ListSpec, query: ListQuery, statement: Select[Any]) -> Select[Any]:
    # The limit stands in the text: of a placeholder the planner would expect a tenth of the table, and never keep
    # one plan for all requests.
    statement = statement.limit(literal_column(str(query.limit + 1)))
    if query.page is not None:
        return statement.offset(bindparam("before", 0))
    after = _after(spec, query)
    return statement if after is None else statement.where(after)


def _after(spec: ListSpec, query: ListQuery) -> ColumnElement[bool] | None:
    """Rows behind the cursor, as a chain of ors that follows the order; nulls come last in it."""
    if query.cursor is None:
        return None
    branches: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    bounds: list[ColumnElement[bool]] = []
    for n, ((name, descending), given) in enumerate(zip(query.sort, query.cursor, strict=True)):
        expression = spec.columns[name].expression
        if given is None:
            equal.append(expression.is_(None))
            continue
        value = _late(f"after_{n}", given, expression)
        beyond = expression < value if descending else expression > value
        if spec.may_be_null(name):
            beyond = or_(beyond, expression.is_(None))
        elif n == 0:  # what the ors say too, said so that an index is entered at the cursor
            bounds.append(expression <= value if descending else expression >= value)
        branches.append(and_(*equal, beyond))
        equal.append(expression == value)
    return and_(*bounds, or_(*branches))
