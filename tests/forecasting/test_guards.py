"""What the database refuses, should the code ever ask for it."""

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.forecasting.shop import Shop


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("horizon_days = 0", "forecast_horizon_in_range"),
        ("week = '{1,2,3}'", "forecast_weeks_have_seven_days"),
        ("run_id = uuidv7()", "forecast_organization_id_run_id_fkey"),
        ("sku_id = uuidv7()", "forecast_organization_id_sku_id_fkey"),
    ],
)
async def test_the_database_refuses_a_senseless_forecast(
    shop: Shop, client: httpx.AsyncClient, change: str, rule: str
) -> None:
    await shop.open("A")
    await client.post("/api/v1/forecasts", json={"sku": "A"})
    with pytest.raises(IntegrityError, match=rule):
        async with shop.database.session(shop.actor) as session:
            await session.execute(text(f"UPDATE forecast SET {change}"))


@pytest.mark.parametrize("change", ["days = ''", "days = days || '\\x00'"])
async def test_the_database_refuses_a_series_of_broken_records(shop: Shop, change: str) -> None:
    await shop.open("A")
    await shop.sells("A", [1.0, 2.0])
    await shop.plan()
    with pytest.raises(IntegrityError, match="demand_series_days_are_records"):
        async with shop.database.session(shop.actor) as session:
            await session.execute(text(f"UPDATE demand_series SET {change}"))
