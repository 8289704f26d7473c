"""Whatever is received, sold, carried, returned and taken back in whatever order, SQL and the page of Python agree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.costing.conftest import books
from tests.costing.model import Costs, Taken
from tests.ledger.conftest import Connection, Shop, make_shop

from onhand.ledger.domain import Move, Posting, State, reversal_id

if TYPE_CHECKING:
    from uuid import UUID

    from onhand.infra.settings import Settings

METHODS = ("fifo", "lifo", "average")
places = st.sampled_from(["MAIN", "EAST"])
amounts = st.integers(1, 9).map(Decimal) | st.decimals("0.001", "5", places=3)
costs = st.none() | st.decimals("0", "9.99", places=2)


class Books(RuleBasedStateMachine):
    shop: Shop
    connection: Connection
    admin: Connection
    settings_of_database: Settings
    method: str

    def __init__(self) -> None:
        super().__init__()
        self.shop = make_shop(self.settings_of_database, self.admin, ("A",))
        self.shop.admin.execute(
            "INSERT INTO costing_method (organization_id, method) VALUES (%s, %s)",
            (self.shop.actor.organization_id, self.method),
        )
        self.model = Costs(MAIN=self.method, EAST=self.method)
        self.sales: list[tuple[UUID, str, Decimal, Taken]] = []

    def post(self, *lines: Move, kind: Any = "adjustment") -> UUID:
        posting = Posting(lines=lines, type=kind)
        [outcome] = self.shop.post(self.connection, posting)
        assert outcome.state is State.POSTED, outcome
        return posting.id

    @rule(place=places, quantity=amounts, cost=costs)
    def receive(self, place: str, quantity: Decimal, cost: Decimal | None) -> None:
        self.post(Move(sku="A", warehouse=place, quantity=quantity, unit_cost=cost), kind="purchase")
        self.model.receive(place, quantity, cost)

    @rule(place=places, quantity=amounts)
    def sell(self, place: str, quantity: Decimal) -> None:
        quantity = min(quantity, self.model.levels[place].units)
        if quantity:
            sold = self.post(Move(sku="A", warehouse=place, quantity=-quantity), kind="sale")
            self.sales.append((sold, place, quantity, self.model.issue(place, quantity)))

    @rule(quantity=amounts, there=st.booleans())
    def carry(self, quantity: Decimal, there: bool) -> None:
        source, goal = ("MAIN", "EAST") if there else ("EAST", "MAIN")
        quantity = min(quantity, self.model.levels[source].units)
        if quantity:
            self.post(
                Move(sku="A", warehouse=source, quantity=-quantity),
                Move(sku="A", warehouse=goal, quantity=quantity, carried=True),
                kind="transfer",
            )
            self.model.carry(source, goal, quantity)

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if self.sales:
            sale = data.draw(st.sampled_from(self.sales))
            self.sales.remove(sale)
            posting_id, place, quantity, taken = sale
            undo = Move(sku="A", warehouse=place, quantity=quantity, undoes=1)
            made = Posting(id=reversal_id(posting_id), lines=[undo], type="sale", reverses_id=posting_id)
            assert self.shop.post(self.connection, made)[0].ok
            self.model.put_back(place, taken)

    @rule(data=st.data(), share=st.integers(1, 3))
    def come_back(self, data: st.DataObject, share: int) -> None:
        if self.sales:
            posting_id, place, quantity, taken = data.draw(st.sampled_from(self.sales))
            part = quantity if share == 1 else (quantity / share).quantize(Decimal("0.001"))
            if part:
                back = Move(sku="A", warehouse=place, quantity=part, returned_from=posting_id)
                self.post(back, kind="return")
                self.model.come_back(place, part, taken)

    @invariant()
    def agree(self) -> None:
        found = books(self.shop)
        for place, level in self.model.levels.items():
            expected = (level.units, level.value, level.uncosted)
            assert found.get(place, (0, 0, 0)) == expected, place


@pytest.mark.parametrize("method", METHODS)
def test_sql_and_the_page_of_python_agree(
    settings: Settings, connection: Connection, admin: Connection, method: str
) -> None:
    class Run(Books):
        pass

    Run.connection, Run.admin, Run.settings_of_database, Run.method = connection, admin, settings, method
    few = hypothesis_settings(
        max_examples=40,
        stateful_step_count=14,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    run_state_machine_as_test(Run, settings=few)
