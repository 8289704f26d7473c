"""What the database refuses should the code ever forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.counting.conftest import started, tell

if TYPE_CHECKING:
    import httpx

    from onhand.infra.settings import Settings
    from onhand.kernel import Actor

SAME_ITEM_AGAIN = """INSERT INTO count_line (organization_id, count_id, place, sku_id, warehouse_id, planned)
SELECT organization_id, count_id, 9, sku_id, warehouse_id, 0 FROM count_line"""


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE count_line SET counted = -1", "count_line_counted_not_negative"),
        ("UPDATE count_line SET counted = 'NaN'", "count_line_counted_not_negative"),
        ("UPDATE count_line SET status = 'counted', counted = NULL", "count_line_counted_has_a_quantity"),
        ("UPDATE count_line SET status = 'perhaps'", "count_line_status_known"),
        ("UPDATE count_tally SET quantity = -1", "count_tally_quantity_not_negative"),
        ("UPDATE stock_count SET status = 'posted'", "stock_count_posted_has_a_date"),
        ("UPDATE stock_count SET counters = 3", "stock_count_counters_one_or_two"),
        (SAME_ITEM_AGAIN, "count_line_open_key"),
        ("INSERT INTO count_settings VALUES (%s, true, 1, 1, 1, 1, 1, 'revenue', 365, 95, 80)",
         "count_settings_shares_in_order"),
        ("INSERT INTO count_schedule (organization_id, name, method, every_days) VALUES (%s, 'x', 'class', 30)",
         "count_schedule_class_named"),
    ],
)  # fmt: skip
async def test_the_database_refuses_what_no_count_can_be(
    shop: httpx.AsyncClient, actor: Actor, settings: Settings, change: str, constraint: str
) -> None:
    await started(shop, skus=["A-1"])
    await tell(shop, 1, A_1="9")
    assert settings.database_url
    owner = f" WHERE organization_id = '{actor.organization_id}'"
    statement = change.replace("%s", f"'{actor.organization_id}'")
    if "VALUES" not in statement:
        statement += owner
    with psycopg.connect(settings.database_url, options="-c search_path=onhand") as admin:
        with pytest.raises(psycopg.errors.IntegrityError) as refused:
            admin.execute(statement)
        assert refused.value.diag.constraint_name == constraint
