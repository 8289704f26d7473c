from __future__ import annotations

from decimal import Decimal
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.kits.domain import DEEPEST, CircleError, Part, TooDeepError, complete, flatten, limiting, part_covers


def named(word: str) -> UUID:
    return uuid5(NAMESPACE_OID, word)


def recipe(**quantities: str) -> list[Part]:
    return [Part(named(sku), Decimal(quantity)) for sku, quantity in quantities.items()]


def test_a_kit_within_a_kit_is_opened_and_what_is_met_twice_is_added_up() -> None:
    recipes = {named("BOX"): recipe(PACK="2", card="1"), named("PACK"): recipe(card="10", foil="0.5")}
    assert flatten(named("BOX"), recipes) == tuple(recipe(card="21", foil="1.0"))


def test_circles_and_depth_are_refused() -> None:
    with pytest.raises(CircleError):
        flatten(named("A"), {named("A"): recipe(B="1"), named("B"): recipe(A="1")})
    chain = {named(f"K{n}"): recipe(**{f"K{n + 1}": "1"}) for n in range(DEEPEST)}
    assert flatten(named("K0"), chain) == (Part(named(f"K{DEEPEST}"), Decimal(1)),)
    with pytest.raises(TooDeepError):
        flatten(named("K0"), chain | {named(f"K{DEEPEST}"): recipe(end="1")})


def test_the_scarcest_part_decides() -> None:
    parts = recipe(card="2", foil="0.3")
    held = {named("card"): Decimal(9), named("foil"): Decimal("0.95")}
    assert (complete(parts, held), limiting(parts, held)) == (Decimal(3), named("foil"))
    assert complete(parts, {named("card"): Decimal(9)}) == 0
    assert complete([], held) == 0
    assert part_covers(parts[0], Decimal(-3)) == 0


amounts = st.decimals("0.000001", 50, places=6, allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(amounts, st.decimals(0, 10_000, places=6)), min_size=1, max_size=5))
def test_so_many_can_be_made_and_not_one_more(shelf: list[tuple[Decimal, Decimal]]) -> None:
    parts = [Part(named(str(n)), quantity) for n, (quantity, _) in enumerate(shelf)]
    held = {named(str(n)): there for n, (_, there) in enumerate(shelf)}
    kits = complete(parts, held)
    assert all(held[part.sku_id] >= part.quantity * kits for part in parts)
    assert any(held[part.sku_id] < part.quantity * (kits + 1) for part in parts)
