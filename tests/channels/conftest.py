from collections.abc import Iterator

import pytest
from tests.sandbox.process import Sandbox, running


@pytest.fixture(scope="module")
def process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(process: Sandbox) -> Sandbox:
    process.calm()
    return process
