from __future__ import annotations

import pytest
from tests.forecasting.shop import Shop

from onhand.infra.db import Database
from onhand.kernel import Actor


@pytest.fixture
def shop(database: Database, actor: Actor) -> Shop:
    """A shop of the administrator's organization, empty yet."""
    return Shop(database, actor)
