from __future__ import annotations

import httpx
import pytest
from tests.sales.shop import Shop


@pytest.fixture
def shop(client: httpx.AsyncClient) -> Shop:
    """A shop of the administrator's organization, empty yet."""
    return Shop(client)
