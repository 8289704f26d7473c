"""What a row of a file would do, and whether what a run wrote still stands: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from onhand.infra.schemas import jsonable

if TYPE_CHECKING:
    from decimal import Decimal

    from onhand import ledger, recordfile, sales

Action = Literal["create", "change", "same", "post", "refuse"]
Facts = dict[str, Any]


@dataclass(slots=True)
class Step:
    """What becomes of one row. `before` and `after` hold the fields that differ; a posting moves stock."""

    line: int
    label: str
    action: Action
    row_id: UUID | None = None
    before: Facts | None = None
    after: Facts = field(default_factory=dict)
    problem: recordfile.Problem | None = None
    posting: ledger.Posting | None = None
    order: sales.NewOrder | None = None


@dataclass(slots=True)
class Context:
    """What holds for all rows of a run. `balances` follow what earlier rows of a dry run would have left."""

    run_id: UUID
    mapping: dict[str, str]
    source: str
    currency: str
    warehouse: str = ""
    dry: bool = False
    balances: dict[tuple[UUID, UUID], Decimal] = field(default_factory=dict)

    def heading(self, *columns: str) -> str:
        """What the file calls the first of these columns that it has."""
        return next((self.mapping[name] for name in columns if self.mapping.get(name)), columns[0])


@dataclass(frozen=True, slots=True)
class Kept:
    """What undoing a run leaves as it is, and why."""

    line: int
    label: str
    field: str
    imported: object
    now: object
    why: str


def differing(given: Facts, existing: Facts) -> tuple[Facts, Facts]:
    """(before, after) of the fields that a row says and that are otherwise; what it leaves empty stays."""
    changed = {
        name: value
        for name, value in given.items()
        if value is not None and jsonable(value) != jsonable(existing.get(name))
    }
    return {name: existing.get(name) for name in changed}, changed


def restorable(before: Facts, after: Facts, current: Facts) -> tuple[Facts, list[str]]:
    """Fields to put back, and those that were changed since and stay."""
    since = [name for name, value in after.items() if jsonable(current.get(name)) != jsonable(value)]
    return {name: value for name, value in before.items() if name not in since}, since
