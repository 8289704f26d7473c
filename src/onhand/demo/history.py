"""Write the demo's past: month by month, each month one transaction, every id derived so that repeating is harmless."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from onhand import ledger, partners, pastsales
from onhand.demo.orders import CUSTOMERS, Basket, customer_email, customer_name
from onhand.demo.shop import Shop
from onhand.demo.supply import Delivery, Past
from onhand.infra.db import Database
from onhand.kernel import Actor, derived_id

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

CENT = Decimal("0.01")
MONTH_DAYS = 31
DELIVERED_AT = timedelta(hours=6)  # before the first sale of the day
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is to be written."""

    organization_id: UUID
    shop: Shop
    past: Past
    baskets: list[Basket]
    start: datetime

    def id(self, text: str) -> UUID:
        """The id of a thing of the story."""
        return derived_id(self.organization_id, f"demo {text}")

    def at(self, day: int, seconds: float = 0.0) -> datetime:
        """A moment of the story."""
        return self.start + timedelta(days=day, seconds=seconds)

    def price(self, article: int, factor: float) -> Decimal:
        """What a customer paid for one."""
        return (self.shop.articles[article].price * Decimal(str(factor))).quantize(CENT)


async def write(database: Database, actor: Actor, story: Story, say: Say) -> None:
    """Write the opening and then month after month."""
    async with database.session(actor) as session:
        await ledger.post(session, [_opening(story)], brief=True, silent=True)
        wanted = [
            partners.CustomerWanted(f"C{n:04d}", customer_name(n), customer_email(n), "GB") for n in range(CUSTOMERS)
        ]
        customers = await partners.ensure_customers(session, wanted)
    last = max(basket.day for basket in story.baskets)
    for first in range(0, last + 1, MONTH_DAYS):
        days = range(first, first + MONTH_DAYS)
        async with database.session(actor) as session:
            await _month(session, story, days, customers)
        say(f"  … {story.at(first):%B %Y}")


async def _month(session: AsyncSession, story: Story, days: range, customers: dict[str, UUID]) -> None:
    baskets = [b for b in story.baskets if b.day in days]
    for channel, some in groupby(sorted(baskets, key=lambda b: b.channel), key=lambda b: b.channel):
        await pastsales.record_history(session, _history(story, channel, list(some), customers))
    postings = [*_deliveries(story, days), *(_sale(story, b) for b in baskets)]
    postings.sort(key=lambda p: p.effective_at or story.start)
    await ledger.post(session, postings, brief=True, silent=True)


def _opening(story: Story) -> ledger.Posting:
    lines = [
        ledger.Move(
            sku=story.shop.sku_ids[article],
            warehouse=warehouse_id,
            quantity=Decimal(int(story.past.opening[article, warehouse])),
            unit_cost=story.shop.articles[article].cost,
            currency="GBP",
        )
        for article in range(len(story.shop.articles))
        for warehouse, warehouse_id in enumerate(story.shop.warehouse_ids)
        if story.past.opening[article, warehouse] > 0
    ]
    return ledger.Posting(
        id=story.id("opening"), type="opening", reason="opening balance", lines=lines, effective_at=story.start
    )


def _deliveries(story: Story, days: range) -> Iterator[ledger.Posting]:
    """One posting for all that arrived at a warehouse on a day."""
    arrived = sorted((d for d in story.past.deliveries if d.day in days), key=_arrival)
    for (day, warehouse), group in groupby(arrived, key=_arrival):
        yield ledger.Posting(
            id=story.id(f"delivery {day} {warehouse}"),
            type="purchase",
            reason="received",
            lines=[_received(story, d) for d in group],
            effective_at=story.at(day) + DELIVERED_AT,
            document=f"GRN-{day:03d}-{warehouse + 1}",
        )


def _arrival(delivery: Delivery) -> tuple[int, int]:
    return delivery.day, delivery.warehouse


def _received(story: Story, delivery: Delivery) -> ledger.Move:
    cost = story.shop.articles[delivery.article].cost * Decimal(str(delivery.cost_factor))
    return ledger.Move(
        sku=story.shop.sku_ids[delivery.article],
        warehouse=story.shop.warehouse_ids[delivery.warehouse],
        quantity=Decimal(delivery.units),
        unit_cost=cost.quantize(CENT),
        currency="GBP",
    )


def _sale(story: Story, basket: Basket) -> ledger.Posting:
    lines = [
        ledger.Move(
            sku=story.shop.sku_ids[sale.article],
            warehouse=story.shop.warehouse_ids[basket.warehouse],
            quantity=Decimal(-sale.units),
        )
        for sale in basket.sales
    ]
    return ledger.Posting(
        id=story.id(f"sale {basket.number}"),
        type="sale",
        reason="shipped",
        lines=lines,
        fact=True,
        effective_at=story.at(basket.day, basket.second),
        reference_kind="order",
        reference_id=story.id(f"order {basket.number}"),
        document=_number(basket),
    )


def _number(basket: Basket) -> str:
    return f"D{basket.number + 1:06d}"


def _history(story: Story, channel: str, baskets: list[Basket], customers: dict[str, UUID]) -> pastsales.History:
    rows = [(basket, place, sale) for basket in baskets for place, sale in enumerate(basket.sales)]
    return pastsales.History(
        group_id=story.id("history"),
        channel=channel,
        currency="GBP",
        orders=pastsales.HistoryOrders(
            ids=[story.id(f"order {b.number}") for b in baskets],
            external_ids=[_number(b) for b in baskets],
            placed_at=[story.at(b.day, b.second) for b in baskets],
            customer_ids=[None if b.customer is None else customers[f"C{b.customer:04d}"] for b in baskets],
        ),
        lines=pastsales.HistoryLines(
            ids=[story.id(f"line {b.number} {place}") for b, place, _ in rows],
            order_ids=[story.id(f"order {b.number}") for b, _, _ in rows],
            sku_ids=[story.shop.sku_ids[s.article] for _, _, s in rows],
            codes=[story.shop.articles[s.article].code for _, _, s in rows],
            quantities=[Decimal(s.units) for _, _, s in rows],
            unit_prices=[story.price(s.article, s.price_factor) for _, _, s in rows],
            positions=[place for _, place, _ in rows],
        ),
        charges=pastsales.HistoryCharges(ids=[], order_ids=[], kinds=[], codes=[], amounts=[], descriptions=[]),
    )
