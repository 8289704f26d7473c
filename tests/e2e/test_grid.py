"""The grid of stock: changed in place, summed by groups, changed together, kept as a view."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def goods(site: Site) -> None:
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main store"})
    for sku, name in (("LAMP", "Brass lamp"), ("MUG", "Blue mug")):
        assert site.api("POST", "/products", {"sku": sku, "name": name}).is_success
        line = {"sku": sku, "warehouse": "MAIN", "quantity": "7"}
        assert site.api("POST", "/inventory/adjust", {"reason": "received", "lines": [line]}).is_success


def on_hand(site: Site, sku: str) -> str:
    rows = site.api("GET", f"/stock-levels?filter[sku]={sku}").json()["data"]
    return str(rows[0]["on_hand"])


def test_on_hand_is_changed_in_place_and_a_conflict_is_shown(desk: Page, site: Site) -> None:
    desk.goto("/stock-levels")
    cell = desk.get_by_role("row", name="Brass lamp").locator("[data-editable]").first
    cell.dblclick()
    field = desk.get_by_role("textbox", name="On hand of LAMP at MAIN")
    field.fill("9")
    field.press("Enter")
    desk.get_by_text("LAMP at MAIN: 9 on hand now.").wait_for()
    assert on_hand(site, "LAMP") == "9"
    cell.dblclick()
    field.fill("many")
    field.press("Enter")
    expect(desk.get_by_role("tooltip")).to_contain_text("zero or more")
    assert violations(desk) == []
    field.press("Escape")
    expect(field).to_have_count(0)
    assert on_hand(site, "LAMP") == "9"


def test_levels_are_grouped_with_their_sums(desk: Page) -> None:
    desk.goto("/stock-levels")
    desk.get_by_role("button", name="By warehouse").click()
    row = desk.get_by_role("row", name="MAIN")
    row.wait_for()
    assert violations(desk) == []
    shoot(desk, "grid-groups")
    row.get_by_role("link").click()
    expect(desk.get_by_role("row", name="Blue mug")).to_be_visible()


def test_many_levels_are_changed_together_and_taken_back(desk: Page, site: Site) -> None:
    before = on_hand(site, "MUG")
    desk.goto("/stock-levels")
    desk.get_by_role("checkbox", name="Select all loaded rows").check()
    desk.get_by_role("region", name="Selected rows").get_by_role("button", name="Adjust").click()
    desk.get_by_label("Add or take, such as -2").fill("5")
    assert violations(desk) == []
    desk.get_by_role("button", name="Change 2", exact=True).click()
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_text("Taken back.").wait_for()
    assert on_hand(site, "MUG") == before


def test_a_view_is_kept_and_opened_again(desk: Page) -> None:
    desk.goto("/stock-levels?q=mug")
    expect(desk.get_by_role("row", name="Brass lamp")).to_have_count(0)
    desk.get_by_role("button", name="Views").click()
    desk.get_by_role("menuitem", name="Save as a new view").click()
    desk.get_by_label("Name").fill("Mugs")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_text("Saved as Mugs.").wait_for()
    desk.goto("/stock-levels")
    expect(desk.get_by_role("row", name="Brass lamp")).to_be_visible()
    desk.get_by_role("button", name="Views").click()
    desk.get_by_role("menuitemradio", name="Mugs").click()
    expect(desk.get_by_role("row", name="Brass lamp")).to_have_count(0)
    shoot(desk, "grid-view")
