"""Two sandbox shops connected, a number pushed, one stopped and synced again: by hand, in the browser."""

from __future__ import annotations

from functools import partial

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations, wait_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def shelf(site: Site) -> None:
    """One article of which ten lie in one warehouse."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main warehouse"}).raise_for_status()
    site.api("POST", "/products", {"sku": "MUG-1", "name": "Blue mug", "selling_price": "8.50"}).raise_for_status()
    line = {"sku": "MUG-1", "warehouse": "MAIN", "quantity": "10"}
    site.api("POST", "/inventory/adjust", {"lines": [line], "reason": "found"}).raise_for_status()


def token(site: Site, slug: str) -> tuple[str, str]:
    """The address and the token of one sandbox shop."""
    shops = httpx.get(f"{site.sandbox_url}/control/shops").json()
    found = next(shop for shop in shops if shop["slug"] == slug)
    return f"{site.sandbox_url}{found['path']}", found["token"]


def shown(site: Site, code: str) -> str | None:
    """What a channel last said it shows of the mug."""
    rows = site.api("GET", f"/channels/{code}/listings?filter[sku]=MUG-1").json()["data"]
    return rows[0]["acknowledged"] if rows else None


def connect(page: Page, site: Site, name: str, slug: str) -> None:
    endpoint, secret = token(site, slug)
    page.goto("/channels")
    page.get_by_role("button", name="Connect a channel").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name", exact=False).first.fill(name)
    drawer.get_by_label("Address of its API").fill(endpoint)
    drawer.get_by_label("Access token").fill(secret)
    drawer.get_by_role("button", name="Test the connection").click()
    drawer.get_by_text("answered in").wait_for()
    assert violations(page) == []
    drawer.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("heading", level=1, name=name).wait_for()


def shows(site: Site, code: str, wanted: str) -> bool:
    return shown(site, code) == wanted


def test_a_wrong_token_is_told_before_anything_is_saved(desk: Page, site: Site) -> None:
    endpoint, _ = token(site, "harbour")
    desk.goto("/channels?panel=channel")
    drawer = desk.get_by_role("dialog")
    drawer.get_by_label("Address of its API").fill(endpoint)
    drawer.get_by_label("Access token").fill("not the token")
    drawer.get_by_role("button", name="Test the connection").click()
    expect(drawer.get_by_role("status").get_by_role("alert")).to_contain_text("credentials")
    assert site.api("GET", "/channels").json()["data"] == []


def test_two_shops_show_the_shelf_and_follow_it(desk: Page, site: Site) -> None:
    connect(desk, site, "Harbour Market", "harbour")
    connect(desk, site, "Lantern & Co", "lantern")
    codes = [row["code"] for row in site.api("GET", "/channels?sort=name").json()["data"]]
    for code in codes:
        wait_for(partial(shows, site, code, "10"), f"{code} shows ten")
    desk.get_by_text("In step").first.wait_for()
    line = {"sku": "MUG-1", "warehouse": "MAIN", "quantity": "-4"}
    site.api("POST", "/inventory/adjust", {"lines": [line], "reason": "broken"}).raise_for_status()
    listing = desk.get_by_role("row").filter(has_text="MUG-1")
    expect(listing.get_by_role("gridcell").nth(2)).to_have_text("6", timeout=20_000)
    assert violations(desk) == []
    shoot(desk, "desk-channel")


def test_what_was_said_can_be_read(desk: Page, site: Site) -> None:
    code = site.api("GET", "/channels").json()["data"][0]["code"]
    desk.goto(f"/channels/{code}/log?filter[kind]=push")
    desk.get_by_role("row").filter(has_text="MUG-1").first.wait_for()
    assert violations(desk) == []


def test_a_sync_is_followed_to_its_end(desk: Page) -> None:
    desk.goto("/sync")
    desk.get_by_role("button", name="Sync Harbour Market now").click()
    desk.get_by_text("differences.", exact=False).last.wait_for(timeout=60_000)
    assert violations(desk) == []
    shoot(desk, "desk-sync-done")


def test_a_broken_shop_is_seen_and_recovers(desk: Page, site: Site) -> None:
    code = next(row["code"] for row in site.api("GET", "/channels").json()["data"] if "Lantern" in row["name"])
    desk.goto(f"/channels/{code}/faults")
    desk.get_by_role("button", name="It is down").click()
    expect(desk.get_by_role("button", name="It is down")).to_have_attribute("aria-pressed", "true")
    line = {"sku": "MUG-1", "warehouse": "MAIN", "quantity": "1"}
    site.api("POST", "/inventory/adjust", {"lines": [line], "reason": "found"}).raise_for_status()
    wait_for(lambda: site.api("GET", f"/channels/{code}/status").json()["data"]["error"] is not None, "trouble seen")
    desk.get_by_role("button", name="It runs").click()
    wait_for(lambda: shown(site, code) == "7", "the number arrived after all", 60)
    assert violations(desk) == []


def test_a_paused_channel_says_so_on_a_phone(phone: Page, site: Site) -> None:
    code = next(row["code"] for row in site.api("GET", "/channels").json()["data"] if "Harbour" in row["name"])
    phone.goto(f"/channels/{code}")
    phone.get_by_role("button", name="Pause").click()
    phone.get_by_role("button", name="Resume").wait_for()
    assert site.api("GET", f"/channels/{code}").json()["data"]["status"] == "paused"
    phone.get_by_role("button", name="Resume").click()
    phone.get_by_role("button", name="Pause").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(phone, "phone-channel")
