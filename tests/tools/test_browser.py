"""Which browser the tests get."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.bootstrap import browser
from tools.bootstrap.console import Stopped


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on its PATH but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(browser, "BUNDLED", tmp_path / "bundled")
    for name in ("ONHAND_CHROMIUM", "CI"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def a_program(path: Path, code: int = 0) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_one_that_is_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_program(bare / "chromium")
    monkeypatch.setenv("ONHAND_CHROMIUM", a_program(bare / "mine"))
    assert browser.find_browser() == str(bare / "mine")


def test_one_that_does_not_start_is_passed_over(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_program(bare / "google-chrome")
    monkeypatch.setenv("ONHAND_CHROMIUM", a_program(bare / "mine", code=1))
    assert browser.find_browser() == str(bare / "google-chrome")


def test_playwrights_own_newest_is_found(bare: Path) -> None:
    a_program(bare / "playwright" / "chromium-1180" / "chrome-linux" / "chrome")
    newest = a_program(bare / "playwright" / "chromium-1190" / "chrome-linux" / "chrome")
    assert browser.find_browser() == newest


@pytest.mark.usefixtures("bare")
def test_without_one_people_are_told_loudly_and_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert browser.find_browser() is None
    assert "NO BROWSER FOUND: every browser test is skipped." in capsys.readouterr().err


@pytest.mark.usefixtures("bare")
def test_without_one_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Stopped, match="CI may not skip the browser tests"):
        browser.find_browser()
