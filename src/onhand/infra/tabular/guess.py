"""Guess which column holds which field, from what it is called and from what is in it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from onhand.infra.tabular.cells import Cell, Shape, plain_text
from onhand.infra.tabular.values import FULL_YEAR, SCALE, DateOrder, read_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Holds = Literal["code", "words", "wholes", "numbers", "times"]

FORBIDDEN = -200
SURE_NAME, LIKELY_NAME, PART_OF_NAME = 100, 60, 25
ENOUGH = 25
SUREST, SHORT = 3, 3
MOST = 0.8
MONTHS = 12
A_FEW = 5
DATE_LIKE = re.compile(r"\d{1,4}[-/.]([A-Za-z]{3}|\d{1,2})[-/.]\d{1,4}([ T].*)?")
LEADING_PARTS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.]\d{1,4}")
COMMA_DECIMALS = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}")


def guess_columns(shape: Shape, names: Mapping[str, Sequence[str]], holds: Mapping[str, Holds]) -> dict[str, str]:
    """The likeliest column per field, each column at most once; a field that nothing fits is left out.

    `names` are what a field's column is usually called, the surest first, in lower case and without signs.
    """
    scores = [
        (_name_score(names[field], column) + _value_score(held, shape.cells(column)), -place, field, column)
        for field, held in holds.items()
        for place, column in enumerate(shape.header)
    ]
    columns: dict[str, str] = {}
    for score, _, field, column in sorted(scores, reverse=True):
        if score >= ENOUGH and field not in columns and column not in columns.values():
            columns[field] = column
    return {field: columns[field] for field in holds if field in columns}


def _name_score(names: Sequence[str], column: str) -> int:
    bare = re.sub(r"[^a-z0-9]", "", column.lower())
    if bare in names:
        return SURE_NAME if names.index(bare) < SUREST else LIKELY_NAME
    return PART_OF_NAME if any(len(name) > SHORT and name in bare for name in names) else 0


def _value_score(held: Holds, values: Sequence[Cell]) -> int:
    """What the values say for or against it: FORBIDDEN outweighs any name."""
    filled = [value for value in values if plain_text(value)]
    if not filled:
        return 0
    dates = sum(_is_date(value) for value in filled) / len(filled)
    numbers = [number for number in map(_number, filled) if number is not None]
    numeric = len(numbers) / len(filled)
    if held == "times":
        return _fitting(dates, len(filled), 40)
    if dates > MOST:
        return FORBIDDEN
    if held in ("wholes", "numbers"):
        whole = sum(number % SCALE == 0 for number in numbers) / len(filled)
        return _fitting(numeric, len(filled), round(20 * (whole if held == "wholes" else 1 - whole)))
    return FORBIDDEN if held == "words" and numeric > MOST else 0


def _fitting(share: float, count: int, bonus: int) -> int:
    """A few bad cells speak little against a column; none that fits, among many, rules it out."""
    if share == 0 and count > A_FEW:
        return FORBIDDEN
    return round(bonus * share - LIKELY_NAME * (1 - share))


def _is_date(value: Cell) -> bool:
    return isinstance(value, datetime) or bool(DATE_LIKE.fullmatch(plain_text(value)))


def _number(value: Cell) -> int | None:
    try:
        return read_number(plain_text(value))
    except ValueError:
        return _comma_number(plain_text(value))


def _comma_number(text: str) -> int | None:
    try:
        return read_number(text, decimal_comma=True)
    except ValueError:
        return None


def guess_date_order(values: Sequence[Cell]) -> tuple[DateOrder, bool]:
    """The order of day, month and year, and whether the sample leaves no other."""
    parts = [match for value in values if isinstance(value, str) and (match := LEADING_PARTS.match(value.strip()))]
    if not parts or all(len(match[1]) == FULL_YEAR for match in parts):
        return "ymd", True
    if any(int(match[1]) > MONTHS for match in parts):
        return "dmy", True
    if any(int(match[2]) > MONTHS for match in parts):
        return "mdy", True
    return "dmy", False


def guess_decimal_comma(values: Sequence[Cell]) -> bool:
    """Whether a comma is the decimal sign."""
    texts = [value.strip() for value in values if isinstance(value, str) and "," in value]
    return bool(texts) and all(COMMA_DECIMALS.fullmatch(text) for text in texts)
