"""What post() says things cost: layers, uses, values."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.conftest import recorded

from onhand.ledger.domain import Move, Outcome, Posting, reversed_by

if TYPE_CHECKING:
    from tests.ledger.conftest import Connection, Shop

METHODS = ("fifo", "lifo", "average")


def move(quantity: int | str, cost: str | None = None, place: str = "MAIN", **more: Any) -> Move:
    price = None if cost is None else Decimal(cost)
    return Move(sku="A", warehouse=place, quantity=Decimal(quantity), unit_cost=price, **more)


def post(shop: Shop, connection: Connection, *lines: Move, **around: Any) -> Posting:
    around.setdefault("type", "purchase" if lines[0].quantity > 0 else "sale")
    posting = Posting(lines=lines, **around)
    outcome: Outcome = shop.post(connection, posting)[0]
    assert outcome.ok, outcome
    return posting


def undo(shop: Shop, connection: Connection, posting: Posting) -> None:
    reversal = reversed_by(posting.id, recorded(shop, posting.id), "undone")
    assert reversal is not None
    assert shop.post(connection, reversal)[0].ok


def worth(shop: Shop, place: str = "MAIN") -> Any:
    """(value, uncosted units) of SKU A's level, agreed by its layers and its movements."""
    rows = shop.ask(
        """SELECT v.value, v.uncosted, v.on_hand,
            (SELECT coalesce(sum(c.value), 0) FROM cost_layer c WHERE c.organization_id = v.organization_id
                AND c.sku_id = v.sku_id AND c.warehouse_id = v.warehouse_id),
            (SELECT coalesce(sum(c.remaining), 0) FROM cost_layer c WHERE c.organization_id = v.organization_id
                AND c.sku_id = v.sku_id AND c.warehouse_id = v.warehouse_id),
            (SELECT coalesce(sum(c.remaining), 0) FROM cost_layer c WHERE c.organization_id = v.organization_id
                AND c.sku_id = v.sku_id AND c.warehouse_id = v.warehouse_id AND c.value IS NULL),
            (SELECT coalesce(sum(m.value), 0) FROM movement m WHERE m.organization_id = v.organization_id
                AND m.sku_id = v.sku_id AND m.warehouse_id = v.warehouse_id),
            (SELECT coalesce(sum(m.uncosted), 0) FROM movement m WHERE m.organization_id = v.organization_id
                AND m.sku_id = v.sku_id AND m.warehouse_id = v.warehouse_id)
        FROM level v JOIN sku s ON s.id = v.sku_id JOIN warehouse w ON w.id = v.warehouse_id
        WHERE v.organization_id = %s AND s.code = 'A' AND w.code = %s""",
        place,
    )
    if not rows:
        return Decimal(0), Decimal(0)
    value, uncosted, on_hand, layers, remaining, unknown, moved, moved_unknown = rows[0]
    assert (layers, remaining, unknown) == (value, on_hand, uncosted)
    assert (moved, moved_unknown) == (value, uncosted)
    return value, uncosted


def cogs(shop: Shop, posting: Posting) -> Decimal:
    rows = shop.ask(
        "SELECT -sum(value) FROM movement WHERE organization_id = %s AND posting_id = %s AND quantity < 0", posting.id
    )
    return Decimal(rows[0][0])


def method(shop: Shop, name: str) -> None:
    """How the levels that are made from now on, and those that are there, are valued."""
    for place in ("MAIN", "EAST"):
        shop.ask(
            """INSERT INTO level (organization_id, sku_id, warehouse_id, cost_method)
            SELECT s.organization_id, s.id, w.id, t.name FROM sku s, warehouse w,
                (SELECT %s::uuid AS shop, %s AS name, %s AS place) t
            WHERE s.organization_id = t.shop AND s.code = 'A' AND w.organization_id = t.shop AND w.code = t.place
            RETURNING 1""",
            name,
            place,
        )


@pytest.mark.parametrize("name", METHODS)
def test_a_sale_costs_what_its_method_says(shop: Shop, connection: Connection, name: str) -> None:
    method(shop, name)
    post(shop, connection, move(4, "5"))
    post(shop, connection, move(6, "10"))  # 4 × 5 + 6 × 10 = 80
    sold = post(shop, connection, move(-5))
    expected = {"fifo": Decimal(30), "lifo": Decimal(50), "average": Decimal(40)}[name]
    assert cogs(shop, sold) == expected
    assert worth(shop) == (80 - expected, 0)


def test_an_older_receipt_that_is_told_late_is_taken_first(shop: Shop, connection: Connection) -> None:
    post(shop, connection, move(4, "5"))
    post(shop, connection, move(4, "3"), effective_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert cogs(shop, post(shop, connection, move(-5))) == 4 * 3 + 5
    assert worth(shop) == (15, 0)


def test_rounding_stays_in_the_layer_and_leaves_with_its_last_unit(shop: Shop, connection: Connection) -> None:
    method(shop, "average")
    post(shop, connection, move(1, "1"))
    post(shop, connection, move(2, "0.5"))  # 3 for 2
    costs = [cogs(shop, post(shop, connection, move(-1))) for _ in range(3)]
    assert sum(costs) == 2
    assert worth(shop) == (0, 0)


def test_what_nobody_knows_the_cost_of_is_uncosted_and_never_free(shop: Shop, connection: Connection) -> None:
    post(shop, connection, move(3))
    assert worth(shop) == (0, 3)
    post(shop, connection, move(2, "4"))
    sold = post(shop, connection, move(-4))
    assert cogs(shop, sold) == 4
    assert shop.ask("SELECT uncosted FROM movement WHERE organization_id = %s AND posting_id = %s", sold.id) == [(-3,)]
    assert worth(shop) == (4, 0)


def test_without_a_cost_the_cost_price_counts(shop: Shop, connection: Connection) -> None:
    shop.ask("UPDATE sku SET cost_price = 7 WHERE organization_id = %s AND code = 'A' RETURNING 1")
    post(shop, connection, move(2))
    assert worth(shop) == (14, 0)


def test_a_foreign_cost_counts_at_the_rate_of_its_day(shop: Shop, connection: Connection) -> None:
    for day, rate in (("2025-01-01", "2"), ("2025-06-01", "3")):
        shop.ask("INSERT INTO exchange_rate VALUES (%s, 'CHF', %s, false, %s, 'test') RETURNING 1", day, Decimal(rate))
    post(shop, connection, move(1, "5", currency="CHF"), effective_at=datetime(2025, 3, 1, tzinfo=UTC))
    post(shop, connection, move(1, "5", currency="CHF"), effective_at=datetime(2025, 7, 1, tzinfo=UTC))
    post(shop, connection, move(1, "5", currency="XAU"))
    assert worth(shop) == (25, 1)


@pytest.mark.parametrize("name", METHODS)
def test_cost_follows_the_stock(shop: Shop, connection: Connection, name: str) -> None:
    method(shop, name)
    post(shop, connection, move(2, "5"), move(2, "8"))
    before = worth(shop)[0]
    carried = post(shop, connection, move(-3), move(3, place="EAST", carried=True), type="transfer")
    assert worth(shop)[0] + worth(shop, "EAST")[0] == before
    undo(shop, connection, carried)
    assert worth(shop) == (before, 0)
    assert worth(shop, "EAST") == (0, 0)


def test_age_follows_the_stock_too(shop: Shop, connection: Connection) -> None:
    post(shop, connection, move(2, "9", place="EAST"))
    post(shop, connection, move(2, "5"), effective_at=datetime(2020, 1, 1, tzinfo=UTC))
    post(shop, connection, move(-2), move(2, place="EAST", carried=True), type="transfer")
    assert cogs(shop, post(shop, connection, move(-2, place="EAST"))) == 10


@pytest.mark.parametrize("name", METHODS)
def test_a_return_comes_back_at_the_cost_it_left(shop: Shop, connection: Connection, name: str) -> None:
    method(shop, name)
    post(shop, connection, move(2, "5"), move(2, "8"))
    sold = post(shop, connection, move(-3))
    cost = cogs(shop, sold)
    post(shop, connection, move(10, "100"))
    before = worth(shop)[0]
    post(shop, connection, move(3, returned_from=sold.id), type="return")
    assert worth(shop) == (before + cost, 0)


@pytest.mark.parametrize("name", METHODS)
def test_a_reversal_puts_every_layer_back(shop: Shop, connection: Connection, name: str) -> None:
    layers = "SELECT remaining, value, quantity FROM cost_layer WHERE organization_id = %s AND open ORDER BY id"
    method(shop, name)
    post(shop, connection, move(3, "5"), move(2, "8"), move(1))
    before = shop.ask(layers), worth(shop)
    more = post(shop, connection, move(4, "11"))
    sold = post(shop, connection, move(-4))
    rest = post(shop, connection, move(-6))
    for posting in (rest, sold, more):
        undo(shop, connection, posting)
    assert (shop.ask(layers), worth(shop)) == before


def test_a_hundred_layers_are_read_as_far_as_needed(shop: Shop, connection: Connection) -> None:
    for number in range(100):
        post(shop, connection, move(1, str(number + 1)))
    assert cogs(shop, post(shop, connection, move(-70))) == sum(range(1, 71))
    assert cogs(shop, post(shop, connection, move(-30))) == sum(range(71, 101))
    assert worth(shop) == (0, 0)


def test_one_call_uses_a_layer_up_and_gives_some_of_it_back(shop: Shop, connection: Connection) -> None:
    post(shop, connection, move(3, "5"))
    first = post(shop, connection, move(-1))
    back = reversed_by(first.id, recorded(shop, first.id), "undone")
    assert back is not None
    rest = Posting(lines=[move(-2)], type="sale")
    answers = shop.post(connection, rest, back)
    assert all(answer.ok for answer in answers)
    assert cogs(shop, rest) == 10
    assert worth(shop) == (5, 0)


@pytest.mark.parametrize("name", METHODS)
def test_one_call_undoes_a_whole_history(shop: Shop, connection: Connection, name: str) -> None:
    method(shop, name)
    history = [post(shop, connection, move(quantity, cost)) for quantity, cost in ((2, "5"), (-1, None), (3, "7"))]
    history += [post(shop, connection, move(quantity)) for quantity in (-2, -1, -1)]
    undone = [reversed_by(p.id, recorded(shop, p.id), "undone") for p in reversed(history)]
    answers = shop.post(connection, *[posting for posting in undone if posting])
    assert [answer.ok for answer in answers] == [True] * 6
    assert worth(shop) == (0, 0)
    assert shop.ask("SELECT 1 FROM cost_layer WHERE organization_id = %s AND open") == []
