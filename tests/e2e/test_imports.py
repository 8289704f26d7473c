"""A file of sales, from choosing it to its result, and undone as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.e2e.conftest import Site, shoot, violations

pytestmark = pytest.mark.browser
SHARED = Path(os.environ.get("ONHAND_SHARED", "../shared"))
SAMPLE = SHARED / "data" / "online_retail_sample_20k.csv"
HEAD = "invoice_no,stock_code,description,quantity,invoice_date,unit_price,customer_id,country\n"
SALES = HEAD + (
    "1001,MUG-1,Blue mug,2,2026-03-02 10:00:00,8.50,7001,United Kingdom\n"
    "1001,CUP-1,White cup,1,2026-03-02 10:00:00,4.25,7001,United Kingdom\n"
    "1002,MUG-1,Blue mug,1,not a date,8.50,,France\n"
    "1003,CUP-1,White cup,3,2026-03-04 12:30:00,4.25,,France\n"
)


def choose(page: Page, file: Path) -> None:
    page.goto("/import")
    page.get_by_label("File to import").set_input_files(file)
    page.get_by_role("heading", level=1, name=file.name).wait_for(timeout=60_000)


@pytest.fixture(scope="module", autouse=True)
def place(site: Site) -> None:
    """Sales need somewhere to have been sold from."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main warehouse"}).raise_for_status()


def test_a_file_is_checked_imported_and_undone(desk: Page, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "march.csv"
    file.write_text(SALES)
    choose(desk, file)
    assert violations(desk) == []
    desk.get_by_role("button", name="Check the whole file").click()
    desk.get_by_role("heading", name="What the check found").wait_for(timeout=60_000)
    desk.get_by_role("region", name="Lines left out").get_by_text("not a date", exact=True).wait_for()
    assert site.api("GET", "/orders").json()["data"] == [], "a check writes nothing"
    assert violations(desk) == []
    shoot(desk, "desk-import-checked")
    desk.get_by_role("button", name="Import now").click()
    desk.get_by_role("heading", name="What came of it").wait_for(timeout=60_000)
    assert len(site.api("GET", "/orders").json()["data"]) == 2
    desk.get_by_role("button", name="Undo import").click()
    desk.get_by_role("dialog").get_by_role("button", name="Undo import").click()
    desk.get_by_text("has been undone since", exact=False).wait_for(timeout=60_000)
    assert site.api("GET", "/orders").json()["data"] == []
    level = site.api("GET", "/stock-levels?filter[sku]=MUG-1").json()["data"]
    assert all(row["on_hand"] == "0" for row in level)


def test_a_file_that_is_none_says_why(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "picture.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" * 200)
    desk.goto("/import")
    desk.get_by_label("File to import").set_input_files(file)
    desk.get_by_role("button", name="Dismiss").wait_for()
    assert desk.url.endswith("/import")


@pytest.mark.shared
@pytest.mark.timeout(400)
def test_the_sample_of_twenty_thousand_lines_comes_in(phone: Page, site: Site) -> None:
    choose(phone, SAMPLE)
    phone.get_by_role("button", name="Check the whole file").click()
    phone.get_by_role("heading", name="What the check found").wait_for(timeout=120_000)
    phone.get_by_role("button", name="Import now").click()
    phone.get_by_role("heading", name="What came of it").wait_for(timeout=240_000)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(phone) == []
    shoot(phone, "phone-import")
    assert len(site.api("GET", "/orders?limit=500").json()["data"]) == 500
