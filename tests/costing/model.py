"""What stock costs, as a page of slow and obvious Python: what the SQL is compared with.

A level has layers. A receipt makes one (or flows into the level's pool, when it is averaged). Taking takes layer by
layer in the method's order; a part of a layer costs its share of the layer's value, rounded to six decimals, and the
last units take what is left. Uncosted units have no value; of an averaged level they are taken last.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
Taken = list[tuple["Layer", Decimal, "Decimal | None"]]  # of which layer, how many, worth what


def six(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)


@dataclass
class Layer:
    at: int
    number: int
    left: Decimal
    value: Decimal | None

    def take(self, quantity: Decimal) -> Decimal | None:
        worth = self.value
        if self.value is not None and quantity < self.left:
            worth = six(self.value * quantity / self.left)
        self.left -= quantity
        if self.value is not None and worth is not None:
            self.value -= worth
        return worth


@dataclass
class Level:
    method: str
    layers: list[Layer] = field(default_factory=list)

    @property
    def units(self) -> Decimal:
        return sum((one.left for one in self.layers), ZERO)

    @property
    def value(self) -> Decimal:
        return sum((one.value for one in self.layers if one.value is not None), ZERO)

    @property
    def uncosted(self) -> Decimal:
        return sum((one.left for one in self.layers if one.value is None), ZERO)

    def in_order(self) -> list[Layer]:
        open_ = [one for one in self.layers if one.left > 0]
        if self.method == "lifo":
            return sorted(open_, key=lambda one: (one.at, one.number), reverse=True)
        if self.method == "average":
            return sorted(open_, key=lambda one: (one.value is None, one.at, one.number))
        return sorted(open_, key=lambda one: (one.at, one.number))

    def take(self, quantity: Decimal) -> Taken:
        taken: Taken = []
        for layer in self.in_order():
            part = min(quantity, layer.left)
            if part:
                taken.append((layer, part, layer.take(part)))
                quantity -= part
        assert quantity == 0
        return taken

    def pool(self) -> Layer | None:
        return next((one for one in self.layers if one.left > 0 and one.value is not None), None)


class Costs:
    """Levels by place, and what each posting did, so that it can be taken back."""

    def __init__(self, **methods: str) -> None:
        self.levels = {place: Level(method) for place, method in methods.items()}
        self.clock = itertools.count()
        self.numbers = itertools.count()

    def receive(self, place: str, quantity: Decimal, cost: Decimal | None, at: int | None = None) -> Layer:
        when = next(self.clock) if at is None else at
        return self.add(place, when, quantity, None if cost is None else six(quantity * cost))

    def add(self, place: str, at: int, quantity: Decimal, value: Decimal | None) -> Layer:
        level = self.levels[place]
        pool = level.pool() if level.method == "average" and value is not None else None
        if pool is not None and pool.value is not None and value is not None:
            pool.left += quantity
            pool.value += value
            return pool
        layer = Layer(at, next(self.numbers), quantity, value)
        level.layers.append(layer)
        return layer

    def issue(self, place: str, quantity: Decimal) -> Taken:
        next(self.clock)
        return self.levels[place].take(quantity)

    def carry(self, source: str, goal: str, quantity: Decimal) -> None:
        next(self.clock)
        for layer, part, worth in self.levels[source].take(quantity):
            self.add(goal, layer.at, part, worth)

    def put_back(self, place: str, taken: Taken) -> None:
        """A sale taken back: into the very layers, the last taken first."""
        next(self.clock)
        level = self.levels[place]
        for layer, part, worth in reversed(taken):
            pool = level.pool() if level.method == "average" and worth is not None else None
            home = pool or layer
            home.left += part
            if worth is not None and home.value is not None:
                home.value += worth

    def come_back(self, place: str, quantity: Decimal, taken: Taken) -> None:
        """Goods returned: at the cost at which they left, as a layer of their own; unknown when nobody knew it."""
        when = next(self.clock)
        known = [(part, worth) for _, part, worth in taken if worth is not None]
        units, value = sum((part for part, _ in known), ZERO), sum((worth for _, worth in known), ZERO)
        if not units:
            self.add(place, when, quantity, None)
        else:
            self.add(place, when, quantity, value if quantity == units else six(value * quantity / units))
