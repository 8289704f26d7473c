"""The main job in a browser: a product comes in, is sold on a marketplace, and the number is right everywhere."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations, wait_for

from onhand import sandbox

pytestmark = pytest.mark.browser
SKU = "MUG-1"


@pytest.fixture(scope="module")
def shop(site: Site) -> Site:
    """A warehouse, a product, and one sandbox shop to sell it on."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main"}).raise_for_status()
    product = {"sku": SKU, "name": "Harbour mug", "selling_price": "12.50", "cost_price": "5.00", "currency": "GBP"}
    site.api("POST", "/products", product).raise_for_status()
    channel = {
        "name": "Harbour Market",
        "code": "harbour",
        "endpoint": f"{site.sandbox_url}/shops/harbour/api",
        "credentials": {"token": sandbox.token_of(1, "harbour")},
    }
    site.api("POST", "/channels", channel).raise_for_status()
    return site


def shown(site: Site) -> int | None:
    """What the marketplace shows of the mug."""
    shops = httpx.get(f"{site.sandbox_url}/control/state").json()
    found = [item for shop in shops["shops"] for item in shop["listings"] if item["sku"] == SKU]
    return int(found[0]["quantity"]) if found else None


def available(site: Site) -> str | None:
    levels = site.api("GET", f"/stock-levels?filter[sku]={SKU}").json()["data"]
    return str(levels[0]["available"]) if levels else None


def test_stock_received_by_hand_shows_on_the_marketplace(shop: Site, desk: Page) -> None:
    desk.goto("/stock-levels?panel=adjust")
    desk.get_by_role("dialog").wait_for()
    assert violations(desk) == []
    answer = shop.api(
        "POST",
        "/inventory/adjust",
        {"reason": "received", "lines": [{"sku": SKU, "warehouse": "MAIN", "quantity": "7", "unit_cost": "5.00"}]},
    )
    assert answer.status_code == 201, answer.text
    wait_for(lambda: shown(shop) == 7, "the marketplace shows 7", 20)


def test_a_sale_on_the_marketplace_changes_the_open_page(shop: Site, desk: Page) -> None:
    desk.goto(f"/stock-levels?filter[sku]={SKU}")
    desk.get_by_text("Harbour mug").first.wait_for()
    httpx.post(f"{shop.sandbox_url}/control/shops/harbour/buy", json={"sku": SKU, "quantity": 2}).raise_for_status()
    wait_for(lambda: available(shop) == "5", "5 are available", 20)
    row = desk.get_by_role("row").filter(has_text=SKU)
    expect(row).to_contain_text(re.compile("5"), timeout=10_000)
    shoot(desk, "main-job-levels")


def test_more_than_there_is_cannot_be_promised(shop: Site) -> None:
    refused = shop.api("POST", "/orders", {"lines": [{"sku": SKU, "quantity": "6", "unit_price": "12.50"}]})
    assert (refused.status_code, refused.json()["code"]) == (409, "ledger.not_enough_stock")
    assert available(shop) == "5"
    taken = shop.api("POST", "/orders", {"lines": [{"sku": SKU, "quantity": "5", "unit_price": "12.50"}]})
    assert taken.status_code == 201, taken.text
    wait_for(lambda: shown(shop) == 0, "the marketplace shows none", 20)
