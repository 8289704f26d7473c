"""Two years of daily demand: levels, weekdays, seasons, promotions, slow movers, newcomers, fading articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
DAYS = 730
WEEKDAY = np.array([0.85, 0.85, 0.9, 1.0, 1.15, 1.35, 0.9])  # Monday first
NEVER = 10_000.0
# Peaks of the year as (day of the year, width in days, height above the usual level).
SEASONS: dict[str, tuple[tuple[int, float, float], ...]] = {
    "all_year": ((340, 18, 0.8),),
    "christmas": ((338, 20, 2.6),),
    "spring": ((115, 30, 1.8), (340, 15, 0.3)),
    "summer": ((190, 35, 1.9),),
    "valentine": ((40, 8, 2.4), (80, 8, 1.2), (340, 15, 0.9)),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """Units wanted per article and day, what they paid relative to the list price, and what a buyer would expect."""

    first_day: date
    units: Integers
    price_factor: Floats
    expected: Floats


def season(kind: str, days: list[date]) -> Floats:
    """The factor of each day for a kind of season; its mean over a year is near 1."""
    of_year = np.array([d.timetuple().tm_yday for d in days], dtype=float)
    factor: Floats = np.ones(len(days))
    for peak, width, height in SEASONS[kind]:
        distance = np.minimum(np.abs(of_year - peak), 365 - np.abs(of_year - peak))
        factor += height * np.exp(-0.5 * (distance / width) ** 2)
    factor /= factor.mean()
    return factor


def make(random: np.random.Generator, seasons: list[str], first_day: date) -> Demand:
    """Draw the demand of every article over two years. A few sell daily, most now and then, as in a real gift shop."""
    count = len(seasons)
    days = [first_day + timedelta(days=n) for n in range(DAYS)]
    rate = np.exp(random.normal(-2.1, 1.15, count))
    weekday = WEEKDAY[[d.weekday() for d in days]]
    level = rate[:, None] * weekday * np.stack([season(kind, days) for kind in seasons]) * _life(random, count)
    promotion, price = _promotions(random, count)
    lumps = 1 + random.poisson(0.35, (count, DAYS))  # people buy two mugs, or six
    units = random.poisson(level * promotion) * lumps
    return Demand(first_day, units, price, level * 1.35)


def _life(random: np.random.Generator, count: int) -> Floats:
    """Newcomers start late, some articles fade, most just drift."""
    time = np.arange(DAYS) / DAYS
    trend = 1 + np.outer(random.normal(0.1, 0.25, count), time)
    start = np.where(random.random(count) < 0.08, random.uniform(0.4, 0.85, count), -1)
    fade = np.where(random.random(count) < 0.06, random.uniform(0.3, 0.8, count), NEVER)
    alive = (time >= start[:, None]) * np.where(time > fade[:, None], 0.04, 1.0)
    factor: Floats = np.clip(trend, 0.2, None) * alive
    return factor


def _promotions(random: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    """A week of 20 % off lifts demand by about 2.2, for one article in four, a few times in two years."""
    lift, price = np.ones((count, DAYS)), np.ones((count, DAYS))
    for article in np.flatnonzero(random.random(count) < 0.25):
        for start in random.integers(0, DAYS - 7, size=int(random.integers(1, 4))):
            lift[article, start : start + 7] = 2.2
            price[article, start : start + 7] = 0.8
    return lift, price
