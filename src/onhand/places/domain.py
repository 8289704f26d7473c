"""Rules of what is inside a warehouse: what may lie in what, codes by pattern, and sums up the tree."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Literal
from uuid import UUID

Kind = Literal["zone", "aisle", "shelf", "bin"]
BinType = Literal["storage", "pick", "receiving", "quarantine", "damaged"]
KINDS: tuple[Kind, ...] = ("zone", "aisle", "shelf", "bin")
MOST_BY_PATTERN = 5_000
LONGEST_CODE = 60
_GROUP = re.compile(r"\{([^{}]*)\}")
_NUMBERS = re.compile(r"(\d{1,6})\.\.(\d{1,6})")
_LETTERS = re.compile(r"([A-Za-z])\.\.([A-Za-z])")


class BadPattern(Exception):
    """What is wrong with a pattern, as a sentence."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place to make: its code, what it is, and the code of what it lies in (none: of what was asked for)."""

    code: str
    kind: Kind
    within: str | None


def may_lie_in(kind: str, parent: str) -> bool:
    """A zone holds aisles, an aisle shelves, a shelf bins; steps may be left out, never turned round."""
    return KINDS.index(parent) < KINDS.index(kind)


def expand(pattern: str) -> list[tuple[str, ...]]:
    """The codes that a pattern stands for, each cut behind every group: `A-{1..2}` is `A-1`, `A-2`.

    Groups are numbers `{01..12}` (as wide as they are written), letters `{A..F}` or words `{left,right}`.
    Raises BadPattern.
    """
    parts = _GROUP.split(pattern.strip())
    if any(sign in text for text in parts[::2] for sign in "{}"):
        raise BadPattern("Each { needs its }, such as A-{01..12}.")
    if len(parts) == 1:
        raise BadPattern("Say what to count in braces, such as A-{01..12}.")
    choices = [_choices(group) for group in parts[1::2]]
    count = 1
    for group in choices:
        count *= len(group)
    if count > MOST_BY_PATTERN:
        raise BadPattern(f"This makes {count:,} places; at most {MOST_BY_PATTERN:,} are made at once.")
    made = [_cuts(parts[::2], chosen) for chosen in product(*choices)]
    if any(len(cuts[-1]) > LONGEST_CODE for cuts in made):
        raise BadPattern(f"A code has at most {LONGEST_CODE} characters.")
    if len({cuts[-1].lower() for cuts in made}) < len(made):
        raise BadPattern("This makes the same code twice.")
    return made


def _choices(group: str) -> list[str]:
    if numbers := _NUMBERS.fullmatch(group):
        first, last = numbers.groups()
        width = len(first) if first.startswith("0") else 0
        return [str(n).zfill(width) for n in _between(int(first), int(last), group)]
    if letters := _LETTERS.fullmatch(group):
        signs = string.ascii_letters
        first, last = (signs.index(sign) for sign in letters.groups())
        if letters.group(1).islower() != letters.group(2).islower():
            raise BadPattern(f"{{{group}}} mixes capital and small letters.")
        return [signs[n] for n in _between(first, last, group)]
    words = [word.strip() for word in group.split(",")]
    if not all(words) or ".." in group:
        raise BadPattern(f"{{{group}}} is no range such as 01..12 or A..F, and no list such as left,right.")
    return words


def _between(first: int, last: int, group: str) -> range:
    if last < first:
        raise BadPattern(f"{{{group}}} runs backwards.")
    if last - first >= MOST_BY_PATTERN:
        raise BadPattern(f"{{{group}}} makes more than {MOST_BY_PATTERN:,} places.")
    return range(first, last + 1)


def _cuts(texts: list[str], chosen: tuple[str, ...]) -> tuple[str, ...]:
    code, cuts = texts[0], []
    for word, text in zip(chosen, texts[1:], strict=True):
        cuts.append(code + word)
        code += word + text
    cuts[-1] = code
    return tuple(cuts)


def spots(pattern: str, kind: Kind, *, tree: bool) -> list[Spot]:
    """What to make of a pattern: places of one kind, or with `tree` one of the kinds above for each group before.

    `{A..C}-{01..12}-{1..4}` as bins makes aisles A to C, their shelves A-01 …, and in these the bins A-01-1 …
    Raises BadPattern.
    """
    made = expand(pattern)
    if not tree:
        return [Spot(cuts[-1], kind, None) for cuts in made]
    steps = len(made[0])
    kinds = KINDS[max(KINDS.index(kind) - steps + 1, 0) : KINDS.index(kind) + 1]
    if len(kinds) < steps:
        raise BadPattern(f"A {kind} can lie {len(kinds) - 1} deep, so that many groups and one are possible.")
    found: dict[str, Spot] = {}
    for cuts in made:
        for depth, code in enumerate(cuts):
            found.setdefault(code.lower(), Spot(code, kinds[depth], cuts[depth - 1] if depth else None))
    if len(found) > MOST_BY_PATTERN:
        raise BadPattern(f"This makes {len(found):,} places; at most {MOST_BY_PATTERN:,} are made at once.")
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Node:
    """A place as the tree is summed: what it lies in, and what it can hold by itself."""

    id: UUID
    parent_id: UUID | None
    capacity: Decimal | None


@dataclass(frozen=True, slots=True)
class Load:
    """What lies in a place and in all below it, and how much can."""

    units: Decimal
    unavailable: Decimal
    capacity: Decimal | None

    @property
    def fill(self) -> Decimal | None:
        """The share of its capacity in use; above 1 when there is more than fits. None where no capacity is known."""
        return None if self.capacity is None else self.units / self.capacity


def loads(nodes: Iterable[Node], held: Mapping[UUID, tuple[Decimal, Decimal]]) -> dict[UUID, Load]:
    """Sum (units, unavailable) of each place up the tree. A place without a capacity of its own has its parts'."""
    known = {node.id: node for node in nodes}
    below: dict[UUID | None, list[UUID]] = {}
    for node in known.values():
        below.setdefault(node.parent_id if node.parent_id in known else None, []).append(node.id)
    found: dict[UUID, Load] = {}
    for node_id in reversed(_from_the_top(below)):
        parts = [found[part] for part in below.get(node_id, [])]
        units, unavailable = held.get(node_id, (Decimal(0), Decimal(0)))
        capacity = known[node_id].capacity
        rooms = [part.capacity for part in parts if part.capacity is not None]
        if capacity is None and rooms and len(rooms) == len(parts):
            capacity = sum(rooms, Decimal(0))
        found[node_id] = Load(
            sum((part.units for part in parts), units),
            sum((part.unavailable for part in parts), unavailable),
            capacity,
        )
    return found


def _from_the_top(below: Mapping[UUID | None, list[UUID]]) -> list[UUID]:
    order = list(below.get(None, []))
    for node_id in order:  # grows while it is walked
        order.extend(below.get(node_id, []))
    return order


def chosen_bin(
    candidates: Iterable[tuple[str, Decimal | None, Decimal]], quantity: Decimal, holds_it: Callable[[str], bool]
) -> str | None:
    """Where to put units: where the same already lies and still fits, else the first place with room, in pick order.

    Candidates are (code, capacity, units there) in pick order; a place without a capacity always has room.
    """
    fitting = [code for code, room, units in candidates if room is None or units + quantity <= room]
    return next((code for code in fitting if holds_it(code)), fitting[0] if fitting else None)
