"""What post() looks up by a key is found by that key's index, also by a plan made while the table was empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest

if TYPE_CHECKING:
    from tests.ledger.conftest import Connection, Shop

LOOKUPS: dict[str, LiteralString] = {
    "reservation_pkey": "SELECT open FROM reservation WHERE organization_id = $1 AND id = $2 LIMIT 1",
    "posting_pkey": "SELECT body_hash FROM posting WHERE organization_id = $1 AND id = $2",
    "level_pkey": "SELECT on_hand FROM level WHERE organization_id = $1 AND sku_id = $2 AND warehouse_id = $3",
    "sku_code_key": "SELECT id FROM sku WHERE organization_id = $1 AND code_key = $2",
}


@pytest.mark.parametrize("index", LOOKUPS)
def test_an_empty_table_is_looked_up_by_its_key(shop: Shop, connection: Connection, index: str) -> None:
    shop.admin.execute("TRUNCATE reservation, posting, level, movement")
    shop.admin.execute("ANALYZE")
    connection.execute("SET enable_seqscan = off")
    cursor = psycopg.ClientCursor(connection)  # which leaves $1 alone
    plan = cursor.execute(f"EXPLAIN (GENERIC_PLAN) {LOOKUPS[index]}").fetchall()
    assert any(index in line for (line,) in plan), plan
