"""Builders for the tests of syncing: two real shops, one real ledger, and the worker's steps taken by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

import httpx
from tests.sandbox.process import Sandbox

from onhand import catalog, channels, ledger, syncing
from onhand.channels import Ref
from onhand.infra.secrets import master_key
from onhand.infra.settings import Settings
from onhand.kernel import Actor
from onhand.syncing import service_pull, service_push

numbers = count(1)
SLUGS = ("harbour", "lantern")


@dataclass
class Town:
    hub: syncing.Hub
    actor: Actor
    sandbox: Sandbox
    client: httpx.AsyncClient
    refs: dict[str, Ref] = field(default_factory=dict)

    async def api(self, method: str, path: str, body: object = None, expect: int = 200) -> Any:
        answer = await self.client.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()["data"] if answer.content else None

    async def sku(self, quantity: int = 0) -> str:
        """A product with stock, on display in both shops."""
        code = f"S-{next(numbers):05d}"
        product = {"sku": code, "name": f"Article {code}", "selling_price": "4.50", "currency": "GBP"}
        await self.api("POST", "/products", product, 201)
        if quantity:
            await self.adjust(code, quantity)
        await self.settle()
        return code

    async def adjust(self, sku: str, quantity: int, warehouse: str = "MAIN") -> None:
        line = {"sku": sku, "warehouse": warehouse, "quantity": str(quantity)}
        await self.api("POST", "/inventory/adjust", {"reason": "received", "lines": [line]}, 201)

    async def watch(self) -> None:
        """Read events until there are none."""
        keeper = syncing.Keeper(self.hub, "http://onhand.test")
        while await keeper.watch_once():
            continue

    async def push(self) -> None:
        for ref in self.refs.values():
            while (await service_push.push(self.hub, ref)).more:
                continue

    async def pull(self) -> int:
        pulled = [await service_pull.pull(self.hub, ref, due_only=False) for ref in self.refs.values()]
        return sum(one.orders for one in pulled)

    async def settle(self) -> None:
        """What the worker does all the time, once: read events, push, pull, and push what that changed."""
        await self.watch()
        await self.push()
        await self.pull()
        await self.watch()
        await self.push()

    def shown(self, slug: str, sku: str) -> int:
        with self.sandbox.shop(slug) as shop:
            return int(shop.get(f"/listings/{sku}").json()["quantity"])

    def buy(self, slug: str, sku: str, quantity: int = 1) -> str:
        answer = self.sandbox.control("POST", f"/shops/{slug}/buy", {"sku": sku, "quantity": quantity})
        return str(answer.json()["id"])

    def faults(self, slug: str, **switches: object) -> None:
        self.sandbox.control("PATCH", f"/shops/{slug}/faults", switches)

    async def level(self, sku: str) -> dict[str, Decimal]:
        async with self.hub.database.session(self.actor) as session:
            facts = (await catalog.sku_by_codes(session, [sku]))[sku]
            rows = await ledger.availability(session, [facts.id])
        names = ("on_hand", "reserved", "available")
        return {name: sum((getattr(row, name) for row in rows), Decimal(0)) for name in names}

    async def orders(self, sku: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for slug, ref in self.refs.items():
            rows = await self.api("GET", f"/orders?filter[channel]={slug}&limit=500")
            found += [await self.api("GET", f"/orders/{row['id']}") for row in rows if ref]
        return [order for order in found if any(line["sku"] == sku for line in order["lines"])]

    async def status(self, slug: str) -> dict[str, Any]:
        answer: dict[str, Any] = await self.api("GET", f"/channels/{slug}/status")
        return answer

    async def heal(self, slug: str) -> None:
        """Let the channel be called again at once, as time would."""
        async with self.hub.acting(self.refs[slug]) as session:
            await channels.change_state(session, self.refs[slug].channel_id, open_until=None)


async def open_town(
    hub: syncing.Hub, actor: Actor, sandbox: Sandbox, settings: Settings, client: httpx.AsyncClient
) -> Town:
    town = Town(hub, actor, sandbox, client)
    await town.api("POST", "/warehouses", {"code": "MAIN", "name": "Main"}, 201)
    tokens = {slug: sandbox.token(slug) for slug in SLUGS}
    async with hub.database.session(actor) as session:
        for channel in await channels.create_sandbox_channels(session, sandbox.url, tokens, master_key(settings)):
            town.refs[channel.code] = Ref(actor.organization_id, channel.id)
            # Orders of earlier tests are none of this organization's business.
            cursor = str(sandbox.control("GET", "/state").json()["sequence"])
            await channels.change_state(session, channel.id, order_cursor=cursor)
            await session.flush()
    return town


async def eventually(check: Callable[[], Awaitable[bool]], seconds: float = 10.0) -> None:
    """Wait until it holds."""
    until = time.monotonic() + seconds
    while not await check():
        assert time.monotonic() < until, "it never came to hold"
        await asyncio.sleep(0.05)
