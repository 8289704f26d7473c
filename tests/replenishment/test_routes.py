from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from tests.forecasting.shop import Shop

from onhand import partners
from onhand.kernel import now

WHERE = "/api/v1/replenishment"


@pytest.fixture
async def steady(shop: Shop) -> Shop:
    """A sells 4 a day, B hardly ever; nothing is left of either."""
    await shop.open("A", "B")
    await shop.sells("A", [4.0] * 200)
    await shop.sells("B", [1.0, *[0.0] * 150, 1.0])
    await shop.plan()
    return shop


async def rows(client: httpx.AsyncClient, path: str, **query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"{WHERE}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


@pytest.mark.usefixtures("steady")
async def test_what_is_out_is_suggested_with_its_reasons(client: httpx.AsyncClient) -> None:
    (row,) = await rows(client, "suggestions")
    assert (row["sku"], row["warehouse"], row["available"], row["reason"]) == ("A", "MAIN", "0", "order")
    assert (row["low"], row["due"]) == (True, True)
    assert Decimal(row["computed_point"]) >= 56  # fourteen days of four
    assert Decimal(row["quantity"]) == Decimal(row["up_to"])
    assert row["stockout_on"] == now().date().isoformat()
    steps = {step["name"]: step for step in row["why"]}
    assert steps["cover"]["value"] == "14"
    assert steps["point"]["value"] == row["computed_point"]
    assert "lead_days_used" not in row


@pytest.mark.usefixtures("steady")
async def test_too_few_sales_are_low_at_most_but_never_ordered(client: httpx.AsyncClient) -> None:
    (row,) = [row for row in await rows(client, "policies") if row["sku"] == "B"]
    assert (row["due"], row["quantity"], row["reason"]) == (False, "0", "no_history")


async def test_stock_that_came_in_counts_at_once(steady: Shop, client: httpx.AsyncClient) -> None:
    await steady.receives("A", 1000)
    assert await rows(client, "suggestions") == []
    assert [row["sku"] for row in await rows(client, "low-stock")] in ([], ["B"])
    (row,) = [row for row in await rows(client, "policies") if row["sku"] == "A"]
    assert (row["available"], row["due"], row["reason"], row["stockout_on"]) == ("1000", False, "enough", None)


async def test_the_day_is_predicted_on_which_stock_runs_out(steady: Shop, client: httpx.AsyncClient) -> None:
    await steady.receives("A", 40)
    (row,) = [row for row in await rows(client, "stockouts") if row["sku"] == "A"]
    predicted = now().date() + timedelta(days=10)
    assert abs((predicted - now().date().fromisoformat(row["stockout_on"])).days) <= 1
    assert row["order_by"] < row["stockout_on"]
    assert [row for row in await rows(client, "stockouts", days="5") if row["sku"] == "A"] == []


async def test_a_manual_point_survives_the_nightly_run_and_both_are_shown(
    steady: Shop, client: httpx.AsyncClient
) -> None:
    (before,) = await rows(client, "suggestions")
    answer = await client.patch(f"{WHERE}/policies/{before['id']}", json={"manual_point": "500"})
    assert answer.status_code == 200
    await steady.plan()
    (row,) = await rows(client, "suggestions")
    assert (row["reorder_point"], row["manual_point"]) == ("500", "500")
    assert row["computed_point"] == before["computed_point"]
    assert Decimal(row["quantity"]) == 500 + Decimal(row["up_to"]) - Decimal(row["computed_point"])
    await client.patch(f"{WHERE}/policies/{before['id']}", json={"manual_point": None})
    assert (await rows(client, "suggestions"))[0]["reorder_point"] == before["computed_point"]


async def test_a_point_can_be_set_by_codes_before_anything_was_computed(shop: Shop, client: httpx.AsyncClient) -> None:
    await shop.open("NEW")
    body = {"sku": "new", "warehouse": "main", "manual_point": "10", "manual_quantity": "24"}
    assert (await client.put(f"{WHERE}/policies", json=body)).status_code == 200
    (row,) = await rows(client, "suggestions")
    assert (row["sku"], row["reorder_point"], row["quantity"]) == ("NEW", "10", "24")


async def test_the_preferred_supplier_sets_lead_time_minimum_and_packs(steady: Shop, client: httpx.AsyncClient) -> None:
    (before,) = await rows(client, "suggestions")
    async with steady.database.session(steady.actor) as session:
        supplier = await partners.create_partner(session, partners.SUPPLIER, {"code": "S", "name": "Slow & Co"})
        await session.execute(
            text(
                """INSERT INTO supplier_item (organization_id, supplier_id, sku_id, lead_time_days, minimum_quantity,
                pack_size, preferred) SELECT organization_id, :supplier, id, 30, 500, 48, true FROM sku
                WHERE code = 'A' AND organization_id = :organization"""
            ),
            {"supplier": supplier.id, "organization": steady.actor.organization_id},
        )
    await steady.plan()
    (row,) = await rows(client, "suggestions")
    assert row["supplier"] == "Slow & Co"
    assert Decimal(row["computed_point"]) > 2 * Decimal(before["computed_point"])
    assert Decimal(row["quantity"]) % 48 == 0
    assert Decimal(row["quantity"]) >= 500


@pytest.mark.usefixtures("steady")
async def test_a_changed_service_level_counts_at_once(client: httpx.AsyncClient) -> None:
    (row,) = await rows(client, "suggestions")
    where = f"{WHERE}/policies/{row['id']}"
    longer = (await client.patch(where, json={"lead_days": 21})).json()["data"]
    assert longer["lead_days_used"] == 21
    assert Decimal(longer["point"]) > Decimal(row["computed_point"])


@pytest.mark.parametrize(
    "change",
    [
        {"manual_point": "-1"},
        {"manual_quantity": "0"},
        {"service_level": "0.999"},
        {"review_days": 0},
        {"lead_days": 731},
        {"active": None},
        {"unknown": 1},
    ],
)
@pytest.mark.usefixtures("steady")
async def test_a_senseless_policy_is_refused_and_nothing_changes(
    client: httpx.AsyncClient, change: dict[str, object]
) -> None:
    (row,) = await rows(client, "suggestions")
    where = f"{WHERE}/policies/{row['id']}"
    before = (await client.get(where)).json()
    assert (await client.patch(where, json=change)).status_code == 422
    assert (await client.get(where)).json() == before


@pytest.mark.usefixtures("steady")
async def test_a_stale_edit_is_refused(client: httpx.AsyncClient) -> None:
    (row,) = await rows(client, "suggestions")
    where = f"{WHERE}/policies/{row['id']}"
    seen = (await client.get(where)).headers["ETag"]
    await client.patch(where, json={"manual_point": "7"})
    answer = await client.patch(where, json={"manual_point": "8"}, headers={"If-Match": seen})
    assert answer.status_code == 412
    assert (await client.get(where)).json()["data"]["manual_point"] == "7"


@pytest.mark.usefixtures("steady")
async def test_an_inactive_policy_suggests_nothing(client: httpx.AsyncClient) -> None:
    (row,) = await rows(client, "suggestions")
    await client.patch(f"{WHERE}/policies/{row['id']}", json={"active": False})
    assert await rows(client, "suggestions") == []
    (shown,) = [one for one in await rows(client, "policies") if one["sku"] == "A"]
    assert (shown["due"], shown["quantity"], shown["reason"]) == (False, "0", "inactive")


@pytest.mark.usefixtures("steady")
async def test_lists_speak_the_common_grammar(client: httpx.AsyncClient) -> None:
    assert [row["sku"] for row in await rows(client, "policies", sort="-sku")] == ["B", "A"]
    assert [row["sku"] for row in await rows(client, "policies", **{"filter[low]": "true", "q": "article a"})] == ["A"]
    assert [row["sku"] for row in await rows(client, "policies", low_stock="true", **{"filter[sku]": "a"})] == ["A"]
    assert (await client.get(f"{WHERE}/policies", params={"colour": "red"})).status_code == 400
    first = await client.get(f"{WHERE}/policies", params={"limit": "1"})
    cursor = first.json()["meta"]["next_cursor"]
    second = await rows(client, "policies", limit="1", cursor=cursor)
    assert [first.json()["data"][0]["sku"], second[0]["sku"]] == ["A", "B"]


@pytest.mark.usefixtures("shop")
async def test_planning_is_started_and_can_be_watched(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/forecasting/generate")
    assert answer.status_code == 202
    job = await client.get(f"/api/v1/jobs/{answer.json()['data']['job_id']}")
    assert job.json()["data"]["status"] == "waiting"


@pytest.mark.usefixtures("steady")
async def test_another_organization_sees_no_policy_of_ours(client: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    (row,) = await rows(client, "suggestions")
    assert await rows(other, "policies") == []
    answer = await other.patch(f"{WHERE}/policies/{row['id']}", json={"manual_point": "1"})
    assert (answer.status_code, answer.json()["code"]) == (404, "replenishment.unknown_policy")
