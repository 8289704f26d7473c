"""How the demo's stock was kept: deliveries by min and max per warehouse, so that what sold was really there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onhand.demo.wanted import DAYS, Demand

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# Which share of an article's demand each warehouse meets: the main one, the shop in the high street, the west.
SHARES = np.array([0.6, 0.25, 0.15])
REVIEW_DAYS = 7
COVER_DAYS = 80  # how long a delivery should last
FORGOTTEN = 0.07  # the share of orders that a supplier delivers weeks late
SAFETY = 4.5  # spare stock, in standard deviations of what sells until the next delivery
YEAR, LONGEST_DAYS = 365, 120  # how far ahead anybody looks


@dataclass(frozen=True, slots=True)
class Delivery:
    """Goods that came in: article, warehouse and day by number, units, and the cost relative to today's."""

    article: int
    warehouse: int
    day: int
    units: int
    cost_factor: float


@dataclass(frozen=True, slots=True)
class Sale:
    """Units of an article sold on a day from a warehouse; `price_factor` below 1 while on promotion."""

    article: int
    warehouse: int
    day: int
    units: int
    price_factor: float


@dataclass(frozen=True, slots=True)
class Past:
    """What happened: opening stock (article × warehouse), deliveries, sales; demand without stock was lost."""

    opening: Integers
    deliveries: list[Delivery]
    sales: list[Sale]

    def left(self) -> Integers:
        """What is there on the last evening (article × warehouse)."""
        stock = self.opening.copy()
        for came in self.deliveries:
            stock[came.article, came.warehouse] += came.units
        for went in self.sales:
            stock[went.article, went.warehouse] -= went.units
        return stock


def simulate(random: np.random.Generator, demand: Demand, lead_days: Integers, packs: Integers) -> Past:
    """Live through the two years day by day. Orders are placed weekly, so articles do run out now and then."""
    low, high = _kept(demand, lead_days)
    stock = _packed(high[0], packs).astype(np.int64)
    opening, coming = stock.copy(), np.zeros((DAYS + LONGEST_DAYS, *stock.shape), dtype=np.int64)
    deliveries: list[Delivery] = []
    sales: list[Sale] = []
    for day in range(DAYS):
        stock += coming[day]
        wanted = random.multinomial(demand.units[:, day], SHARES)
        sold = np.minimum(wanted, stock)
        stock -= sold
        sales += [
            Sale(int(a), int(w), day, int(sold[a, w]), float(demand.price_factor[a, day]))
            for a, w in np.argwhere(sold > 0)
        ]
        if day % REVIEW_DAYS == 0:
            week, position = day // REVIEW_DAYS, stock + coming[day + 1 :].sum(axis=0)
            quantity = np.where(position <= low[week], _packed(high[week] - position, packs), 0).astype(np.int64)
            deliveries += _order(random, coming, quantity, day, lead_days)
    return Past(opening, [d for d in deliveries if d.day < DAYS], sales)


def _kept(demand: Demand, lead_days: Integers) -> tuple[Floats, Floats]:
    """When to order and up to how much, per review, article and warehouse: a good buyer sees the season coming."""
    last_year = demand.expected[:, DAYS - YEAR : DAYS - YEAR + LONGEST_DAYS]
    total = np.pad(np.cumsum(np.hstack([demand.expected, last_year]), axis=1), ((0, 0), (1, 0)))
    articles, days = np.arange(len(lead_days)), np.arange(0, DAYS, REVIEW_DAYS)[:, None]
    begin = total[articles, days]
    until = [total[articles, days + ahead] - begin for ahead in (lead_days + REVIEW_DAYS, lead_days + COVER_DAYS)]
    low, high = (until_then[:, :, None] * SHARES for until_then in until)
    spare = SAFETY * np.sqrt(low)
    return np.ceil(low + spare), np.ceil(high + spare)


def _packed(units: npt.NDArray[np.float64], packs: Integers) -> npt.NDArray[np.float64]:
    return np.ceil(np.maximum(units, 0) / packs[:, None]) * packs[:, None]


def _order(
    random: np.random.Generator, coming: Integers, quantity: Integers, day: int, lead_days: Integers
) -> list[Delivery]:
    """Deliveries arrive after the supplier's lead time, sometimes late; prices creep up over the two years."""
    made = []
    for article, warehouse in np.argwhere(quantity > 0):
        late = int(random.poisson(1.2)) + (random.random() < FORGOTTEN) * int(random.integers(14, 40))
        arrives, units = day + int(lead_days[article]) + late, int(quantity[article, warehouse])
        coming[arrives, article, warehouse] += units
        made.append(Delivery(int(article), int(warehouse), arrives, units, round(0.94 + 0.06 * arrives / DAYS, 4)))
    return made
