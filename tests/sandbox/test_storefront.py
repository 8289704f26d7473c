"""The storefront's API as a seller's software meets it, in a real process."""

import time
from itertools import count

import httpx
import pytest
from tests.sandbox.process import Sandbox

numbers = count(1)


def a_listing(shop: httpx.Client, quantity: int = 0, price: str = "4.50") -> str:
    sku = f"T-{next(numbers)}"
    body = {"listings": [{"sku": sku, "title": f"Thing {sku}", "price": price, "currency": "GBP"}]}
    assert shop.post("/listings/batch", json=body).status_code == 200
    shop.post("/stock/batch", json={"items": [{"sku": sku, "quantity": quantity}]})
    return sku


def shown(shop: httpx.Client, sku: str) -> int:
    return int(shop.get(f"/listings/{sku}").json()["quantity"])


def test_a_call_without_the_shops_token_is_refused(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/shops/harbour/api/shop"
    assert httpx.get(url).status_code == 401
    foreign = {"authorization": f"Bearer {sandbox.token('lantern')}"}
    assert httpx.get(url, headers=foreign).json()["error"]["code"] == "unauthenticated"


def test_a_shop_says_who_it_is(shop: httpx.Client) -> None:
    assert shop.get("/shop").json()["name"] == "Harbour Market"


def test_an_upsert_changes_the_text_and_leaves_the_quantity(shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=4)
    body = {"listings": [{"sku": sku, "title": "New title", "price": "5.00", "currency": "GBP"}]}
    shop.post("/listings/batch", json=body)
    listing = shop.get(f"/listings/{sku}").json()
    assert (listing["title"], listing["price"], listing["quantity"]) == ("New title", "5.00", 4)


def test_each_item_of_a_stock_batch_has_its_own_result(shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=3)
    items = [
        {"sku": sku, "quantity": 7},
        {"sku": "NOBODY", "quantity": 1},
        {"sku": sku, "quantity": -1},
        {"sku": sku, "quantity": 9, "expected": 3},
        {"sku": sku, "quantity": 7, "expected": 3},
    ]
    results = shop.post("/stock/batch", json={"items": items}).json()["results"]
    assert [result["status"] for result in results] == ["ok", "not_found", "invalid", "stale", "ok"]
    assert results[3]["quantity"] == 7
    assert shown(shop, sku) == 7


def test_a_malformed_batch_changes_nothing(shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=3)
    assert shop.post("/stock/batch", content=b"{").status_code == 400
    assert shop.post("/stock/batch", json={"items": [{"sku": sku, "quantity": "x"}]}).status_code == 422
    assert shop.post("/stock/batch", json={"items": []}).status_code == 422
    assert shown(shop, sku) == 3


def test_stock_is_listed_page_by_page(shop: httpx.Client) -> None:
    skus = {a_listing(shop) for _ in range(3)}
    found: set[str] = set()
    after: int | None = 0
    while after is not None:
        page = shop.get("/stock", params={"limit": 2, "after": after}).json()
        found |= {row["sku"] for row in page["items"]}
        after = page["next"]
    assert skus <= found


def test_a_blocked_article_takes_no_number_and_is_not_sold(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=3)
    sandbox.control("POST", "/shops/harbour/block", {"sku": sku, "blocked": True})
    [result] = shop.post("/stock/batch", json={"items": [{"sku": sku, "quantity": 7}]}).json()["results"]
    assert (result["status"], shown(shop, sku)) == ("blocked", 3)
    with pytest.raises(httpx.HTTPStatusError, match="409"):
        sandbox.control("POST", "/shops/harbour/buy", {"sku": sku})


def test_a_sale_lowers_what_is_displayed_and_is_found_after_the_cursor(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=2)
    cursor = sandbox.control("GET", "/state").json()["sequence"]
    order = sandbox.control("POST", "/shops/harbour/buy", {"sku": sku, "quantity": 2}).json()
    page = shop.get("/orders", params={"since": cursor}).json()
    assert [o["id"] for o in page["orders"]] == [order["id"]]
    assert (order["subtotal"], order["status"], order["lines"][0]["quantity"]) == ("9.00", "open", 2)
    assert shown(shop, sku) == 0
    assert shop.get("/orders", params={"since": page["next"]}).json()["orders"] == []


def test_nobody_buys_more_than_is_displayed(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=1)
    with pytest.raises(httpx.HTTPStatusError, match="409"):
        sandbox.control("POST", "/shops/harbour/buy", {"sku": sku, "quantity": 2})
    assert shown(shop, sku) == 1


def test_two_shops_sell_the_last_piece_at_once(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=1)
    with sandbox.shop("lantern") as other:
        body = {"listings": [{"sku": sku, "title": "Last", "price": "1.00", "currency": "GBP"}]}
        other.post("/listings/batch", json=body)
        other.post("/stock/batch", json={"items": [{"sku": sku, "quantity": 1}]})
    rush = sandbox.control("POST", "/rush", {"sku": sku, "buyers": 5}).json()
    assert rush == {"sku": sku, "buyers": 10, "sold": {"harbour": 1, "lantern": 1}}


def test_an_order_is_acknowledged_and_shipped_and_then_not_cancelled(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=1)
    order_id = sandbox.control("POST", "/shops/harbour/buy", {"sku": sku}).json()["id"]
    assert shop.post(f"/orders/{order_id}/acknowledge", json={"reference": "SO-1"}).json()["status"] == "acknowledged"
    shipped = shop.post(f"/orders/{order_id}/ship", json={"tracking": "T1"}).json()
    assert (shipped["status"], shipped["reference"], shipped["tracking"]) == ("shipped", "SO-1", "T1")
    assert shop.post(f"/orders/{order_id}/ship", json={}).json()["sequence"] == shipped["sequence"]
    assert shop.post(f"/orders/{order_id}/cancel", json={"reason": "x"}).json()["error"]["code"] == "already_shipped"


def test_a_buyers_regret_puts_the_pieces_back_but_a_sellers_does_not(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop, quantity=2)
    first, second = (sandbox.control("POST", "/shops/harbour/buy", {"sku": sku}).json()["id"] for _ in "ab")
    sandbox.control("POST", f"/shops/harbour/orders/{first}/cancel", {})
    assert shown(shop, sku) == 1
    cancelled = shop.post(f"/orders/{second}/cancel", json={"reason": "No stock"}).json()
    assert (cancelled["status"], cancelled["cancel_reason"]) == ("cancelled", "No stock")
    assert shown(shop, sku) == 1


def test_too_many_calls_are_told_when_to_come_back(sandbox: Sandbox, shop: httpx.Client) -> None:
    sandbox.control("PATCH", "/shops/harbour/limit", {"rate": 0.5, "burst": 3})
    answers = [shop.get("/shop") for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["retry-after"] == "2"


def test_a_shop_that_is_down_says_so(sandbox: Sandbox, shop: httpx.Client) -> None:
    sandbox.control("PATCH", "/shops/harbour/faults", {"down": True})
    assert shop.get("/shop").status_code == 503


def test_a_dropped_connection_may_have_done_its_work(sandbox: Sandbox, shop: httpx.Client) -> None:
    sku = a_listing(shop)
    sandbox.control("PATCH", "/shops/harbour/faults", {"drop_rate": 1})
    outcomes = set()
    for quantity in range(1, 21):
        with pytest.raises((httpx.RemoteProtocolError, httpx.NetworkError)):  # nothing more came, or a reset
            shop.post("/stock/batch", json={"items": [{"sku": sku, "quantity": quantity}]})
        listing = next(
            x
            for front in sandbox.control("GET", "/state").json()["shops"]
            for x in front["listings"]
            if front["slug"] == "harbour" and x["sku"] == sku
        )
        outcomes.add(listing["quantity"] == quantity)
    assert outcomes == {True, False}


def test_errors_come_at_the_rate_that_was_set(sandbox: Sandbox, shop: httpx.Client) -> None:
    sandbox.control("PATCH", "/shops/harbour/faults", {"error_rate": 1})
    assert {shop.get("/shop").status_code for _ in range(5)} == {500}


def test_a_timeout_keeps_the_caller_waiting(sandbox: Sandbox, shop: httpx.Client) -> None:
    sandbox.control("PATCH", "/shops/harbour/faults", {"timeout_rate": 1, "timeout_seconds": 5})
    started = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        shop.get("/shop", timeout=0.3)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("change", [{"error_rate": 2}, {"nonsense": 1}, {"down": "yes"}])
def test_a_switch_that_makes_no_sense_is_refused_and_changes_nothing(sandbox: Sandbox, change: object) -> None:
    before = sandbox.control("GET", "/shops/harbour/faults").json()
    with pytest.raises(httpx.HTTPStatusError, match="422"):
        sandbox.control("PATCH", "/shops/harbour/faults", change)
    assert sandbox.control("GET", "/shops/harbour/faults").json() == before
