"""How much may be wanted over some days in a row: calibrated quantiles of the *sum*, never a sum of quantiles.

A sum is centred and scaled by the series' own spread; how far the standardised sums really went, in the whole
organization's past, per number of expected selling days, says how far a quantile lies out (split conformal
prediction in bins, Vovk 2012). Where an organization has seen little, a gamma distribution with the same mean and
variance stands in (Wilson and Hilferty, 1931) and gives way as cases come in.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from onhand.demand.classes import CV2_LIMIT, size_variation
from onhand.demand.domain import FAMILIES, FEW_SALES
from onhand.demand.history import ratio
from onhand.demand.models import HALF_LIFE_DAYS, SPREAD_HALF_LIFE_DAYS, level

if TYPE_CHECKING:
    from onhand.demand.history import Demand, Floats, Ints

TAUS = (0.5, 0.8, 0.9, 0.95, 0.98)
SPANS = (1, 7, 14, 28)
"""Days in a row at which the spread is calibrated; others lie between, on a logarithmic scale."""
EDGES = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 6.5, 8, 10, 14, 20])
"""Borders between bins of expected selling days in the span."""
PRIOR_CASES = 50
NORMAL = np.array([NormalDist().inv_cdf(tau) for tau in TAUS])


@dataclass(frozen=True)
class Spread:
    """What the spread of any sum follows from, per series and average day.

    Attributes:
        centre: Robust expected units per weekday, shape (series, 7).
        variance: Mean of squared daily units.
        chance: Share of days that sell.
        profile: Weekday profile, mean 1, shape (series, 7).
        kind: 0 uneven selling days, 1 even ones (CV² below its limit), 2 too few to judge; calibrated apart.
    """

    centre: Floats
    variance: Floats
    chance: Floats
    profile: Floats
    kind: Ints


@dataclass(frozen=True)
class Sum:
    """The sum over one span of days: where its middle is, its scale, and its bin."""

    centre: Floats
    scale: Floats
    bins: Ints


def spread(demand: Demand, profile: Floats, weeks: Floats) -> Spread:
    """Centre and spread of each series, bulk days counted half: they happen, but seldom the same size twice.

    Args:
        demand: The cleaned history.
        profile: Weekday profile, shape (series, 7).
        weeks: Every family's week in the order of `FAMILIES`, shape (families, series, 7).
    """
    centre = (weeks[FAMILIES.index("level")] + weeks[FAMILIES.index("robust_level")]) / 2
    slow = SPREAD_HALF_LIFE_DAYS
    variance = level((demand.units**2 + demand.capped**2) / 2, demand, profile, slow)
    selling = (demand.units > 0).astype(np.float32)
    chance = level(selling, demand, profile, HALF_LIFE_DAYS) + level(selling, demand, profile, slow)
    kind = np.where(size_variation(demand) < CV2_LIMIT, 1, 0)
    kind[demand.events < FEW_SALES] = 2
    return Spread(centre, variance, chance / 2, profile, kind)


def over(found: Spread, days: Floats) -> Sum:
    """The sum over days given as counts per weekday, shape (7,) or (series, 7)."""
    exposure = (found.profile * days).sum(axis=1)
    centre = (found.centre * days).sum(axis=1)
    # A tenth of the level: levels themselves drift, however evenly an item sells.
    scale = np.sqrt(found.variance * exposure) + 0.1 * centre
    bins = np.digitize(found.chance * exposure, EDGES) + (len(EDGES) + 1) * found.kind
    return Sum(centre, scale, bins)


@dataclass(frozen=True)
class Calibration:
    """How far standardised sums went, per span, bin and quantile, and how many cases say so.

    Attributes:
        reach: Standardised distance, shape (spans, bins, taus).
        cases: Number of observed sums behind each, shape (spans, bins).
    """

    reach: Floats
    cases: Floats


def no_calibration() -> Calibration:
    """Nothing observed yet: the gamma distribution alone."""
    bins = 3 * (len(EDGES) + 1)
    return Calibration(np.zeros((len(SPANS), bins, len(TAUS))), np.zeros((len(SPANS), bins)))


def learn(observed: list[list[tuple[Sum, Floats]]]) -> Calibration:
    """Calibrate on past sums: for each of `SPANS`, pairs of what was expected and what came."""
    learnt = no_calibration()
    for place, pairs in enumerate(observed):
        if not pairs:
            continue
        reached = np.concatenate([_standardise(actual, expected) for expected, actual in pairs])
        bins = np.concatenate([expected.bins for expected, _ in pairs])
        for this in np.unique(bins):
            mine = reached[(bins == this) & np.isfinite(reached)]
            learnt.cases[place, this] = len(mine)
            if len(mine):
                # One more case than seen, and the higher of two neighbours: what makes a conformal bound hold.
                ranks = np.minimum(np.array(TAUS) * (1 + 1 / len(mine)), 1)
                learnt.reach[place, this] = np.quantile(mine, ranks, method="higher")
    return learnt


def _standardise(actual: Floats, expected: Sum) -> Floats:
    return ratio(actual - expected.centre, expected.scale, empty=np.nan)


def gamma(mean: Floats, deviation: Floats) -> Floats:
    """Quantiles of gamma distributions by their first two moments, shape (series, taus)."""
    width = ratio(deviation, mean)[:, None] / 3
    found: Floats = mean[:, None] * np.maximum(1 - width**2 + NORMAL * width, 0) ** 3
    return found


def quantiles(found: Spread, days: Floats, spans: Floats, calibration: Calibration) -> Floats:
    """Quantiles of the demand over the given days, shape (series, taus), never negative, never crossing.

    Args:
        found: The series' spread.
        days: Counts of days per weekday, shape (series, 7).
        spans: Days in a row, shape (series,): the row sums of `days`.
        calibration: How far sums went.
    """
    expected = over(found, days)
    place = np.interp(np.log(np.maximum(spans, 1)), np.log(SPANS), np.arange(len(SPANS)))
    lower = np.minimum(place.astype(np.int64), len(SPANS) - 2)
    part = (place - lower)[:, None]
    below, above = calibration.reach[lower, expected.bins], calibration.reach[lower + 1, expected.bins]
    cases = np.minimum(calibration.cases[lower, expected.bins], calibration.cases[lower + 1, expected.bins])[:, None]
    learnt = expected.centre[:, None] + ((1 - part) * below + part * above) * expected.scale[:, None]
    assumed = gamma(expected.centre, expected.scale)
    mixed = (cases * np.maximum(learnt, 0) + PRIOR_CASES * assumed) / (cases + PRIOR_CASES)
    ordered: Floats = np.maximum.accumulate(mixed, axis=1)
    return ordered
