"""Which column of a file is which, and which kind of record a file holds: guessed, then up to a person."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onhand.infra.tabular import DateOrder, Holds, Shape, guess_columns, guess_date_order, guess_decimal_comma
from onhand.recordfile.entities import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

    from onhand.recordfile.domain import Entity, Kind

HOLDS: dict[Kind, Holds] = {
    "number": "numbers", "quantity": "numbers", "positive": "numbers", "money": "numbers", "whole": "wholes",
    "date": "times", "moment": "times",
}  # fmt: skip
NUMBERS = ("number", "quantity", "positive", "money", "whole")
OWN_NAME, ALIAS = 3, 2


@dataclass(frozen=True, slots=True)
class Mapping:
    """The file's heading for each column, and how its dates and numbers are written."""

    columns: dict[str, str]
    date_order: DateOrder = "ymd"
    decimal_comma: bool = False


def bare(heading: str) -> str:
    """A heading without case and signs."""
    return re.sub(r"[\W_]", "", heading.lower())


def fingerprint(header: list[str]) -> str:
    """What two files with the same columns share, in whatever order those stand."""
    return hashlib.sha256("\x1f".join(sorted(bare(heading) for heading in header)).encode()).hexdigest()[:32]


def by_name(entity: Entity, header: list[str]) -> dict[str, str]:
    """Columns whose headings say their names, the surest name first; each heading at most once."""
    found: dict[str, str] = {}
    sayings = [
        (place, column.name, saying) for column in entity.columns for place, saying in enumerate(column.spellings)
    ]
    for _, name, saying in sorted(sayings, key=lambda one: one[0]):
        free = [heading for heading in header if bare(heading) == saying and heading not in found.values()]
        if free and name not in found:
            found[name] = free[0]
    return found


def guess_mapping(entity: Entity, shape: Shape) -> Mapping:
    """The likeliest mapping: by name, and what is needed yet by name and content together."""
    columns = by_name(entity, shape.header)
    needed = [name for name in (*entity.required, *missing_one_of(entity, columns)) if name not in columns]
    if needed:
        taken = set(columns.values())
        rest = Shape(
            shape.kind,
            [h for h in shape.header if h not in taken],
            [[c for h, c in zip(shape.header, row, strict=True) if h not in taken] for row in shape.sample],
        )
        wanted = [entity.column(name) for name in needed]
        columns |= guess_columns(
            rest, {c.name: c.spellings for c in wanted}, {c.name: HOLDS.get(c.kind, "code") for c in wanted}
        )
    dates = [cell for c in entity.columns if c.kind in {"date", "moment"} for cell in shape.cells(columns.get(c.name))]
    order, _ = guess_date_order(dates)
    numbers = [cell for c in entity.columns if c.kind in NUMBERS for cell in shape.cells(columns.get(c.name))]
    return Mapping(
        {c.name: columns[c.name] for c in entity.columns if c.name in columns}, order, guess_decimal_comma(numbers)
    )


def missing_one_of(entity: Entity, columns: Map[str, str]) -> tuple[str, ...]:
    """Columns of which one is needed, when none is mapped."""
    return () if not entity.one_of or any(columns.get(name) for name in entity.one_of) else entity.one_of


def missing(entity: Entity, columns: Map[str, str]) -> list[str]:
    """What a row cannot do without and no column is mapped to, in words."""
    found = [entity.column(name).label for name in entity.required if not columns.get(name)]
    others = missing_one_of(entity, columns)
    return [*found, *([" or ".join(entity.column(name).label for name in others)] if others else [])]


def guess_entity(shape: Shape) -> Entity:
    """The kind of record whose columns the headings name best; of equals the harmless one, which stands first."""
    order = ("products", "levels", *ENTITIES)
    return max(
        (ENTITIES[name] for name in dict.fromkeys(order)),
        key=lambda entity: _score(entity, shape.header),
    )


def _score(entity: Entity, header: list[str]) -> float:
    columns = by_name(entity, header)
    found = sum(OWN_NAME if bare(h) == name.replace("_", "") else ALIAS for name, h in columns.items())
    return found - 10 * len(missing(entity, columns)) - 0.01 * len(entity.columns)


def doubts(entity: Entity, mapping: Mapping, header: list[str]) -> list[str]:
    """Sentences about what a person should look at."""
    found = [f"No column looks like {name}." for name in missing(entity, mapping.columns)]
    twice = sorted(
        {heading.rpartition(" (")[0] for heading in header if re.fullmatch(r".+ \(\d+\)", heading)} & set(header)
    )
    found += [f"The file has more than one column called {heading}; the first is read." for heading in twice]
    return found
