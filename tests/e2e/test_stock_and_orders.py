"""People at a desk: a product, its stock, an order, and what the ledger says afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def shelves(site: Site) -> None:
    """Two warehouses; mugs in one of them."""
    for code, name in (("MAIN", "Main warehouse"), ("SHOP", "Shop")):
        site.api("POST", "/warehouses", {"code": code, "name": name}).raise_for_status()
    mug = {"sku": "MUG-1", "name": "Blue mug", "cost_price": "3.00", "selling_price": "8.50"}
    site.api("POST", "/products", mug).raise_for_status()
    received = {"reason": "received", "lines": [{"sku": "MUG-1", "warehouse": "MAIN", "quantity": "20"}]}
    site.api("POST", "/inventory/adjust", received).raise_for_status()


def level(site: Site, warehouse: str = "MAIN") -> dict[str, str]:
    path = f"/stock-levels?filter[sku]=MUG-1&filter[warehouse]={warehouse}"
    found: list[dict[str, str]] = site.api("GET", path).json()["data"]
    return found[0] if found else {"on_hand": "0", "available": "0"}


def test_a_product_is_added_and_a_taken_sku_is_refused_on_the_form(desk: Page) -> None:
    desk.goto("/products?panel=product")
    drawer = desk.get_by_role("dialog", name="New product")
    drawer.get_by_label("Name").fill("Red mug")
    drawer.get_by_label("SKU").fill("mug-1")
    drawer.get_by_role("button", name="Add product").click()
    expect(drawer.get_by_role("alert").or_(drawer.get_by_text("taken")).first).to_be_visible()
    assert violations(desk) == []
    drawer.get_by_label("SKU").fill("MUG-2")
    drawer.get_by_role("button", name="Add product").click()
    drawer.wait_for(state="detached")
    desk.get_by_role("row").filter(has_text="MUG-2").wait_for()


def test_leaving_a_form_with_something_typed_asks_first(desk: Page) -> None:
    desk.goto("/products?panel=product")
    desk.get_by_role("dialog").get_by_label("Name").fill("Half a mug")
    desk.keyboard.press("Escape")
    desk.get_by_role("dialog", name="Leave without saving?").get_by_role("button", name="Leave").click()
    desk.get_by_role("dialog").wait_for(state="detached")
    assert "panel" not in desk.url


def test_an_adjustment_is_posted_and_taken_back(desk: Page, site: Site) -> None:
    before = level(site)
    desk.goto("/stock-levels?panel=adjust&with.sku=MUG-1&with.warehouse=MAIN")
    drawer = desk.get_by_role("dialog", name="Adjust stock")
    drawer.get_by_label("Quantity").fill("5")
    drawer.get_by_text("On hand after").wait_for()
    assert violations(desk) == []
    drawer.get_by_role("button", name="Add to stock").click()
    desk.get_by_role("button", name="Undo").wait_for()
    assert int(level(site)["on_hand"]) == int(before["on_hand"]) + 5
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_text("Taken back").wait_for()
    assert level(site)["on_hand"] == before["on_hand"]


def test_a_count_posts_the_difference(desk: Page, site: Site) -> None:
    counted = str(int(level(site)["on_hand"]) - 1)
    desk.goto("/stock-levels")
    desk.get_by_role("button", name="Actions for MUG-1 at MAIN").click()
    desk.get_by_role("menuitem", name="Count").click()
    drawer = desk.get_by_role("dialog", name="Count Blue mug")
    drawer.get_by_label("Counted on the shelf").fill(counted)
    drawer.get_by_role("button", name="Set the count").click()
    drawer.wait_for(state="detached")
    assert level(site)["on_hand"] == counted


def test_a_transfer_goes_from_plan_to_receipt(desk: Page, site: Site) -> None:
    here, there = int(level(site)["on_hand"]), int(level(site, "SHOP")["on_hand"])
    desk.goto("/transfers?panel=transfer&with.sku=MUG-1&with.warehouse=MAIN")
    drawer = desk.get_by_role("dialog", name="New transfer")
    drawer.get_by_role("combobox", name="To", exact=True).select_option("SHOP")
    drawer.get_by_label("Quantity").fill("3")
    drawer.get_by_text("It leaves now").click()
    drawer.get_by_role("button", name="Dispatch").click()
    desk.get_by_role("row").filter(has_text="In transit").first.click()
    desk.get_by_role("button", name="Receive").click()
    desk.get_by_role("dialog").get_by_role("button", name="Receive").click()
    desk.get_by_text("Completed").first.wait_for()
    assert (int(level(site)["on_hand"]), int(level(site, "SHOP")["on_hand"])) == (here - 3, there + 3)


def test_an_order_is_written_shipped_and_delivered(desk: Page, site: Site) -> None:
    before = level(site)
    desk.goto("/orders?panel=order&with.sku=MUG-1")
    drawer = desk.get_by_role("dialog", name="New order")
    drawer.get_by_label("Quantity").fill("2")
    drawer.get_by_label("Unit price").fill("8.50")
    drawer.get_by_role("combobox", name="From").select_option("MAIN")
    drawer.get_by_text("Total £17.00").wait_for()
    assert violations(desk) == []
    drawer.get_by_role("button", name="Write order").click()
    drawer.wait_for(state="detached")
    desk.get_by_role("button", name="Open").click()
    assert int(level(site)["available"]) == int(before["available"]) - 2
    desk.get_by_role("button", name="Ship", exact=True).click()
    ship = desk.get_by_role("dialog", name="Ship")
    assert violations(desk) == []
    ship.get_by_role("button", name="Ship", exact=True).click()
    desk.get_by_role("button", name="Mark as delivered").click()
    desk.get_by_text("Delivered").first.wait_for()
    shoot(desk, "desk-order")
    assert int(level(site)["on_hand"]) == int(before["on_hand"]) - 2


def test_an_order_beyond_the_stock_is_refused_in_words_and_nothing_changes(desk: Page, site: Site) -> None:
    before = level(site)
    desk.goto("/orders?panel=order&with.sku=MUG-1")
    drawer = desk.get_by_role("dialog", name="New order")
    drawer.get_by_label("Quantity").fill("5000")
    drawer.get_by_role("button", name="Write order").click()
    expect(drawer.get_by_text("were asked for")).to_be_visible()
    assert level(site) == before
    assert violations(desk) == []


def test_a_change_made_elsewhere_appears_by_itself(desk: Page, site: Site) -> None:
    desk.goto("/stock-levels?filter[warehouse]=MAIN")
    desk.get_by_text("Live").first.wait_for()
    now = str(int(level(site)["on_hand"]) + 100)
    more = {"reason": "received", "lines": [{"sku": "MUG-1", "warehouse": "MAIN", "quantity": "100"}]}
    site.api("POST", "/inventory/adjust", more).raise_for_status()
    desk.get_by_role("row").filter(has_text="MUG-1").get_by_role("gridcell", name=now).first.wait_for(timeout=5_000)


def test_the_address_keeps_what_a_list_shows(desk: Page) -> None:
    desk.goto("/products")
    desk.get_by_role("searchbox", name="Search name, SKU or barcode").fill("blu mugg")
    desk.get_by_role("row").filter(has_text="Blue mug").wait_for()
    desk.get_by_role("columnheader", name="Price").get_by_role("button").click()
    desk.wait_for_url(lambda url: "q=blu+mugg" in url and "sort=selling_price" in url)
    desk.reload()
    desk.get_by_role("row").filter(has_text="Blue mug").wait_for()
    expect(desk.get_by_role("columnheader", name="Price")).to_have_attribute("aria-sort", "ascending")


def test_a_list_is_walked_by_keyboard(desk: Page) -> None:
    desk.goto("/products")
    desk.get_by_role("row").filter(has_text="MUG-1").wait_for()
    desk.locator("[data-cell='0:1']").focus()
    desk.keyboard.press("Space")
    desk.get_by_text("1 selected").wait_for()
    assert violations(desk) == []
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/products/*")


def test_a_product_is_found_from_anywhere(desk: Page) -> None:
    desk.goto("/orders")
    desk.get_by_role("heading", level=1).wait_for()
    desk.keyboard.press("/")
    desk.keyboard.type("blue")
    desk.get_by_role("option").filter(has_text="MUG-1").wait_for()
    desk.keyboard.press("Enter")
    desk.get_by_role("heading", level=1, name="Blue mug").wait_for()


def test_cards_on_a_phone_open_their_product(phone: Page) -> None:
    phone.goto("/products")
    phone.get_by_role("listitem").filter(has_text="Blue mug").get_by_role("link").click()
    phone.get_by_role("heading", level=1, name="Blue mug").wait_for()
    assert violations(phone) == []
    shoot(phone, "phone-product")


def test_signing_out_ends_the_session_here_and_on_the_server(desk: Page) -> None:
    desk.get_by_role("button", name="Your account", exact=False).click()
    desk.get_by_role("menuitem", name="Sign out").click()
    desk.get_by_role("heading", name="Sign in").wait_for()
    desk.goto("/orders")
    desk.get_by_role("heading", name="Sign in").wait_for()
    assert "next=" in desk.url
