"""The same seed makes the same shops, buyers and faults; a restart forgets nothing."""

import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.sandbox.process import Sandbox, running
from tests.sandbox.test_storefront import a_listing

from onhand.sandbox import World, snapshot, switches
from onhand.sandbox.buyers import Visit, decide, person, purchase
from onhand.sandbox.domain import Refusal, StockWish, Wanted


def noon() -> datetime:
    return datetime(2026, 11, 21, 12, tzinfo=UTC)


def a_world(seed: int = 1, quantity: int = 50) -> World:
    world = World(seed, noon)
    for front in world.storefronts.values():
        for number in range(5):
            sku = f"S-{number}"
            front.shop.upsert(sku, f"Article {number}", Decimal("2.00"), "GBP")
            front.shop.set_stock(StockWish(sku, quantity))
    return world


def some_visits(world: World, number: int = 100) -> list[Visit]:
    chance = switches.seeded(world.seed, "buyers")
    visits = []
    for _ in range(number):
        for visit in decide(world, switches.Plan(active=True, twin_rate=0.3), chance):
            visits.append(visit)
            purchase(world.storefronts[visit.slug], visit)
    return visits


def test_the_same_seed_sells_the_same_things_to_the_same_people() -> None:
    one, two, other = a_world(7), a_world(7), a_world(8)
    assert some_visits(one) == some_visits(two)
    assert snapshot.remember(one) == snapshot.remember(two)
    assert some_visits(other) != some_visits(a_world(7))


def test_a_crowd_never_buys_what_is_not_displayed() -> None:
    world = a_world(quantity=10)
    some_visits(world, 500)
    for front in world.storefronts.values():
        sold = sum(line.quantity for order in front.shop.orders.values() for line in order.lines)
        left = sum(listing.quantity for listing in front.shop.listings.values())
        assert (sold + left, left) == (50, 0)
    assert decide(world, switches.Plan(), switches.seeded(1)) == []


def test_twins_want_the_same_article_in_both_shops() -> None:
    first, second = decide(a_world(), switches.Plan(twin_rate=1), switches.seeded(1))
    assert {first.slug, second.slug} == {"harbour", "lantern"}
    assert first.wanted == second.wanted


def test_a_basket_is_sold_whole_or_not_at_all() -> None:
    shop = a_world(quantity=2).storefronts["harbour"].shop
    with pytest.raises(Refusal, match="sold out"):
        shop.buy(person(switches.seeded(1)), [Wanted("S-0", 1), Wanted("S-1", 3)])
    assert shop.find("S-0").quantity == 2
    assert shop.orders == {}


def test_an_order_that_changes_is_listed_again_after_the_cursor() -> None:
    shop = a_world().storefronts["harbour"].shop
    first, second = (shop.buy(person(switches.seeded(1)), [Wanted("S-0", 1)]) for _ in "ab")
    cursor = second.sequence
    shop.cancel(first.id, "Changed mind", restock=True)
    assert [order.id for order in shop.changed_orders(0, 10)] == [second.id, first.id]
    assert [order.id for order in shop.changed_orders(cursor, 10)] == [first.id]


def test_a_bucket_refills_with_time_and_never_overflows() -> None:
    bucket = switches.Bucket(switches.Limit(rate=2, burst=3))
    assert [bucket.take(100.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert bucket.take(100.5) == 0
    assert [bucket.take(10_000.0) > 0 for _ in range(4)] == [False, False, False, True]


@pytest.mark.parametrize("rate", [0.0, 0.3, 1.0])
def test_faults_strike_at_their_rate(rate: float) -> None:
    faults, chance = switches.Faults(error_rate=rate), switches.seeded(1)
    struck = sum(switches.strike(faults, chance) == "error" for _ in range(2000)) / 2000
    assert struck == pytest.approx(rate, abs=0.05)


def test_latency_has_the_median_that_was_set() -> None:
    faults, chance = switches.Faults(latency_ms=50, latency_spread=0.5), switches.seeded(1)
    taken = sorted(switches.latency(faults, chance) for _ in range(2001))
    assert taken[1000] == pytest.approx(0.05, rel=0.1)


def test_a_snapshot_recalls_all_of_it() -> None:
    world, again = a_world(), World(1, noon)
    some_visits(world, 20)
    world.storefronts["lantern"].trouble(switches.STORM)
    snapshot.recall(again, snapshot.remember(world))
    assert snapshot.remember(again) == snapshot.remember(world)
    assert again.storefronts["lantern"].courier.faults == switches.STORM


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "sandbox.json"


def test_a_restarted_process_keeps_its_orders_and_tokens(file: Path) -> None:
    def sale(sandbox: Sandbox) -> tuple[str, str, str]:
        with sandbox.shop("harbour") as shop:
            sku = a_listing(shop, 3)
            order = sandbox.control("POST", "/shops/harbour/buy", {"sku": sku}).json()
        return sku, str(order["id"]), sandbox.token("harbour")

    with running(file) as first:
        sku, order_id, token = sale(first)
    with running(file) as second, second.shop("harbour") as shop:
        assert second.token("harbour") == token
        assert shop.get(f"/orders/{order_id}").json()["status"] == "open"
        assert shop.get(f"/listings/{sku}").json()["quantity"] == 2


def test_buyers_come_when_they_are_let_in_and_stop_when_not() -> None:
    with running() as sandbox:
        sandbox.calm()
        with sandbox.shop("harbour") as shop:
            a_listing(shop, 500)
        plan = {"active": True, "purchases_per_minute": 6000, "think_seconds": 0, "cancel_rate": 0.5}
        sandbox.control("PATCH", "/plan", {**plan, "cancel_after_seconds": 0.05})
        until = time.monotonic() + 8
        while time.monotonic() < until:
            harbour = sandbox.control("GET", "/state").json()["shops"][0]
            if {"open", "cancelled"} <= {order["status"] for order in harbour["orders"]}:
                break
            time.sleep(0.05)
        assert {"open", "cancelled"} <= {order["status"] for order in harbour["orders"]}
        sandbox.control("PATCH", "/plan", {"active": False})
        time.sleep(0.3)
        sequence = sandbox.control("GET", "/state").json()["sequence"]
        time.sleep(0.3)
        assert sandbox.control("GET", "/state").json()["sequence"] == sequence
