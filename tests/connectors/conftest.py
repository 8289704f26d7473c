from collections.abc import AsyncIterator, Iterator

import pytest
from tests.sandbox.process import Sandbox, running

from onhand.connectors import Pace, SandboxConnector


@pytest.fixture(scope="module")
def process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(process: Sandbox) -> Sandbox:
    process.calm()
    return process


@pytest.fixture
async def connector(sandbox: Sandbox) -> AsyncIterator[SandboxConnector]:
    endpoint = f"{sandbox.url}/shops/harbour/api"
    made = SandboxConnector("Harbour Market", endpoint, sandbox.token("harbour"), Pace(1000))
    yield made
    await made.aclose()
