"""Bins, lots and serials under post(): what is picked, what is refused, and that holdings add up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.conftest import recorded

from onhand.kernel import Actor
from onhand.ledger.domain import Move, Outcome, Posting, Relocate, Reserve, Set, State, Withhold, reversed_by
from onhand.ledger.errors import refusal

if TYPE_CHECKING:
    from tests.ledger.conftest import Connection, Shop

SOON, LATER, GONE = date(2090, 1, 1), date(2091, 1, 1), date(2020, 1, 1)


def move(quantity: int | str, place: str = "MAIN", **piece: Any) -> Move:
    return Move(sku="A", warehouse=place, quantity=Decimal(quantity), **piece)


def post(shop: Shop, connection: Connection, *lines: Any, **around: Any) -> Outcome:
    around.setdefault("type", "purchase" if lines[0].quantity > 0 else "sale")
    return shop.post(connection, Posting(lines=lines, **around))[0]


def bins(shop: Shop, *codes: str, kind: str = "storage") -> None:
    """Bins at MAIN, to be picked in the order given."""
    for number, code in enumerate(codes):
        shop.ask(
            """INSERT INTO bin (organization_id, warehouse_id, code, type, pick_order)
            SELECT t.shop, w.id, t.code, t.kind, t.n FROM warehouse w,
                (SELECT %s::uuid AS shop, %s AS code, %s AS kind, %s::integer AS n) t
            WHERE w.organization_id = t.shop AND w.code = 'MAIN' RETURNING 1""",
            code,
            kind,
            number,
        )


def lot(shop: Shop, code: str, expires: date | None, status: str = "open") -> None:
    shop.ask(
        """INSERT INTO lot (organization_id, sku_id, code, expires_on, status)
        SELECT s.organization_id, s.id, t.code, t.expires, t.status FROM sku s,
            (SELECT %s::uuid AS shop, %s AS code, %s::date AS expires, %s AS status) t
        WHERE s.organization_id = t.shop AND s.code = 'A' RETURNING 1""",
        code,
        expires,
        status,
    )


def track(shop: Shop, *columns: str) -> None:
    for column in columns:
        shop.ask(f"UPDATE sku SET {column} = true WHERE organization_id = %s AND code = 'A' RETURNING 1")


def holdings(shop: Shop) -> dict[Any, Any]:
    """(bin, lot, serial, warehouse) → on hand, unavailable; emptied ones left out."""
    rows = shop.ask(
        """SELECT b.code, l.code, s.code, w.code, h.on_hand, h.unavailable FROM holding h
        JOIN warehouse w ON w.id = h.warehouse_id
        LEFT JOIN bin b ON b.id = h.bin_id LEFT JOIN lot l ON l.id = h.lot_id LEFT JOIN serial s ON s.id = h.serial_id
        WHERE h.organization_id = %s AND h.on_hand > 0"""
    )
    return {tuple(row[:4]): (row[4], row[5]) for row in rows}


def lots(shop: Shop) -> dict[Any, Any]:
    return {key[1]: value[0] for key, value in holdings(shop).items()}


def said(outcome: Outcome) -> str:
    error = refusal(outcome)
    return error.code.removeprefix("ledger.") if error else "posted"


@pytest.fixture
def lotted(shop: Shop, connection: Connection) -> Shop:
    """SKU A kept by lot: 5 of LATE, 5 of EARLY, 2 that have expired."""
    track(shop, "tracks_lots")
    lot(shop, "LATE", LATER)
    lot(shop, "EARLY", SOON)
    lot(shop, "OLD", GONE)
    assert post(shop, connection, move(5, lot="LATE"), move(5, lot="early"), move(2, lot="OLD")).ok
    return shop


def test_what_expires_first_is_taken_first_and_what_has_expired_is_not_sold(
    lotted: Shop, connection: Connection
) -> None:
    assert post(lotted, connection, move(-7)).ok
    assert lots(lotted) == {"LATE": 3, "OLD": 2}
    refused = post(lotted, connection, move(-4))
    assert said(refused) == "lot_expired"
    assert lots(lotted) == {"LATE": 3, "OLD": 2}
    assert lotted.level("A") == (5, 0, 0)


def test_an_expired_lot_is_sold_only_for_a_reason_that_permits_it(lotted: Shop, connection: Connection) -> None:
    assert said(post(lotted, connection, move(-1, lot="OLD"))) == "lot_expired"
    lotted.ask(
        """INSERT INTO reason (organization_id, code, name, types, permits_expired)
        VALUES (%s, 'staff', 'To our staff', '{sale}', true) RETURNING 1"""
    )
    assert post(lotted, connection, move(-1, lot="OLD"), reason="Staff").ok
    assert lots(lotted)["OLD"] == 1
    reasons = lotted.ask("SELECT reason FROM posting WHERE organization_id = %s AND type = 'sale'")
    assert reasons == [("Staff",)]


def test_an_expired_lot_may_be_wasted_and_a_fact_may_have_sold_it(lotted: Shop, connection: Connection) -> None:
    assert post(lotted, connection, move(-1, lot="OLD"), type="waste").ok
    assert post(lotted, connection, move(-1, lot="OLD"), fact=True).ok
    assert "OLD" not in lots(lotted)


def test_a_held_lot_is_neither_sold_nor_counted_as_available(lotted: Shop, connection: Connection) -> None:
    lot(lotted, "RECALLED", LATER, "held")
    assert post(lotted, connection, move(4, lot="RECALLED")).ok
    assert lotted.level("A") == (16, 0, 4)
    assert said(post(lotted, connection, move(-1, lot="RECALLED"))) == "lot_held"
    assert post(lotted, connection, move(-4, lot="RECALLED"), type="waste").ok
    assert lotted.level("A") == (12, 0, 0)


def test_first_expired_first_can_be_enforced(lotted: Shop, connection: Connection) -> None:
    assert post(lotted, connection, move(-1, lot="LATE")).ok
    track(lotted, "first_expired_first")
    assert said(post(lotted, connection, move(-1, lot="LATE"))) == "earlier_lot_first"
    assert post(lotted, connection, move(-1, lot="LATE"), fact=True).ok
    assert post(lotted, connection, move(-5, lot="EARLY"), move(-1, lot="LATE")).ok


def test_receiving_asks_for_the_lot_and_makes_one_that_is_new(shop: Shop, connection: Connection) -> None:
    track(shop, "tracks_lots")
    assert said(post(shop, connection, move(1))) == "lot_needed"
    assert shop.ask("SELECT 1 FROM lot WHERE organization_id = %s") == []
    assert post(shop, connection, move(1, lot="Neu 🍋"), move(2, lot="NEU 🍋")).ok
    assert lots(shop) == {"Neu 🍋": 3}
    assert post(shop, connection, move(1), fact=True).ok, "a fact is not refused for want of a name"
    assert shop.level("A")[0] == 4


def test_a_refused_receipt_makes_no_lot(shop: Shop, connection: Connection) -> None:
    assert not post(shop, connection, move(1, lot="X"), move(-5)).ok
    assert shop.ask("SELECT 1 FROM lot WHERE organization_id = %s") == []


def test_unknown_names_are_said(shop: Shop, connection: Connection) -> None:
    post(shop, connection, move(5))
    assert said(post(shop, connection, move(-1, lot="NONE"))) == "unknown_lot"
    assert said(post(shop, connection, move(-1, serial="NONE"))) == "unknown_serial"
    assert said(post(shop, connection, move(1, bin="NONE"))) == "unknown_bin"
    assert shop.level("A") == (5, 0, 0)


def test_a_piece_is_at_one_place_only(shop: Shop, connection: Connection) -> None:
    track(shop, "tracks_serials")
    assert said(post(shop, connection, move(2, serial="S1"))) == "serial_not_one"
    assert said(post(shop, connection, move(1))) == "serial_needed"
    assert said(post(shop, connection, move(1, serial="S1"), move(1, serial="s1"))) == "serial_twice"
    assert post(shop, connection, move(1, serial="S1"), move(1, serial="S2")).ok
    again = post(shop, connection, move(1, "EAST", serial="S1"))
    assert said(again) == "serial_twice"
    assert "MAIN" in str(refusal(again))
    assert said(post(shop, connection, move(-1))) == "serial_needed"
    assert post(shop, connection, move(-1, serial="S1")).ok
    assert post(shop, connection, move(1, "EAST", serial="S1")).ok
    assert {key[2:] for key in holdings(shop)} == {("S2", "MAIN"), ("S1", "EAST")}


def test_many_serials_in_one_document(shop: Shop, connection: Connection) -> None:
    track(shop, "tracks_serials")
    lines = [move(1, serial=f"P{number:05}") for number in range(3_000)]
    assert post(shop, connection, *lines).ok
    assert shop.level("A")[0] == 3_000
    assert shop.ask("SELECT count(*) FROM holding WHERE organization_id = %s") == [(3_000,)]
    assert said(post(shop, connection, move(1, serial="NEW"), move(1, serial="P00042"))) == "serial_twice"
    assert shop.ask("SELECT count(*) FROM serial WHERE organization_id = %s") == [(3_000,)]


def test_bins_are_picked_in_their_order_and_loose_stock_last(shop: Shop, connection: Connection) -> None:
    bins(shop, "B1", "B2")
    assert post(shop, connection, move(3), move(2, bin="B2"), move(2, bin="B1")).ok
    assert post(shop, connection, move(-3)).ok
    assert holdings(shop) == {("B2", None, None, "MAIN"): (1, 0)}
    assert post(shop, connection, move(-2)).ok
    assert holdings(shop) == {}
    assert shop.level("A") == (2, 0, 0)


def test_a_bin_that_holds_too_little_is_said_with_what_it_holds(shop: Shop, connection: Connection) -> None:
    bins(shop, "B1")
    post(shop, connection, move(10), move(2, bin="B1"))
    refused = post(shop, connection, move(-3, bin="B1"))
    line = next(line for line in refused.lines if line.problem)
    assert line.problem == "not_enough_stock"
    assert [line.wanted, line.available] == [3, 2]
    assert post(shop, connection, move(-3, bin="B1"), fact=True).ok
    assert shop.level("A") == (9, 0, 0)
    assert holdings(shop) == {}


def test_what_lies_in_quarantine_is_unavailable(shop: Shop, connection: Connection) -> None:
    bins(shop, "Q", kind="quarantine")
    bins(shop, "B1")
    assert post(shop, connection, move(3, bin="Q"), move(2, bin="B1")).ok
    assert shop.level("A") == (5, 0, 3)
    assert said(post(shop, connection, move(-3))) == "not_enough_stock"
    out = Relocate(sku="A", warehouse="MAIN", quantity=Decimal(2), bin="Q", to_bin="B1")
    assert post(shop, connection, out, type="transfer").ok
    assert shop.level("A") == (5, 0, 1)
    assert post(shop, connection, move(-4)).ok
    assert holdings(shop) == {("Q", None, None, "MAIN"): (1, 1)}


def test_putting_away_takes_what_lies_loose(shop: Shop, connection: Connection) -> None:
    bins(shop, "B1", "B2")
    post(shop, connection, move(5))
    away = Relocate(sku="A", warehouse="MAIN", quantity=Decimal(4), to_bin="B1")
    put = post(shop, connection, away, type="transfer")
    assert [line.quantity for line in put.lines] == [4]
    assert said(post(shop, connection, away, type="transfer")) == "not_enough_stock"
    over = Relocate(sku="A", warehouse="MAIN", quantity=Decimal(1), bin="B1", to_bin="B2", to_lot="L1")
    assert post(shop, connection, over, type="transfer").ok
    assert holdings(shop) == {("B1", None, None, "MAIN"): (3, 0), ("B2", "L1", None, "MAIN"): (1, 0)}
    assert shop.level("A") == (5, 0, 0)
    same = Relocate(sku="A", warehouse="MAIN", quantity=Decimal(1), bin="B1", to_bin="b1")
    assert said(post(shop, connection, same, type="transfer")) == "nowhere_else"


def test_promised_stock_is_relocated_but_not_into_quarantine(shop: Shop, connection: Connection) -> None:
    bins(shop, "B1", "B2")
    bins(shop, "Q", kind="damaged")
    post(shop, connection, move(2, bin="B1"))
    promise = Reserve(sku="A", warehouse="MAIN", quantity=Decimal(2))
    assert shop.post(connection, Posting(lines=[promise]))[0].ok
    good = Relocate(sku="A", warehouse="MAIN", quantity=Decimal(2), bin="B1", to_bin="B2")
    assert post(shop, connection, good, type="transfer").ok
    bad = Relocate(sku="A", warehouse="MAIN", quantity=Decimal(1), bin="B2", to_bin="Q")
    assert said(post(shop, connection, bad, type="transfer")) == "not_enough_stock"
    assert post(shop, connection, bad, type="transfer", fact=True).ok
    assert shop.level("A") == (2, 1, 1)


def test_setting_a_piece_apart_and_free_again(lotted: Shop, connection: Connection) -> None:
    apart = Withhold(sku="A", warehouse="MAIN", quantity=Decimal(3), lot="EARLY")
    assert post(lotted, connection, apart, type="adjustment").ok
    assert lotted.level("A") == (12, 0, 3)
    too_much = Withhold(sku="A", warehouse="MAIN", quantity=Decimal(3), lot="EARLY")
    assert said(post(lotted, connection, too_much, type="adjustment")) == "not_enough_stock"
    assert post(lotted, connection, move(-3)).ok
    assert lots(lotted) == {"EARLY": 3, "LATE": 4, "OLD": 2}
    free = Withhold(sku="A", warehouse="MAIN", quantity=Decimal(-3), lot="EARLY")
    assert post(lotted, connection, free, type="adjustment").ok
    assert said(post(lotted, connection, free, type="adjustment")) == "not_withheld"
    assert post(lotted, connection, move(-3)).ok
    assert "EARLY" not in lots(lotted)


def test_lots_and_serials_travel_with_what_is_carried(lotted: Shop, connection: Connection) -> None:
    lines = [move(-7), move(7, "EAST", carried=True)]
    assert post(lotted, connection, *lines, type="transfer").ok
    there = {key[1]: value[0] for key, value in holdings(lotted).items() if key[3] == "EAST"}
    assert there == {"OLD": 2, "EARLY": 5}
    assert lotted.level("A", "EAST") == (7, 0, 0)


def test_a_count_below_what_is_placed_takes_from_pieces(lotted: Shop, connection: Connection) -> None:
    assert post(lotted, connection, Set(sku="A", warehouse="MAIN", quantity=Decimal(4)), type="count").ok
    assert sum(lots(lotted).values()) == 4


def test_a_reversal_puts_every_piece_back_where_it_was(lotted: Shop, connection: Connection) -> None:
    before = holdings(lotted)
    made = [
        Posting(lines=[move(-7)], type="sale"),
        Posting(lines=[move(-4), move(4, "EAST", carried=True)], type="transfer"),
        Posting(lines=[Withhold(sku="A", warehouse="MAIN", quantity=Decimal(1), lot="LATE")]),
    ]
    for posting in made:
        assert lotted.post(connection, posting)[0].ok
    for posting in reversed(made):
        undo = reversed_by(posting.id, recorded(lotted, posting.id), "undone")
        assert undo is not None
        assert lotted.post(connection, undo)[0].ok
    assert holdings(lotted) == before
    assert lotted.level("A") == (12, 0, 0)


def test_a_relocation_is_reversed(shop: Shop, connection: Connection) -> None:
    bins(shop, "B1")
    bins(shop, "Q", kind="quarantine")
    post(shop, connection, move(5, bin="B1"))
    there = Posting(
        lines=[Relocate(sku="A", warehouse="MAIN", quantity=Decimal(2), bin="B1", to_bin="Q")], type="transfer"
    )
    assert shop.post(connection, there)[0].ok
    undo = reversed_by(there.id, recorded(shop, there.id), "undone")
    assert undo is not None
    assert shop.post(connection, undo)[0].ok
    assert holdings(shop) == {("B1", None, None, "MAIN"): (5, 0)}
    assert shop.level("A") == (5, 0, 0)


def test_a_receipt_whose_lot_has_gone_is_not_reversed(lotted: Shop, connection: Connection) -> None:
    receipt = Posting(lines=[move(3, lot="NEW")], type="purchase")
    assert lotted.post(connection, receipt)[0].ok
    assert post(lotted, connection, move(-2, lot="NEW")).ok
    undo = reversed_by(receipt.id, recorded(lotted, receipt.id), "undone")
    assert undo is not None
    assert said(lotted.post(connection, undo)[0]) == "not_enough_stock"
    assert lots(lotted)["NEW"] == 1


def test_a_refused_fact_gives_back_what_its_lines_took(shop: Shop, connection: Connection) -> None:
    track(shop, "tracks_serials")
    assert post(shop, connection, move(1, serial="S1"), move(1, serial="S2")).ok
    promise = Reserve(sku="A", warehouse="MAIN", quantity=Decimal(2))
    assert shop.post(connection, Posting(lines=[promise]))[0].ok
    wrong = [move(-1, serial="S1"), move(1, "EAST", serial="S2")]
    assert said(post(shop, connection, *wrong, type="adjustment", fact=True)) == "serial_twice"
    assert shop.level("A") == (2, 2, 0)
    assert len(holdings(shop)) == 2
    assert shop.ask("SELECT open, status FROM reservation WHERE organization_id = %s") == [(2, "open")]
    assert shop.ask("SELECT 1 FROM shortage WHERE organization_id = %s") == []


def test_tracking_is_switched_without_touching_stock(shop: Shop, connection: Connection) -> None:
    post(shop, connection, move(4))
    track(shop, "tracks_lots")
    assert post(shop, connection, move(2, lot="L1")).ok
    assert post(shop, connection, move(-3)).ok
    assert lots(shop) == {}
    assert shop.level("A") == (3, 0, 0)


@pytest.fixture
def frozen(shop: Shop, connection: Connection) -> Shop:
    post(shop, connection, move(5))
    shop.ask(
        """INSERT INTO stock_freeze (organization_id, sku_id, kinds, reason, created_by)
        SELECT organization_id, id, '{sale,reservation}', 'stocktake', 'Ada' FROM sku
        WHERE organization_id = %s AND code = 'A' RETURNING 1"""
    )
    return shop


def test_a_freeze_stops_its_kinds_and_says_who_and_why(frozen: Shop, connection: Connection) -> None:
    refused = post(frozen, connection, move(-1))
    assert said(refused) == "frozen"
    assert "Ada" in str(refusal(refused))
    assert "stocktake" in str(refusal(refused))
    assert said(
        frozen.post(connection, Posting(lines=[Reserve(sku="A", warehouse="MAIN", quantity=Decimal(1))]))[0]
    ) == ("frozen")
    assert post(frozen, connection, move(-1), type="waste").ok
    other = Move(sku="B", warehouse="MAIN", quantity=Decimal(1))
    assert frozen.post(connection, Posting(lines=[other], type="purchase"))[0].ok
    assert frozen.level("A") == (4, 0, 0)


def test_a_freeze_ends_when_lifted_or_when_its_time_has_come(frozen: Shop, connection: Connection) -> None:
    assert not post(frozen, connection, move(-1)).ok
    past = "UPDATE stock_freeze SET until = now() - interval '1 s' WHERE organization_id = %s RETURNING 1"
    frozen.ask(past)
    assert post(frozen, connection, move(-1)).ok


def test_what_happened_outside_is_booked_during_a_freeze(frozen: Shop, connection: Connection) -> None:
    system = Actor(frozen.actor.organization_id, "system", None, "onhand", "admin")
    assert frozen.post(connection, Posting(lines=[move(-1)], type="sale", fact=True, actor=system))[0].ok
    assert said(frozen.post(connection, Posting(lines=[move(-1)], type="sale", actor=system))[0]) == "frozen"


def test_repeating_what_was_posted_before_a_freeze_is_harmless(shop: Shop, connection: Connection) -> None:
    sold = Posting(lines=[move(-1)], type="sale")
    post(shop, connection, move(5))
    assert shop.post(connection, sold)[0].ok
    shop.ask(
        """INSERT INTO stock_freeze (organization_id, kinds, reason, created_by)
        VALUES (%s, '{sale}', 'x', 'y') RETURNING 1"""
    )
    assert shop.post(connection, sold)[0].state is State.REPLAYED


def test_details_carry_the_time_of_their_movement(lotted: Shop, connection: Connection) -> None:
    then = datetime(2025, 5, 5, tzinfo=UTC)
    assert post(lotted, connection, move(-1), effective_at=then).ok
    rows = lotted.ask(
        "SELECT effective_at, quantity, balance FROM holding_change WHERE organization_id = %s ORDER BY id DESC LIMIT 1"
    )
    assert rows == [(then, -1, 4)]
    assert then + timedelta(days=1) < datetime.now(UTC)
