"""Two real shops sell one stock: what they show, what they sell, and what happens when both sell the last piece."""

from __future__ import annotations

from decimal import Decimal

from tests.syncing.town import Town

from onhand import channels


async def test_a_change_of_stock_is_shown_on_both_channels(town: Town) -> None:
    sku = await town.sku(5)
    assert [town.shown(slug, sku) for slug in town.refs] == [5, 5]
    await town.adjust(sku, -2)
    await town.settle()
    assert [town.shown(slug, sku) for slug in town.refs] == [3, 3]


async def test_buffer_and_maximum_shape_what_is_shown(town: Town) -> None:
    sku = await town.sku(10)
    await town.api("PATCH", "/channels/harbour", {"buffer": "3"})
    await town.api("PATCH", "/channels/lantern", {"maximum_shown": "4"})
    await town.settle()
    assert [town.shown(slug, sku) for slug in town.refs] == [7, 4]


async def test_a_channel_shows_only_what_lies_in_its_warehouses(town: Town) -> None:
    await town.api("POST", "/warehouses", {"code": "SHOP", "name": "Shop"}, 201)
    sku = await town.sku(5)
    await town.adjust(sku, 4, "SHOP")
    await town.api("PATCH", "/channels/lantern", {"warehouses": ["SHOP"]})
    await town.settle()
    assert [town.shown(slug, sku) for slug in town.refs] == [9, 4]


async def test_a_reservation_counts_until_it_is_released(town: Town) -> None:
    sku = await town.sku(5)
    held = {"sku": sku, "warehouse": "MAIN", "quantity": "2", "expires_in_seconds": 900}
    await town.api("POST", "/reservations", held, 201)
    await town.settle()
    assert town.shown("harbour", sku) == 3


async def test_a_sale_on_one_channel_is_reserved_and_lowers_the_other(town: Town) -> None:
    sku = await town.sku(5)
    order_id = town.buy("harbour", sku, 2)
    await town.settle()
    assert await town.level(sku) == {"on_hand": Decimal(5), "reserved": Decimal(2), "available": Decimal(3)}
    assert [town.shown(slug, sku) for slug in town.refs] == [3, 3]
    [order] = await town.orders(sku)
    assert (order["external_id"], order["channel"]) == (order_id, "harbour")


async def test_a_taken_order_is_acknowledged_and_a_shipped_one_reported(town: Town) -> None:
    sku = await town.sku(1)
    order_id = town.buy("harbour", sku)
    await town.settle()
    with town.sandbox.shop("harbour") as shop:
        [order] = await town.orders(sku)
        there = shop.get(f"/orders/{order_id}").json()
        assert (there["status"], there["reference"]) == ("acknowledged", order["number"])
        await town.api("POST", f"/orders/{order['id']}/ship", {"tracking": "PARCEL-1"})
        await town.settle()
        there = shop.get(f"/orders/{order_id}").json()
        assert (there["status"], there["tracking"]) == ("shipped", "PARCEL-1")
    assert (await town.level(sku))["on_hand"] == 0


async def test_a_buyers_regret_gives_the_stock_back(town: Town) -> None:
    sku = await town.sku(3)
    order_id = town.buy("lantern", sku, 2)
    await town.settle()
    town.sandbox.control("POST", f"/shops/lantern/orders/{order_id}/cancel", {})
    await town.settle()
    assert await town.level(sku) == {"on_hand": Decimal(3), "reserved": Decimal(0), "available": Decimal(3)}
    assert [order["status"] for order in await town.orders(sku)] == ["cancelled"]
    assert [town.shown(slug, sku) for slug in town.refs] == [3, 3]


async def test_an_order_called_off_before_we_heard_of_it_takes_nothing(town: Town) -> None:
    sku = await town.sku(3)
    order_id = town.buy("lantern", sku, 2)
    town.sandbox.control("POST", f"/shops/lantern/orders/{order_id}/cancel", {})
    await town.settle()
    assert await town.orders(sku) == []
    assert (await town.level(sku))["available"] == 3


async def test_reading_the_same_orders_again_changes_nothing(town: Town) -> None:
    sku = await town.sku(5)
    town.buy("harbour", sku)
    await town.settle()
    harbour = town.refs["harbour"]
    async with town.hub.acting(harbour) as session:
        await channels.change_state(session, harbour.channel_id, order_cursor="")
    await town.settle()
    assert len(await town.orders(sku)) == 1
    assert (await town.level(sku))["reserved"] == 1


async def test_two_shops_sell_the_last_piece_at_once(town: Town) -> None:
    sku = await town.sku(1)
    rush = town.sandbox.control("POST", "/rush", {"sku": sku, "buyers": 5}).json()
    assert rush["sold"] == {"harbour": 1, "lantern": 1}
    await town.settle()
    level = await town.level(sku)
    assert level == {"on_hand": Decimal(1), "reserved": Decimal(1), "available": Decimal(0)}
    orders = await town.orders(sku)
    assert sorted(line["allocated"] for order in orders for line in order["lines"]) == ["0", "1"]
    [conflict] = await town.api("GET", "/conflicts?filter[status]=open")
    assert (conflict["kind"], conflict["remedy"]) == ("oversell", "cancel")
    assert (conflict["facts"]["wanted"], conflict["facts"]["short"]) == ("1", "1")
    assert [town.shown(slug, sku) for slug in town.refs] == [0, 0]


async def test_cancelling_the_loser_tells_its_shop(town: Town) -> None:
    sku = await town.sku(1)
    town.sandbox.control("POST", "/rush", {"sku": sku, "buyers": 1})
    await town.settle()
    [conflict] = await town.api("GET", "/conflicts?filter[status]=open")
    resolve = f"/conflicts/{conflict['id']}/resolve"
    refused = await town.client.post(f"/api/v1{resolve}", json={"resolution": "retry"})
    assert (refused.status_code, refused.json()["code"]) == (409, "syncing.wrong_remedy")
    await town.api("POST", resolve, {"resolution": "cancel", "note": "Sorry"})
    await town.settle()
    with town.sandbox.shop(conflict["channel"]) as shop:
        assert shop.get(f"/orders/{conflict['facts']['external_id']}").json()["status"] == "cancelled"
    again = await town.client.post(f"/api/v1{resolve}", json={"resolution": "cancel"})
    assert (again.status_code, again.json()["code"]) == (409, "syncing.conflict_settled")
    assert await town.api("GET", "/conflicts?filter[status]=open") == []
    assert (await town.level(sku))["reserved"] == 1


async def test_stock_that_comes_in_settles_the_conflict(town: Town) -> None:
    sku = await town.sku(1)
    town.sandbox.control("POST", "/rush", {"sku": sku, "buyers": 1})
    await town.settle()
    [conflict] = await town.api("GET", "/conflicts?filter[status]=open")
    await town.adjust(sku, 5)
    await town.api("POST", f"/orders/{conflict['order_id']}/allocate")
    await town.settle()
    assert await town.api("GET", "/conflicts?filter[status]=open") == []
    assert (await town.level(sku))["reserved"] == 2


async def test_another_warehouse_is_suggested_when_it_can_help(town: Town) -> None:
    await town.api("POST", "/warehouses", {"code": "FAR", "name": "Far", "priority": 500}, 201)
    sku = await town.sku(1)
    for slug in town.refs:
        await town.api("PATCH", f"/channels/{slug}", {"warehouses": ["MAIN"]})
    town.sandbox.control("POST", "/rush", {"sku": sku, "buyers": 1})
    await town.adjust(sku, 9, "FAR")
    await town.settle()
    # Orders are served from every warehouse, so the second sale is kept although its channel does not show FAR.
    assert await town.api("GET", "/conflicts?filter[status]=open") == []
    assert (await town.level(sku))["reserved"] == 2
