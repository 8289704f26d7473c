from datetime import timedelta

import httpx
import numpy as np
import pytest
from sqlalchemy import text
from tests.forecasting.shop import Shop

from onhand.kernel import now


def a_rhythm(rate: float, days: int = 200, seed: int = 1) -> list[float]:
    return [float(units) for units in np.random.default_rng(seed).poisson(rate, days)]


async def test_a_run_forecasts_every_level_and_keeps_what_it_learnt(shop: Shop, client: httpx.AsyncClient) -> None:
    skus = [f"S{number}" for number in range(12)]
    await shop.open(*skus, warehouses=("MAIN", "EAST"))
    for number, sku in enumerate(skus):
        await shop.sells(sku, a_rhythm(0.3 * number + 0.2, seed=number))
    await shop.sells("S3", a_rhythm(2), warehouse="EAST")
    assert await shop.plan() == 13
    listed = await client.get("/api/v1/forecasts", params={"filter[sku]": "S3", "sort": "warehouse"})
    assert [row["warehouse"] for row in listed.json()["data"]] == ["EAST", "MAIN"]
    learnt = (await client.get("/api/v1/forecasting/accuracy")).json()["data"]
    assert learnt["series"] == 13
    assert learnt["as_of"] == (now() - timedelta(days=1)).date().isoformat()
    assert {one["demand_class"] for one in learnt["classes"]} == {
        "smooth",
        "erratic",
        "intermittent",
        "lumpy",
        "sparse",
    }
    for one in learnt["classes"]:
        assert one["uses_naive"] == (one["naive"]["rmsse"] < one["score"]["rmsse"])


async def test_a_second_run_looks_only_at_what_sold_again_and_counts_it(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A", "B")
    await shop.sells("A", [2.0] * 150, ending=2)
    await shop.sells("B", [2.0] * 150, ending=2)
    await shop.plan()
    async with shop.database.session(shop.actor) as session:  # as if the first run had been hours ago
        await session.execute(text("UPDATE forecast_run SET renewed_at = now() + interval '1 hour'"))
        before = (await session.execute(text("SELECT max(built_at) FROM demand_series"))).scalar_one()
    await shop.plan()
    async with shop.database.session(shop.actor) as session:
        assert (await session.execute(text("SELECT max(built_at) FROM demand_series"))).scalar_one() == before
        await session.execute(text("UPDATE forecast_run SET renewed_at = now() - interval '2 hours'"))
    await shop.sells("A", [40.0], ending=1)
    await shop.plan()
    rows = (await client.get("/api/v1/forecasts", params={"sort": "sku"})).json()["data"]
    assert [row["selling_days"] for row in rows] == [151, 150]
    assert rows[0]["mean_per_day"] > rows[1]["mean_per_day"]


async def test_a_forecast_on_demand_agrees_with_the_nightly_run(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A", "B", "C")
    for number, sku in enumerate("ABC"):
        await shop.sells(sku, a_rhythm(1 + number, seed=number))
    await shop.plan()
    listed = (await client.get("/api/v1/forecasts", params={"filter[sku]": "B"})).json()["data"][0]
    nightly = (await client.get(f"/api/v1/forecasts/{listed['id']}")).json()["data"]
    again = (await client.post("/api/v1/forecasts", json={"sku": "B", "warehouse": "MAIN"})).json()["data"]
    for night, day in zip(nightly["points"], again["points"], strict=True):
        assert night["date"] == day["date"]
        for name in ("mean", "typical", "p50", "p90", "p95"):
            assert float(day[name]) == pytest.approx(float(night[name]), abs=0.002)


async def test_an_organization_without_sales_is_planned_without_harm(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A")
    assert await shop.plan() == 0
    assert (await client.get("/api/v1/forecasts")).json()["data"] == []
    assert (await client.get("/api/v1/replenishment/suggestions")).json()["data"] == []
