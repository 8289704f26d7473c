"""What stock cost and is worth, told, corrected and explained in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def stocked(site: Site) -> str:
    """Mugs bought in dollars, bowls of which nobody knows the cost, some of both sold; returns the order."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main warehouse"}).raise_for_status()
    for sku, name in (("MUG-1", "Blue mug"), ("BOWL-1", "Salad bowl")):
        site.api("POST", "/products", {"sku": sku, "name": name}).raise_for_status()
    site.api("PUT", "/exchange-rates", {"currency": "USD", "day": "2026-01-01", "rate": "0.8"}).raise_for_status()
    site.api("PUT", "/exchange-rates", {"currency": "USD", "day": "2026-02-01", "rate": "0.82"}).raise_for_status()
    lines = [
        {"sku": "MUG-1", "warehouse": "MAIN", "quantity": "10", "unit_cost": "5", "currency": "USD"},
        {"sku": "BOWL-1", "warehouse": "MAIN", "quantity": "4"},
    ]
    received = {"type": "purchase", "reason": "received", "document": "PO-7", "lines": lines}
    site.api("POST", "/inventory/adjust", received).raise_for_status()
    order = site.api("POST", "/orders", {"lines": [{"sku": "MUG-1", "quantity": "3", "unit_price": "9"}]})
    made = str(order.raise_for_status().json()["data"]["id"])
    site.api("POST", f"/orders/{made}/ship", {}).raise_for_status()
    return made


def test_the_value_of_stock_is_shown_by_day_warehouse_and_currency(desk: Page) -> None:
    desk.goto("/valuation")
    desk.get_by_text("Stock value").first.wait_for()
    desk.get_by_role("img", name="Value over time", exact=False).wait_for()
    expect(desk.get_by_text("What exchange rates made of it").first).to_be_visible()
    assert violations(desk) == []
    shoot(desk, "desk-valuation")
    desk.get_by_label("Currency").select_option("USD")
    desk.wait_for_url("**currency=USD**")
    desk.get_by_role("heading", name="By warehouse").wait_for()


def test_a_cost_nobody_knew_is_told_on_the_page_that_lists_it(desk: Page) -> None:
    desk.goto("/valuation/uncosted")
    row = desk.get_by_role("row").filter(has_text="BOWL-1")
    row.get_by_role("button", name="Tell the cost").click()
    drawer = desk.get_by_role("dialog")
    drawer.get_by_label("Cost of one unit").fill("2.50")
    assert violations(desk) == []
    drawer.get_by_role("button", name="Enter the cost").click()
    drawer.wait_for(state="detached")
    desk.get_by_text("Every unit in stock has a cost").wait_for()


def test_freight_is_added_to_a_receipt_and_can_be_taken_back(desk: Page) -> None:
    desk.goto("/valuation/receipts")
    desk.get_by_role("row").filter(has_text="MUG-1").get_by_role("button", name="What to do with MUG-1").click()
    desk.get_by_role("menuitem", name="Add freight or duty").click()
    drawer = desk.get_by_role("dialog")
    drawer.get_by_label("Amount").fill("10")
    drawer.get_by_label("Shared").select_option("quantity")
    drawer.get_by_role("button", name="Add to the cost").click()
    drawer.wait_for(state="detached")
    desk.goto("/valuation/entries")
    desk.get_by_role("row").filter(has_text="Freight").first.wait_for()
    assert violations(desk) == []
    desk.get_by_role("button", name="Take back").first.click()
    desk.get_by_text("is taken back.").wait_for()


def test_an_order_says_what_it_cost_and_why(desk: Page, stocked: str) -> None:
    desk.goto(f"/orders/{stocked}")
    desk.get_by_role("heading", name="What it cost").wait_for()
    desk.get_by_role("button", name="How is Cost of MUG-1 made?").click()
    desk.get_by_role("dialog").get_by_text("PO-7", exact=False).wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-order-cost")


def test_a_rate_is_set_by_hand(desk: Page) -> None:
    desk.goto("/valuation/rates?panel=rate")
    drawer = desk.get_by_role("dialog")
    drawer.get_by_label("Currency").fill("eur")
    drawer.get_by_label("One is worth").fill("0.87")
    drawer.get_by_role("button", name="Set the rate").click()
    drawer.wait_for(state="detached")
    desk.get_by_role("cell", name="EUR").wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-rates")


def test_the_layers_of_a_product_fit_a_phone(phone: Page, site: Site) -> None:
    product = site.api("GET", "/products?filter[sku]=MUG-1").json()["data"][0]["id"]
    phone.goto(f"/products/{product}/costs")
    phone.get_by_text("Cost layers").first.wait_for()
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(phone, "phone-layers")
