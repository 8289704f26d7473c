"""The time machine in a browser: a moment chosen by slider, keyboard and exact inputs, on a desk and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_slider_goes_back_in_time_by_keyboard(desk: Page) -> None:
    desk.goto("/time-machine")
    slider = desk.get_by_role("slider", name="Day")
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowLeft")
    expect(desk).to_have_url(re.compile(r"day=\d{4}-\d{2}-\d{2}"))
    assert slider.get_attribute("aria-valuetext") != before
    desk.get_by_text("On hand then").first.wait_for()
    desk.wait_for_load_state("networkidle")
    assert violations(desk) == []


def test_what_was_believed_then_and_an_exact_time(desk: Page) -> None:
    desk.goto("/time-machine?day=2020-01-01")
    desk.get_by_text("Nothing was there").wait_for()
    desk.goto("/time-machine")
    desk.get_by_role("button", name="As we believed it then").click()
    expect(desk).to_have_url(re.compile("seen=then"))
    desk.get_by_label(re.compile("^Time")).fill("12:30")
    expect(desk).to_have_url(re.compile("time=12"))
    assert desk.get_by_role("alert").count() == 0


def test_the_movements_since_then_are_one_press_away(desk: Page) -> None:
    desk.goto("/time-machine")
    desk.get_by_role("button", name="Movements since").click()
    desk.get_by_role("heading", level=1, name="Movements").wait_for()
    expect(desk).to_have_url(re.compile("effective_at"))


def test_a_phone_shows_levels_as_cards(phone: Page) -> None:
    phone.goto("/time-machine")
    phone.get_by_role("heading", level=1, name="Time machine").wait_for()
    phone.wait_for_load_state("networkidle")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
