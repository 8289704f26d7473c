"""Everything of one sandbox process: two shops, who may call them, what troubles them, and what they remember."""

import base64
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from onhand.sandbox.courier import Courier
from onhand.sandbox.domain import Buyer, Order, Shop, Wanted
from onhand.sandbox.switches import Bucket, Faults, Limit, Plan, seeded

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def token_of(seed: int, slug: str) -> str:
    """The API token of a shop: the same for the same seed, so a restarted sandbox still knows its clients."""
    return f"sbx_{slug}_" + hashlib.sha256(f"{seed}:{slug}:token".encode()).hexdigest()[:32]


def secret_of(seed: int, slug: str) -> str:
    """The webhook secret of a shop, likewise fixed by the seed."""
    digest = hashlib.sha256(f"{seed}:{slug}:webhook".encode()).digest()
    return "whsec_" + base64.b64encode(digest[:24]).decode()


@dataclass(slots=True)
class Counters:
    """What the shop has seen, for the page."""

    calls: int = 0
    limited: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    disappointed: int = 0


class Storefront:
    """One shop with its token, limit, faults, courier and recent sales."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop = shop
        self.token = token_of(seed, shop.slug)
        self.secret = secret_of(seed, shop.slug)
        self.faults = Faults()
        self.limit = Limit()
        self.bucket = Bucket(self.limit)
        self.counters = Counters()
        self.chance = seeded(seed, shop.slug, "faults")
        self.courier = Courier(shop.slug, shop.now, seeded(seed, shop.slug, "webhooks"))

    def trouble(self, faults: Faults) -> None:
        """Set the switches, for calls in and webhooks out alike."""
        self.faults = faults
        self.courier.faults = faults

    def throttle(self, limit: Limit) -> None:
        """Set the rate limit and fill the bucket."""
        self.limit = limit
        self.bucket = Bucket(limit)

    def buy(self, buyer: Buyer, basket: Sequence[Wanted]) -> Order:
        """A buyer checks out: sold and announced, or refused when somebody was faster."""
        order = self.shop.buy(buyer, basket)
        self.courier.announce("order.created", order)
        return order

    def cancel(self, order_id: str, reason: str, *, restock: bool) -> Order:
        """Call a sale off and announce it."""
        before = self.shop.order(order_id).sequence
        order = self.shop.cancel(order_id, reason, restock=restock)
        if order.sequence != before:
            self.courier.announce("order.cancelled", order)
        return order


class World:
    """Two storefronts under one clock and one count of changes."""

    def __init__(self, seed: int = 1, now: Callable[[], datetime] = utc_now) -> None:
        self.seed = seed
        self.now = now
        self.started = time.monotonic()
        self.sequence = 0
        self.plan = Plan()
        self.storefronts = {
            slug: Storefront(Shop(slug, name, prefix, self.tick, now), seed)
            for slug, name, prefix in (("harbour", "Harbour Market", "HM"), ("lantern", "Lantern & Co", "LC"))
        }

    def begin(self) -> None:
        """Count from the clock on, so that a sandbox that forgot its past never gives a number of that past again."""
        moment = self.now()
        self.sequence = int(moment.timestamp() * 1000)
        for front in self.storefronts.values():
            front.shop.first_number = int((moment - EPOCH).total_seconds())

    def tick(self) -> int:
        """The next number of the world's one count of changes."""
        self.sequence += 1
        return self.sequence
