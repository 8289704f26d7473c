"""The first page: one period rules it, what happens appears by itself, and each figure says how it is made."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def shelf(site: Site) -> None:
    """One article, some of it sold by hand."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main warehouse"}).raise_for_status()
    product = {"sku": "MUG-1", "name": "Blue mug", "selling_price": "8.50", "cost_price": "3.00"}
    site.api("POST", "/products", product).raise_for_status()
    line = {"sku": "MUG-1", "warehouse": "MAIN", "quantity": "40", "unit_cost": "3.00"}
    site.api("POST", "/inventory/adjust", {"lines": [line], "type": "purchase"}).raise_for_status()
    order = {"lines": [{"sku": "MUG-1", "quantity": "2", "unit_price": "8.50"}]}
    site.api("POST", "/orders", order).raise_for_status()


def test_one_period_rules_every_figure_and_stands_in_the_address(desk: Page) -> None:
    desk.goto("/")
    desk.get_by_text("£17.00").first.wait_for()
    desk.get_by_role("button", name="90 days").click()
    desk.wait_for_url("**/?period=90d")
    desk.reload()
    expect(desk.get_by_role("button", name="90 days")).to_have_attribute("aria-pressed", "true")
    shoot(desk, "desk-dashboard")


def test_a_change_appears_without_reloading(desk: Page, site: Site) -> None:
    desk.goto("/")
    activity = desk.get_by_role("list", name="Live activity")
    activity.wait_for()
    line = {"sku": "MUG-1", "warehouse": "MAIN", "quantity": "-3"}
    site.api("POST", "/inventory/adjust", {"lines": [line], "reason": "chipped"}).raise_for_status()
    activity.get_by_text("chipped", exact=False).wait_for(timeout=15_000)


def test_each_figure_says_how_it_is_made(desk: Page) -> None:
    desk.goto("/")
    for figure in ("Sales", "Stock value", "Orders to ship", "Low stock", "Active listings"):
        desk.get_by_role("button", name=f"How is {figure} made?").first.click()
        desk.get_by_role("dialog").wait_for()
        assert violations(desk) == []
        desk.keyboard.press("Escape")
        desk.get_by_role("dialog").wait_for(state="detached")


def test_stock_is_added_from_the_first_page_of_a_phone(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("button", name="Add stock").click()
    phone.get_by_role("dialog").wait_for()
    assert violations(phone) == []
    shoot(phone, "phone-add-stock")
