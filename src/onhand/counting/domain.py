"""How a count goes, and what its numbers mean: pure rules.

A line's *difference* is what was counted less what the ledger says should have lain there at that moment. It is what a
posting applies, so stock may keep moving while it is counted (rule 10 of the ledger).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal
from uuid import UUID

Kind = Literal["full", "cycle"]
Status = Literal["planned", "counting", "review", "approved", "posted", "cancelled"]
Rest = Literal["refuse", "zero", "leave_out"]
By = Literal["revenue", "margin", "quantity"]
OPEN: tuple[Status, ...] = ("planned", "counting", "review", "approved")
NEXT: dict[str, tuple[Status, ...]] = {
    "planned": ("counting", "cancelled"),
    "counting": ("review", "cancelled"),
    "review": ("counting", "approved", "cancelled"),
    "approved": ("posted", "counting", "cancelled"),
    "posted": (),
    "cancelled": (),
}
ZERO = Decimal(0)
HUNDRED = Decimal(100)
PLACES = Decimal("0.01")
MOST_LINES = 100_000


def may_become(status: str, wanted: str) -> bool:
    """Whether a count that is `status` may become `wanted`."""
    return wanted in NEXT[status]


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a warehouse is counted; what is left empty does not narrow it."""

    skus: tuple[UUID, ...] = ()
    categories: tuple[UUID, ...] = ()
    bins: tuple[UUID, ...] = ()
    abc: str | None = None
    value_above: Decimal | None = None
    sample: int | None = None
    seed: int = 0
    due_days: int | None = None  # only what was not counted for so many days
    suspicion: Decimal | None = None  # only what looks wrong; per cent of a balance that one adjustment may change
    most: int = MOST_LINES


@dataclass(frozen=True, slots=True)
class NewCount:
    """A count to plan."""

    warehouse_id: UUID
    kind: Kind = "full"
    scope: Scope = field(default_factory=Scope)
    name: str | None = None
    note: str | None = None
    blind: bool | None = None  # None: as the settings say
    counters: int | None = None
    schedule_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """An organization's rules of counting. Money is in its own currency."""

    blind: bool = True
    counters: int = 1
    tolerance_percent: Decimal | None = Decimal(10)
    tolerance_value: Decimal | None = None
    approve_above: Decimal | None = Decimal(100)
    suspicious_percent: Decimal = Decimal(25)
    abc_by: By = "revenue"
    abc_days: int = 365
    a_share: Decimal = Decimal(80)
    b_share: Decimal = Decimal(95)


@dataclass(frozen=True, slots=True)
class Told:
    """What one counter says of a line, and what the ledger said then. `late` was written down only afterwards."""

    quantity: Decimal
    expected: Decimal
    late: Decimal = ZERO
    moved: bool = False  # stock moved between the first scan and the last

    @property
    def difference(self) -> Decimal:
        """More (> 0) or less than should have lain there."""
        return self.quantity - self.expected - self.late


Why = Literal["differ", "moved", "tolerance"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a line: it waits for somebody, is to be counted again, or stands."""

    status: Literal["open", "recount", "counted"]
    told: Told | None = None
    why: Why | None = None


def verdict(told: Sequence[Told], round_: int, counters: int, rules: Rules, cost: Decimal | None) -> Verdict:
    """Judge a line by what its counters of this round say, in the order in which they ended.

    A second count decides: it was made because of the first, and somebody looks at it before it is posted.
    """
    needed = counters if round_ == 1 else 1
    if len(told) < needed:
        return Verdict("open")
    last = told[-1]
    if round_ > 1:
        return Verdict("counted", last)
    why = _doubt(told, rules, cost)
    return Verdict("recount", last, why) if why else Verdict("counted", last)


def _doubt(told: Sequence[Told], rules: Rules, cost: Decimal | None) -> Why | None:
    last = told[-1]
    if len({one.difference for one in told}) > 1:
        return "differ"
    if not last.difference:
        return None
    if any(one.moved for one in told):
        return "moved"
    return "tolerance" if beyond(last, rules, cost) else None


def beyond(told: Told, rules: Rules, cost: Decimal | None) -> bool:
    """Whether a difference is larger than may pass unseen, by per cent or by value."""
    size, expected = abs(told.difference), told.expected + told.late
    if rules.tolerance_percent is not None and size * HUNDRED > rules.tolerance_percent * max(expected, ZERO):
        return True
    return rules.tolerance_value is not None and cost is not None and size * cost > rules.tolerance_value


@dataclass(frozen=True, slots=True)
class Figure:
    """One settled line in numbers."""

    expected: Decimal
    difference: Decimal
    unit_cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a count found. Lines without a known cost are counted apart, never valued at 0."""

    lines: int = 0
    accurate: int = 0
    expected_value: Decimal = ZERO
    net_value: Decimal = ZERO
    absolute_value: Decimal = ZERO
    uncosted: int = 0  # differences whose cost nobody knows

    @property
    def by_lines(self) -> Decimal | None:
        """Inventory record accuracy: per cent of lines on which ledger and shelf agreed."""
        return None if not self.lines else (HUNDRED * self.accurate / self.lines).quantize(PLACES)

    @property
    def by_value(self) -> Decimal | None:
        """Per cent of the expected value that was not wrong in either direction; never below 0."""
        if self.expected_value <= 0:
            return None
        return max(ZERO, HUNDRED * (1 - self.absolute_value / self.expected_value)).quantize(PLACES)


def summed(figures: Iterable[Figure]) -> Summary:
    """The summary of these lines."""
    lines = accurate = uncosted = 0
    expected = net = absolute = ZERO
    for one in figures:
        lines += 1
        accurate += not one.difference
        if one.unit_cost is None:
            uncosted += bool(one.difference)
            continue
        expected += max(one.expected, ZERO) * one.unit_cost
        net += one.difference * one.unit_cost
        absolute += abs(one.difference) * one.unit_cost
    return Summary(lines, accurate, expected, net, absolute, uncosted)


def needs_approval(summary: Summary, limit: Decimal | None) -> bool:
    """Whether somebody must look first: more than `limit` is off, or a difference that cannot be valued is."""
    if limit is None:
        return False
    return summary.absolute_value > limit or summary.uncosted > 0


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a count."""

    may_approve: bool


def shows_expected(*, blind: bool, status: str, viewer: Viewer) -> bool:
    """Whether expected quantities, and what gives them away, are shown.

    A blind count hides them from everybody until it is counted, then from all but those who approve until it is done.
    """
    if not blind or status in {"approved", "posted"}:
        return True
    return status in {"review", "cancelled"} and viewer.may_approve
