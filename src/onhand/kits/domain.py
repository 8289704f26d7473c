"""The rules of kits: what one holds when kits within kits are opened, and how many can be made of what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

ZERO = Decimal(0)
MOST_COMPONENTS = 100  # of one kit as it is written down
MOST_PARTS = 500  # of one kit once all kits within it are opened
DEEPEST = 5  # kits within kits: a set of boxes of packs of … is four too many already
FINEST = Decimal(1).scaleb(-6)


@dataclass(frozen=True, slots=True)
class Part:
    """Units of a stocked SKU that one kit holds."""

    sku_id: UUID
    quantity: Decimal


Recipes = Mapping[UUID, Sequence[Part]]  # kit → its components as written down, which may be kits themselves


class TooDeepError(ValueError):
    """Kits within kits, more than are opened."""


class CircleError(ValueError):
    """A kit that would hold itself."""


def flatten(kit: UUID, recipes: Recipes) -> tuple[Part, ...]:
    """What one kit holds of stocked SKUs, each once, in the order in which they are met.

    Raises CircleError, TooDeepError.
    """
    held: dict[UUID, Decimal] = {}
    for part in _opened(kit, recipes, (kit,)):
        held[part.sku_id] = held.get(part.sku_id, ZERO) + part.quantity
    return tuple(Part(sku_id, quantity) for sku_id, quantity in held.items())


def _opened(kit: UUID, recipes: Recipes, above: tuple[UUID, ...]) -> Iterator[Part]:
    if len(above) > DEEPEST:
        raise TooDeepError
    for component in recipes[kit]:
        if component.sku_id in above:
            raise CircleError
        if component.sku_id not in recipes:
            yield component
            continue
        for part in _opened(component.sku_id, recipes, (*above, component.sku_id)):
            yield Part(part.sku_id, part.quantity * component.quantity)


def complete(parts: Sequence[Part], held: Mapping[UUID, Decimal]) -> Decimal:
    """How many whole kits can be made of what is held: the least over the parts of floor(held / quantity)."""
    return min((part_covers(part, held.get(part.sku_id, ZERO)) for part in parts), default=ZERO)


def part_covers(part: Part, held: Decimal) -> Decimal:
    """How many whole kits this much of one part is enough for."""
    return max((held / part.quantity).to_integral_value(ROUND_FLOOR), ZERO)


def limiting(parts: Sequence[Part], held: Mapping[UUID, Decimal]) -> UUID | None:
    """The part that runs out first."""
    return min(parts, key=lambda part: held.get(part.sku_id, ZERO) / part.quantity).sku_id if parts else None
