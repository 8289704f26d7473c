from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from tests.sandbox.process import Sandbox, running
from tests.syncing.town import Town, open_town

from onhand import syncing
from onhand.infra.db import Database
from onhand.infra.secrets import master_key
from onhand.infra.settings import Settings
from onhand.kernel import Actor


@pytest.fixture(scope="module")
def process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(process: Sandbox) -> Iterator[Sandbox]:
    process.calm()
    yield process
    for slug in ("harbour", "lantern"):
        with process.shop(slug) as shop:
            shop.delete("/webhook")


@pytest.fixture
async def hub(database: Database, settings: Settings) -> AsyncIterator[syncing.Hub]:
    async with syncing.hub_of(database, master_key(settings)) as opened:
        yield opened


@pytest.fixture
async def town(
    hub: syncing.Hub, actor: Actor, sandbox: Sandbox, settings: Settings, client: httpx.AsyncClient
) -> AsyncIterator[Town]:
    """An organization with one warehouse that sells in both shops of the sandbox, until the test ends."""
    opened = await open_town(hub, actor, sandbox, settings, client)
    yield opened
    for slug in opened.refs:
        await opened.api("POST", f"/channels/{slug}/pause")
