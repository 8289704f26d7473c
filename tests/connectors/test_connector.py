"""The contract of every connector, run against the real sandbox process."""

from __future__ import annotations

import asyncio
import time
from decimal import Decimal
from itertools import count

import pytest
from tests.sandbox.process import Sandbox

from onhand.connectors import (
    Article,
    ChannelBusy,
    ChannelRefused,
    ChannelUnreachable,
    Connector,
    CredentialsRefused,
    Pace,
    SandboxConnector,
    Shown,
)

numbers = count(1)


async def an_article(connector: Connector, quantity: int = 0) -> str:
    sku = f"C/{next(numbers)}"
    await connector.describe([Article(sku, f"Thing {sku}", Decimal("4.50"), "GBP")])
    await connector.show([Shown(sku, Decimal(quantity), None)])
    return sku


def buy(sandbox: Sandbox, sku: str, quantity: int = 1) -> str:
    return str(sandbox.control("POST", "/shops/harbour/buy", {"sku": sku, "quantity": quantity}).json()["id"])


async def test_it_says_who_answers(connector: Connector) -> None:
    assert await connector.about() == "Harbour Market"


async def test_a_wrong_token_is_told_apart(sandbox: Sandbox) -> None:
    wrong = SandboxConnector("Harbour Market", f"{sandbox.url}/shops/harbour/api", "nonsense", Pace(1000))
    with pytest.raises(CredentialsRefused):
        await wrong.about()
    await wrong.aclose()


@pytest.mark.parametrize("says", [b"<html>Hello</html>", b"[]", b'{"greeting": "hello"}'])
async def test_something_else_that_answers_is_no_shop(says: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(says), says))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        other = SandboxConnector("Harbour Market", f"http://127.0.0.1:{port}", "token", Pace(1000))
        with pytest.raises(ChannelUnreachable, match="check the address"):
            await other.about()
        await other.aclose()


@pytest.mark.parametrize("host", ["a..b", "x" * 300])
async def test_a_host_that_cannot_be_is_unreachable(host: str) -> None:
    nowhere = SandboxConnector("Harbour Market", f"http://{host}/api", "token", Pace(1000))
    with pytest.raises(ChannelUnreachable):
        await nowhere.about()
    await nowhere.aclose()


async def test_what_is_shown_can_be_read_back(connector: Connector) -> None:
    sku = await an_article(connector, 7)
    assert (await connector.shown())[sku] == 7


async def test_describing_again_leaves_the_quantity(connector: Connector) -> None:
    sku = await an_article(connector, 7)
    ids = await connector.describe([Article(sku, "Another title", Decimal(5), "gbp")])
    assert list(ids) == [sku]
    assert (await connector.shown())[sku] == 7


async def test_each_quantity_gets_its_own_answer(connector: Connector) -> None:
    sku = await an_article(connector, 5)
    answers = await connector.show(
        [
            Shown("NOWHERE", Decimal(1), None),
            Shown(sku, Decimal(3), Decimal(4)),
            Shown(sku, Decimal(2), Decimal(5)),
            Shown(sku, Decimal(2), Decimal(5)),
        ]
    )
    assert [(a.status, a.quantity) for a in answers] == [("unknown", None), ("stale", 5), ("ok", 2), ("ok", 2)]


async def test_a_sale_is_listed_once_per_change(connector: Connector, sandbox: Sandbox) -> None:
    sku = await an_article(connector, 5)
    start = (await connector.sales("")).cursor
    order_id = buy(sandbox, sku, 2)
    first = await connector.sales(start)
    assert [s.external_id for s in first.sales] == [order_id]
    sale = first.sales[0]
    assert [(line.sku, line.quantity, line.unit_price) for line in sale.lines] == [(sku, Decimal(2), Decimal("4.50"))]
    assert (sale.cancelled, sale.currency, sale.placed_at.tzinfo is not None) == (False, "GBP", True)
    sandbox.control("POST", f"/shops/harbour/orders/{order_id}/cancel", {})
    second = await connector.sales(first.cursor)
    assert [(s.external_id, s.cancelled) for s in second.sales] == [(order_id, True)]
    assert second.sales[0].sequence > sale.sequence
    assert (await connector.sales(second.cursor)).sales == ()
    assert await connector.sale(order_id) == second.sales[0]


async def test_telling_twice_is_harmless(connector: Connector, sandbox: Sandbox) -> None:
    order_id = buy(sandbox, await an_article(connector, 2))
    for _ in range(2):
        await connector.acknowledge(order_id, "SO-1")
        await connector.ship(order_id, None)
    with pytest.raises(ChannelRefused, match="shipped"):
        await connector.cancel(order_id, "No stock")


async def test_a_few_errors_on_the_line_are_ridden_out(connector: Connector, sandbox: Sandbox) -> None:
    sku = await an_article(connector)
    sandbox.control("PATCH", "/shops/harbour/faults", {"error_rate": 0.2, "drop_rate": 0.2})
    done = 0
    for quantity in range(20):
        try:
            answer = await connector.show([Shown(sku, Decimal(quantity), None)])
        except ChannelUnreachable:
            continue
        done += answer[0].quantity == quantity
    assert done >= 15


async def test_a_shop_that_is_down_is_unreachable(connector: Connector, sandbox: Sandbox) -> None:
    sandbox.control("PATCH", "/shops/harbour/faults", {"down": True})
    with pytest.raises(ChannelUnreachable, match="503"):
        await connector.about()


async def test_a_limit_is_passed_on_with_its_time(connector: Connector, sandbox: Sandbox) -> None:
    sandbox.control("PATCH", "/shops/harbour/limit", {"rate": 0.5, "burst": 1})
    await connector.about()
    with pytest.raises(ChannelBusy) as refused:
        await connector.about()
    assert refused.value.facts["seconds"] == "2"


async def test_fault_switches_can_be_set_and_read(connector: Connector) -> None:
    assert (await connector.faults({"webhook_lost_rate": 0.5}))["webhook_lost_rate"] == 0.5
    assert (await connector.faults(None))["webhook_lost_rate"] == 0.5


async def test_the_pace_is_kept() -> None:
    pace, started = Pace(50), time.monotonic()
    for _ in range(25):
        await pace.take()
    assert 0.2 < time.monotonic() - started < 0.6
