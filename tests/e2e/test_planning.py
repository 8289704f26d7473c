"""What sold becomes a forecast, and the forecast a suggestion of what to order, each with its reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, shoot, violations, wait_for

pytestmark = pytest.mark.browser
HEAD = "invoice,sku,description,quantity,date,price\n"
DAYS = 120


def stands(site: Site, run: str, state: str) -> bool:
    return bool(site.api("GET", f"/imports/{run}").json()["data"]["status"] == state)


def history() -> str:
    """Five mugs a day, a few more at weekends, up to yesterday."""
    today = datetime.now(UTC).replace(hour=11, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=ago) for ago in range(DAYS, 0, -1)]
    lines = [
        f"I{n},MUG-1,Blue mug,{5 + 2 * (day.weekday() > 4)},{day:%Y-%m-%d %H:%M:%S},8.50" for n, day in enumerate(days)
    ]
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture(scope="module", autouse=True)
def sold(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sales of four months imported, and planned once."""
    site.api("POST", "/warehouses", {"code": "MAIN", "name": "Main warehouse"}).raise_for_status()
    file: Path = tmp_path_factory.mktemp("sales") / "history.csv"
    file.write_text(history())
    headers = {"Authorization": f"Bearer {site.key}"}
    with file.open("rb") as opened:
        sent = httpx.post(f"{site.url}/api/v1/imports", files={"file": opened}, headers=headers, timeout=60)
    run = sent.raise_for_status().json()["data"]["id"]
    for verb, state in (("check", "checked"), ("commit", "finished")):
        site.api("POST", f"/imports/{run}/{verb}").raise_for_status()
        wait_for(partial(stands, site, run, state), state)
    job = site.api("POST", "/forecasting/generate").raise_for_status().json()["data"]["job_id"]
    wait_for(lambda: site.api("GET", f"/jobs/{job}").json()["data"]["status"] == "succeeded", "planned", 90)


def test_a_plan_shows_how_far_it_is_and_says_when_it_is_over(desk: Page) -> None:
    desk.goto("/planning/reorder")
    desk.get_by_role("button", name="Plan everything anew").click()
    desk.get_by_role("progressbar", name="Forecasting every SKU and working out what to order").wait_for()
    desk.get_by_text("Every SKU is planned anew.").wait_for()
    expect(desk.get_by_role("progressbar")).to_have_count(0)


def test_a_suggestion_says_how_much_and_why(desk: Page) -> None:
    desk.goto("/planning/reorder")
    row = desk.get_by_role("row").filter(has_text="MUG-1")
    row.wait_for()
    row.get_by_role("button", name="How is Order for MUG-1 made?").click()
    reasons = desk.get_by_role("dialog")
    reasons.get_by_text("Safety stock", exact=False).wait_for()
    assert violations(desk) == []
    shoot(desk, "desk-reorder-why")


def test_a_point_set_by_hand_stands_beside_the_computed_one(desk: Page, site: Site) -> None:
    desk.goto("/planning/reorder?panel=reorder&with.sku=MUG-1&with.warehouse=MAIN")
    drawer = desk.get_by_role("dialog")
    drawer.get_by_label("Reorder point by hand").fill("12")
    assert violations(desk) == []
    drawer.get_by_role("button", name="Save").click()
    drawer.wait_for(state="detached")
    row = site.api("GET", "/replenishment/policies?filter[sku]=MUG-1").json()["data"][0]
    assert row["manual_point"] == "12"
    assert row["reorder_point"] == "12"
    assert row["computed_point"] not in {"0", "12"}


def test_a_forecast_is_shown_with_its_band_score_and_reasons(desk: Page) -> None:
    desk.goto("/planning/forecasts")
    desk.get_by_role("row").filter(has_text="MUG-1").first.click()
    desk.get_by_role("heading", name="Why this forecast").wait_for()
    desk.get_by_role("img", name="Sold and expected", exact=False).wait_for()
    expect(desk.get_by_text("Error in the backtest")).to_be_visible()
    assert violations(desk) == []
    shoot(desk, "desk-forecast")


def test_one_sku_can_be_forecast_now(desk: Page) -> None:
    desk.goto("/planning/forecasts?panel=forecast&with.sku=MUG-1")
    desk.get_by_role("dialog").get_by_role("button", name="Forecast", exact=True).click()
    desk.get_by_role("heading", name="Why this forecast").wait_for(timeout=30_000)


def test_the_score_of_the_whole_is_told_on_a_phone(phone: Page) -> None:
    phone.goto("/planning/accuracy")
    phone.get_by_text("SKUs and places forecast").wait_for()
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(phone, "phone-accuracy")
