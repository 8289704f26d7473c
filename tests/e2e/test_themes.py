"""The themes: legible on every page, following the system, remembered, without a flash."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from tests.e2e.conftest import AXE, DESKTOP, Site, shoot
from tests.e2e.test_pages import PAGES

pytestmark = pytest.mark.browser
THEMES = {
    "light": {"mode": "light", "contrast": "normal"},
    "dark": {"mode": "dark", "contrast": "normal"},
    "light-contrast": {"mode": "light", "contrast": "high"},
    "dark-contrast": {"mode": "dark", "contrast": "high"},
}
PLACES = list(PAGES.items())
GROUND = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture(scope="module", autouse=True)
def goods(site: Site) -> None:
    """Something to look at on each page."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main store"})
    for sku, name, quantity in (("LAMP", "Brass lamp", "7"), ("MUG", "Blue mug", "2"), ("BOWL", "Salad bowl", "40")):
        site.api("POST", "/products", {"sku": sku, "name": name, "selling_price": "20.00", "cost_price": "8.00"})
        line = {"sku": sku, "warehouse": "MAIN", "quantity": quantity}
        site.api("POST", "/inventory/adjust", {"reason": "received", "lines": [line]})
    site.api("POST", "/orders", {"lines": [{"sku": "LAMP", "quantity": "1", "unit_price": "20.00"}]})
    site.api("POST", "/customers", {"code": "C1", "name": "Ada", "email": "ada@example.com"})
    site.api("POST", "/suppliers", {"code": "S1", "name": "Lamps & Co"})


def is_now(page: Page, theme: str) -> None:
    page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
    page.wait_for_function("() => !document.getAnimations().some(one => one instanceof CSSTransition)")


def set_theme(page: Page, theme: str) -> None:
    page.evaluate("theme => window.setTheme(theme)", THEMES[theme])
    is_now(page, theme)


def illegible(page: Page, theme: str) -> list[str]:
    """Texts with too little contrast: 4.5 to 1, and 7 to 1 where high contrast was asked for."""
    rule = "color-contrast-enhanced" if theme.endswith("contrast") else "color-contrast"
    result = page.evaluate(f"async () => await axe.run(document, {{runOnly: {{type: 'rule', values: ['{rule}']}}}})")
    return [f"{theme} {n['html'][:160]} {n['any'][0]['message']}" for v in result["violations"] for n in v["nodes"]]


def looks(page: Page, path: str, title: str, size: str) -> list[str]:
    page.goto(path)
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    found = []
    for theme in THEMES:
        set_theme(page, theme)
        found += [f"{path} {one}" for one in illegible(page, theme)]
        shoot(page, f"{theme}-{size}{path.replace('/', '-')}")
    return found


@pytest.mark.parametrize("pages", [PLACES[n : n + 3] for n in range(0, len(PLACES), 3)])
def test_pages_are_legible_in_each_theme_on_a_desk(desk: Page, pages: list[tuple[str, str]]) -> None:
    assert [one for path, title in pages for one in looks(desk, path, title, "desk")] == []


@pytest.mark.parametrize("pages", [PLACES[n : n + 3] for n in range(0, len(PLACES), 3)])
def test_pages_are_legible_in_each_theme_on_a_phone(phone: Page, pages: list[tuple[str, str]]) -> None:
    assert [one for path, title in pages for one in looks(phone, path, title, "phone")] == []


def test_the_choice_is_in_the_account_menu_and_is_remembered(desk: Page) -> None:
    desk.get_by_role("button", name="Your account").click()
    desk.get_by_role("menuitemradio", name="Dark").click()
    desk.get_by_role("menuitemradio", name="High contrast").click()
    assert desk.get_by_role("menuitemradio", name="High contrast").get_attribute("aria-checked") == "true"
    assert desk.evaluate("document.documentElement.dataset.theme") == "dark-contrast"
    desk.reload()
    assert desk.evaluate("document.documentElement.dataset.theme") == "dark-contrast"


def test_the_system_is_followed_until_one_chooses(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=site.url, color_scheme="dark")
    page = context.new_page()
    page.goto("/sign-in")
    is_now(page, "dark")
    page.emulate_media(color_scheme="light")
    is_now(page, "light")
    page.emulate_media(color_scheme="dark", contrast="more")
    is_now(page, "dark-contrast")
    context.close()


def test_nothing_flashes_while_the_page_loads(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=site.url, color_scheme="dark")
    page = context.new_page()
    page.route("**/assets/index-*.js", lambda route: route.abort())  # as if the app were still on its way
    page.goto("/sign-in")
    assert page.evaluate(GROUND) == "rgb(18, 22, 25)"
    context.close()
