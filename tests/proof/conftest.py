"""An organization with SKUs, warehouses and stock, made through the verbs of the modules below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from onhand import catalog, ledger, places

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.kernel import Actor


@pytest.fixture
async def stocked(database: Database, actor: Actor) -> Actor:
    """Ten of A at MAIN for 2 each, three of them promised; ten of B, two of them unavailable."""
    async with database.session(actor) as session:
        await places.ensure_warehouse(session, "MAIN", "Main")
        await catalog.ensure_skus(session, [catalog.SkuWanted("A", "A"), catalog.SkuWanted("B", "B")])
        lines: list[ledger.Line] = [
            ledger.Move(sku="A", warehouse="MAIN", quantity=Decimal(10), unit_cost=Decimal(2)),
            ledger.Move(sku="B", warehouse="MAIN", quantity=Decimal(10)),
            ledger.Withhold(sku="B", warehouse="MAIN", quantity=Decimal(2)),
        ]
        await ledger.record(session, ledger.Posting(lines=lines, reason="received"))
        await ledger.reserve(session, ledger.Reserve(sku="A", warehouse="MAIN", quantity=Decimal(3)))
    return actor
