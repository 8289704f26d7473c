"""Records from a file and from pasted cells: guessed, checked, imported, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser
GOODS = "SKU,Name,Price\nMUG-1,Blue mug 🫖,8.50\nCUP-1,White cup,4.25\nBAD-1,,1\n"


def test_a_file_of_products_is_guessed_mended_imported_and_undone(desk: Page, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(GOODS, encoding="utf-8")
    desk.goto("/import")
    desk.get_by_label("File to import").set_input_files(file)
    desk.get_by_role("heading", name="Products and SKUs").wait_for(timeout=60_000)
    assert violations(desk) == []
    desk.get_by_label("Save this mapping as").fill("Till")
    desk.get_by_label("Leave refused rows out").check()
    desk.get_by_role("button", name="Check the whole file").click()
    desk.get_by_role("heading", name="What the check found").wait_for(timeout=60_000)
    desk.get_by_text("BAD-1 is new and has no name.", exact=False).wait_for()
    assert site.api("GET", "/products").json()["data"] == [], "a check writes nothing"
    assert violations(desk) == []
    shoot(desk, "desk-records-checked")
    with desk.expect_download() as begun:
        desk.get_by_role("button", name="Errors as a file").click()
    assert begun.value.suggested_filename == "goods errors.csv"
    desk.get_by_role("button", name="Import now").click()
    desk.get_by_role("heading", name="What came of it").wait_for(timeout=60_000)
    assert len(site.api("GET", "/products").json()["data"]) == 2
    desk.get_by_role("button", name="Undo import").click()
    desk.get_by_role("dialog").get_by_role("button", name="Undo import").click()
    desk.get_by_role("heading", name="What came of undoing it").wait_for(timeout=60_000)
    assert site.api("GET", "/products").json()["data"] == []
    desk.goto("/import")
    desk.get_by_role("region", name="Saved mappings").get_by_text("Till").wait_for()


def test_cells_are_pasted_on_a_phone(phone: Page) -> None:
    phone.goto("/import")
    phone.get_by_role("button", name="Paste cells instead").click()
    phone.get_by_label("Cells, headings first").fill("Code\tName\nACME\tAcme Ceramics\n")
    phone.get_by_label("What it holds").select_option(label="Suppliers")
    phone.get_by_role("button", name="Take these cells").click()
    phone.get_by_role("heading", name="Suppliers").wait_for(timeout=60_000)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(phone) == []
    shoot(phone, "phone-records")
