"""The families of forecasts. Each answers a week: expected units per weekday, shape (series, 7), Monday first.

All of them run over every series at once; sums over time are matrix products, so 100,000 series take about a second.
"""

import numpy as np

from onhand.demand.domain import FAMILIES
from onhand.demand.history import Demand, Floats, Ints, ratio

HALF_LIFE_DAYS = 14.0
SPREAD_HALF_LIFE_DAYS = 60.0
PROFILE_HALF_LIFE_DAYS = 180.0
EVEN_DAYS = 4.0
"""A weekday is taken to be like the others until more days than these say otherwise."""
WINDOW_WEEKS = 8
NAIVE_WEEKS = 4
TSB_SIZE_MEMORY = 0.9 ** np.arange(201)
"""Weight of a selling day's size by the number of newer selling days: a smoothing constant of 0.1."""


def decay(days: int, half_life: float) -> Floats:
    """Weights of the last `days` days: 1 for the newest, a half each `half_life` days further back."""
    return (0.5 ** (np.arange(days - 1, -1, -1) / half_life)).astype(np.float32)


def by_weekday(weights: Floats, weekdays: Ints) -> Floats:
    """Spread weights over seven columns, shape (days, 7), so that one product sums per weekday."""
    columns: Floats = weights[:, None] * (weekdays[:, None] == np.arange(7)).astype(np.float32)
    return columns


def shared_profile(demand: Demand) -> Floats:
    """How the organization's weekdays differ, mean 1, bulk days cut, shape (7,)."""
    columns = by_weekday(np.ones(len(demand.weekdays), np.float32), demand.weekdays)
    # Per series first, so that one loud item does not set everybody's week.
    usual = ratio(demand.capped.sum(axis=1), demand.seen.sum(axis=1))
    sold = ratio(np.ones_like(usual), usual) @ demand.capped @ columns
    seen = (usual > 0).astype(np.float32) @ demand.seen @ columns
    rate = (sold + EVEN_DAYS) / (seen + EVEN_DAYS)
    shared: Floats = (rate / rate.mean()).astype(np.float32)
    return shared


def profiles(demand: Demand, shared: Floats, strength: float) -> Floats:
    """Each series' own week, drawn towards the shared one as if `strength` selling days had followed that."""
    if not np.isfinite(strength):
        return np.broadcast_to(shared, (len(demand.units), 7))
    columns = by_weekday(decay(len(demand.weekdays), PROFILE_HALF_LIFE_DAYS), demand.weekdays)
    own = (demand.capped @ columns) / np.maximum(demand.size, 1e-6)[:, None]
    total = own.sum(axis=1, keepdims=True)
    drawn: Floats = (7 * (own + strength * shared / 7) / (total + strength)).astype(np.float32)
    return drawn


def level(units: Floats, demand: Demand, profile: Floats, half_life: float) -> Floats:
    """Recent units per average day: exponentially weighted units over equally weighted expected exposure.

    A day out of stock adds to neither, a weekday that never sells adds nothing to the exposure.
    """
    weights = decay(len(demand.weekdays), half_life)
    exposure = ((demand.seen @ by_weekday(weights, demand.weekdays)) * profile).sum(axis=1)
    sums = units @ weights
    return ratio(sums, exposure)


def tsb(demand: Demand) -> Floats:
    """Teunter, Syntetos and Babai (2011): smoothed chance of a selling day times the smoothed size of one.

    Both smoothings are written as weighted means of the past, which is the same as their recursion once it has
    forgotten where it started, and needs no loop over days.
    """
    selling = demand.units > 0
    every_day = np.ones((1, 7), np.float32)
    chance = level(selling.astype(np.float32), demand, every_day, HALF_LIFE_DAYS)
    rows, days = np.nonzero(selling)
    newer = np.cumsum(demand.events)[rows].astype(np.int64) - np.arange(1, len(rows) + 1)
    weights = TSB_SIZE_MEMORY[np.minimum(newer, len(TSB_SIZE_MEMORY) - 1)]
    sizes = np.bincount(rows, weights * demand.units[rows, days], len(selling)).astype(np.float32)
    total = np.bincount(rows, weights, len(selling)).astype(np.float32)
    return chance * ratio(sizes, total)


def seasonal_window(demand: Demand) -> Floats:
    """Mean of the last eight same weekdays."""
    days = min(7 * WINDOW_WEEKS, len(demand.weekdays))
    columns = by_weekday(np.ones(days, np.float32), demand.weekdays[-days:])
    seen = demand.seen[:, -days:] @ columns
    return ratio(demand.units[:, -days:] @ columns, seen)


def seasonal_naive(demand: Demand) -> Floats:
    """The same weekday of last week (up to four weeks back where that day was not observed): the honest baseline."""
    week = np.zeros((len(demand.units), 7), dtype=np.float32)
    known = np.zeros(week.shape, dtype=bool)
    for back in range(1, min(7 * NAIVE_WEEKS, len(demand.weekdays)) + 1):
        day = demand.weekdays[-back]
        take = ~known[:, day] & (demand.seen[:, -back] > 0)
        week[take, day] = demand.units[take, -back]
        known[:, day] |= take
    return week


def all_families(demand: Demand, profile: Floats) -> Floats:
    """Every family's week in the order of `FAMILIES`, shape (families, series, 7)."""
    recent = level(demand.units, demand, profile, HALF_LIFE_DAYS)
    robust = level(demand.capped, demand, profile, HALF_LIFE_DAYS)
    weeks = {
        "level": recent[:, None] * profile,
        "robust_level": robust[:, None] * profile,
        "tsb": tsb(demand)[:, None] * profile,
        "window_average": seasonal_window(demand),
        "seasonal_naive": seasonal_naive(demand),
    }
    return np.stack([weeks[name] for name in FAMILIES])
