"""The rules: shares add up, and an amount follows the goods."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.costing.domain import Effect, Layer, PoolStep, Use, dilute, follow, shares, trail

SKU, MAIN, EAST = uuid4(), uuid4(), uuid4()
BUY, SALE, MOVE, BACK = uuid4(), uuid4(), uuid4(), uuid4()
money = st.decimals("0", "100000", places=6)
measures = st.lists(st.decimals("0", "1000", places=3), min_size=1, max_size=8).filter(any)


def a_layer(
    quantity: int, remaining: int, value: str | None = "0", *, origin: UUID | None = None, posting: UUID = BUY
) -> Layer:
    worth = None if value is None else Decimal(value)
    return Layer(uuid4(), SKU, MAIN, posting, 1, Decimal(quantity), Decimal(remaining), worth, origin)


def a_use(layer: Layer, quantity: int, posting: UUID = SALE, *, known: bool = True) -> Use:
    return Use(layer.id, posting, 1, Decimal(quantity), known)


@given(money, measures)
def test_shares_always_add_up(amount: Decimal, by: list[Decimal]) -> None:
    parts = shares(amount, by)
    assert sum(parts) == amount
    assert all(abs(part - amount * one / sum(by)) <= Decimal("0.00001") for part, one in zip(parts, by, strict=True))


def test_nothing_to_share_by_is_said() -> None:
    with pytest.raises(ValueError, match="nothing"):
        shares(Decimal(1), [Decimal(0), Decimal(0)])


def test_what_is_left_stays_in_stock_and_what_was_sold_corrects_the_sale() -> None:
    layer = a_layer(10, 4, "40")
    effect = Effect()
    follow(trail([layer], [a_use(layer, 6)]), layer.id, Decimal(5), effect)
    assert effect.layers == {layer.id: Decimal(2)}
    assert effect.lines == {((SALE, 1), layer.id): Decimal(3)}


def test_an_amount_follows_goods_to_another_warehouse() -> None:
    first = a_layer(10, 4, "40")
    second = a_layer(6, 2, "20", origin=first.id, posting=MOVE)
    uses = [a_use(first, 6, MOVE), a_use(second, 4)]
    effect = Effect()
    follow(trail([first, second], uses), first.id, Decimal(10), effect)
    assert effect.layers == {first.id: Decimal(4), second.id: Decimal(2)}
    assert effect.lines == {((SALE, 1), second.id): Decimal(4)}


def test_what_came_back_takes_its_part_out_of_the_sale() -> None:
    first = a_layer(10, 4, "40")
    back = a_layer(2, 2, "20", origin=first.id, posting=BACK)
    effect = Effect()
    follow(trail([first, back], [a_use(first, 6)]), first.id, Decimal(10), effect)
    assert effect.layers == {first.id: Decimal(4), back.id: Decimal(2)}
    assert effect.lines == {((SALE, 1), first.id): Decimal(6), ((BACK, 1), first.id): Decimal(-2)}


def test_what_nobody_knew_is_known_wherever_it_went() -> None:
    first = a_layer(10, 4, None)
    effect = Effect()
    follow(trail([first], [a_use(first, 6, known=False)]), first.id, Decimal(30), effect)
    assert effect.layers == {first.id: Decimal(12)}
    assert effect.lines == {((SALE, 1), first.id): Decimal(18)}
    assert effect.uncosted == {((SALE, 1), first.id): Decimal(-6)}


def test_a_layer_is_never_worth_less_than_nothing() -> None:
    layer = a_layer(3, 1, "0.000001")
    effect = Effect()
    follow(trail([layer], [a_use(layer, 2)]), layer.id, Decimal(-1), effect)
    assert effect.layers == {layer.id: Decimal("-0.000001")}
    assert effect.stock + effect.sold == Decimal(-1)


@given(
    st.integers(1, 50).flatmap(lambda q: st.tuples(st.just(q), st.lists(st.integers(1, q), max_size=6))),
    st.decimals("-1000", "1000", places=6),
)
def test_nothing_is_lost_on_the_way(drawn: tuple[int, list[int]], amount: Decimal) -> None:
    quantity, wanted = drawn
    uses: list[int] = []
    for one in wanted:
        if sum(uses) + one <= quantity:
            uses.append(one)
    layer = a_layer(quantity, quantity - sum(uses), "100000")
    effect = Effect()
    taken = [Use(layer.id, uuid4(), 1, Decimal(one), known=True) for one in uses]
    follow(trail([layer], taken), layer.id, amount, effect)
    assert effect.stock + effect.sold == amount


def test_a_pool_gives_the_same_part_of_everything() -> None:
    steps = [
        PoolStep(SALE, 1, Decimal(5), Decimal(20)),
        PoolStep(BUY, 1, Decimal(-15), Decimal(15)),
        PoolStep(MOVE, 1, Decimal(30), Decimal(30)),
    ]
    left, taken = dilute(Decimal(8), steps[:2])
    assert (left, taken) == (Decimal(6), [((SALE, 1), Decimal(2))])
    left, taken = dilute(Decimal(8), steps)
    assert (left, [part for _, part in taken]) == (Decimal(0), [Decimal(2), Decimal(6)])
