from __future__ import annotations

import httpx
import pytest
from tests.sales.shop import Shop

from onhand.infra.db import Database
from onhand.kernel import Actor


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database, actor: Actor) -> Shop:
    """A shop of the administrator's organization with one warehouse, MAIN, and nothing in it yet."""
    made = Shop(client, database, actor)
    await made.warehouse("MAIN")
    return made
