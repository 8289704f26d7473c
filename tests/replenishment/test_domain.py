from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onhand.replenishment import domain, levels
from onhand.replenishment.domain import Demand, Position, Terms

UNITS = st.decimals(min_value=0, max_value=100_000, places=2)
STEPS = st.decimals(min_value=1, max_value=500, places=0)


def a_demand(mean: str = "20", limit: str = "35.2", review: str = "10", selling_days: int = 40) -> Demand:
    return Demand(Decimal(mean), Decimal(limit), Decimal(review), selling_days, history_days=200)


def levels_of(demand: Demand) -> domain.Levels:
    """The levels of one, worked out as for many."""
    numbers = (demand.mean, demand.limit, demand.review_mean)
    found = levels.levels(*(levels.thousandths(np.array([float(units)])) for units in numbers))
    point, safety, up_to = (int(column[0]) for column in (found.point, found.safety, found.up_to))
    return domain.Levels(Decimal(point), Decimal(safety) / levels.THOUSAND, Decimal(up_to))


def suggestion(demand: Demand, available: str, incoming: str = "0", **more: Decimal) -> domain.Suggestion:
    position = Position(Decimal(available), Decimal(incoming))
    return domain.suggest(levels_of(demand), demand, Terms(), position, **more)


def test_the_point_is_the_limit_in_whole_units() -> None:
    computed = levels_of(a_demand(limit="35.2"))
    assert computed == domain.Levels(point=Decimal(36), safety_stock=Decimal(16), up_to=Decimal(46))


def test_a_whole_limit_is_not_raised_by_float_dust() -> None:
    assert levels_of(a_demand(limit="35.0000000001")).point == 35


def test_low_means_available_below_the_point() -> None:
    assert suggestion(a_demand(), "35").low
    assert not suggestion(a_demand(), "36").low


def test_incoming_stock_is_not_ordered_twice() -> None:
    assert suggestion(a_demand(), "6").quantity == 40
    assert suggestion(a_demand(), "6", incoming="30").quantity == 10
    waiting = suggestion(a_demand(), "6", incoming="31")
    assert waiting == domain.Suggestion(Decimal(36), low=True, due=False, quantity=Decimal(0), reason="enough")


def test_at_the_point_exactly_it_is_time_to_order() -> None:
    assert suggestion(a_demand(), "36").due
    assert not suggestion(a_demand(), "37").due


def test_a_manual_point_rules_and_the_computed_one_stays_beside_it() -> None:
    computed = levels_of(a_demand())
    assert suggestion(a_demand(), "50", manual_point=Decimal(60)).due
    assert suggestion(a_demand(), "30", manual_point=Decimal(10)).reason == "enough"
    assert computed == levels_of(a_demand())


def test_a_manual_quantity_is_ordered_as_it_stands() -> None:
    assert suggestion(a_demand(), "6", manual_quantity=Decimal(500)).quantity == 500


def test_nothing_is_suggested_without_sales_history() -> None:
    found = suggestion(a_demand(selling_days=2), "0")
    assert found == domain.Suggestion(Decimal(36), low=True, due=False, quantity=Decimal(0), reason="no_history")


def test_a_person_may_order_without_sales_history() -> None:
    found = suggestion(a_demand("0", "0", "0", selling_days=0), "0", manual_point=Decimal(5))
    assert found.due
    assert found.quantity == 5


def test_what_nobody_wants_is_not_ordered() -> None:
    assert suggestion(a_demand("0", "0", "0"), "0").reason == "no_demand"


@given(UNITS, STEPS, STEPS)
def test_an_order_covers_the_need_in_whole_packs(need: Decimal, minimum: Decimal, pack: Decimal) -> None:
    terms = Terms(minimum_quantity=minimum, pack_size=pack)
    ordered = domain.round_up(need, terms)
    if need == 0:
        assert ordered == 0
        return
    assert ordered % pack == 0
    assert ordered >= max(need, minimum)
    assert ordered - pack < max(need, minimum)


@given(UNITS, UNITS, UNITS, UNITS, UNITS)
def test_after_the_order_the_position_is_above_the_point(
    mean: Decimal, more: Decimal, review: Decimal, available: Decimal, incoming: Decimal
) -> None:
    demand = Demand(mean, mean + more, review, 40, 200)
    computed = levels_of(demand)
    found = domain.suggest(computed, demand, Terms(), Position(available, incoming))
    assert found.due == (found.quantity > 0)
    if found.due:
        assert available + incoming <= computed.point
        assert available + incoming + found.quantity >= computed.up_to
    assert computed.point >= demand.limit
    assert computed.safety_stock >= 0


@given(UNITS, st.lists(UNITS, max_size=40))
def test_stock_lasts_until_the_day_before_it_runs_out(available: Decimal, daily: list[Decimal]) -> None:
    day = domain.stockout_on(available, daily, date(2026, 1, 1))
    if day is None:
        assert sum(daily) <= available
        return
    ahead = (day - date(2026, 1, 1)).days
    assert sum(daily[:ahead]) <= available < sum(daily[: ahead + 1])


def test_every_number_comes_with_its_formula() -> None:
    demand, terms, position = a_demand(), Terms(pack_size=Decimal(12)), Position(Decimal(6), Decimal(4))
    computed = levels_of(demand)
    said = domain.suggest(computed, demand, terms, position)
    steps = {step["name"]: step for step in domain.formula(demand, terms, computed, position, said)}
    assert steps["cover"] == {"name": "cover", "formula": "7 days lead time + 7 days review", "value": "14"}
    assert steps["point"]["value"] == "36"
    assert "95 %" in steps["point"]["formula"]
    assert steps["safety_stock"] == {"name": "safety_stock", "formula": "36 - 20", "value": "16"}
    assert steps["quantity"] == {"name": "quantity", "formula": "in packs of 12, at least 1", "value": "36"}
