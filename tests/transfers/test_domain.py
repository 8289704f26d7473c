"""Which way a transfer goes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.transfers.domain import NEXT, Carried, may_become, status_after

amounts = st.integers(0, 5).map(Decimal)


@given(received=amounts, lost=amounts, returned=amounts, rest=amounts)
def test_every_unit_is_somewhere(received: Decimal, lost: Decimal, returned: Decimal, rest: Decimal) -> None:
    line = Carried(received + lost + returned + rest, received, lost, returned)
    assert line.under_way == rest
    assert (status_after([line]) == "in_transit") == (rest > 0)


def test_it_is_cancelled_when_all_came_back_and_completed_when_anything_arrived() -> None:
    back, arrived = Carried(Decimal(2), returned=Decimal(2)), Carried(Decimal(2), received=Decimal(2))
    assert status_after([back]) == "cancelled"
    assert status_after([back, arrived]) == "completed"


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_nothing_follows_the_end(status: str) -> None:
    assert not any(may_become(status, wanted) for wanted in NEXT)
