"""A storefront as its owner would run it: listings with a displayed quantity, orders, and nothing of onhand.

The shop sells what it displays and lowers the number itself; whoever keeps the stock learns of it afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

# A shop that sells for days must not grow without end; finished orders beyond this many are forgotten, oldest first.
KEPT_ORDERS = 20_000


class Refusal(Exception):
    """The shop says no, with an HTTP status, a code for programs and a sentence for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class OrderStatus(StrEnum):
    """Where an order stands at the shop."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Listing:
    """One article on display; `quantity` is what buyers see, `sequence` is when it last changed."""

    id: str
    sku: str
    title: str
    price: Decimal
    currency: str
    quantity: int = 0
    active: bool = True
    blocked: bool = False  # the marketplace's own police: the seller can't change it
    sold: int = 0
    sequence: int = 0


@dataclass(slots=True, frozen=True)
class Buyer:
    """Who bought, and where it goes."""

    name: str
    email: str
    street: str
    city: str
    postcode: str
    country: str


@dataclass(slots=True, frozen=True)
class Wanted:
    """A basket line: so many pieces of a SKU."""

    sku: str
    quantity: int


@dataclass(slots=True, frozen=True)
class OrderLine:
    """A line as it was sold, with the price of that moment."""

    id: str
    listing_id: str
    sku: str
    title: str
    quantity: int
    unit_price: Decimal


@dataclass(slots=True)
class Order:
    """A sale. `sequence` grows with every change, so a reader who remembers it misses nothing."""

    id: str
    sequence: int
    status: OrderStatus
    placed_at: datetime
    updated_at: datetime
    buyer: Buyer
    lines: list[OrderLine]
    currency: str
    subtotal: Decimal
    shipping: Decimal
    fee: Decimal
    total: Decimal
    cancel_reason: str | None = None
    reference: str | None = None
    tracking: str | None = None


@dataclass(slots=True, frozen=True)
class StockWish:
    """Set the displayed quantity; with `expected`, only if the shop still displays that many."""

    sku: str
    quantity: int
    expected: int | None = None


@dataclass(slots=True, frozen=True)
class StockAnswer:
    """What became of one wish: `ok`, `stale`, `not_found`, `blocked` or `invalid`, and what is displayed now."""

    sku: str
    status: str
    quantity: int | None = None
    previous: int | None = None


@dataclass(slots=True)
class Shop:
    """A storefront: its articles, its orders and the rules by which both change."""

    slug: str
    name: str
    prefix: str
    tick: Callable[[], int]
    now: Callable[[], datetime]
    fee_rate: Decimal = Decimal("0.05")
    shipping: Decimal = Decimal("3.95")
    listings: dict[str, Listing] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    numbered: int = 0
    first_number: int = 10_001

    def upsert(self, sku: str, title: str, price: Decimal, currency: str, *, active: bool = True) -> Listing:
        """Create the listing of this SKU or change its text and price; the displayed quantity stays."""
        if not price.is_finite() or price < 0:
            raise Refusal(422, "invalid", f"{price} is not a price.")
        listing = self.listings.get(sku)
        if listing is None:
            listing = Listing(f"{self.prefix}L{len(self.listings) + 1:05d}".lower(), sku, title, price, currency)
            self.listings[sku] = listing
        listing.title, listing.price, listing.currency, listing.active = title, price, currency, active
        listing.sequence = self.tick()
        return listing

    def set_stock(self, wish: StockWish) -> StockAnswer:
        """Answer one wish. Asking for what is displayed already is always `ok`, so a repeat does no harm."""
        listing = self.listings.get(wish.sku)
        if listing is None:
            return StockAnswer(wish.sku, "not_found")
        shown = listing.quantity
        if wish.quantity < 0 or listing.blocked:
            return StockAnswer(wish.sku, "blocked" if listing.blocked else "invalid", shown, shown)
        if wish.quantity != shown:
            if wish.expected is not None and wish.expected != shown:
                return StockAnswer(wish.sku, "stale", shown, shown)
            self._display(listing, wish.quantity)
        return StockAnswer(wish.sku, "ok", wish.quantity, shown)

    def buy(self, buyer: Buyer, basket: Sequence[Wanted]) -> Order:
        """Sell what is displayed, all lines or none.

        Raises:
            Refusal: `sold_out` when a line asks for more than is displayed, `not_found` for an unknown SKU.
        """
        for wanted in basket:
            listing = self.find(wanted.sku)
            if not listing.active or listing.blocked or listing.quantity < wanted.quantity:
                raise Refusal(409, "sold_out", f"{listing.title} is sold out.")
        order = self._write_order(f"{self.prefix}-{self.first_number + self.numbered}", buyer, basket)
        self.numbered += 1
        self.orders[order.id] = order
        self._forget_finished()
        return order

    def acknowledge(self, order_id: str, reference: str) -> Order:
        """The seller has seen the order; repeating it is harmless."""
        order = self.order(order_id)
        if order.status is OrderStatus.OPEN:
            order.reference = reference
            self._move(order, OrderStatus.ACKNOWLEDGED)
        return order

    def ship(self, order_id: str, tracking: str | None) -> Order:
        """The parcel has left; repeating it is harmless, shipping a cancelled order is refused."""
        order = self.order(order_id)
        if order.status is OrderStatus.CANCELLED:
            raise Refusal(409, "already_cancelled", f"Order {order.id} is cancelled.")
        if order.status is not OrderStatus.SHIPPED:
            order.tracking = tracking
            self._move(order, OrderStatus.SHIPPED)
        return order

    def cancel(self, order_id: str, reason: str, *, restock: bool) -> Order:
        """Call the sale off, by buyer (`restock`) or seller; repeating it is harmless.

        A buyer's cancellation puts the pieces back on display; a seller's does not, since the seller sets the stock.
        """
        order = self.order(order_id)
        if order.status is OrderStatus.SHIPPED:
            raise Refusal(409, "already_shipped", f"Order {order.id} has been shipped.")
        if order.status is OrderStatus.CANCELLED:
            return order
        order.cancel_reason = reason
        for line in order.lines:
            listing = self.find(line.sku)
            listing.sold -= line.quantity
            if restock:
                self._display(listing, listing.quantity + line.quantity)
        self._move(order, OrderStatus.CANCELLED)
        return order

    def find(self, sku: str) -> Listing:
        """The listing of a SKU, or `not_found`."""
        listing = self.listings.get(sku)
        if listing is None:
            raise Refusal(404, "not_found", f"No listing with SKU {sku}.")
        return listing

    def order(self, order_id: str) -> Order:
        """An order by its number, or `not_found`."""
        order = self.orders.get(order_id)
        if order is None:
            raise Refusal(404, "not_found", f"No order {order_id}.")
        return order

    def changed_orders(self, since: int, limit: int) -> list[Order]:
        """Orders changed after `since`, oldest change first. `orders` is kept in order of change."""
        newest_first: list[Order] = []
        for order in reversed(self.orders.values()):
            if order.sequence <= since:
                break
            newest_first.append(order)
        return newest_first[::-1][:limit]

    def _write_order(self, order_id: str, buyer: Buyer, basket: Sequence[Wanted]) -> Order:
        lines = []
        for number, wanted in enumerate(basket, start=1):
            listing = self.find(wanted.sku)
            listing.sold += wanted.quantity
            self._display(listing, listing.quantity - wanted.quantity)
            lines.append(
                OrderLine(
                    f"{order_id}/{number}", listing.id, listing.sku, listing.title, wanted.quantity, listing.price
                )
            )
        subtotal = sum((line.unit_price * line.quantity for line in lines), Decimal(0))
        moment = self.now()
        return Order(
            id=order_id,
            sequence=self.tick(),
            status=OrderStatus.OPEN,
            placed_at=moment,
            updated_at=moment,
            buyer=buyer,
            lines=lines,
            currency=self.find(basket[0].sku).currency,
            subtotal=subtotal,
            shipping=self.shipping,
            fee=(subtotal * self.fee_rate).quantize(Decimal("0.01")),
            total=subtotal + self.shipping,
        )

    def _display(self, listing: Listing, quantity: int) -> None:
        listing.quantity = quantity
        listing.sequence = self.tick()

    def _move(self, order: Order, status: OrderStatus) -> None:
        order.status = status
        order.updated_at = self.now()
        order.sequence = self.tick()
        self.orders[order.id] = self.orders.pop(order.id)

    def _forget_finished(self) -> None:
        if len(self.orders) <= KEPT_ORDERS:
            return
        finished = (o.id for o in self.orders.values() if o.status in (OrderStatus.SHIPPED, OrderStatus.CANCELLED))
        oldest = next(finished, None)
        if oldest is not None:
            del self.orders[oldest]
