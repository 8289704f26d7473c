"""The one grammar of lists: ?filter[quantity][lt]=5&sort=-updated_at,sku&q=text&limit=50&cursor=…&fields=id,sku."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import msgspec
from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field

from onhand.infra import query_language
from onhand.infra.query_terms import Terms, mentioned, read_query
from onhand.kernel import Malformed, parse_quantity

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

Kind = Literal["text", "code", "uuid", "number", "time", "date", "bool"]
DEFAULT_LIMIT, LARGEST_LIMIT = 50, 500
COLUMN_AND_OPERATOR = 2  # filter[column][operator]
PLAIN = frozenset({"q", "sort", "limit", "cursor", "page", "fields"})
OPERATORS = frozenset({"eq", "ne", "lt", "lte", "gt", "gte", "in", "like", "null"})


class Parameters(BaseModel):
    """What every list takes beside its filters and its order."""

    q: str | None = Field(None, description="Search text")
    query: str | None = Field(None, description="In the language of search, where the list understands it")
    limit: str | None = Field(None, description="Rows per page, 1 to 500; 50 if not given")
    cursor: str | None = Field(None, description="`meta.next_cursor` of the page before")
    page: str | None = Field(None, description="Page number from 1, for short lists; gives `meta.total`")
    fields: str | None = Field(None, description="Only these columns, separated by commas")


PARAMETERS = Query()


@dataclass(frozen=True, slots=True)
class Column:
    """One name of the grammar. `code` compares ignoring case. `where` replaces the comparison (for example `low`)."""

    expression: ColumnElement[Any] | Any
    kind: Kind = "text"
    sortable: bool = True
    shown: bool = True
    where: Callable[[Any], ColumnElement[bool]] | None = None
    nullable: bool | None = None  # for sorting by what no mapped column tells it of; taken to be, unless said

    def may_be_null(self) -> bool:
        """Whether rows may lack it."""
        if self.nullable is not None:
            return self.nullable
        mapped = getattr(getattr(self.expression, "property", None), "columns", [self.expression])[0]
        return bool(getattr(mapped, "nullable", True))


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """How a page's rows are found before names are joined to them, where that is enough to filter and sort by.

    PostgreSQL joins before it sorts unless an index gives the order: of a million rows it would join and sort all.
    """

    rows: Select[Any]
    identity: tuple[Any, ...]  # the columns that tell one of the rows from the others
    without: frozenset[str]  # the list's names that these rows lack


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What a list offers. `key` names the column that makes the order total (unique per row)."""

    columns: dict[str, Column]
    default_sort: str
    key: str = "id"
    search: Callable[[str], ColumnElement[bool]] | None = None
    aliases: dict[str, str] = field(default_factory=dict)
    extra: frozenset[str] = frozenset()
    hidden: dict[str, tuple[str, str]] = field(default_factory=dict)  # filters that hold unless the caller sets them
    first: First | None = None
    terms: Terms | None = None  # what `query` may name

    def may_be_null(self, name: str) -> bool:
        """Whether rows may lack this column; never the key."""
        return name != self.key and self.columns[name].may_be_null()

    def query(self) -> Any:
        """The FastAPI dependency that reads a `ListQuery` of this list from the request."""
        names = ", ".join(name for name, column in self.columns.items() if column.sortable)
        order = Query(default=None, description=f"Columns, '-' for descending: {names}")

        def read(request: Request, sort: str | None = order, documented: Parameters = PARAMETERS) -> ListQuery:
            _ = (sort, documented)  # declared for the documentation; the grammar itself is read from the URL
            return parse(self, request.query_params.multi_items())

        return Depends(read)


@dataclass(frozen=True, slots=True)
class Filter:
    """One comparison."""

    column: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the caller asked for, checked against the spec."""

    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()  # (column, descending)
    q: str | None = None
    where: query_language.Node | None = None  # of the language of search
    limit: int = DEFAULT_LIMIT
    cursor: tuple[Any, ...] | None = None
    page: int | None = None
    fields: tuple[str, ...] | None = None
    extra: dict[str, str] = field(default_factory=dict)


def parse(spec: ListSpec, parameters: list[tuple[str, str]]) -> ListQuery:
    """Read the grammar. Raises Malformed, naming the parameter, for whatever the list does not know."""
    plain_parameters: dict[str, str] = {}
    filters: list[Filter] = []
    for given, value in parameters:
        if "\0" in value:
            raise Malformed(problem="text cannot hold the character NUL")
        name = spec.aliases.get(given, given)
        if name.startswith("filter["):
            filters.append(_filter(spec, name, value))
        elif name in PLAIN or name in spec.extra or (name == "query" and spec.terms):
            plain_parameters[name] = value
        else:
            raise Malformed(problem=f"unknown parameter {given!r}")
    words, where = _asked(spec, plain_parameters)
    set_by_caller = {f.column for f in filters} | _lifted(spec, where)
    filters += [Filter(c, o, _value(spec, c, v)) for c, (o, v) in spec.hidden.items() if c not in set_by_caller]
    sort = _sort(spec, plain_parameters.get("sort") or spec.default_sort)
    return ListQuery(
        filters=tuple(filters),
        sort=sort,
        q=words,
        where=where,
        limit=_number("limit", plain_parameters.get("limit"), DEFAULT_LIMIT, LARGEST_LIMIT) or DEFAULT_LIMIT,
        cursor=_cursor(spec, sort, plain_parameters.get("cursor")),
        page=_number("page", plain_parameters.get("page"), None, 10_000),
        fields=_fields(spec, plain_parameters.get("fields")),
        extra={name: plain_parameters[name] for name in spec.extra if name in plain_parameters},
    )


def _asked(spec: ListSpec, given: dict[str, str]) -> tuple[str | None, query_language.Node | None]:
    """What to search for: the words of `q` and `query`, and the rest of the query."""
    if spec.terms is None or not given.get("query"):
        return given.get("q") or None, None
    words, where = read_query(spec.terms, given["query"])
    return " ".join(filter(None, (given.get("q"), words))) or None, where


def _lifted(spec: ListSpec, where: query_language.Node | None) -> set[str]:
    """Hidden filters that a query speaks of itself: is:archived."""
    fields = (one for one in mentioned(where) if isinstance(one, query_language.Field))
    return {value.text.lower() for field in fields for value in field.values} & spec.hidden.keys()


def _number(name: str, given: str | None, default: int | None, largest: int) -> int | None:
    if given is None:
        return default
    if not given.isdecimal() or not 1 <= int(given) <= largest:
        raise Malformed(problem=f"{name} must be a whole number from 1 to {largest}, not {given!r}")
    return int(given)


def _filter(spec: ListSpec, name: str, value: str) -> Filter:
    parts = name[len("filter[") :].rstrip("]").split("][")
    operator = parts[1] if len(parts) == COLUMN_AND_OPERATOR else "eq"
    if len(parts) > COLUMN_AND_OPERATOR or parts[0] not in spec.columns or operator not in OPERATORS:
        raise Malformed(problem=f"unknown parameter {name!r}; filters are {', '.join(sorted(spec.columns))}")
    if operator == "null":
        return Filter(parts[0], operator, value == "true")
    if operator == "in" or (operator == "eq" and "," in value):
        return Filter(parts[0], "in", [_value(spec, parts[0], item) for item in value.split(",")])
    return Filter(parts[0], operator, _value(spec, parts[0], value))


def _bool(value: str) -> bool:
    if value.lower() not in {"true", "false", "1", "0"}:
        raise ValueError(value)
    return value.lower() in {"true", "1"}


def _time(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


READ_VALUE: dict[str, Callable[[str], Any]] = {
    "text": str,
    "code": str.lower,
    "uuid": UUID,
    "number": parse_quantity,
    "time": _time,
    "date": date.fromisoformat,
    "bool": _bool,
}


def _value(spec: ListSpec, column: str, value: str) -> Any:
    kind = spec.columns[column].kind
    try:
        return READ_VALUE[kind](value)
    except ValueError as problem:
        raise Malformed(problem=f"{column} cannot be {value!r}: a {kind} is expected") from problem


def _sort(spec: ListSpec, given: str) -> tuple[tuple[str, bool], ...]:
    sort = [(name.lstrip("-"), name.startswith("-")) for name in given.split(",")]
    for name, _ in sort:
        if name not in spec.columns or not spec.columns[name].sortable:
            allowed = ", ".join(sorted(n for n, c in spec.columns.items() if c.sortable))
            raise Malformed(problem=f"cannot sort by {name!r}; sortable are {allowed}")
    if spec.key not in {name for name, _ in sort}:
        sort.append((spec.key, sort[-1][1]))
    return tuple(sort)


def _fields(spec: ListSpec, given: str | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    names = tuple(given.split(","))
    for name in names:
        if name not in spec.columns or not spec.columns[name].shown:
            raise Malformed(problem=f"unknown field {name!r} in fields")
    return names


def _cursor(spec: ListSpec, sort: tuple[tuple[str, bool], ...], given: str | None) -> tuple[Any, ...] | None:
    if given is None:
        return None
    try:
        order, *values = msgspec.json.decode(base64.urlsafe_b64decode(given.encode()))
        if order != signature(sort) or len(values) != len(sort):
            raise ValueError(order)
        return tuple(_from_cursor(spec, name, value) for (name, _), value in zip(sort, values, strict=True))
    except (ValueError, TypeError, binascii.Error, msgspec.DecodeError) as problem:
        raise Malformed(problem="cursor belongs to another list or order; start again without it") from problem


def _from_cursor(spec: ListSpec, name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    kind = spec.columns[name].kind
    return str(value) if kind == "code" else READ_VALUE[kind](str(value))


def signature(sort: tuple[tuple[str, bool], ...]) -> str:
    """The order as its parameter spells it; a cursor holds only in the order that it was made in."""
    return ",".join(("-" if descending else "") + name for name, descending in sort)
