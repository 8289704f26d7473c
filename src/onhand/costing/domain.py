"""The rules of costs: how an amount is shared, and how it follows goods that have moved on. Pure; no library.

Amounts are kept to six decimals. What a division leaves over stays where stock is left, so that shares always add up to
what was shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args
from uuid import UUID

Method = Literal["fifo", "lifo", "average"]
METHODS: tuple[Method, ...] = get_args(Method)
Basis = Literal["value", "weight", "quantity"]
Charge = Literal["freight", "duty", "insurance", "handling", "other"]
EntryKind = Literal["landed", "bill", "costed", "backdated", "method"]
ZERO = Decimal(0)
STEP = Decimal("0.000001")
Line = tuple[UUID, int]  # a posting and its line


def rounded(value: Decimal) -> Decimal:
    """To the decimals that are kept of an amount."""
    return value.quantize(STEP, ROUND_HALF_UP)


def shares(amount: Decimal, measures: Sequence[Decimal]) -> list[Decimal]:
    """The amount shared in proportion; the largest takes what rounding leaves. Raises ValueError."""
    total = sum(measures, ZERO)
    if total <= 0:
        raise ValueError("there is nothing to share by")
    parts = [rounded(amount * measure / total) for measure in measures]
    largest = max(range(len(parts)), key=lambda place: measures[place])
    parts[largest] += amount - sum(parts, ZERO)
    return parts


@dataclass(frozen=True, slots=True)
class Layer:
    """What a receipt left at a level, or what was carried there (`origin_id`) or brought back."""

    id: UUID
    sku_id: UUID
    warehouse_id: UUID
    posting_id: UUID
    line: int
    quantity: Decimal
    remaining: Decimal
    value: Decimal | None
    origin_id: UUID | None


@dataclass(frozen=True, slots=True)
class Use:
    """What a line took of a layer, or put back (< 0)."""

    layer_id: UUID
    posting_id: UUID
    line: int
    quantity: Decimal
    known: bool  # whether what it took had a known cost


@dataclass(slots=True)
class Effect:
    """What an amount does: to the stock that is left, by layer, and to what lines had cost, by line and layer."""

    layers: dict[UUID, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    lines: dict[tuple[Line, UUID], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    uncosted: dict[tuple[Line, UUID], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def stock(self) -> Decimal:
        """What stays in stock."""
        return sum(self.layers.values(), ZERO)

    @property
    def sold(self) -> Decimal:
        """What belongs to goods that are gone."""
        return sum(self.lines.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Trail:
    """Layers, what came of them, and what was taken of them: all that an amount can follow."""

    layers: Mapping[UUID, Layer]
    children: Mapping[UUID, Sequence[Layer]]
    uses: Mapping[UUID, Sequence[Use]]


def trail(layers: Sequence[Layer], uses: Sequence[Use]) -> Trail:
    """The layers by their ids and origins, the uses by their layers."""
    children: dict[UUID, list[Layer]] = defaultdict(list)
    taken: dict[UUID, list[Use]] = defaultdict(list)
    for layer in layers:
        if layer.origin_id is not None:
            children[layer.origin_id].append(layer)
    for use in uses:
        taken[use.layer_id].append(use)
    return Trail({layer.id: layer for layer in layers}, children, taken)


def follow(path: Trail, layer_id: UUID, amount: Decimal, effect: Effect) -> None:
    """Add `amount` to what a layer cost when it came: to what is left of it, what was carried on, and what was used.

    A unit bears the same wherever it is now. What is carried from level to level is still stock; what was sold is a
    correction of that sale; what came back takes its part out of the sale again.
    """
    layer = path.layers[layer_id]
    parts = _parts(path, layer)
    spread = [rounded(amount * quantity / layer.quantity) for quantity, _ in parts]
    rest = amount - sum(spread, ZERO)
    if layer.remaining > 0 or not parts:
        kept = max(rest, -(layer.value or ZERO))
        effect.layers[layer_id] += kept
        rest -= kept
    if rest:
        spread[-1] += rest
    for (quantity, target), part in zip(parts, spread, strict=True):
        if isinstance(target, UUID):
            follow(path, target, part, effect)
        else:
            where = ((target.posting_id, target.line), layer_id)
            effect.lines[where] += part
            effect.uncosted[where] -= ZERO if target.known else quantity
    if layer.value is None and layer.remaining == 0:
        effect.layers.setdefault(layer_id, ZERO)


def _parts(path: Trail, layer: Layer) -> list[tuple[Decimal, Use | UUID]]:
    """Where the units of a layer went: uses that ended there, and the layers that carried them on."""
    parts: list[tuple[Decimal, Use | UUID]] = []
    carried: dict[UUID, Decimal] = defaultdict(Decimal)
    children = path.children.get(layer.id, ())
    users = {use.posting_id for use in path.uses.get(layer.id, ()) if use.quantity > 0}
    for child in children:
        if child.posting_id in users:
            carried[child.posting_id] += child.quantity
        else:  # it came back: what the sale had borne is stock again
            back = Use(layer.id, child.posting_id, child.line, -child.quantity, layer.value is not None)
            parts.append((back.quantity, back))
    for use in path.uses.get(layer.id, ()):
        moved = min(max(use.quantity, ZERO), carried[use.posting_id])
        carried[use.posting_id] -= moved
        if use.quantity != moved:
            parts.append((use.quantity - moved, use))
    return [*parts, *((child.quantity, child.id) for child in children)]


@dataclass(frozen=True, slots=True)
class PoolStep:
    """A change of an averaged level after the receipt: known units taken (> 0) of `before`, or added (< 0)."""

    posting_id: UUID
    line: int
    quantity: Decimal
    before: Decimal


def dilute(amount: Decimal, steps: Sequence[PoolStep]) -> tuple[Decimal, list[tuple[Line, Decimal]]]:
    """An amount added to a pool when one receipt came: what is in it still, and what each taking took of it.

    Each taking takes the same part of everything in the pool, so what it takes of one receipt follows from the balances
    alone.
    """
    left = amount
    taken: list[tuple[Line, Decimal]] = []
    for step in steps:
        if step.quantity <= 0 or step.before <= 0:
            continue
        part = left if step.quantity >= step.before else rounded(left * step.quantity / step.before)
        taken.append(((step.posting_id, step.line), part))
        left -= part
    return left, taken
