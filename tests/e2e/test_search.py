"""The search box: from the keyboard, over everything, with faults marked and searches kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def goods(site: Site) -> None:
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main store"})
    site.api("POST", "/suppliers", {"code": "BRASS", "name": "Brassworks"})
    for sku, name, price in (("LAMP", "Brass lamp", "20.00"), ("MUG", "Blue mug", "4.00")):
        body = {"sku": sku, "name": name, "selling_price": price, "barcodes": [f"59012341{len(sku)}3457"]}
        assert site.api("POST", "/products", body).is_success
    lines = [{"sku": "MUG", "warehouse": "MAIN", "quantity": "3"}]
    assert site.api("POST", "/inventory/adjust", {"reason": "received", "lines": lines}).is_success


def test_a_product_is_found_and_opened_from_the_keyboard(desk: Page) -> None:
    desk.keyboard.press("Control+k")
    box = desk.get_by_role("combobox", name="Search everything")
    expect(box).to_be_focused()
    desk.keyboard.type("brss lamp")
    expect(desk.get_by_role("option", name="Brass lamp")).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    desk.get_by_role("heading", level=1, name="Brass lamp").wait_for()
    desk.keyboard.press("/")
    expect(box).to_be_focused()
    expect(desk.get_by_role("option", name="brss lamp")).to_be_visible()
    assert violations(desk) == []


def test_groups_names_and_values_are_offered(desk: Page) -> None:
    box = desk.get_by_role("combobox", name="Search everything")
    box.fill("bras")
    expect(desk.get_by_role("group", name="Suppliers")).to_contain_text("Brassworks")
    expect(desk.get_by_role("group", name="Products")).to_contain_text("Brass lamp")
    shoot(desk, "search-desk")
    assert violations(desk) == []
    box.fill("stock:l")
    expect(desk.get_by_role("option", name="low", exact=True)).to_be_visible()
    desk.keyboard.press("Enter")
    expect(box).to_have_value("stock:low ")
    box.fill("adjust")
    desk.get_by_role("option", name="Adjust stock").click()
    desk.get_by_role("dialog").wait_for()


def test_a_fault_is_marked_in_the_box_and_in_a_list(desk: Page) -> None:
    desk.get_by_role("combobox", name="Search everything").fill("price:<cheap")
    expect(desk.get_by_text("price is a number, which cheap is not.")).to_be_visible()
    expect(desk.get_by_text("^^^^^", exact=True)).to_be_visible()
    desk.goto("/products?q=price:<cheap")
    expect(desk.get_by_text("^^^^^", exact=True)).to_be_visible()
    desk.get_by_role("searchbox").fill("price:<5")
    expect(desk.get_by_role("row", name="Blue mug")).to_be_visible()
    expect(desk.get_by_role("row", name="Brass lamp")).to_have_count(0)


def test_a_search_is_saved_and_found_again(desk: Page) -> None:
    box = desk.get_by_role("combobox", name="Search everything")
    box.fill("price:<5")
    expect(desk.get_by_role("option", name="Blue mug")).to_be_visible()
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_label("Name").fill("Cheap")
    desk.get_by_role("dialog").get_by_role("button", name="Save").click()
    desk.get_by_text("Search saved as Cheap.").wait_for()
    box.fill("")
    desk.get_by_role("option", name="Cheap").click()
    expect(box).to_have_value("price:<5")


def test_the_box_works_on_a_phone(phone: Page) -> None:
    phone.get_by_role("combobox", name="Search everything").fill("mug")
    shoot(phone, "search-phone")
    assert violations(phone) == []
    phone.get_by_role("option", name="Blue mug").click()
    phone.get_by_role("heading", level=1, name="Blue mug").wait_for()
