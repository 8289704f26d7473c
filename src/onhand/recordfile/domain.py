"""What a column of records can hold, and how an entity is described: once, for mapping, checks, templates and docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "code", "number", "quantity", "positive", "money", "whole", "date", "moment", "yes_no", "choice",
    "currency", "list", "address",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `names` are what files call it, the surest first, lower case and without signs."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    example: str = ""
    about: str = ""
    names: tuple[str, ...] = ()
    longest: int = 255
    choices: tuple[str, ...] = ()
    most: int = 1_000_000  # of a whole number

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that a heading may say, without signs."""
        bare = self.name.replace("_", "")
        return tuple(dict.fromkeys((bare, *self.names)))


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of record that can be imported.

    `key` are the columns that name a record; two rows of one file may not have the same. Of `one_of` one column at
    least is needed. An `additive` file says what is added: brought twice, it counts twice, so that is asked for.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    permission: str
    one_of: tuple[str, ...] = ()
    additive: bool = False
    moves_stock: bool = False

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that every row needs."""
        return tuple(column.name for column in self.columns if column.required)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: which column, what stands there, why not, and what to do. Line 1 is the header."""

    line: int
    column: str
    value: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: what its cells say, by column name; None where a cell is empty."""

    line: int
    values: dict[str, object]
