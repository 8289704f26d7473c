"""Conversion is exact, or refused: nothing is lost or made on the way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.units import domain
from onhand.units.domain import Link, Measure, UnitRule

UNITS = {code: UnitRule(code, dimension, factor, whole) for code, _, dimension, factor, whole in domain.DEFAULTS}
WINE = Measure("bottle", "case", None, (Link("case", "bottle", Fraction(12)), Link("bottle", "ml", Fraction(750))))
FACTORS = st.fractions(min_value=Fraction(1, 10_000), max_value=10_000, max_denominator=10_000)
QUANTITIES = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=6)


def test_a_chain_is_followed_both_ways_and_on_within_a_dimension() -> None:
    found = domain.scale(WINE, UNITS)
    assert found.factors["case"] == 12
    assert found.factors["ml"] == Fraction(1, 750)
    assert found.factors["l"] == Fraction(4, 3)
    assert "kg" not in found.factors
    assert (found.contradiction, found.loose) == (None, ())


def test_two_ways_that_disagree_are_found() -> None:
    wrong = Measure(
        "bottle", links=(Link("case", "bottle", Fraction(12)), Link("case", "l", Fraction(8)), *WINE.links[1:])
    )
    found = domain.scale(wrong, UNITS)
    assert found.contradiction is not None
    assert found.contradiction[0] in UNITS


def test_a_unit_that_no_way_leads_to_is_named() -> None:
    assert domain.scale(Measure("g", links=(Link("pallet", "case", Fraction(40)),)), UNITS).loose == ("case", "pallet")


@given(quantity=QUANTITIES, factor=FACTORS)
def test_no_round_trip_loses_or_makes_a_gram(quantity: Decimal, factor: Fraction) -> None:
    held = domain.to_stock(quantity, factor)
    if held is None:
        assert (Fraction(quantity) * factor * 10**6).denominator != 1 or abs(Fraction(quantity) * factor) > 10**12
    else:
        assert domain.from_stock(held, factor) == Fraction(quantity)
    back = domain.exact(domain.from_stock(quantity, factor))
    if back is not None:
        assert domain.to_stock(back, factor) == quantity


@given(st.data())
def test_no_walk_through_all_units_of_a_dimension_loses_or_makes_a_gram(data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(["mass", "volume", "length", "count", "time"]))
    codes = [code for code, rule in UNITS.items() if rule.dimension == dimension]
    walk = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=6))
    start = Fraction(data.draw(QUANTITIES))
    amount, here = start, walk[0]
    for code in [*walk[1:], walk[0]]:
        factors = domain.scale(Measure(code), UNITS).factors
        amount, here = amount * factors[here], code
    assert amount == start


@given(
    quantity=st.decimals(min_value=0, max_value=1_000_000, places=6), holds=st.lists(FACTORS, min_size=1, max_size=4)
)
def test_a_quantity_taken_apart_into_units_is_the_same_quantity(quantity: Decimal, holds: list[Fraction]) -> None:
    factors = [(f"u{n}", factor) for n, factor in enumerate(holds)]
    parts = domain.split(quantity, factors)
    assert sum((amount * dict(factors)[code] for code, amount in parts), Fraction(0)) == Fraction(quantity)
    assert all(amount > 0 for _, amount in parts)


def test_bottles_are_told_in_cases_and_bottles() -> None:
    assert domain.split(Decimal(27), [("bottle", Fraction(1)), ("case", Fraction(12))]) == [
        ("case", Fraction(2)),
        ("bottle", Fraction(3)),
    ]


@pytest.mark.parametrize(
    ("quantity", "unit", "stock"),
    [("2", "case", "24"), ("1", "CASE", "12"), ("3", None, "3"), ("750", "ml", "1"), ("1.5", "l", "2")],
)
def test_a_quantity_in_any_unit_of_the_product_becomes_stock(quantity: str, unit: str | None, stock: str) -> None:
    read = domain.read(Decimal(quantity), unit, WINE, UNITS)
    assert not isinstance(read, domain.Refusal)
    assert read.quantity == Decimal(stock)


@pytest.mark.parametrize(
    ("quantity", "unit", "measure", "part", "code"),
    [
        ("1", "furlong", WINE, "unit", "unknown_unit"),
        ("1", "kg", WINE, "unit", "unknown_unit"),
        ("1", "ml", WINE, "quantity", "not_exact"),
        ("0.5", "dozen", Measure(), "quantity", "whole"),
        ("0.5", None, Measure("each"), "quantity", "whole"),
        ("1", "case", Measure("each", links=(Link("case", "each", Fraction(1, 2)),)), "quantity", "whole"),
        ("1000000", "case", Measure("mg", links=(Link("case", "kg", Fraction(10)),)), "quantity", "not_exact"),
    ],
)
def test_what_cannot_be_said_exactly_is_refused(
    quantity: str, unit: str | None, measure: Measure, part: str, code: str
) -> None:
    refusal = domain.read(Decimal(quantity), unit, measure, UNITS)
    assert isinstance(refusal, domain.Refusal)
    assert (refusal.part, refusal.code) == (part, code)


def test_parts_of_a_piece_are_taken_while_nobody_said_how_it_is_counted() -> None:
    assert domain.read(Decimal("0.5"), None, Measure(), UNITS) == domain.Read(Decimal("0.5"))


def test_a_price_per_case_is_told_per_bottle_to_twelve_places() -> None:
    assert domain.per_stock(Decimal(100), Fraction(12)) == Decimal("8.333333333333")
    assert domain.per_stock(Decimal("0.1"), Fraction(1)) == Decimal("0.1")
