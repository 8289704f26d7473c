"""What a restart must not lose, in one JSON file: articles, orders, subscriptions and switches."""

import asyncio
from contextlib import suppress
from pathlib import Path

import msgspec

from onhand.sandbox.courier import Subscription
from onhand.sandbox.domain import Listing, Order
from onhand.sandbox.switches import Faults, Limit, Plan
from onhand.sandbox.world import World

EVERY = 1.0


class ShopMemory(msgspec.Struct):
    """One shop as it was."""

    listings: list[Listing]
    orders: list[Order]
    numbered: int
    first_number: int
    faults: Faults
    limit: Limit
    subscription: Subscription | None


class Memory(msgspec.Struct):
    """The whole sandbox as it was."""

    seed: int
    sequence: int
    plan: Plan
    shops: dict[str, ShopMemory]


def remember(world: World) -> bytes:
    """The world as JSON."""
    shops = {
        slug: ShopMemory(
            list(front.shop.listings.values()),
            list(front.shop.orders.values()),
            front.shop.numbered,
            front.shop.first_number,
            front.faults,
            front.limit,
            front.courier.subscription,
        )
        for slug, front in world.storefronts.items()
    }
    return msgspec.json.encode(Memory(world.seed, world.sequence, world.plan, shops))


def recall(world: World, text: bytes) -> None:
    """Put a remembered state into a fresh world."""
    memory = msgspec.json.decode(text, type=Memory)
    world.sequence = memory.sequence
    world.plan = memory.plan
    for slug, kept in memory.shops.items():
        front = world.storefronts[slug]
        front.shop.listings = {listing.sku: listing for listing in kept.listings}
        front.shop.orders = {order.id: order for order in kept.orders}
        front.shop.numbered, front.shop.first_number = kept.numbered, kept.first_number
        front.trouble(kept.faults)
        front.throttle(kept.limit)
        front.courier.subscription = kept.subscription


def load(world: World, path: Path) -> None:
    """Recall the file if there is one."""
    with suppress(FileNotFoundError):
        recall(world, path.read_bytes())


def save(world: World, path: Path) -> None:
    """Write beside the file and move into place, so that a kill leaves the old or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(remember(world))
    fresh.replace(path)


async def keep_saving(world: World, path: Path) -> None:
    """Save whenever something has changed, until cancelled; the last save is made on the way out."""
    saved = world.sequence
    try:
        while True:
            await asyncio.sleep(EVERY)
            if world.sequence != saved:
                saved = world.sequence
                save(world, path)
    finally:
        save(world, path)
