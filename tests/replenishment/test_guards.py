"""What the database refuses, should the code ever ask for it."""

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.conftest import make_organization
from tests.forecasting.shop import Shop

from onhand.infra.db import Database


@pytest.fixture
async def policy(shop: Shop, client: httpx.AsyncClient) -> str:
    """A policy set by hand."""
    await shop.open("A")
    body = {"sku": "A", "warehouse": "MAIN", "manual_point": "5"}
    made = await client.put("/api/v1/replenishment/policies", json=body)
    return str(made.json()["data"]["id"])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("manual_point = -1", "reorder_policy_manual_not_negative"),
        ("manual_quantity = 0", "reorder_policy_manual_not_negative"),
        ("point = 9, up_to = 8", "reorder_policy_levels_in_order"),
        ("safety_stock = -1", "reorder_policy_levels_in_order"),
        ("service_level = 0.99", "reorder_policy_service_level_calibrated"),
        ("review_days = 0", "reorder_policy_days_in_range"),
        ("pack_size = 0", "reorder_policy_order_sizes_positive"),
        ("week = '{1,2}'", "reorder_policy_week_has_seven_days"),
    ],
)
async def test_the_database_refuses_a_senseless_policy(shop: Shop, policy: str, change: str, rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule):
        async with shop.database.session(shop.actor) as session:
            await session.execute(text(f"UPDATE reorder_policy SET {change} WHERE id = :id"), {"id": policy})


async def test_a_sku_has_one_policy_at_a_warehouse(shop: Shop, policy: str) -> None:
    with pytest.raises(IntegrityError, match="reorder_policy_level_key"):
        async with shop.database.session(shop.actor) as session:
            await session.execute(
                text(
                    """INSERT INTO reorder_policy (organization_id, sku_id, warehouse_id)
                    SELECT organization_id, sku_id, warehouse_id FROM reorder_policy WHERE id = :id"""
                ),
                {"id": policy},
            )


@pytest.mark.usefixtures("policy")
async def test_a_policy_cannot_point_into_another_organization(shop: Shop, database: Database) -> None:
    async with shop.database.session(shop.actor) as session:
        ours = (await session.execute(text("SELECT sku_id, warehouse_id FROM reorder_policy"))).one()
    stranger = await make_organization(database)
    insert = "INSERT INTO reorder_policy (organization_id, sku_id, warehouse_id) VALUES (:organization, :sku, :place)"
    values = {"organization": stranger.organization_id, "sku": ours[0], "place": ours[1]}
    with pytest.raises(IntegrityError, match="reorder_policy_organization_id_sku_id_fkey"):
        async with database.session(stranger) as session:
            await session.execute(text(insert), values)
