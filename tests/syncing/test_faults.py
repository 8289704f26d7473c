"""Channels that fail: nothing is lost, nothing is done twice, and what can't be done is seen."""

from __future__ import annotations

from decimal import Decimal

from tests.syncing.town import Town

from onhand.channels import listings
from onhand.infra.db import raw
from onhand.syncing import service_push
from onhand.syncing.domain import MOST_TRIES


async def test_a_shop_that_was_down_is_brought_up_to_date_when_it_is_back(town: Town) -> None:
    sku = await town.sku(5)
    town.faults("harbour", down=True)
    await town.adjust(sku, 2)
    await town.settle()
    assert [town.shown("lantern", sku), (await town.status("harbour"))["health"]] == [7, "degraded"]
    status = await town.status("harbour")
    assert (status["queue"], "503" in status["error"], status["failures"] > 0) == (1, True, True)
    town.faults("harbour", down=False)
    await town.heal("harbour")
    await town.push()
    status = await town.status("harbour")
    assert (town.shown("harbour", sku), status["health"], status["queue"], status["error"]) == (7, "ok", 0, None)


async def test_a_shop_that_keeps_failing_is_left_alone_for_longer_and_longer(town: Town) -> None:
    sku = await town.sku(5)
    town.faults("harbour", down=True)
    await town.adjust(sku, 1)
    await town.watch()
    for _ in range(6):
        await town.heal("harbour")
        await service_push.push(town.hub, town.refs["harbour"])
    status = await town.status("harbour")
    assert (status["health"], status["failures"]) == ("down", 6)
    calls = town.sandbox.control("GET", "/state").json()["shops"][0]["counters"]["calls"]
    assert (await service_push.push(town.hub, town.refs["harbour"])).items == 0
    assert town.sandbox.control("GET", "/state").json()["shops"][0]["counters"]["calls"] == calls


async def test_an_answer_that_got_lost_is_made_sure_of(town: Town) -> None:
    sku = await town.sku(5)
    town.faults("harbour", drop_rate=1)
    await town.adjust(sku, -2)
    await town.watch()
    await service_push.push(town.hub, town.refs["harbour"])
    await town.adjust(sku, 2)  # back to what was acknowledged last, while the shop may show 3
    await town.watch()
    town.faults("harbour", drop_rate=0)
    await town.heal("harbour")
    await town.settle()
    assert town.shown("harbour", sku) == 5


async def test_a_sale_we_have_not_heard_of_is_not_overwritten(town: Town) -> None:
    sku = await town.sku(5)
    town.buy("harbour", sku, 2)
    await town.adjust(sku, -1)
    await town.watch()
    first = await service_push.push(town.hub, town.refs["harbour"])
    assert first.surprised
    assert town.shown("harbour", sku) == 3
    await town.settle()
    assert [town.shown(slug, sku) for slug in town.refs] == [2, 2]


async def test_everything_arrives_through_a_storm(town: Town) -> None:
    skus = [await town.sku(20) for _ in range(3)]
    for slug in town.refs:
        town.sandbox.control("POST", f"/shops/{slug}/storm")
        town.faults(slug, latency_ms=1, timeout_rate=0)
    for sku in skus:
        for slug in town.refs:
            town.buy(slug, sku, 2)
        await town.adjust(sku, 1)
        await town.settle()
    for slug in town.refs:
        town.sandbox.control("POST", f"/shops/{slug}/calm")
        await town.heal(slug)
    await town.settle()
    for sku in skus:
        assert await town.level(sku) == {"on_hand": Decimal(21), "reserved": Decimal(4), "available": Decimal(17)}
        assert [town.shown(slug, sku) for slug in town.refs] == [17, 17]
        assert len(await town.orders(sku)) == 2


async def test_a_limit_is_obeyed_and_is_no_fault(town: Town) -> None:
    sku = await town.sku(5)
    town.sandbox.control("PATCH", "/shops/harbour/limit", {"rate": 0.1, "burst": 1})
    with town.sandbox.shop("harbour") as shop:
        shop.get("/shop")
    await town.adjust(sku, 1)
    await town.settle()
    status = await town.status("harbour")
    assert (status["failures"], status["paused_until"] is not None, status["queue"]) == (0, True, 1)


async def test_a_listing_without_a_price_is_not_offered_and_says_so(town: Town) -> None:
    await town.api("POST", "/products", {"sku": "PRICELESS", "name": "Priceless"}, 201)
    await town.settle()
    [row] = await town.api("GET", "/channels/harbour/queue?filter[sku]=PRICELESS")
    assert (row["dead"], "selling price" in row["error"]) == (True, True)
    assert await town.api("GET", "/conflicts?filter[status]=open") == []
    product = await town.api("GET", "/products?filter[sku]=PRICELESS")
    change = {"selling_price": "3.00", "currency": "GBP"}
    await town.api("PATCH", f"/products/{product[0]['id']}", change)
    await town.settle()
    assert town.shown("harbour", "PRICELESS") == 0
    assert await town.api("GET", "/channels/harbour/queue") == []


async def test_a_listing_that_is_refused_again_and_again_waits_for_a_person(town: Town) -> None:
    bad, good = await town.sku(3), await town.sku(3)
    town.sandbox.control("POST", "/shops/harbour/block", {"sku": bad, "blocked": True})
    await town.adjust(bad, 2)
    for attempt in range(MOST_TRIES):
        await town.adjust(good, 1)
        await hurry(town, "harbour", bad)
        await town.settle()
        assert town.shown("harbour", good) == 4 + attempt
    [row] = await town.api("GET", "/channels/harbour/queue?filter[dead]=true")
    assert (row["sku"], row["attempts"], row["acknowledged"]) == (bad, MOST_TRIES, "3")
    [conflict] = await town.api("GET", "/conflicts?filter[status]=open")
    assert (conflict["kind"], conflict["facts"]["sku"], conflict["channel"]) == ("failed_sync", bad, "harbour")
    assert conflict["name"] == f"Article {bad}"
    town.sandbox.control("POST", "/shops/harbour/block", {"sku": bad, "blocked": False})
    await town.settle()
    assert town.shown("harbour", bad) == 3
    assert await town.api("POST", "/channels/harbour/queue/retry", {}) == {"listings": 1}
    await town.settle()
    assert town.shown("harbour", bad) == 5
    assert await town.api("GET", "/conflicts?filter[status]=open") == []


async def test_an_article_the_shop_lost_is_put_on_display_again(town: Town) -> None:
    sku = await town.sku(3)
    async with town.hub.acting(town.refs["harbour"]) as session:
        [listing] = await listings.believed(session, town.refs["harbour"].channel_id, [sku])
        answer = listings.Verdict(listing.sku_id, "unknown", None, "not_found")
        await listings.settle(session, town.refs["harbour"].channel_id, [answer])
    await town.settle()
    [row] = await town.api("GET", f"/channels/harbour/listings?filter[sku]={sku}")
    assert (row["acknowledged"], row["in_step"]) == ("3", True)
    assert row["name"] == f"Article {sku}"
    assert await town.api("GET", f"/channels/harbour/listings?q=article {sku}") == [row]


async def hurry(town: Town, slug: str, sku: str) -> None:
    """Let a listing be tried again at once, as time would."""
    ref = town.refs[slug]
    async with town.hub.acting(ref) as session:
        [listing] = await listings.believed(session, ref.channel_id, [sku])
        await (await raw(session)).execute(
            "UPDATE listing SET next_try_at = NULL WHERE channel_id = %s AND sku_id = %s",
            (ref.channel_id, listing.sku_id),
        )
