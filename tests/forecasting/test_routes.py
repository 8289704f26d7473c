from datetime import timedelta

import httpx
import pytest
from tests.forecasting.shop import Shop

from onhand.kernel import now

STEADY = [4.0] * 200


async def test_a_forecast_of_one_sku_has_its_days_and_its_backtest(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    await shop.sells("A-1", STEADY)
    answer = await client.post("/api/v1/forecasts", json={"sku": "a-1", "warehouse": "main", "horizon_days": 14})
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert (data["sku"], data["warehouse"], data["algorithm"]) == ("A-1", "MAIN", "blend")
    assert len(data["points"]) == 14
    assert data["points"][0]["date"] == now().date().isoformat()
    assert float(data["points"][3]["mean"]) == pytest.approx(4, rel=0.05)
    first = data["points"][0]
    assert float(first["p50"]) <= float(first["p90"]) <= float(first["p95"])
    assert float(data["total"]["mean"]) == pytest.approx(56, rel=0.05)
    assert data["accuracy"]["windows"] == 3
    assert data["explanation"]["selling_days"] == 200
    again = await client.get(f"/api/v1/forecasts/{data['id']}")
    assert again.json()["data"] == data


async def test_over_all_warehouses_demand_adds_up(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1", warehouses=("MAIN", "EAST"))
    await shop.sells("A-1", STEADY)
    await shop.sells("A-1", [6.0] * 100, warehouse="EAST")
    data = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    assert data["warehouse"] is None
    assert float(data["points"][0]["mean"]) == pytest.approx(10, rel=0.05)


async def test_a_named_algorithm_is_used_and_said(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    await shop.sells("A-1", STEADY)
    data = (await client.post("/api/v1/forecasts", json={"sku": "A-1", "algorithm": "TSB"})).json()["data"]
    assert data["algorithm"] == "tsb"
    assert data["explanation"]["weights"] == {"tsb": 1.0}


async def test_an_item_that_never_sold_is_forecast_as_nothing(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("NEW")
    data = (await client.post("/api/v1/forecasts", json={"sku": "NEW", "warehouse": "MAIN"})).json()["data"]
    assert {float(point["p95"]) for point in data["points"]} == {0}
    assert data["accuracy"]["verdict"] == "untested"
    assert "It has not sold yet, so nothing is expected." in data["explanation"]["notes"]


async def test_todays_first_sale_is_history_enough(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    await shop.sells("A-1", [3.0], ending=0)
    data = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    assert data["explanation"]["selling_days"] == 1
    assert float(data["points"][0]["mean"]) > 0


async def test_an_imported_past_is_forecast_from_where_it_ends(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    await shop.sells("A-1", STEADY, ending=400)
    data = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    assert data["points"][0]["date"] == (now() - timedelta(days=399)).date().isoformat()
    assert any("The history ends on" in note for note in data["explanation"]["notes"])


async def test_days_without_stock_are_told_and_not_counted_as_no_demand(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    await shop.sells("A-1", [4.0] * 100, ending=60)
    await shop.sells("A-1", [4.0] * 40, ending=1)
    data = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    assert data["explanation"]["stockout_days"] == 19
    assert float(data["points"][0]["mean"]) == pytest.approx(4, rel=0.05)
    days = (await client.get("/api/v1/forecasting/demand", params={"sku": "A-1", "days": 70})).json()["data"]["days"]
    assert sum(day["missing"] for day in days) == 19
    assert len(days) == 70


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"sku": "NONE"}, 422, "ledger.unknown_sku"),
        ({"sku": "A-1", "warehouse": "NONE"}, 404, "places.unknown_warehouse"),
        ({"sku": "A-1", "algorithm": "oracle"}, 422, "forecasting.unknown_algorithm"),
        ({"sku": "A-1", "horizon_days": 0}, 422, "request.invalid"),
        ({"sku": "A-1", "horizon_days": 366}, 422, "request.invalid"),
        ({}, 422, "request.invalid"),
    ],
)
async def test_what_cannot_be_forecast_is_said(
    shop: Shop, client: httpx.AsyncClient, body: dict[str, object], status: int, code: str
) -> None:
    await shop.open("A-1")
    answer = await client.post("/api/v1/forecasts", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await client.get("/api/v1/forecasts")).json()["data"] == []


async def test_a_new_forecast_takes_the_place_of_the_old(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    await shop.sells("A-1", STEADY)
    for _ in range(2):
        await client.post("/api/v1/forecasts", json={"sku": "A-1"})
    rows = (await client.get("/api/v1/forecasts", params={"filter[sku]": "a-1"})).json()["data"]
    assert [(row["sku"], row["name"], row["warehouse"]) for row in rows] == [("A-1", "Article A-1", None)]


async def test_a_forecast_can_be_deleted_but_not_edited(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    made = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    where = f"/api/v1/forecasts/{made['id']}"
    assert (await client.put(where, json={})).status_code == 405
    assert (await client.delete(where)).status_code == 204
    assert (await client.get(where)).status_code == 404
    assert (await client.delete(where)).status_code == 404


async def test_another_organization_sees_no_forecast_of_ours(
    shop: Shop, client: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await shop.open("A-1")
    made = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    assert (await other.get(f"/api/v1/forecasts/{made['id']}")).status_code == 404
    assert (await other.get("/api/v1/forecasts")).json()["data"] == []


async def test_a_stranger_may_not_forecast(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.post("/api/v1/forecasts", json={"sku": "A-1"})).status_code == 401


async def test_every_forecast_leaves_a_line_in_the_audit(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("A-1")
    made = (await client.post("/api/v1/forecasts", json={"sku": "A-1"})).json()["data"]
    rows = (await client.get("/api/v1/audit", params={"filter[entity]": "forecast"})).json()["data"]
    assert [(row["action"], row["entity_id"]) for row in rows] == [("create", made["id"])]


async def test_before_the_first_run_there_is_no_accuracy(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/forecasting/accuracy")
    assert (answer.status_code, answer.json()["code"]) == (404, "forecasting.nothing_forecast")
