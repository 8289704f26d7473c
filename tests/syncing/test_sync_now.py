"""Sync now: what the channel says is heard first, differences are shown, and either side may be right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.syncing.town import Town

from onhand.connectors import ChannelUnreachable
from onhand.syncing import service_sync
from onhand.syncing.errors import SyncPaused


async def sync(town: Town, slug: str = "harbour") -> tuple[dict[str, int], list[tuple[int, int]]]:
    steps: list[tuple[int, int]] = []

    async def tell(done: int, total: int, message: str) -> None:
        assert message
        steps.append((done, total))

    return await service_sync.sync(town.hub, town.refs[slug], tell), steps


def edit(town: Town, sku: str, quantity: int) -> None:
    """Somebody changes the number in the shop's own back office."""
    with town.sandbox.shop("harbour") as shop:
        shop.post("/stock/batch", json={"items": [{"sku": sku, "quantity": quantity}]})


async def differences(town: Town, query: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await town.api("GET", f"/channels/harbour/differences{query}")
    return rows


async def test_a_first_sync_lists_everything_and_pushes_it(town: Town) -> None:
    for number in range(5):
        product = {"sku": f"FIRST-{number}", "name": "First", "selling_price": "1.00", "currency": "GBP"}
        await town.api("POST", "/products", product, 201)
        await town.adjust(f"FIRST-{number}", number + 1)
    result, steps = await sync(town)
    assert result == {"pushed": 5, "orders": 0, "differences": 0}
    assert steps[-1] == (5, 5)
    assert [town.shown("harbour", f"FIRST-{number}") for number in range(5)] == [1, 2, 3, 4, 5]
    assert (await town.status("harbour"))["synced_at"] is not None


async def test_orders_that_nobody_told_us_are_taken(town: Town) -> None:
    sku = await town.sku(5)
    town.buy("harbour", sku, 2)
    result, _ = await sync(town)
    assert (result["orders"], result["differences"]) == (1, 0)
    assert (await town.level(sku))["reserved"] == 2
    await town.watch()
    await town.push()
    assert [town.shown(slug, sku) for slug in town.refs] == [3, 3]


async def test_a_number_changed_at_the_shop_is_listed_and_overwritten_by_ours(town: Town) -> None:
    sku = await town.sku(5)
    edit(town, sku, 9)
    result, _ = await sync(town)
    assert result["differences"] == 1
    [row] = await differences(town)
    assert row["name"] == f"Article {row['sku']}"
    assert (row["sku"], row["ours"], row["theirs"], row["status"]) == (sku, "5", "9", "open")
    assert town.shown("harbour", sku) == 5
    assert (await sync(town))[0]["differences"] == 0
    assert await differences(town) == []


@pytest.mark.parametrize(("theirs", "on_hand"), [(9, 9), (2, 2)])
async def test_the_channel_may_be_right(town: Town, theirs: int, on_hand: int) -> None:
    sku = await town.sku(5)
    edit(town, sku, theirs)
    await sync(town)
    [row] = await differences(town)
    path = f"/channels/harbour/differences/{row['id']}/accept"
    settled = await town.api("POST", path)
    assert (settled["status"], settled["posting_id"]) == ("theirs", row["id"])
    assert (await town.level(sku))["on_hand"] == on_hand
    await town.settle()
    assert [town.shown(slug, sku) for slug in town.refs] == [theirs, theirs]
    again = await town.client.post(f"/api/v1{path}")
    assert (again.status_code, again.json()["code"]) == (404, "syncing.unknown_difference")
    assert (await town.level(sku))["on_hand"] == on_hand


async def test_less_than_promised_is_a_fact_too(town: Town) -> None:
    sku = await town.sku(5)
    held = {"sku": sku, "warehouse": "MAIN", "quantity": "3", "expires_in_seconds": 900}
    await town.api("POST", "/reservations", held, 201)
    await town.settle()
    edit(town, sku, 0)
    await sync(town)
    [row] = await differences(town)
    assert (row["ours"], row["theirs"]) == ("2", "0")
    await town.api("POST", f"/channels/harbour/differences/{row['id']}/accept")
    assert await town.level(sku) == {"on_hand": Decimal(3), "reserved": Decimal(3), "available": Decimal(0)}


async def test_or_we_are_right(town: Town) -> None:
    sku = await town.sku(5)
    edit(town, sku, 1)
    await sync(town)
    [row] = await differences(town)
    await town.api("POST", f"/channels/harbour/differences/{row['id']}/dismiss")
    assert (await town.level(sku))["on_hand"] == 5
    [kept] = await differences(town, "?filter[status]=ours")
    assert kept["settled_by"]


async def test_a_paused_channel_is_not_synced(town: Town) -> None:
    await town.api("POST", "/channels/harbour/pause")
    with pytest.raises(SyncPaused):
        await sync(town)
    refused = await town.client.post("/api/v1/channels/harbour/sync")
    assert (refused.status_code, refused.json()["code"]) == (409, "syncing.paused")


async def test_a_shop_that_is_down_fails_the_sync_with_its_reason(town: Town) -> None:
    town.faults("harbour", down=True)
    with pytest.raises(ChannelUnreachable, match="503"):
        await sync(town)


async def test_asking_for_a_sync_makes_a_job_to_watch(town: Town) -> None:
    started = await town.api("POST", "/channels/harbour/sync", None, 202)
    job = await town.api("GET", f"/jobs/{started['job_id']}")
    assert (job["kind"], job["status"]) == ("channel sync", "waiting")


async def test_the_log_tells_what_was_sent_and_what_was_answered(town: Town) -> None:
    sku = await town.sku(5)
    await town.adjust(sku, -1)
    await town.settle()
    rows = await town.api("GET", "/channels/harbour/logs?filter[kind]=push&limit=1")
    [item] = rows[0]["detail"]["items"]
    assert item == {"sku": sku, "believed": "5", "sent": "4", "answer": "ok", "shown": "4"}
    assert rows[0]["lag_ms"] > 0
    status = await town.status("harbour")
    assert status["lag_p50_ms"] > 0
