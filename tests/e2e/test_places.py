"""Places inside a warehouse, the map of sites, and photos, as people use them."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page
from tests.attachments.files import a_photo
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def stocked(site: Site) -> None:
    """MAIN with bins, and ten mugs that lie in none."""
    body = {"code": "MAIN", "name": "Main hall", "uses_bins": True, "latitude": "51.5", "longitude": "-0.12"}
    site.api("POST", "/warehouses", body)
    site.api("POST", "/products", {"name": "Mug", "sku": "MUG"})
    site.api("POST", "/warehouses/MAIN/bins", {"code": "Z", "kind": "zone", "name": "Ground floor"})
    line = {"sku": "MUG", "warehouse": "MAIN", "quantity": "10", "unit_cost": "2"}
    assert site.api("POST", "/inventory/adjust", {"lines": [line], "type": "purchase"}).is_success


def test_places_are_made_by_a_pattern_and_goods_put_away(desk: Page) -> None:
    desk.goto("/warehouses/MAIN/bins")
    desk.get_by_role("button", name="Add many").click()
    desk.get_by_label("Pattern").fill("A-{1..2}-{1..2}")
    desk.get_by_label("Capacity of each").fill("12")
    desk.get_by_role("button", name="Add places").click()
    desk.get_by_text("A-2-2").wait_for()
    desk.goto("/warehouses/MAIN/put-away")
    desk.get_by_role("button", name="Put MUG into A-1-1").click()
    desk.get_by_text("Everything has its place").wait_for()
    desk.goto("/warehouses/MAIN/bins")
    desk.get_by_text("10 / 12").wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-bins")


def test_the_plan_is_drawn_by_key_and_kept(desk: Page) -> None:
    desk.goto("/warehouses/MAIN/plan")
    desk.get_by_role("button", name="Place the other").click()
    spot = desk.get_by_role("button", name="Z", exact=True)
    spot.focus()
    spot.press("ArrowRight")
    desk.get_by_role("button", name="Save plan").click()
    desk.get_by_text("The plan is saved.").wait_for()
    desk.reload()
    assert desk.get_by_role("button", name="Z", exact=True).get_attribute("transform") == "translate(0.5 0)"
    assert violations(desk) == []
    shoot(desk, "desk-plan")


@pytest.mark.parametrize("path", ["/sites", "/warehouses/MAIN/overview", "/warehouses/MAIN/put-away"])
def test_pages_of_places_open_on_a_phone(phone: Page, path: str) -> None:
    phone.goto(path)
    phone.get_by_role("heading", level=1).wait_for()
    phone.wait_for_load_state("networkidle")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    shoot(phone, f"phone{path.replace('/', '-')}")


def test_photos_are_sent_shown_and_ordered(desk: Page, site: Site) -> None:
    product = site.api("GET", "/products/MUG").json()["data"]["id"]
    desk.goto(f"/products/{product}/photos")
    files: list[FilePayload] = [
        {"name": f"{name}.png", "mimeType": "image/png", "buffer": a_photo(60, 40, form="PNG", colour=(n, 9, 9))}
        for n, name in enumerate(("front", "back"))
    ]
    desk.get_by_label("Files to attach").set_input_files(files)
    desk.get_by_role("img", name="back.png").wait_for()
    desk.get_by_role("button", name="Show back.png first").click()
    desk.get_by_role("list", name="Photos").get_by_role("img").first.wait_for()
    desk.wait_for_load_state("networkidle")
    assert violations(desk) == []
    shoot(desk, "desk-photos")
    desk.goto("/products")
    desk.locator("img").first.wait_for()
    assert violations(desk) == []
