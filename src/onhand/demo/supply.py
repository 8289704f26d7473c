"""How the demo's stock was kept: deliveries by min and max per warehouse, so that what sold was really there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onhand.demo.wanted import DAYS, Demand

Integers = npt.NDArray[np.int64]
# Which share of an article's demand each warehouse meets: the main one, the shop in the high street, the west.
SHARES = np.array([0.6, 0.25, 0.15])
REVIEW_DAYS = 7
COVER_DAYS = 24  # how long a delivery should last


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


def simulate(random: np.random.Generator, demand: Demand, lead_days: Integers, packs: Integers) -> Past:
    """Live through the two years day by day. Orders are placed weekly, so articles do run out now and then."""
    rate = demand.rate[:, None] * SHARES
    low = np.ceil(rate * (lead_days[:, None] + REVIEW_DAYS) * 1.1)
    high = np.ceil(low + rate * COVER_DAYS)
    stock = _packed(high, packs).astype(np.int64)
    opening, coming = stock.copy(), np.zeros((DAYS + 120, *stock.shape), dtype=np.int64)
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
            position = stock + coming[day + 1 :].sum(axis=0)
            quantity = np.where(position <= low, _packed(high - position, packs), 0).astype(np.int64)
            deliveries += _order(random, coming, quantity, day, lead_days)
    return Past(opening, [d for d in deliveries if d.day < DAYS], sales)


def _packed(units: npt.NDArray[np.float64], packs: Integers) -> npt.NDArray[np.float64]:
    return np.ceil(np.maximum(units, 0) / packs[:, None]) * packs[:, None]


def _order(
    random: np.random.Generator, coming: Integers, quantity: Integers, day: int, lead_days: Integers
) -> list[Delivery]:
    """Deliveries arrive after the supplier's lead time, sometimes late; prices creep up over the two years."""
    made = []
    for article, warehouse in np.argwhere(quantity > 0):
        late = int(random.poisson(1.2))
        arrives, units = day + int(lead_days[article]) + late, int(quantity[article, warehouse])
        coming[arrives, article, warehouse] += units
        made.append(Delivery(int(article), int(warehouse), arrives, units, round(0.94 + 0.06 * arrives / DAYS, 4)))
    return made
