"""What the names of a query mean on a list: reading their values, and the conditions they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, literal_column, not_, or_

from onhand.infra.query_language import All, BadQuery, Either, Field, Node, Not, Value, Word, parse_query
from onhand.kernel import FieldError, Invalid, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

TermKind = Literal["text", "code", "number", "date", "time", "choice"]
Condition = ColumnElement[bool]
AGE = re.compile(r"(\d{1,5})([dwmy])")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
FLAGS = "is"  # its choices may be denied by their name alone: -archived
TURNED = {"lt": "gt", "lte": "gte", "gt": "lt", "gte": "lte"}
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "is": lambda a, b: a == b,
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
}


class BadSearch(Invalid):
    """This query cannot be read: {problem}."""

    title, code = "Not a query", "search.bad_query"


@dataclass(frozen=True, slots=True)
class Term:
    """One name of the language. Its condition: of `choices` by word, of `where` by (operator, value), else of `on`."""

    what: str
    kind: TermKind = "text"
    on: Any = None
    where: Callable[[str, Any], Condition] | None = None
    choices: Mapping[str, Callable[[], Condition]] | None = None
    ahead: bool = False  # 30d means in thirty days, not thirty days ago
    values: str | None = None  # whose names complete it
    alone: bool = False  # needs none of the list's joins


@dataclass(frozen=True, slots=True)
class Terms:
    """What a list understands: names, and text that stands beside them."""

    names: dict[str, Term]
    text: Callable[[Word], Condition]

    def find(self, field: Field) -> Term:
        """The meaning of a name. Raises BadQuery when there is none."""
        found = self.names.get(field.name)
        if found is None:
            known = ", ".join(sorted(self.names))
            problem = f"{field.name} is not known here; known are {known}."
            raise BadQuery(problem, field.start, field.start + len(field.name))
        return found

    def flags(self) -> Mapping[str, Callable[[], Condition]]:
        """Words that say what something is."""
        return (self.names[FLAGS].choices if FLAGS in self.names else None) or {}


def read_query(terms: Terms, text: str, pointer: str = "/query") -> tuple[str, Node | None]:
    """(words that stand alone, the rest as a tree). Raises BadSearch, with the place, for what the list cannot do."""
    try:
        tree = parse_query(text)
        if tree is None:
            return "", None
        condition(terms, tree)  # whatever is wrong is said now
    except BadQuery as bad:
        error = FieldError(pointer, "bad_query", bad.problem)
        raise BadSearch(
            errors=[error], problem=bad.problem.rstrip("."), query=text, start=bad.start, end=bad.end
        ) from bad
    parts = tree.parts if isinstance(tree, All) else (tree,)
    words = [part.text for part in parts if isinstance(part, Word) and not part.phrase]
    rest = tuple(part for part in parts if not isinstance(part, Word) or part.phrase)
    return " ".join(words), (None if not rest else rest[0] if len(rest) == 1 else All(rest))


def mentioned(node: Node | None) -> Iterator[Field | Word]:
    """All fields and words of a tree."""
    match node:
        case Field() | Word():
            yield node
        case Not(of=inner):
            yield from mentioned(inner)
        case All(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from mentioned(part)


def stands_alone(terms: Terms, node: Node) -> bool:
    """Whether no join is needed to say if a row fits."""
    return all(isinstance(one, Field) and terms.names[one.name].alone for one in mentioned(node))


def condition(terms: Terms, node: Node) -> Condition:
    """The condition of a tree. Raises BadQuery for what the list cannot do."""
    match node:
        case Word():
            return terms.text(node)
        case Not(of=Word(phrase=False) as word) if word.text.lower() in terms.flags():
            return not_(func.coalesce(terms.flags()[word.text.lower()](), literal_column("false")))
        case Not(of=inner):
            return not_(func.coalesce(condition(terms, inner), literal_column("false")))
        case All(parts=parts):
            return and_(*(condition(terms, part) for part in parts))
        case Either(parts=parts):
            return or_(*(condition(terms, part) for part in parts))
        case Field():
            return _field(terms.find(node), node)


def _field(term: Term, field: Field) -> Condition:
    if field.operator == "between":
        ends = zip(("gte", "lte"), field.values, strict=True)
        return and_(*(_compared(term, replace(field, operator=operator), value) for operator, value in ends))
    return or_(*(_compared(term, field, value) for value in field.values))


def _compared(term: Term, field: Field, value: Value) -> Condition:
    if term.choices is not None:
        return _choice(term.choices, field, value)
    if term.kind in {"text", "code"} and field.operator not in {"is", "eq"}:
        raise BadQuery(f"{field.name} is text and cannot be compared by size.", field.start, field.end)
    if value.text == "*" and not value.quoted and term.where is None:
        return _known(term.on)
    if term.kind in {"text", "code"}:
        return term.where(field.operator, value.text) if term.where else _text(term, field.operator, value)
    operator, read = _read(term, field, value)
    return term.where(operator, read) if term.where else _by_size(term, operator, read)


def _choice(choices: Mapping[str, Callable[[], Condition]], field: Field, value: Value) -> Condition:
    made = choices.get(value.text.lower())
    if made is None or field.operator not in {"is", "eq"}:
        problem = f"{field.name} is one of {', '.join(choices)}."
        raise BadQuery(problem, value.start, value.end)
    return made()


def _known(expression: Any) -> Condition:
    known: Condition = expression.is_not(None)
    return known


def _text(term: Term, operator: str, value: Value) -> Condition:
    """A name holds the text; a code, or what is asked with =, is it. A star at the end stands for any more."""
    text = value.text.lower()
    expression = func.lower(cast(term.on, Text))
    if text.endswith("*") and not value.quoted:
        begins: Condition = expression.startswith(text[:-1], autoescape=True)
        return begins
    holds: Condition = (
        expression.contains(text, autoescape=True) if term.kind == "text" and operator == "is" else expression == text
    )
    return holds


def _by_size(term: Term, operator: str, value: Any) -> Condition:
    if operator == "within":
        return and_(term.on >= value, term.on < value + literal(timedelta(days=1)))
    compared: Condition = COMPARED[operator](term.on, value)
    return compared


def _read(term: Term, field: Field, value: Value) -> tuple[str, Any]:
    """The operator and what to compare with; an age turns the comparison round: newer than 7d is later than then."""
    if term.kind == "number":
        try:
            return field.operator, parse_quantity(value.text)
        except ValueError as problem:
            raise BadQuery(f"{field.name} is a number, which {value.text} is not.", value.start, value.end) from problem
    return _moment(term, field, value)


def _moment(term: Term, field: Field, value: Value) -> tuple[str, Any]:
    operator = field.operator
    age = AGE.fullmatch(value.text.lower())
    if age:
        days = int(age[1]) * DAYS[age[2]]
        if term.ahead:
            return ("lte" if operator == "is" else operator), _day(term, days)
        return TURNED.get(operator, "gte"), _day(term, -days)
    if value.text.lower() in NEAR:
        return _whole(term, operator, _day(term, NEAR[value.text.lower()]))
    try:
        return _whole(term, operator, _given(term, value.text))
    except ValueError as problem:
        told = f"{field.name} is a day: 2026-01-31, today or 30d, not {value.text}."
        raise BadQuery(told, value.start, value.end) from problem


def _day(term: Term, days: int) -> Any:
    """So many days from now; as SQL, for a kept statement is asked again tomorrow."""
    distance = literal(timedelta(days=days))
    if term.kind == "date":
        return literal_column("current_date") + distance
    return func.now() + distance if abs(days) > 1 else func.date_trunc("day", func.now()) + distance


def _given(term: Term, text: str) -> Any:
    if term.kind == "date":
        return literal(date.fromisoformat(text))
    return literal(datetime.fromisoformat(text)) if "T" in text else literal(date.fromisoformat(text))


def _whole(term: Term, operator: str, moment: Any) -> tuple[str, Any]:
    """A time compared with a day is compared with the whole of it."""
    if term.kind == "date" or operator in {"lt", "gte"}:
        return operator, moment
    if operator in {"gt", "lte"}:
        return {"gt": "gte", "lte": "lt"}[operator], moment + literal(timedelta(days=1))
    return "within", moment


def completions(terms: Terms) -> Sequence[tuple[str, Term]]:
    """The names in order, for a menu."""
    return sorted(terms.names.items())
