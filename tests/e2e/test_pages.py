"""Every page once, on a desk and on a phone: it opens, says what it is, breaks no rule of accessibility."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from tests.e2e.conftest import DESKTOP, EMAIL, PASSWORD, Site, shoot, violations

pytestmark = pytest.mark.browser
PAGES = {
    "/": "Dashboard",
    "/products": "Products",
    "/categories": "Categories",
    "/stock-levels": "Stock levels",
    "/scan": "Scan",
    "/transfers": "Transfers",
    "/movements": "Movements",
    "/time-machine": "Time machine",
    "/warehouses": "Warehouses",
    "/orders": "Orders",
    "/customers": "Customers",
    "/sellers": "Sellers",
    "/channels": "Channels",
    "/sync": "Sync",
    "/planning": "Forecasts & reorder",
    "/suppliers": "Suppliers",
    "/import": "Import",
    "/settings": "Settings",
}


def opens(page: Page, path: str, title: str) -> None:
    page.goto(path)
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_each_page_opens_on_a_desk(desk: Page, path: str, title: str) -> None:
    opens(desk, path, title)
    shoot(desk, f"desk{path.replace('/', '-')}")


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_each_page_opens_on_a_phone(phone: Page, path: str, title: str) -> None:
    opens(phone, path, title)
    shoot(phone, f"phone{path.replace('/', '-')}")


def test_the_first_page_needs_little_script(desk: Page) -> None:
    sizes: list[int] = []
    desk.on(
        "response", lambda r: sizes.append(int(r.headers.get("content-length", 0))) if r.url.endswith(".js") else None
    )
    desk.goto("/")
    desk.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= 250_000


def test_one_signs_in_and_out_again(browser: Browser, site: Site) -> None:
    page = browser.new_context(viewport=DESKTOP, base_url=site.url).new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url(f"{site.url}/sign-in**")
    page.context.close()
