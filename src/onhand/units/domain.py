"""Rules of units: how much of one is in another, exactly, and what cannot be said exactly is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from onhand.kernel import LARGEST, PLACES, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Dimension = Literal["count", "package", "mass", "volume", "length", "area", "time"]
FREE = frozenset({"package"})  # what is in a case differs from product to product
FINEST = 10**PLACES
PRICE_PLACES = 12  # a price per case, told per bottle, keeps so many
# code, name, dimension, how many of the dimension's base unit, in whole pieces only
DEFAULTS: tuple[tuple[str, str, Dimension, Fraction, bool], ...] = (
    ("each", "Each", "count", Fraction(1), True),
    ("pair", "Pair", "count", Fraction(2), True),
    ("dozen", "Dozen", "count", Fraction(12), True),
    ("bottle", "Bottle", "package", Fraction(1), True),
    ("pack", "Pack", "package", Fraction(1), True),
    ("box", "Box", "package", Fraction(1), True),
    ("case", "Case", "package", Fraction(1), True),
    ("pallet", "Pallet", "package", Fraction(1), True),
    ("g", "Gram", "mass", Fraction(1), False),
    ("mg", "Milligram", "mass", Fraction(1, 1_000), False),
    ("kg", "Kilogram", "mass", Fraction(1_000), False),
    ("oz", "Ounce", "mass", Fraction(45_359_237, 1_600_000), False),
    ("lb", "Pound", "mass", Fraction(45_359_237, 100_000), False),
    ("ml", "Millilitre", "volume", Fraction(1), False),
    ("cl", "Centilitre", "volume", Fraction(10), False),
    ("l", "Litre", "volume", Fraction(1_000), False),
    ("fl oz", "US fluid ounce", "volume", Fraction(473_176_473, 16_000_000), False),
    ("gal", "US gallon", "volume", Fraction(473_176_473, 125_000), False),
    ("mm", "Millimetre", "length", Fraction(1), False),
    ("cm", "Centimetre", "length", Fraction(10), False),
    ("m", "Metre", "length", Fraction(1_000), False),
    ("m2", "Square metre", "area", Fraction(1), False),
    ("min", "Minute", "time", Fraction(1), False),
    ("h", "Hour", "time", Fraction(60), False),
)
EACH = "each"


@dataclass(frozen=True, slots=True)
class UnitRule:
    """A unit: `factor` says how many of its dimension's base unit it is; `whole`: no half of one is counted."""

    code: str
    dimension: str
    factor: Fraction
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What one product says: one `unit` holds `factor` of `of`. Units are told by their lower-cased codes."""

    unit: str
    of: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """How one product is measured. `stock` None: nobody said, so it is counted in pieces and parts of them."""

    stock: str | None = None
    purchase: str | None = None
    sale: str | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """A product's units with how many stock units each holds."""

    factors: Mapping[str, Fraction]
    contradiction: tuple[str, Fraction, Fraction] | None = None
    loose: tuple[str, ...] = field(default=())  # units that a link names and that no way leads to


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a quantity cannot be taken: in which field, by which rule, in a sentence."""

    part: Literal["unit", "quantity"]
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """A quantity as entered, in stock units; `factor` says how many stock units one of the entered unit holds."""

    quantity: Decimal
    factor: Fraction = Fraction(1)

    def price(self, given: Decimal | None) -> Decimal | None:
        """A price or cost of one entered unit, of one stock unit."""
        return None if given is None else per_stock(given, self.factor)


def scale(measure: Measure, units: Mapping[str, UnitRule]) -> Scale:
    """Follow the links, and the fixed factors within a dimension, from the stock unit outwards."""
    start = (measure.stock or EACH).lower()
    factors: dict[str, Fraction] = {start: Fraction(1)}
    open_units = [start]
    while open_units:
        here = open_units.pop()
        for other, per_here in _neighbours(here, measure.links, units):
            holds = factors[here] * per_here
            known = factors.get(other)
            if known is None:
                factors[other] = holds
                open_units.append(other)
            elif known != holds:
                return Scale(factors, (other, known, holds))
    loose = {code for link in measure.links for code in (link.unit, link.of) if code not in factors}
    return Scale(factors, None, tuple(sorted(loose)))


def _neighbours(here: str, links: Sequence[Link], units: Mapping[str, UnitRule]) -> Iterable[tuple[str, Fraction]]:
    """(unit, how many of `here` it holds) for each unit one step away."""
    for link in links:
        if link.of == here:
            yield link.unit, link.factor
        if link.unit == here:
            yield link.of, 1 / link.factor
    rule = units.get(here)
    if rule is None or rule.dimension in FREE:
        return
    for code, other in units.items():
        if code != here and other.dimension == rule.dimension:
            yield code, other.factor / rule.factor


def exact(value: Fraction) -> Decimal | None:
    """The fraction as a decimal of at most six places, or None if it is none or too large to keep."""
    steps = value * FINEST
    if steps.denominator != 1 or abs(value) > LARGEST:
        return None
    whole, rest = divmod(abs(steps.numerator), FINEST)
    digits = f"{whole}.{rest:0{PLACES}d}"
    return Decimal(f"-{digits}" if steps.numerator < 0 else digits)


def to_stock(quantity: Decimal, factor: Fraction) -> Decimal | None:
    """So many of a unit in stock units, exactly, or None where six decimals do not hold it."""
    return exact(Fraction(quantity) * factor)


def from_stock(quantity: Decimal, factor: Fraction) -> Fraction:
    """A quantity in stock units as so many of a unit; a fraction, because a third of a case is no decimal."""
    return Fraction(quantity) / factor


def per_stock(price: Decimal, factor: Fraction) -> Decimal:
    """A price of one unit as the price of one stock unit, to twelve places."""
    if factor == 1:
        return price
    shown = Fraction(price) / factor
    return Decimal(round(shown * 10**PRICE_PLACES)).scaleb(-PRICE_PLACES)


def read(quantity: Decimal, unit: str | None, measure: Measure, units: Mapping[str, UnitRule]) -> Read | Refusal:
    """A quantity as entered, in stock units; or why it cannot be taken.

    Without a unit it is in stock units. Whole is asked for only of units that somebody chose.
    """
    chosen = (unit or measure.stock or "").lower()
    if not chosen:
        return Read(quantity)
    factors = scale(measure, units).factors
    rule = units.get(chosen)
    if rule is None:
        return Refusal("unit", "unknown_unit", f"There is no unit {unit}.")
    if chosen not in factors:
        return Refusal("unit", "unknown_unit", f"This product is not measured in {rule.code}.")
    if rule.whole and quantity != quantity.to_integral_value():
        return Refusal("quantity", "whole", f"{rule.code} is counted in whole numbers; {plain(quantity)} is not one.")
    return _in_stock(quantity, factors[chosen], measure, units)


def _in_stock(quantity: Decimal, factor: Fraction, measure: Measure, units: Mapping[str, UnitRule]) -> Read | Refusal:
    held = to_stock(quantity, factor)
    stock = units.get((measure.stock or EACH).lower())
    name = stock.code if stock else EACH
    if held is None:
        told = f"{plain(quantity)} is not a quantity of {name} with at most {PLACES} decimals."
        return Refusal("quantity", "not_exact", told)
    if measure.stock and stock and stock.whole and held != held.to_integral_value():
        told = f"Stock is counted in whole {name}; this would be {plain(held)}."
        return Refusal("quantity", "whole", told)
    return Read(held, factor)


def split(quantity: Decimal, factors: Sequence[tuple[str, Fraction]]) -> list[tuple[str, Fraction]]:
    """A stock quantity as so many of the largest unit, then of the next; the last takes the rest, so nothing is lost.

    `factors` are units with the stock units they hold. 27 bottles of 12 to a case are 2 cases and 3 bottles.
    """
    rest, parts = Fraction(quantity), []
    ordered = sorted(factors, key=lambda one: one[1], reverse=True)
    for place, (code, factor) in enumerate(ordered):
        last = place == len(ordered) - 1
        amount = rest / factor if last else Fraction(int(rest / factor))
        rest -= amount * factor
        if amount:
            parts.append((code, amount))
    return parts
