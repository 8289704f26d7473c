"""The levels that demand asks for, of many SKUs at once, in whole thousandths: beyond them a forecast says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
THOUSAND = 1000


@dataclass(frozen=True)
class Many:
    """Demand and the levels that follow from it, columns of equal length.

    Attributes:
        expected: Expected units over lead time + review, in thousandths.
        limit: Units that demand over lead time + review stays within, at the service level, in thousandths.
        review_mean: Expected units over one review period, in thousandths.
        point: The reorder point, whole units: the calibrated limit of demand over lead time + review.
        safety: What of it exceeds the mean, in thousandths.
        up_to: One review period's demand more, so that an order lasts until the next one, whole units.
    """

    expected: Numbers
    limit: Numbers
    review_mean: Numbers
    point: Numbers
    safety: Numbers
    up_to: Numbers


def thousandths(units: NDArray[np.floating[Any]]) -> Numbers:
    """Units, none of them negative, to the nearest thousandth."""
    found: Numbers = np.rint(np.maximum(units, 0).astype(np.float64) * THOUSAND).astype(np.int64)
    return found


def whole(thousandths_: Numbers) -> Numbers:
    """Rounded up to whole units."""
    found: Numbers = (thousandths_ + THOUSAND - 1) // THOUSAND
    return found


def levels(expected: Numbers, limit: Numbers, review_mean: Numbers) -> Many:
    """What the demand says the levels should be; all in thousandths."""
    point = whole(limit)
    safety = np.maximum(point * THOUSAND - expected, 0)
    return Many(expected, limit, review_mean, point, safety, point + whole(review_mean))
