"""Rules of the organization's own fields: what a value of each kind is, and what its definition asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from onhand.kernel import parse_quantity, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["text", "number", "date", "boolean", "choice", "multi_choice", "url"]
Target = Literal["product", "sku", "lot", "serial", "customer", "supplier"]
LONGEST = 2_000
MOST_CHOSEN = 100
Matches = Callable[[str, str], bool]  # (pattern, text)
Value = str | bool | list[str]


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it was defined. Bounds are of the number, of a text's length, or of how many are chosen."""

    code: str
    name: str
    kind: str
    required: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    earliest: date | None = None
    latest: date | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value."""

    code: str  # of the field
    rule: str
    message: str


class WrongValueError(ValueError):
    """A value that is none of its kind, or that its definition refuses."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)


def merge(
    fields: Iterable[Field], kept: Mapping[str, Any], given: Mapping[str, Any], matches: Matches
) -> tuple[dict[str, Any], list[Problem]]:
    """The values with the given ones written over them (null takes one away), and what is wrong with those.

    A required field must be there in the end; what was kept is not looked at again, so a stricter definition refuses
    nothing that somebody did not touch.
    """
    known = {field.code: field for field in fields}
    values, problems = dict(kept), []
    for code, raw in given.items():
        field = known.get(code)
        if field is None:
            problems.append(Problem(code, "unknown", f"There is no field {code}."))
        elif raw is None or raw in ("", []):
            values.pop(code, None)
        else:
            try:
                values[code] = read(field, raw, matches)
            except WrongValueError as problem:
                problems.append(Problem(code, problem.rule, f"{field.name}: {problem}"))
    wrong = {problem.code for problem in problems}
    problems += [
        Problem(field.code, "required", f"{field.name} is required.")
        for field in known.values()
        if field.required and field.code not in values and field.code not in wrong
    ]
    return values, problems


def read(field: Field, raw: object, matches: Matches) -> Value:
    """A value as it is kept: numbers and dates as plain texts, exactly. Raises WrongValueError."""
    reader: dict[str, Callable[[Field, object, Matches], Value]] = {
        "text": _text,
        "url": _url,
        "number": _number,
        "date": _date,
        "boolean": _boolean,
        "choice": _choice,
        "multi_choice": _choices,
    }
    return reader[field.kind](field, raw, matches)


def _text(field: Field, raw: object, matches: Matches) -> str:
    text = _string(raw)
    _within(field, Decimal(len(text)), "characters")
    if field.pattern and not matches(field.pattern, text):
        raise WrongValueError("pattern", f"{text} does not look like {field.pattern}.")
    return text


def _string(raw: object) -> str:
    if not isinstance(raw, str):
        raise WrongValueError("kind", "a text is expected.")
    text = raw.strip()
    if len(text) > LONGEST or "\0" in text:
        raise WrongValueError("kind", f"a text of at most {LONGEST} characters is expected.")
    return text


def _url(_: Field, raw: object, __: Matches) -> str:
    text = _string(raw)
    try:
        parts = urlsplit(text)
    except ValueError as problem:
        raise WrongValueError("kind", "a web address is expected.") from problem
    if parts.scheme not in {"http", "https"} or not parts.netloc or " " in text:
        raise WrongValueError("kind", "a web address that begins with http:// or https:// is expected.")
    return text


def _number(field: Field, raw: object, _: Matches) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise WrongValueError("kind", "a number is expected.")
    try:
        value = parse_quantity(str(raw).strip())  # JSON's 12.5 is read as it was written
    except ValueError as problem:
        raise WrongValueError("kind", f"{problem}.") from problem
    _within(field, value, "")
    return plain(value)


def _within(field: Field, value: Decimal, what: str) -> None:
    if field.minimum is not None and value < field.minimum:
        raise WrongValueError("minimum", f"at least {plain(field.minimum)} {what}".rstrip() + " is asked for.")
    if field.maximum is not None and value > field.maximum:
        raise WrongValueError("maximum", f"at most {plain(field.maximum)} {what}".rstrip() + " is allowed.")


def _date(field: Field, raw: object, _: Matches) -> str:
    try:
        day = date.fromisoformat(_string(raw))
    except ValueError as problem:
        raise WrongValueError("kind", "a day such as 2026-01-31 is expected.") from problem
    if field.earliest and day < field.earliest:
        raise WrongValueError("minimum", f"not before {field.earliest}.")
    if field.latest and day > field.latest:
        raise WrongValueError("maximum", f"not after {field.latest}.")
    return day.isoformat()


def _boolean(_: Field, raw: object, __: Matches) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    found = words.get(str(raw).strip().lower())
    if found is None:
        raise WrongValueError("kind", "true or false is expected.")
    return found


def _choice(field: Field, raw: object, _: Matches) -> str:
    wanted = _string(raw)
    found = {choice.lower(): choice for choice in field.choices}.get(wanted.lower())
    if found is None:
        raise WrongValueError("choice", f"{wanted} is none of {', '.join(field.choices)}.")
    return found


def _choices(field: Field, raw: object, matches: Matches) -> list[str]:
    wanted = [one for one in raw.split(",") if one.strip()] if isinstance(raw, str) else raw
    if not isinstance(wanted, list | tuple) or len(wanted) > MOST_CHOSEN:
        raise WrongValueError("kind", "a list of choices is expected.")
    chosen = {_choice(field, one, matches) for one in wanted}
    _within(field, Decimal(len(chosen)), "choices")
    return [choice for choice in field.choices if choice in chosen]
