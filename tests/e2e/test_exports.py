"""A list saved as a file, as it is filtered on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from tests.e2e.conftest import Site, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def goods(site: Site) -> None:
    for sku in ("MUG-1", "MUG-2", "CUP-1"):
        site.api("POST", "/products", {"sku": sku, "name": f"Article {sku} 🫖"}).raise_for_status()


def saved(page: Page, kind: str, folder: Path) -> Path:
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download(timeout=60_000) as begun:
        page.get_by_role("menuitem", name=kind, exact=True).click()
    target = folder / begun.value.suggested_filename
    begun.value.save_as(target)
    return target


def test_a_filtered_list_is_saved_as_csv_and_as_a_workbook(desk: Page, tmp_path: Path) -> None:
    desk.goto("/products?q=MUG&sort=sku")
    desk.get_by_role("gridcell", name="MUG-1").or_(desk.get_by_text("MUG-1")).first.wait_for()
    text = saved(desk, "CSV", tmp_path).read_text(encoding="utf-8-sig")
    assert [line.split(",")[2] for line in text.splitlines()] == ["sku", '"MUG-1"', '"MUG-2"']
    sheet = load_workbook(saved(desk, "Excel", tmp_path)).active
    assert sheet is not None
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["sku", "MUG-1", "MUG-2"]
    assert violations(desk) == []


def test_the_menu_is_there_on_a_phone(phone: Page, tmp_path: Path) -> None:
    phone.goto("/products")
    assert saved(phone, "JSON, a line per row", tmp_path).read_text(encoding="utf-8").count("\n") == 3
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
