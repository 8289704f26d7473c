"""Single rules of post(), each by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from onhand.kernel import new_id, now
from onhand.ledger.domain import Line, Move, Outcome, Posting, Release, Reserve, Set, State, Withhold

if TYPE_CHECKING:
    from tests.ledger.conftest import Connection, Shop

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def add(quantity: int | str, sku: str = "A", place: str = "MAIN") -> Move:
    return Move(sku=sku, warehouse=place, quantity=Decimal(quantity))


def promise(quantity: int, *, priority: int = 0, expires_at: datetime | None = None) -> Reserve:
    return Reserve(sku="A", warehouse="MAIN", quantity=Decimal(quantity), priority=priority, expires_at=expires_at)


def one(line: Line, **more: object) -> Posting:
    return Posting(lines=[line], **more)  # type: ignore[arg-type]  # the keywords are Posting's own


def problem(outcome: Outcome) -> tuple[Any, ...]:
    line = next(line for line in outcome.lines if line.problem)
    return line.problem, line.wanted, line.available


def test_a_refused_line_takes_its_posting_with_it_and_leaves_the_neighbours(shop: Shop, connection: Connection) -> None:
    answers = shop.post(connection, one(add(5)), Posting(lines=[add(-3), add(-3)]), one(add(-4)))
    assert [a.state for a in answers] == [State.POSTED, State.REFUSED, State.POSTED]
    assert problem(answers[1]) == ("not_enough_stock", 3, 2)
    assert shop.level("A") == (1, 0, 0)
    assert len(shop.ask("SELECT 1 FROM movement WHERE organization_id = %s")) == 2


def test_the_fault_is_named_by_line_code_and_place(shop: Shop, connection: Connection) -> None:
    lines = [add(1), add(1, "b"), add(-2, "b")]
    answer = shop.post(connection, Posting(lines=lines))[0]
    line = answer.lines[2]
    assert (line.line, line.sku, line.warehouse, line.problem) == (2, "B", "MAIN", "not_enough_stock")
    assert [each.problem for each in answer.lines[:2]] == [None, None]


def test_codes_ignore_case_and_ids_do_as_well(shop: Shop, connection: Connection) -> None:
    sku = shop.ask("SELECT id FROM sku WHERE organization_id = %s AND code = 'A'")[0][0]
    lines = [add(1, "a", "main"), Move(sku=sku, warehouse="MAIN", quantity=Decimal(2))]
    assert shop.post(connection, Posting(lines=lines))[0].ok
    assert shop.level("A") == (3, 0, 0)


def test_an_expired_promise_gives_way_before_anybody_is_refused(shop: Shop, connection: Connection) -> None:
    late = promise(4, expires_at=PAST)
    shop.post(connection, one(add(5)), one(late))
    answer = shop.post(connection, one(promise(3)))[0]
    assert answer.ok
    assert shop.level("A") == (5, 3, 0)
    assert shop.ask("SELECT status FROM reservation WHERE organization_id = %s AND id = %s", late.id) == [("expired",)]
    assert shop.ask("SELECT 1 FROM posting WHERE organization_id = %s AND reason = 'expired'") == [(1,)]


def test_a_promise_that_has_not_expired_stays(shop: Shop, connection: Connection) -> None:
    shop.post(connection, one(add(5)), one(promise(4, expires_at=now() + timedelta(minutes=5))))
    assert problem(shop.post(connection, one(promise(3)))[0]) == ("not_enough_stock", 3, 1)
    assert shop.level("A") == (5, 4, 0)


def test_an_expired_promise_cannot_be_shipped(shop: Shop, connection: Connection) -> None:
    late = promise(4, expires_at=PAST)
    shop.post(connection, one(add(5)), one(late))
    answer = shop.post(connection, one(Move(quantity=Decimal(-4), reservation=late.id)))[0]
    assert problem(answer)[0] == "reservation_closed"
    assert shop.level("A") == (5, 4, 0)


def test_a_shipment_takes_its_promise_in_parts(shop: Shop, connection: Connection) -> None:
    held = promise(5)
    shop.post(connection, one(add(6)), one(held))
    for quantity in (2, 3):
        assert shop.post(connection, one(Move(quantity=Decimal(-quantity), reservation=held.id), type="sale"))[0].ok
    too_much = shop.post(connection, one(Move(quantity=Decimal(-1), reservation=held.id)))[0]
    assert problem(too_much) == ("reservation_closed", 1, 0)
    assert shop.level("A") == (1, 0, 0)
    rows = shop.ask("SELECT status, open, taken FROM reservation WHERE organization_id = %s")
    assert rows == [("committed", 0, 5)]


def test_a_fact_breaks_the_least_important_and_newest_promises_first(shop: Shop, connection: Connection) -> None:
    old, new, dear = promise(2), promise(2), promise(2, priority=9)
    shop.post(connection, one(add(7)))
    for each in (dear, old, new):
        shop.post(connection, one(each))
    count = Set(sku="A", warehouse="MAIN", quantity=Decimal(3))
    answer = shop.post(connection, one(count, fact=True, type="count", document="C-1"))[0]
    assert answer.ok
    assert shop.level("A") == (3, 3, 0)
    held = dict(shop.ask("SELECT id, open FROM reservation WHERE organization_id = %s"))
    assert held == {dear.id: 2, old.id: 1, new.id: 0}
    rows = shop.ask("SELECT kind, quantity, document, reservation_id FROM shortage WHERE organization_id = %s")
    assert sorted(rows) == sorted([("promise", 1, "C-1", old.id), ("promise", 2, "C-1", new.id)])
    kinds = shop.ask("SELECT kind FROM event WHERE organization_id = %s AND kind = 'ledger.promise_broken'")
    assert len(kinds) == 2


def test_a_fact_breaks_a_promise_that_was_reopened_in_the_same_call(shop: Shop, connection: Connection) -> None:
    held = promise(2)
    shop.post(connection, one(add(2)), one(held))
    shop.post(connection, one(Move(quantity=Decimal(-2), reservation=held.id), type="sale"))
    back = Move(quantity=Decimal(1), reservation=held.id)
    apart = Withhold(sku="A", warehouse="MAIN", quantity=Decimal(1))
    shop.post(connection, one(back, fact=True, type="return"), one(apart, fact=True))
    assert shop.level("A") == (1, 0, 1)


def test_a_fact_takes_what_is_there_and_records_the_rest(shop: Shop, connection: Connection) -> None:
    shop.post(connection, one(add(3)), one(Withhold(sku="A", warehouse="MAIN", quantity=Decimal(1))))
    answer = shop.post(connection, one(add(-5), fact=True, type="sale", document="X-1"))[0]
    assert [answer.lines[0].quantity, answer.lines[0].shortage] == [-3, 2]
    assert shop.level("A") == (0, 0, 0)
    assert shop.ask("SELECT kind, quantity, document FROM shortage WHERE organization_id = %s") == [("fact", 2, "X-1")]


def test_a_fact_about_what_was_never_here_is_a_shortage(shop: Shop, connection: Connection) -> None:
    assert shop.post(connection, one(add(-2, "C"), fact=True))[0].lines[0].shortage == 2
    assert shop.level("C") == (0, 0, 0)


def test_even_a_fact_needs_a_known_sku(shop: Shop, connection: Connection) -> None:
    lines = [add(-1), add(-1, "NONE")]
    shop.post(connection, one(add(5)), one(promise(5)))
    answer = shop.post(connection, Posting(lines=lines, fact=True))[0]
    assert problem(answer)[0] == "unknown_sku"
    assert shop.level("A") == (5, 5, 0)


def test_what_is_set_apart_is_not_for_sale(shop: Shop, connection: Connection) -> None:
    shop.post(connection, one(add(5)), one(Withhold(sku="A", warehouse="MAIN", quantity=Decimal(4))))
    assert problem(shop.post(connection, one(promise(2)))[0]) == ("not_enough_stock", 2, 1)
    back = shop.post(connection, one(Withhold(sku="A", warehouse="MAIN", quantity=Decimal(-5))))[0]
    assert problem(back) == ("not_withheld", 5, 4)
    assert shop.level("A") == (5, 0, 4)


def test_a_set_sees_whether_the_world_changed(shop: Shop, connection: Connection) -> None:
    shop.post(connection, one(add(5)))
    stale = Set(sku="A", warehouse="MAIN", quantity=Decimal(9), expected=Decimal(4))
    assert problem(shop.post(connection, one(stale))[0])[:2] == ("level_changed", 4)
    fresh = Set(sku="A", warehouse="MAIN", quantity=Decimal(9), expected=Decimal(5))
    assert shop.post(connection, one(fresh))[0].lines[0].quantity == 4
    assert shop.level("A") == (9, 0, 0)


def test_repeating_gives_the_first_answer(shop: Shop, connection: Connection) -> None:
    posting = one(add(5))
    first = shop.post(connection, posting)[0]
    shop.post(connection, one(add(1)))
    again, twin = shop.post(connection, posting, posting)
    assert (again.state, twin.state) == (State.REPLAYED, State.REPLAYED)
    assert [again.lines[0].on_hand, first.lines[0].on_hand] == [5, 5]
    other = Posting(id=posting.id, lines=[add(6)])
    assert shop.post(connection, other)[0].state is State.OTHER_BODY
    assert shop.level("A") == (6, 0, 0)


def test_a_refused_id_may_be_tried_again(shop: Shop, connection: Connection) -> None:
    key = new_id()
    wish = Posting(id=key, lines=[add(-2)])
    answers = shop.post(connection, wish, one(add(2)), wish, wish)
    assert [a.state for a in answers] == [State.REFUSED, State.POSTED, State.POSTED, State.REPLAYED]
    assert shop.level("A") == (0, 0, 0)


def test_releasing_twice_is_refused_and_harmless(shop: Shop, connection: Connection) -> None:
    held = promise(2)
    shop.post(connection, one(add(2)), one(held))
    assert shop.post(connection, one(Release(reservation=held.id)))[0].ok
    assert problem(shop.post(connection, one(Release(reservation=held.id)))[0])[0] == "reservation_closed"
    assert problem(shop.post(connection, one(Release(reservation=new_id())))[0])[0] == "unknown_reservation"
    assert shop.level("A") == (2, 0, 0)


@pytest.mark.parametrize("quantity", ["0", "NaN", "Infinity", "-Infinity", "1e20"])
def test_what_is_no_quantity_is_refused(shop: Shop, connection: Connection, quantity: str) -> None:
    good, bad = shop.post(connection, one(add(1)), one(add(quantity)))
    assert (good.state, problem(bad)[0]) == (State.POSTED, "bad_quantity")
    assert shop.level("A") == (1, 0, 0)


def test_fractions_stay_exact(shop: Shop, connection: Connection) -> None:
    for _ in range(10):
        shop.post(connection, one(add("0.1")))
    assert shop.level("A") == (1, 0, 0)


def test_an_event_tells_what_was_touched_unless_silent(shop: Shop, connection: Connection) -> None:
    shop.post(connection, one(add(1)), one(add(1, "B")))
    shop.post(connection, one(add(1)), silent=True)
    shop.post(connection, one(add(-9)))
    rows = shop.ask("SELECT facts FROM event WHERE organization_id = %s AND kind = 'ledger.posted'")
    assert len(rows) == 1
    assert (len(rows[0][0]["sku_ids"]), len(rows[0][0]["warehouse_ids"])) == (2, 1)


def test_history_says_who_why_and_for_which_document(shop: Shop, connection: Connection) -> None:
    posting = one(add(1), type="purchase", reason="delivered", document="PO-7", reference_kind="purchase_order")
    shop.post(connection, posting)
    rows = shop.ask(
        """SELECT type, reason, document, reference_kind, actor_kind, actor_label, actor_address FROM posting
        WHERE organization_id = %s"""
    )
    assert rows == [("purchase", "delivered", "PO-7", "purchase_order", "user", "tester", "127.0.0.1")]


def test_text_that_looks_like_an_array_stays_text(shop: Shop, connection: Connection) -> None:
    reason = 'quo"te, {brace}, back\\slash, NULL, ünïcödé, 箱'
    shop.post(connection, one(add(1), reason=reason))
    shop.post(connection, one(add(1), reason="NULL"))
    found = {row[0] for row in shop.ask("SELECT reason FROM posting WHERE organization_id = %s")}
    assert found == {reason, "NULL"}
