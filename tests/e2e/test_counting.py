"""People count: at a desk they plan, look and post; at the shelf they scan."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def shelves(site: Site) -> None:
    """Mugs and plates at one warehouse."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main warehouse"}).raise_for_status()
    for sku, name, cost in (("MUG-1", "Blue mug", "3"), ("PLT-1", "Plate", "60")):
        body = {"sku": sku, "name": name, "cost_price": cost, "barcodes": [f"50{sku}"]}
        site.api("POST", "/products", body).raise_for_status()
        line = {"sku": sku, "warehouse": "MAIN", "quantity": "10", "unit_cost": cost}
        site.api("POST", "/inventory/adjust", {"reason": "received", "lines": [line]}).raise_for_status()


def on_hand(site: Site, sku: str) -> str:
    found: str = site.api("GET", f"/stock-levels/{sku}@MAIN").json()["data"]["on_hand"]
    return found


def test_a_count_is_planned_scanned_finished_and_posted(desk: Page, site: Site) -> None:
    desk.goto("/counting")
    desk.get_by_text("Nothing was counted yet").wait_for()
    assert violations(desk) == []
    desk.get_by_role("button", name="New count").first.click()
    drawer = desk.get_by_role("dialog", name="New count")
    drawer.get_by_role("combobox", name="Where").select_option("MAIN")
    assert violations(desk) == []
    drawer.get_by_role("button", name="Start counting").click()
    field = desk.get_by_label("Scan or type a code")
    field.wait_for()
    assert violations(desk) == []
    for _ in range(9):  # a scanner types and presses Enter
        desk.keyboard.type("50MUG-1")
        desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").filter(has_text="MUG-1")).to_contain_text("9")
    desk.get_by_role("button", name="Plate").click()
    desk.get_by_label("How many of PLT-1?").fill("10")
    desk.keyboard.press("Enter")
    desk.get_by_text("Everything is counted").wait_for()
    shoot(desk, "desk-shelf")
    desk.get_by_role("button", name="Finish counting").click()
    desk.get_by_role("button", name="Post differences").wait_for()
    desk.get_by_text("Lines that were right").wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-count")
    desk.get_by_role("button", name="Post differences").click()
    desk.get_by_text("is posted; the ledger agrees with the shelf").wait_for()
    assert (on_hand(site, "MUG-1"), on_hand(site, "PLT-1")) == ("9", "10")


def test_a_phone_counts_with_a_thumb(phone: Page, site: Site) -> None:
    made = site.api("POST", "/counts", {"warehouse": "MAIN", "skus": ["PLT-1"], "start": True}).json()["data"]
    phone.goto(f"/counts/{made['number']}/shelf")
    phone.get_by_label("Scan or type a code").fill("PLT-1")
    phone.keyboard.press("Enter")
    status = phone.get_by_role("status").filter(has_text="PLT-1")
    expect(status).to_contain_text("1")
    phone.get_by_role("button", name="Ten more").click()
    expect(status).to_contain_text("11")
    phone.get_by_role("button", name="One less").click()
    expect(status).to_contain_text("10")
    assert violations(phone) == []
    shoot(phone, "phone-shelf")
    phone.get_by_label("Scan or type a code").fill("NOTHING")
    phone.keyboard.press("Enter")
    phone.get_by_text("Nothing is known by the code NOTHING").wait_for()
    phone.get_by_role("button", name="Finish counting").click()
    phone.get_by_role("button", name="Post differences").wait_for()


def test_a_blind_count_prints_no_expected_numbers(desk: Page, site: Site) -> None:
    made = site.api("POST", "/counts", {"warehouse": "MAIN", "skus": ["MUG-1"]}).json()["data"]
    desk.goto(f"/counts/{made['number']}/print")
    desk.get_by_role("columnheader", name="Counted").wait_for()
    expect(desk.get_by_role("columnheader", name="Expected")).to_have_count(0)
    assert violations(desk) == []


def test_the_rules_are_changed_where_everybody_finds_them(desk: Page, site: Site) -> None:
    desk.goto("/counting/rules")
    desk.get_by_label("Approval above").fill("250")
    assert violations(desk) == []
    desk.get_by_role("button", name="Save").click()
    desk.get_by_text("The rules are saved.").wait_for()
    assert site.api("GET", "/count-settings").json()["data"]["approve_above"] == "250"


def test_the_usual_schedules_make_things_due_and_two_presses_begin_a_count(desk: Page, site: Site) -> None:
    cancelled = site.api("GET", "/counts?filter[status]=planned,counting,review,approved").json()["data"]
    for one in cancelled:
        site.api("POST", f"/counts/{one['id']}/cancel")
    desk.goto("/counting/schedules")
    desk.get_by_role("button", name="Use the usual schedules").click()
    desk.get_by_role("row").filter(has_text="High value").wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-count-schedules")
    desk.get_by_role("button", name="New schedule").click()
    drawer = desk.get_by_role("dialog", name="New schedule")
    drawer.get_by_label("Name").fill("Ten at random")
    drawer.get_by_role("combobox", name="What").select_option("sample")
    assert violations(desk) == []
    drawer.get_by_role("button", name="Add schedule").click()
    drawer.wait_for(state="detached")
    for one in site.api("GET", "/count-schedules").json()["data"]:
        site.api("PATCH", f"/count-schedules/{one['id']}", {"every_days": 1})
    site.api("POST", "/products", {"sku": "NEW-1", "name": "New bowl"}).raise_for_status()
    line = {"sku": "NEW-1", "warehouse": "MAIN", "quantity": "5"}
    site.api("POST", "/inventory/adjust", {"reason": "received", "lines": [line]}).raise_for_status()
    desk.goto("/counting/due")
    desk.get_by_role("row").filter(has_text="Never counted").first.wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-count-due")
    desk.get_by_role("button", name="Count what is due at MAIN").click()
    desk.get_by_label("Scan or type a code").wait_for()


def test_accuracy_is_drawn_from_what_was_posted(desk: Page) -> None:
    desk.goto("/counting/accuracy")
    desk.get_by_text("Lines that were right").wait_for()
    desk.get_by_text("Accuracy of stock").wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-count-accuracy")


def test_the_abc_analysis_says_what_makes_most(desk: Page, site: Site) -> None:
    line = {"sku": "PLT-1", "quantity": "1", "unit_price": "90"}
    site.api("POST", "/orders", {"lines": [line]}).raise_for_status()
    desk.goto("/counting/abc")
    desk.get_by_text("What each class makes").wait_for()
    desk.get_by_role("button", name="Quantity").click()
    desk.get_by_text("SKUs by what they make").first.wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-abc")
    desk.get_by_role("button", name="Give classes by the rules now").click()
    desk.get_by_text("1 SKUs are A").wait_for()
