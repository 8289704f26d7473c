"""Pooled weights: how much of each family a demand class gets, learnt from all its series together.

Choosing the best model per series hurts on lumpy demand, since one series' past is mostly chance; so the weights are
learnt per class, and drawn towards the usual ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from onhand.demand.domain import FAMILIES, NAIVE
from onhand.demand.history import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onhand.demand.history import Demand, Floats

USUAL = {"robust_level": 0.8, "tsb": 0.2}
PULL = 0.05
"""Strength of the pull towards the usual weights, as a share of the data's own curvature."""
STEPS = 300
LEAST = 0.01


def normal_equations(weeks: Floats, actual: Demand, scale: Floats) -> tuple[Floats, Floats]:
    """Per series: Σ over days of x xᵀ and x y, in units of the series' own scale.

    Args:
        weeks: Every family's week, shape (families, series, 7).
        actual: What was then sold.
        scale: RMS day-to-day change, shape (series,); series with 0 add nothing.

    Returns:
        Shapes (series, families, families) and (series, families).
    """
    columns = (actual.weekdays[:, None] == np.arange(7)).astype(np.float32)
    days, sold = actual.seen @ columns, (actual.units * actual.seen) @ columns
    share = ratio(np.ones_like(scale), scale**2)
    weighted = weeks * (days * share[:, None])[None]
    gram = np.einsum("fsd,gsd->sfg", weighted, weeks, optimize=True)
    return gram, np.einsum("fsd,sd->sf", weeks, sold * share[:, None], optimize=True)


def usual_weights() -> Floats:
    """`USUAL` in the order of `FAMILIES`."""
    return np.array([USUAL.get(name, 0.0) for name in FAMILIES], dtype=np.float64)


def learn(gram: Floats, cross: Floats) -> Mapping[str, float]:
    """Non-negative weights that minimise the squared scaled error, by accelerated projected gradient.

    The seasonal naive family is the yardstick and takes no part.
    """
    usual = usual_weights()
    taking_part = np.array([name != NAIVE for name in FAMILIES])
    curvature = gram.sum(axis=0).astype(np.float64)
    pull = PULL * np.trace(curvature) / len(FAMILIES)
    curvature += pull * np.eye(len(FAMILIES))
    target = cross.sum(axis=0) + pull * usual
    step = 1 / max(float(np.linalg.eigvalsh(curvature)[-1]), 1e-12)
    weights, ahead, momentum = usual, usual, 1.0
    for _ in range(STEPS):
        moved = np.maximum(ahead - step * (curvature @ ahead - target), 0) * taking_part
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        weights, momentum = moved, following
    return {name: round(float(value), 4) for name, value in zip(FAMILIES, weights, strict=True) if value > LEAST}


def mix(weeks: Floats, weights: Mapping[str, float]) -> Floats:
    """The weighted week of every series, shape (series, 7)."""
    chosen = [FAMILIES.index(name) for name in weights]
    return np.tensordot(np.array([*weights.values()], dtype=np.float32), weeks[chosen], axes=1)
