"""The storefront's API for sellers: listings, stock, orders, webhooks.

Everything is JSON, errors too: `{"error": {"code", "message"}}`. A call needs `Authorization: Bearer <shop's token>`.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onhand.sandbox.courier import TOPICS, Subscription
from onhand.sandbox.domain import Refusal, StockWish
from onhand.sandbox.world import Storefront

BATCH = 250
PAGE = 250
DIGITS = 18  # what fits a 64-bit number
Sku = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Body = TypeVar("Body")


class ListingText(msgspec.Struct, forbid_unknown_fields=True):
    """An article's text and price."""

    sku: Sku
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    price: Decimal
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    active: bool = True


class Listings(msgspec.Struct, forbid_unknown_fields=True):
    """Up to 250 articles at once."""

    listings: Annotated[list[ListingText], msgspec.Meta(min_length=1, max_length=BATCH)]


class StockItem(msgspec.Struct, forbid_unknown_fields=True):
    """Show `quantity` of a SKU; with `expected`, only if the shop still shows that many."""

    sku: Sku
    quantity: int
    expected: int | None = None


class StockItems(msgspec.Struct, forbid_unknown_fields=True):
    """Up to 250 wishes at once, each with a result of its own."""

    items: Annotated[list[StockItem], msgspec.Meta(min_length=1, max_length=BATCH)]


class Acknowledgement(msgspec.Struct, forbid_unknown_fields=True):
    """The seller's own number of the order."""

    reference: Annotated[str, msgspec.Meta(max_length=120)]


class Shipment(msgspec.Struct, forbid_unknown_fields=True):
    """The parcel's tracking code."""

    tracking: Annotated[str, msgspec.Meta(max_length=120)] | None = None


class Cancellation(msgspec.Struct, forbid_unknown_fields=True):
    """Why the seller calls the sale off."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Subscribe(msgspec.Struct, forbid_unknown_fields=True):
    """Where webhooks shall go."""

    url: Annotated[str, msgspec.Meta(pattern="^https?://", max_length=500)]
    topics: list[str] = msgspec.field(default_factory=lambda: list(TOPICS))


def answer(value: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def refuse(refusal: Refusal) -> Response:
    """The answer for a refusal."""
    return answer({"error": {"code": refusal.code, "message": refusal.message}}, refusal.status)


async def read(request: Request, kind: type[Body]) -> Body:
    """The body as `kind`.

    Raises:
        Refusal: 400 for what is not JSON, 422 for JSON of another shape.
    """
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except msgspec.ValidationError as error:
        raise Refusal(422, "invalid", str(error)) from error
    except msgspec.DecodeError as error:
        raise Refusal(400, "malformed", str(error)) from error


def number(request: Request, name: str, default: int, most: int) -> int:
    """A whole number of the query, between 0 and `most`.

    Raises:
        Refusal: 400 when it is none.
    """
    text = request.query_params.get(name, str(default))
    if not text.isdecimal() or len(text) > DIGITS or int(text) > most:
        raise Refusal(400, "malformed", f"{name} must be a number from 0 to {most}.")
    return int(text)


class Desk:
    """The handlers of one storefront's API."""

    def __init__(self, front: Storefront) -> None:
        self.front = front
        self.shop = front.shop

    def routes(self) -> list[Route]:
        """What a seller may call."""
        table = [
            ("GET", "/shop", self.about),
            ("GET", "/listings", self.list_listings),
            ("POST", "/listings/batch", self.write_listings),
            ("GET", "/listings/{sku:path}", self.one_listing),
            ("GET", "/stock", self.list_stock),
            ("POST", "/stock/batch", self.set_stock),
            ("GET", "/orders", self.list_orders),
            ("GET", "/orders/{id}", self.one_order),
            ("POST", "/orders/{id}/acknowledge", self.acknowledge),
            ("POST", "/orders/{id}/ship", self.ship),
            ("POST", "/orders/{id}/cancel", self.cancel),
            ("GET", "/webhook", self.subscription),
            ("PUT", "/webhook", self.subscribe),
            ("DELETE", "/webhook", self.unsubscribe),
        ]
        return [Route(path, endpoint, methods=[method]) for method, path, endpoint in table]

    async def about(self, _: Request) -> Response:
        """Who answers here: the call that tests a connection."""
        return answer({"shop": self.shop.slug, "name": self.shop.name, "listings": len(self.shop.listings)})

    async def list_listings(self, request: Request) -> Response:
        """Articles by id, `limit` at a time, continued with `after`."""
        return self._page(request, list(self.shop.listings.values()))

    async def list_stock(self, request: Request) -> Response:
        """What is displayed now, paged like the listings."""
        return self._page(
            request, [{"id": x.id, "sku": x.sku, "quantity": x.quantity} for x in self.shop.listings.values()]
        )

    async def one_listing(self, request: Request) -> Response:
        """One article by SKU."""
        return answer(self.shop.find(request.path_params["sku"]))

    async def write_listings(self, request: Request) -> Response:
        """Create or change articles; quantities are set by `/stock/batch` only."""
        body = await read(request, Listings)
        listings = [self.shop.upsert(x.sku, x.title, x.price, x.currency, active=x.active) for x in body.listings]
        return answer({"listings": [{"id": x.id, "sku": x.sku, "quantity": x.quantity} for x in listings]})

    async def set_stock(self, request: Request) -> Response:
        """Set displayed quantities; the call succeeds even where single items do not."""
        body = await read(request, StockItems)
        return answer({"results": [self.shop.set_stock(StockWish(x.sku, x.quantity, x.expected)) for x in body.items]})

    async def list_orders(self, request: Request) -> Response:
        """Orders changed after the cursor `since`, oldest change first."""
        since = number(request, "since", 0, 10**18 - 1)
        limit = number(request, "limit", 100, PAGE)
        orders = self.shop.changed_orders(since, limit)
        return answer({"orders": orders, "next": orders[-1].sequence if orders else since})

    async def one_order(self, request: Request) -> Response:
        """One order."""
        return answer(self.shop.order(request.path_params["id"]))

    async def acknowledge(self, request: Request) -> Response:
        """The seller has taken the order."""
        body = await read(request, Acknowledgement)
        return answer(self.shop.acknowledge(request.path_params["id"], body.reference))

    async def ship(self, request: Request) -> Response:
        """The seller has sent the parcel."""
        body = await read(request, Shipment)
        before = self.shop.order(request.path_params["id"]).sequence
        order = self.shop.ship(request.path_params["id"], body.tracking)
        if order.sequence != before:
            self.front.courier.announce("order.shipped", order)
        return answer(order)

    async def cancel(self, request: Request) -> Response:
        """The seller can't deliver."""
        body = await read(request, Cancellation)
        return answer(self.front.cancel(request.path_params["id"], body.reason, restock=False))

    async def subscription(self, _: Request) -> Response:
        """Where webhooks go."""
        subscription = self.front.courier.subscription
        if subscription is None:
            raise Refusal(404, "not_found", "Nobody has subscribed.")
        return answer({"url": subscription.url, "topics": subscription.topics})

    async def subscribe(self, request: Request) -> Response:
        """Send webhooks to this address; the answer carries the secret that will sign them."""
        body = await read(request, Subscribe)
        if unknown := sorted(set(body.topics) - set(TOPICS)):
            raise Refusal(422, "invalid", f"Unknown topics: {', '.join(unknown)}.")
        self.front.courier.subscription = Subscription(url=body.url, secret=self.front.secret, topics=body.topics)
        return answer(self.front.courier.subscription)

    async def unsubscribe(self, _: Request) -> Response:
        """Send no more webhooks."""
        self.front.courier.subscription = None
        return Response(status_code=204)

    def _page(self, request: Request, rows: Sequence[object]) -> Response:
        after = number(request, "after", 0, 10**9)
        limit = number(request, "limit", 100, PAGE)
        part = rows[after : after + limit]
        end = after + len(part)
        return answer({"items": part, "next": end if end < len(rows) else None})
