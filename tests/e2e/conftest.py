"""A whole onhand for the browser: web, worker and sandbox as real processes on a database of their own."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from tests.conftest import clone

from onhand import identity
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.postgres import RunningPostgres
from onhand.infra.settings import Settings, get_settings

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "tests" / "e2e" / "screenshots"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
EMAIL, PASSWORD = "browser@example.com", "a browser's password"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
READY_SECONDS = 240
# Without these flags the browser asks its maker's hosts at every start; nothing outside this machine is wanted.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium() -> str | None:
    """Where a browser is: the one named, or one on PATH."""
    named = os.environ.get("ONHAND_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests say loudly that they cannot run; under CI they fail instead, in the fixture."""
    if chromium() is None and not os.environ.get("CI"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="NO BROWSER FOUND: set ONHAND_CHROMIUM or install Chromium"))


@dataclass(frozen=True, slots=True)
class Site:
    """A running onhand."""

    url: str
    sandbox_url: str
    key: str
    settings: Settings

    def api(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Call the API as the administrator."""
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.request(method, f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=30)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], told: dict[str, str]) -> Iterator[None]:
    """A process for the length of a block, stopped in order."""
    with subprocess.Popen([sys.executable, "-m", *command], env=os.environ | told) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def wait_for(check: Callable[[], bool], what: str, seconds: float = READY_SECONDS) -> None:
    """Wait until `check` holds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if check():
                return
        except httpx.TransportError:
            time.sleep(0.05)
        time.sleep(0.1)
    raise TimeoutError(what)


async def found(settings: Settings) -> str:
    """An organization with an administrator who can sign in; returns an API key."""
    async with Database(app_url(settings), 2) as database, database.anonymous() as session:
        await identity.create_organization(session, identity.CreateOrganization("browser", "Harbour Gifts"))
        await identity.create_user(session, identity.CreateUser(EMAIL, "Bo", PASSWORD, "admin"))
        _, secret = await identity.create_api_key(session, identity.CreateApiKey("tests", "admin"))
        return secret


@pytest.fixture(scope="module")
def site(postgres: RunningPostgres, home: Path) -> Iterator[Site]:
    """One onhand for the tests of a module."""
    port, sandbox = free_port(), free_port()
    settings = replace(get_settings(), home=home, database_url=clone(postgres), port=port)
    told = {
        "ONHAND_HOME": str(home),
        "ONHAND_DATABASE_URL": str(settings.database_url),
        "ONHAND_PORT": str(port),
        "ONHAND_LOG_LEVEL": "error",
    }
    with ThreadPoolExecutor(1) as beside:  # the browser's driver keeps a loop in this thread
        key = beside.submit(lambda: asyncio.run(found(settings))).result()
    with ExitStack() as stack:
        stack.enter_context(running(["onhand.app.web"], told))
        stack.enter_context(running(["onhand.app", "worker"], told))
        stack.enter_context(running(["onhand.sandbox", "--port", str(sandbox)], told))
        made = Site(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox}", key, settings)
        wait_for(lambda: httpx.get(f"{made.url}/readyz").is_success, "ready")
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = chromium()
    assert path, "NO BROWSER FOUND: set ONHAND_CHROMIUM or install Chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def signed_in(browser: Browser, site: Site, viewport: ViewportSize) -> Iterator[BrowserContext]:
    """A browser that somebody has signed in with; it keeps the scripts that it has loaded, as people's do."""
    context = browser.new_context(viewport=viewport, reduced_motion="reduce", base_url=site.url)
    answer = context.request.post("/api/v1/auth/login", data={"email": EMAIL, "password": PASSWORD})
    assert answer.ok, answer.text()
    yield context
    context.close()


@pytest.fixture(scope="module")
def desks(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """The browser of a module's tests on a desk."""
    with signed_in(browser, site, DESKTOP) as context:
        yield context


@pytest.fixture(scope="module")
def phones(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """The browser of a module's tests on a phone."""
    with signed_in(browser, site, PHONE) as context:
        yield context


@contextmanager
def visit(context: BrowserContext) -> Iterator[Page]:
    """A page at home that remembers nothing of earlier ones; any error in its console fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/icon.svg")
    page.evaluate("localStorage.clear()")
    page.goto("/")
    page.get_by_role("heading", level=1, name="Dashboard").wait_for()
    yield page
    page.close()
    context.set_offline(offline=False)
    assert errors == []


@pytest.fixture
def desk(desks: BrowserContext) -> Iterator[Page]:
    """A page on a desk."""
    with visit(desks) as page:
        yield page


@pytest.fixture
def phone(phones: BrowserContext) -> Iterator[Page]:
    """A page on a phone."""
    with visit(phones) as page:
        yield page


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 AA, in one line each."""
    page.evaluate(AXE.read_text())
    options = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations']}"
    result = page.evaluate(f"async () => await axe.run(document, {options})")
    return [f"{v['id']}: {n['html'][:160]}" for v in result["violations"] for n in v["nodes"]]


def shoot(page: Page, name: str) -> None:
    """Keep a picture for whoever changed the page."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=False)
