"""Words of demand: classes, families, scores, and the rule by which a forecast is chosen. No library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = "1"
"""Raised whenever the engine would answer differently on the same history."""

SMOOTH, ERRATIC, INTERMITTENT, LUMPY, SPARSE = "smooth", "erratic", "intermittent", "lumpy", "sparse"
CLASSES = (SMOOTH, ERRATIC, INTERMITTENT, LUMPY, SPARSE)
FEW_SALES = 3
"""With fewer selling days a series says nothing about its own rhythm."""

NAIVE = "seasonal_naive"
BLEND = "blend"
FAMILIES = ("level", "robust_level", "tsb", "window_average", NAIVE)
ALGORITHMS = (BLEND, *FAMILIES)
ALIASES = {
    "auto": BLEND,
    "naive": NAIVE,
    "moving_average": "window_average",
    "exponential_smoothing": "level",
    "ses": "level",
}
UNTESTED_EXPECTED = {"level": 0.8, "tsb": 0.2}
UNTESTED_TYPICAL = {"robust_level": 0.8, "tsb": 0.2}
"""Used until an organization's own history is long enough for a backtest."""

HORIZON_DAYS = 28
MAX_HORIZON_DAYS = 365
WINDOWS = 3


def algorithm_named(name: str | None) -> str | None:
    """The algorithm that people mean by a name, or None when there is none."""
    wanted = (name or "auto").strip().lower().replace("-", "_").replace(" ", "_")
    wanted = ALIASES.get(wanted, wanted)
    return wanted if wanted in ALGORITHMS else None


@dataclass(frozen=True)
class Score:
    """How far a forecast was off, over every day of every backtest window.

    Attributes:
        mae: Mean absolute error, units per day.
        rmse: Root mean squared error, units per day.
        rmsse: RMSE over the root mean squared day-to-day change of the past (M5 competition).
        mase: MAE over the mean absolute week-to-week change of the past (Hyndman and Koehler, 2006).
        wape: Sum of absolute errors over the sum of sales.
        bias: Sum of errors over the sum of sales; positive means too much was forecast.
    """

    mae: float
    rmse: float
    rmsse: float
    mase: float
    wape: float
    bias: float


@dataclass(frozen=True)
class ClassChoice:
    """What is used for one demand class, and how it did against the honest baseline.

    Attributes:
        expected: Family weights of the mean, which stock is planned by; bulk orders count.
        typical: Family weights of the usual day, which people are shown; closest on most days, too low on bulk days.
        series: Number of series of this class in the newest window of the backtest.
        shared: Whether these were too few, so that weights and scores are those of all classes together.
        score: Backtest of the expected demand, None when the history is too short.
        typical_score: Backtest of the typical demand on the same days.
        naive: Backtest of last week repeated on the same days.
    """

    expected: Mapping[str, float]
    typical: Mapping[str, float]
    series: int = 0
    shared: bool = False
    score: Score | None = None
    typical_score: Score | None = None
    naive: Score | None = None

    @property
    def uses_naive(self) -> bool:
        """True where our blend lost, so the naive forecast is used."""
        return set(self.expected) == {NAIVE}

    @property
    def sentence(self) -> str:
        """What was chosen and why, for people."""
        if self.score is None or self.naive is None:
            return "The history is too short for a backtest, so the usual weights are used."
        ours, theirs = f"{self.score.rmsse:.3f}", f"{self.naive.rmsse:.3f}"
        of_whom = "Too few to be judged by themselves, so with all others: our" if self.shared else "Our"
        if self.uses_naive:
            return f"{of_whom} blend lost its backtest (RMSSE {ours} against {theirs}), so last week is repeated."
        return f"{of_whom} blend beat last week's sales in its backtest (RMSSE {ours} against {theirs})."


UNTESTED = ClassChoice(UNTESTED_EXPECTED, UNTESTED_TYPICAL)


def choose(blend: ClassChoice) -> ClassChoice:
    """The blend, unless the seasonal naive forecast was better on the same days: then that, and it is said."""
    if blend.score is not None and blend.naive is not None and blend.naive.rmsse < blend.score.rmsse:
        return replace(blend, expected={NAIVE: 1.0}, typical={NAIVE: 1.0})
    return blend
