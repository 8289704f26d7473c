"""Lots and bins are part of the proof."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import psycopg
import pytest

from onhand import ledger, proof

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings
    from onhand.kernel import Actor


@pytest.mark.parametrize(
    ("tampering", "check"),
    [
        ("UPDATE holding SET on_hand = on_hand + 1", "holding"),
        ("DELETE FROM holding", "placed"),
        ("DELETE FROM holding_change", "holding"),
        ("UPDATE level SET placed = 0 WHERE placed > 0", "placed"),
        ("UPDATE holding SET unavailable = 3", "placed"),
    ],
)
async def test_tampering_with_lots_is_named(
    database: Database, settings: Settings, stocked: Actor, tampering: str, check: str
) -> None:
    line = ledger.Move(sku="B", warehouse="MAIN", quantity=Decimal(3), lot="L1")
    async with database.session(stocked) as session:
        await ledger.record(session, ledger.Posting(lines=[line], type="purchase"))
    assert (await proof.prove(database, stocked.organization_id)).holds
    assert settings.database_url
    with psycopg.connect(settings.database_url, options="-c search_path=onhand", autocommit=True) as admin:
        where = " AND" if "WHERE" in tampering else " WHERE"
        admin.execute(f"{tampering}{where} organization_id = '{stocked.organization_id}'")
    outcome = await proof.prove(database, stocked.organization_id)
    assert check in {difference.check for difference in outcome.differences}
