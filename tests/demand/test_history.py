from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from onhand.demand.history import Floats, History, clean, closed_days, net_of_returns

MONDAY = date(2026, 1, 5)
COUNTS = st.integers(0, 50).map(float)


def a_history(
    sold: list[list[float]] | Floats, returned: Floats | None = None, missing: list[list[bool]] | None = None
) -> History:
    units = np.array(sold, dtype=np.float32)
    gone = None if missing is None else np.array(missing)
    return History(MONDAY, units, returned, gone, np.zeros(units.shape[1], dtype=bool))


def test_a_return_takes_off_the_latest_earlier_sales() -> None:
    sold = np.array([[5, 0, 3, 0, 4]], dtype=np.float32)
    returned = np.array([[0, 0, 0, 4, 0]], dtype=np.float32)
    assert net_of_returns(sold, returned).tolist() == [[4, 0, 0, 0, 4]]


def test_a_return_of_something_sold_before_the_history_is_dropped() -> None:
    sold, returned = np.array([[1, 5]], dtype=np.float32), np.array([[9, 0]], dtype=np.float32)
    assert net_of_returns(sold, returned).tolist() == [[0, 5]]


@settings(deadline=None)
@given(
    npst.arrays(np.float32, (3, 20), elements=COUNTS),
    npst.arrays(np.float32, (3, 20), elements=COUNTS),
)
def test_net_demand_is_never_negative_nor_more_than_sold(sold: Floats, returned: Floats) -> None:
    net = net_of_returns(sold, returned)
    assert (net >= 0).all()
    assert (net <= sold).all()
    assert (net.sum(axis=1) >= sold.sum(axis=1) - returned.sum(axis=1)).all()


def test_a_day_out_of_stock_is_unknown_and_not_zero() -> None:
    demand = clean(a_history([[2, 0, 0, 2]], missing=[[False, True, False, False]]))
    assert demand.seen.tolist() == [[1, 0, 1, 1]]


def test_days_before_the_first_sale_say_nothing() -> None:
    assert clean(a_history([[0, 0, 3, 0]])).seen.tolist() == [[0, 0, 1, 1]]


def test_a_bulk_order_is_flagged_and_cut() -> None:
    demand = clean(a_history([[2.0] * 30 + [500.0]]))
    assert demand.bulk_days.tolist() == [1]
    assert demand.capped[0, -1] < 70
    assert demand.units[0, -1] == 500


def test_a_day_on_which_nobody_sold_anything_is_closed_if_that_weekday_usually_sells() -> None:
    sold = np.ones((2, 28), dtype=np.float32)
    sold[:, 5::7] = 0  # no Saturdays
    sold[:, 14] = 0  # one Monday shut
    closed = closed_days(sold, MONDAY)
    assert np.flatnonzero(closed).tolist() == [14]


def test_what_came_later_is_not_known_before() -> None:
    history = a_history(np.arange(20, dtype=np.float32).reshape(2, 10))
    past = history.until(4)
    assert past.days == 4
    assert past.next_day == date(2026, 1, 9)
    assert past.sold.tolist() == history.sold[:, :4].tolist()
