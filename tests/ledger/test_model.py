"""Whatever is asked in whatever order, the SQL function and the page of Python agree."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.ledger.conftest import Connection, Shop, connect, make_shop, recorded
from tests.ledger.model import Model

from onhand.infra.addresses import app_url
from onhand.kernel import new_id
from onhand.ledger.domain import Line, Move, Outcome, Posting, Release, Reserve, Set, State, Withhold, reversed_by

if TYPE_CHECKING:
    from uuid import UUID

    from onhand.infra.settings import Settings

SKUS = ("A", "B")
PLACES = ("MAIN", "EAST")
PAST = datetime(2020, 1, 1, tzinfo=UTC)
STATES = {State.POSTED: "posted", State.REPLAYED: "replayed", State.OTHER_BODY: "other body"}

skus = st.sampled_from(SKUS)
places = st.sampled_from(PLACES)
amounts = st.integers(1, 6).map(Decimal)
signed = st.integers(-6, 6).filter(bool).map(Decimal)


def said(outcome: Outcome) -> str:
    if outcome.state is State.REFUSED:
        return next(line.problem for line in outcome.lines if line.problem)
    return STATES[outcome.state]


class Ledger(RuleBasedStateMachine):
    shop: Shop
    connection: Connection
    admin: Connection
    settings_of_database: Settings

    def __init__(self) -> None:
        super().__init__()
        self.shop = make_shop(self.settings_of_database, self.admin, SKUS)
        self.model = Model()
        self.promises: list[UUID] = [new_id()]  # the first is never made
        self.posted: list[Posting] = []

    def reservation(self, data: st.DataObject) -> UUID:
        return data.draw(st.sampled_from(self.promises), "reservation")

    def line(self, data: st.DataObject) -> Line:
        kind = data.draw(st.sampled_from(["move", "move", "ship", "reserve", "release", "withhold", "set"]), "kind")
        if kind == "ship":
            return Move(quantity=data.draw(signed), reservation=self.reservation(data))
        if kind == "release":
            return Release(reservation=self.reservation(data), quantity=data.draw(st.none() | amounts))
        sku, warehouse = data.draw(skus, "sku"), data.draw(places, "place")
        if kind == "move":
            cost = data.draw(st.none() | amounts, "cost")
            return Move(sku=sku, warehouse=warehouse, quantity=data.draw(signed), unit_cost=cost)
        if kind == "withhold":
            return Withhold(sku=sku, warehouse=warehouse, quantity=data.draw(signed))
        if kind == "set":
            seen = data.draw(st.none() | amounts, "expected")
            return Set(sku=sku, warehouse=warehouse, quantity=data.draw(amounts), expected=seen)
        made = Reserve(
            sku=sku,
            warehouse=warehouse,
            quantity=data.draw(amounts),
            priority=data.draw(st.integers(0, 2)),
            expires_at=PAST if data.draw(st.booleans(), "late") else None,
        )
        self.promises.append(made.id)
        return made

    def call_some(self, postings: list[Posting]) -> None:
        if postings:
            self.call(postings)

    def call(self, postings: list[Posting]) -> None:
        expected = self.model.call(postings)
        found = self.shop.post(self.connection, *postings)
        assert [said(outcome) for outcome in found] == expected

    @rule(data=st.data(), fact=st.booleans(), count=st.integers(1, 3))
    def post(self, data: st.DataObject, fact: bool, count: int) -> None:
        postings = [
            Posting(lines=[self.line(data) for _ in range(data.draw(st.integers(1, 3), "lines"))], fact=fact)
            for _ in range(count)
        ]
        self.posted += postings
        self.call(postings)

    @rule(quantity=amounts, sku=skus, place=places)
    def receive(self, quantity: Decimal, sku: str, place: str) -> None:
        self.call([Posting(lines=[Move(sku=sku, warehouse=place, quantity=quantity, unit_cost=Decimal(2))])])

    @rule(quantity=amounts, sku=skus)
    def transfer(self, quantity: Decimal, sku: str) -> None:
        ends = [Move(sku=sku, warehouse=place, quantity=sign * quantity) for place, sign in (("MAIN", -1), ("EAST", 1))]
        self.call([Posting(lines=ends, type="transfer")])

    @rule(data=st.data())
    def reserve_and_ship_in_one_call(self, data: st.DataObject) -> None:
        sku, place, quantity = data.draw(skus), data.draw(places), data.draw(amounts)
        made = Reserve(sku=sku, warehouse=place, quantity=quantity)
        self.promises.append(made.id)
        shipped = Move(sku=sku, warehouse=place, quantity=-quantity, reservation=made.id)
        self.call([Posting(lines=[made]), Posting(lines=[shipped], type="sale")])

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        if self.posted:
            self.call_some(self.undo(data.draw(st.sampled_from(self.posted), "undo")))

    def undo(self, posting: Posting) -> list[Posting]:
        """The reversal, its ids put back into codes, which are what the model knows."""
        rows = recorded(self.shop, posting.id)
        made = reversed_by(posting.id, rows, "reversed") if rows else None
        if made is None:
            return []
        codes = dict(self.shop.ask("SELECT id, code FROM sku WHERE organization_id = %s"))
        codes |= dict(self.shop.ask("SELECT id, code FROM warehouse WHERE organization_id = %s"))
        placed = [i for i in made.lines if isinstance(i, Move | Withhold)]
        named = [replace(i, sku=codes[i.sku], warehouse=codes[i.warehouse]) for i in placed]
        return [replace(made, lines=named)]

    @rule(data=st.data(), other=st.booleans())
    def repeat(self, data: st.DataObject, other: bool) -> None:
        if self.posted:
            again = data.draw(st.sampled_from(self.posted), "again")
            lines = [*again.lines, *again.lines] if other else again.lines
            twin = Posting(id=again.id, lines=lines, fact=again.fact)
            self.call([twin, twin])

    @invariant()
    def agree(self) -> None:
        books = self.model.books
        levels = {
            (row[0], row[1]): row[2:]
            for row in self.shop.ask(
                """SELECT s.code, w.code, v.on_hand, v.reserved, v.unavailable
                FROM level v JOIN sku s ON s.id = v.sku_id
                JOIN warehouse w ON w.id = v.warehouse_id WHERE v.organization_id = %s"""
            )
        }
        known = {k: (v.on_hand, v.reserved, v.unavailable) for k, v in books.levels.items()}
        assert {k: v for k, v in levels.items() if any(v)} == {k: v for k, v in known.items() if any(v)}
        promises = self.shop.ask("SELECT id, quantity, open, taken FROM reservation WHERE organization_id = %s")
        assert {r[0]: r[1:] for r in promises} == {p.id: (p.quantity, p.open, p.taken) for p in books.promises.values()}
        short = self.shop.ask("SELECT coalesce(sum(quantity), 0) FROM shortage WHERE organization_id = %s")
        assert short[0][0] == books.short

    @invariant()
    def layers_cover_what_is_there(self) -> None:
        wrong = self.shop.ask(
            """SELECT v.on_hand, v.value, v.uncosted, c.* FROM level v LEFT JOIN LATERAL (
                SELECT coalesce(sum(c.remaining), 0) AS remaining, coalesce(sum(c.value), 0) AS value,
                    coalesce(sum(c.remaining) FILTER (WHERE c.value IS NULL), 0) AS uncosted
                FROM cost_layer c WHERE c.organization_id = v.organization_id AND c.sku_id = v.sku_id
                    AND c.warehouse_id = v.warehouse_id) c ON true
            WHERE v.organization_id = %s
                AND (v.on_hand, v.value, v.uncosted) IS DISTINCT FROM (c.remaining, c.value, c.uncosted)"""
        )
        assert wrong == []

    def teardown(self) -> None:
        wrong = self.shop.ask(
            """SELECT * FROM (SELECT m.balance, m.available, m.id,
            sum(m.quantity) OVER w AS hand, sum(m.quantity - m.reserved - m.unavailable) OVER w AS free
            FROM movement m WHERE m.organization_id = %s
            WINDOW w AS (PARTITION BY m.sku_id, m.warehouse_id ORDER BY m.id)) t
            WHERE hand <> balance OR free <> available"""
        )
        assert wrong == []


@pytest.fixture
def machine(settings: Settings, admin: Connection) -> Iterator[type[Ledger]]:
    with connect(app_url(settings)) as opened:
        attributes: dict[str, Any] = {"connection": opened, "admin": admin, "settings_of_database": settings}
        yield type("Machine", (Ledger,), attributes)


def test_the_function_and_the_model_agree(machine: type[Ledger]) -> None:
    run_state_machine_as_test(
        machine,
        settings=hypothesis_settings(
            max_examples=int(os.environ.get("EXAMPLES", "25")),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=(Phase.explicit, Phase.generate, Phase.shrink)
            if os.environ.get("SHRINK")
            else (Phase.explicit, Phase.generate),
            report_multiple_bugs=False,
        ),
    )
