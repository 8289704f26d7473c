"""The hands behind the scenes: switches, buyers, single purchases and the state for the page.

No token: whoever can reach this process may play with it, so it listens on this machine only unless told otherwise.
"""

import time
from itertools import islice
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onhand.sandbox.api import Sku, answer, number, read
from onhand.sandbox.buyers import Crowd, person
from onhand.sandbox.domain import Order, Refusal, Wanted
from onhand.sandbox.switches import STORM, Faults, Switches, change, seeded
from onhand.sandbox.world import Storefront, World

RECENT = 40


class Purchase(msgspec.Struct, forbid_unknown_fields=True):
    """One buyer, now."""

    sku: Sku
    quantity: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1


class Rush(msgspec.Struct, forbid_unknown_fields=True):
    """So many buyers in each shop want one piece of the same SKU, all at once."""

    sku: Sku
    buyers: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 10


class Block(msgspec.Struct, forbid_unknown_fields=True):
    """The marketplace takes an article off sale, or allows it again."""

    sku: Sku
    blocked: bool


class Regret(msgspec.Struct, forbid_unknown_fields=True):
    """A buyer changes their mind."""

    reason: str = "The buyer changed their mind."


class Control:
    """The handlers of the control API."""

    def __init__(self, world: World, crowd: Crowd) -> None:
        self.world = world
        self.crowd = crowd
        self._chance = seeded(world.seed, "control")

    def routes(self) -> list[Route]:
        """What the page and a test may call."""
        one = "/control/shops/{slug}"
        return [
            Route("/control/state", self.state, methods=["GET"]),
            Route("/control/shops", self.shops, methods=["GET"]),
            Route("/control/plan", self.plan, methods=["GET", "PATCH"]),
            Route("/control/rush", self.rush, methods=["POST"]),
            Route(f"{one}/faults", self.faults, methods=["GET", "PATCH"]),
            Route(f"{one}/storm", self.storm, methods=["POST"]),
            Route(f"{one}/calm", self.calm, methods=["POST"]),
            Route(f"{one}/limit", self.limit, methods=["GET", "PATCH"]),
            Route(f"{one}/block", self.block, methods=["POST"]),
            Route(f"{one}/buy", self.buy, methods=["POST"]),
            Route(f"{one}/orders/{{id}}/cancel", self.cancel, methods=["POST"]),
        ]

    async def shops(self, _: Request) -> Response:
        """Both shops with their tokens, for whoever connects them."""
        return answer(
            [
                {"slug": front.shop.slug, "name": front.shop.name, "path": f"/shops/{slug}/api", "token": front.token}
                for slug, front in self.world.storefronts.items()
            ]
        )

    async def state(self, request: Request) -> Response:
        """What has changed after `since`: the page asks twice a second."""
        since = number(request, "since", 0, 10**15)
        return answer(
            {
                "sequence": self.world.sequence,
                "uptime": round(time.monotonic() - self.world.started),
                "plan": self.world.plan,
                "shops": [_seen(front, since) for front in self.world.storefronts.values()],
            }
        )

    async def plan(self, request: Request) -> Response:
        """How busy the shops are; PATCH changes what is sent."""
        if request.method == "PATCH":
            self.world.tick()
            self.crowd.replan(_changed(self.world.plan, await read(request, dict[str, object])))
        return answer(self.world.plan)

    async def rush(self, request: Request) -> Response:
        """Buyers in both shops race for one SKU, shop by shop in turn; says who got it."""
        body = await read(request, Rush)
        sold: dict[str, int] = {}
        for _ in range(body.buyers):
            for slug, front in self.world.storefronts.items():
                sold[slug] = sold.get(slug, 0) + self._tries(front, body.sku)
        return answer({"sku": body.sku, "buyers": body.buyers * len(sold), "sold": sold})

    async def faults(self, request: Request) -> Response:
        """The switches of one shop; PATCH changes what is sent."""
        front = self._front(request)
        if request.method == "PATCH":
            front.trouble(_changed(front.faults, await read(request, dict[str, object])))
        return answer(front.faults)

    async def storm(self, request: Request) -> Response:
        """A bad day: everything goes wrong now and then."""
        front = self._front(request)
        front.trouble(STORM)
        return answer(front.faults)

    async def calm(self, request: Request) -> Response:
        """A good day again."""
        front = self._front(request)
        front.trouble(Faults())
        return answer(front.faults)

    async def limit(self, request: Request) -> Response:
        """The rate limit of one shop; PATCH changes what is sent."""
        front = self._front(request)
        if request.method == "PATCH":
            front.throttle(_changed(front.limit, await read(request, dict[str, object])))
        return answer(front.limit)

    async def block(self, request: Request) -> Response:
        """Block an article, whatever its seller wants."""
        body = await read(request, Block)
        listing = self._front(request).shop.find(body.sku)
        listing.blocked = body.blocked
        return answer(listing)

    async def buy(self, request: Request) -> Response:
        """One purchase, now."""
        body = await read(request, Purchase)
        order = self._front(request).buy(person(self._chance), [Wanted(body.sku, body.quantity)])
        return answer(order, 201)

    async def cancel(self, request: Request) -> Response:
        """A buyer calls the sale off: the pieces are displayed again."""
        body = await read(request, Regret)
        return answer(self._front(request).cancel(request.path_params["id"], body.reason, restock=True))

    def _front(self, request: Request) -> Storefront:
        """The shop of the path; a write counts as a change, so that the snapshot keeps it."""
        if request.method != "GET":
            self.world.tick()
        slug = request.path_params["slug"]
        front = self.world.storefronts.get(slug)
        if front is None:
            raise Refusal(404, "not_found", f"No shop {slug}.")
        return front

    def _tries(self, front: Storefront, sku: str) -> int:
        try:
            front.buy(person(self._chance), [Wanted(sku, 1)])
        except Refusal as refusal:
            if refusal.code != "sold_out":
                raise
            front.counters.disappointed += 1
            return 0
        return 1


def _changed(current: Switches, sent: dict[str, object]) -> Switches:
    try:
        return change(current, sent)
    except msgspec.ValidationError as error:
        raise Refusal(422, "invalid", str(error)) from error


def _seen(front: Storefront, since: int) -> dict[str, object]:
    """One shop as the page shows it: only the articles and orders that changed after `since`."""
    shop = front.shop
    recent = islice(reversed(shop.orders.values()), RECENT)
    return {
        "slug": shop.slug,
        "name": shop.name,
        "faults": front.faults,
        "limit": front.limit,
        "counters": front.counters,
        "webhooks": {
            "url": front.courier.subscription.url if front.courier.subscription else None,
            "queued": front.courier.queued,
        },
        "totals": {
            "listings": len(shop.listings),
            "pieces": sum(listing.quantity for listing in shop.listings.values()),
            "orders": shop.numbered,
        },
        "listings": [listing for listing in shop.listings.values() if listing.sequence > since],
        "orders": [_in_short(order) for order in recent if order.sequence > since],
    }


def _in_short(order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "sequence": order.sequence,
        "status": order.status,
        "placed_at": order.placed_at,
        "buyer": order.buyer.name,
        "city": order.buyer.city,
        "total": order.total,
        "currency": order.currency,
        "lines": [{"sku": x.sku, "title": x.title, "quantity": x.quantity} for x in order.lines],
    }
