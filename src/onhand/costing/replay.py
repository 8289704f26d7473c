"""What the layers of a level would be under a method, from its whole history: the slow and sure way. Pure; no library.

Used when a method changes, and when a receipt is told of that came before goods were sold.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from onhand.costing.domain import ZERO, Line, Method, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a level, in order of time: units that came (with what they cost, as is known now) or went (< 0)."""

    line: Line
    at: datetime
    quantity: Decimal
    value: Decimal  # of what came
    uncosted: Decimal  # of what came, what nobody knows the cost of


@dataclass(slots=True)
class Rest:
    """What is left of one receipt, or of an average's pool."""

    line: Line
    at: datetime
    units: Decimal
    value: Decimal | None

    def take(self, quantity: Decimal) -> Decimal | None:
        """Units out; returns what they were worth."""
        worth = self.value
        if worth is not None and quantity < self.units:
            worth = rounded(worth * quantity / self.units)
        self.units -= quantity
        if self.value is not None and worth is not None:
            self.value -= worth
        return worth


@dataclass(slots=True)
class Replayed:
    """What is left, and what each line that took goods would have cost: known value, and units of unknown cost."""

    rests: list[Rest] = field(default_factory=list)
    costs: dict[Line, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    unknown: dict[Line, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def replay(method: Method, steps: Sequence[Step]) -> Replayed:
    """Go through a level's history. What went before it had come is taken from what comes next."""
    made = Replayed()
    owed: list[tuple[Line, Decimal]] = []
    for step in steps:
        if step.quantity > 0:
            _come(method, made, step)
            owed = [left for one in owed if (left := _go(method, made, *one))[1] > 0]
        elif step.quantity < 0:
            left = _go(method, made, step.line, -step.quantity)
            if left[1] > 0:
                owed.append(left)
    return made


def _come(method: Method, made: Replayed, step: Step) -> None:
    known = step.quantity - step.uncosted
    if known > 0:
        pool = next((one for one in made.rests if one.value is not None and one.units > 0), None)
        if method == "average" and pool is not None and pool.value is not None:
            pool.units += known
            pool.value += step.value
        else:
            made.rests.append(Rest(step.line, step.at, known, step.value))
    if step.uncosted > 0:
        made.rests.append(Rest(step.line, step.at, step.uncosted, None))


def _go(method: Method, made: Replayed, line: Line, quantity: Decimal) -> tuple[Line, Decimal]:
    rests = [one for one in made.rests if one.units > 0]
    if method == "lifo":
        rests.reverse()
    if method == "average":
        rests.sort(key=lambda one: one.value is None)
    for rest in rests:
        part = min(quantity, rest.units)
        if part <= 0:
            break
        worth = rest.take(part)
        if worth is None:
            made.unknown[line] += part
        else:
            made.costs[line] += worth
        quantity -= part
    made.rests = [one for one in made.rests if one.units > 0]
    return line, quantity


def left_of(made: Replayed) -> tuple[Decimal, Decimal, Decimal]:
    """(units, value, units of unknown cost) of what is left."""
    units = sum((one.units for one in made.rests), ZERO)
    value = sum((one.value for one in made.rests if one.value is not None), ZERO)
    return units, value, sum((one.units for one in made.rests if one.value is None), ZERO)
