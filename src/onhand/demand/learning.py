"""What an organization's own past teaches: the shared week, pooled weights per class, and how far demand strays.

Rolling origin: every forecast is made only from what was known on its day. The newest windows come first, and a class
that loses to the seasonal naive forecast on the very days it was not fitted on gets that one instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from onhand.demand import blend, models, quantiles, scores
from onhand.demand.classes import classify
from onhand.demand.domain import CLASSES, FAMILIES, NAIVE, UNTESTED, WINDOWS, ClassChoice, choose
from onhand.demand.history import Demand, History, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onhand.demand.history import Bools, Floats, Ints

SAMPLE = 6000
"""Weights and spreads are pooled, so a sample of the series is as good as all of them."""
Pairs: TypeAlias = "list[tuple[quantiles.Sum, Floats]]"
STRENGTHS = (np.inf, 300.0, 60.0, 15.0)
SPREAD_ORIGINS = 6
SPREAD_STEP_DAYS = 14
LEAST_HISTORY_DAYS = 28
CALM_FLOOR = 0.3
LEAST_SERIES = 30
"""A class with fewer scored series takes the weights of all classes together."""


@dataclass(frozen=True)
class Learnt:
    """Everything that a forecast of any one series needs to know about the rest.

    Attributes:
        profile: The organization's week, mean 1, shape (7,).
        strength: Selling days that the shared week counts for against a series' own; infinite = always shared.
        choices: What each demand class uses and how it did.
        reach: How far sums of demand strayed.
        coverage: Share of the newest two weeks that stayed within each quantile, calibrated without them, per class.
    """

    profile: Floats
    strength: float
    choices: Mapping[str, ClassChoice]
    reach: quantiles.Calibration
    coverage: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Window:
    """One backtest window: what the families said, and what came.

    Attributes:
        weeks: Every family's week, shape (families, series, 7).
        actual: What was then wanted.
        scale: What errors are divided by.
        classes: Index into `CLASSES`, per series.
        gram: Normal equations per series, shape (series, families, families).
        cross: Their right-hand side, shape (series, families).
        calm: Weight per series for the typical week: a window upset by a bulk order counts less, so that the mean of
            root errors is what shrinks, not the mean of squares.
    """

    weeks: Floats
    actual: Demand
    scale: scores.Scales
    classes: Ints
    gram: Floats
    cross: Floats
    calm: Floats


def calibrate(history: History) -> Learnt:
    """Learn from the past of (a sample of) all series; a short past gives the usual weights and wide intervals."""
    sample = _sample(history)
    demand = clean(sample)
    profile = models.shared_profile(demand)
    horizon = backtest_days(history.days)
    if horizon == 0:
        return Learnt(profile, np.inf, dict.fromkeys(CLASSES, UNTESTED), quantiles.no_calibration())
    strength = _strength(sample, horizon)
    windows = [_window(sample, back * horizon, horizon, strength) for back in range(WINDOWS, 0, -1)]
    observed = _observations(sample, strength)
    everything = quantiles.learn(_by_span(observed))
    coverage = _coverage(sample, strength, quantiles.learn(_by_span(observed[1:])))
    return Learnt(profile, strength, _choices(windows), everything, coverage)


def backtest_days(days: int) -> int:
    """Length of each of the three backtest windows for a history of so many days; 0 when it is too short."""
    horizon = min(28, (days - LEAST_HISTORY_DAYS) // WINDOWS)
    return horizon if horizon >= 7 else 0  # noqa: PLR2004 (a week at least, else weekdays are not tested)


def actuals(history: History, start: int, days: int) -> Demand:
    """What was wanted on the days after `start`: returns netted within them, unknown days left out."""
    cut = slice(start, start + days)
    part = History(
        history.first_day,
        history.sold[:, cut],
        None if history.returned is None else history.returned[:, cut],
        None if history.missing is None else history.missing[:, cut],
        history.closed[cut],
    )
    found = clean(part)
    seen = np.broadcast_to(~part.closed, found.units.shape)
    if part.missing is not None:
        seen = seen & ~part.missing
    return Demand(found.units, found.capped, seen.astype(np.float32), found.size, found.events, history.weekdays[cut])


def _sample(history: History) -> History:
    if history.series <= SAMPLE:
        return history
    chosen = np.random.default_rng(0).choice(history.series, SAMPLE, replace=False)
    return history.rows(np.sort(chosen))


def _strength(history: History, horizon: int) -> float:
    """How far to trust a series' own week, by the newest window alone."""
    known = history.days - horizon
    demand, actual = clean(history.until(known)), actuals(history, known, horizon)
    scale, shared = scores.scales(demand), models.shared_profile(demand)
    tried = {}
    for strength in STRENGTHS:
        profile = models.profiles(demand, shared, strength)
        week = models.level(demand.capped, demand, profile, models.HALF_LIFE_DAYS)[:, None] * profile
        score = scores.pooled(scores.errors(week, actual, scale))
        tried[strength] = np.inf if score is None else score.rmsse
    return min(tried, key=tried.__getitem__)


def _window(history: History, back: int, horizon: int, strength: float) -> Window:
    known = history.days - back
    demand, actual = clean(history.until(known)), actuals(history, known, horizon)
    weeks = models.all_families(demand, models.profiles(demand, models.shared_profile(demand), strength))
    scale = scores.scales(demand)
    reference = scores.errors(weeks[FAMILIES.index("robust_level")], actual, scale).rmsse
    calm = 1 / np.maximum(np.nan_to_num(reference, nan=1), CALM_FLOOR)
    return Window(weeks, actual, scale, classify(demand), *blend.normal_equations(weeks, actual, scale.step), calm)


def _choices(windows: list[Window]) -> Mapping[str, ClassChoice]:
    everyone = [np.ones(len(window.classes), dtype=bool) for window in windows]
    fallback = _choice(windows, everyone)
    choices = {}
    for index, name in enumerate(CLASSES):
        rows = [window.classes == index for window in windows]
        enough = all(np.count_nonzero(chosen) >= LEAST_SERIES for chosen in rows)
        shared = replace(fallback, series=int(rows[-1].sum()), shared=True)
        choices[name] = _choice(windows, rows) if enough else shared
    return choices


def _choice(windows: list[Window], rows: list[Bools]) -> ClassChoice:
    """Score weights learnt on the other windows, then keep those learnt on all of them."""
    pairs = list(zip(windows, rows, strict=True))
    found: dict[str, list[scores.Errors]] = {"expected": [], "typical": [], NAIVE: []}
    for place, (window, chosen) in enumerate(pairs):
        others = pairs[:place] + pairs[place + 1 :]
        weeks = {
            "expected": blend.mix(window.weeks, _expected(others)),
            "typical": blend.mix(window.weeks, _typical(others)),
            NAIVE: window.weeks[FAMILIES.index(NAIVE)],
        }
        for name, week in weeks.items():
            found[name].append(scores.errors(week, window.actual, window.scale).rows(chosen))
    score, typical, naive = (scores.pooled(scores.join(errors)) for errors in found.values())
    blended = ClassChoice(
        _expected(pairs), _typical(pairs), int(rows[-1].sum()), score=score, typical_score=typical, naive=naive
    )
    return choose(blended)


def _expected(pairs: list[tuple[Window, Bools]]) -> Mapping[str, float]:
    gram = np.concatenate([window.gram[rows] for window, rows in pairs])
    return blend.learn(gram, np.concatenate([window.cross[rows] for window, rows in pairs]))


def _typical(pairs: list[tuple[Window, Bools]]) -> Mapping[str, float]:
    calm = np.concatenate([window.calm[rows] for window, rows in pairs])
    gram = np.concatenate([window.gram[rows] for window, rows in pairs])
    cross = np.concatenate([window.cross[rows] for window, rows in pairs])
    return blend.learn(gram * calm[:, None, None], cross * calm[:, None])


def _observations(history: History, strength: float) -> list[list[Pairs]]:
    """What sums were expected and what came, per origin (the newest first) and span."""
    found = []
    for back in range(1, SPREAD_ORIGINS + 1):
        known = history.days - SPREAD_STEP_DAYS * back
        if known < LEAST_HISTORY_DAYS:
            break
        spread = _spread(clean(history.until(known)), strength)
        found.append([_observed(history, known, span, spread) for span in quantiles.SPANS])
    return found


def _by_span(observed: list[list[Pairs]]) -> list[Pairs]:
    return [[pair for origin in observed for pair in origin[place]] for place in range(len(quantiles.SPANS))]


def _spread(demand: Demand, strength: float) -> quantiles.Spread:
    profile = models.profiles(demand, models.shared_profile(demand), strength)
    return quantiles.spread(demand, profile, models.all_families(demand, profile))


def _coverage(history: History, strength: float, reach: quantiles.Calibration) -> Mapping[str, Mapping[str, float]]:
    """Try quantiles on the newest two weeks, which `reach` has not seen."""
    known = history.days - SPREAD_STEP_DAYS
    demand, actual = clean(history.until(known)), actuals(history, known, SPREAD_STEP_DAYS)
    days = np.tile(np.full(7, SPREAD_STEP_DAYS / 7, np.float32), (history.series, 1))
    spans = np.full(history.series, float(SPREAD_STEP_DAYS))
    limits = quantiles.quantiles(_spread(demand, strength), days, spans, reach)
    held = actual.units.sum(axis=1)[:, None] <= limits
    judged, classes = (demand.events > 0) & (actual.seen.sum(axis=1) > 0), classify(demand)
    rows = {name: judged & (classes == index) for index, name in enumerate(CLASSES)} | {"all": judged}
    enough = {name: chosen for name, chosen in rows.items() if chosen.sum() >= (1 if name == "all" else LEAST_SERIES)}
    shares = {name: held[chosen].mean(axis=0) for name, chosen in enough.items()}
    return {
        name: {str(tau): round(float(part), 4) for tau, part in zip(quantiles.TAUS, found, strict=True)}
        for name, found in shares.items()
    }


def _observed(history: History, known: int, span: int, found: quantiles.Spread) -> Pairs:
    """Sums that came after a day, in step with what was expected; one day ahead is tried on each of two weeks."""
    starts = range(known, known + SPREAD_STEP_DAYS) if span == 1 else [known]
    pairs: Pairs = []
    for start in starts:
        if start + span > history.days:
            continue
        actual = actuals(history, start, span)
        open_days = np.bincount(actual.weekdays[~history.closed[start : start + span]], minlength=7)
        expected = quantiles.over(found, open_days[None, :].astype(np.float32))
        complete = actual.seen.sum(axis=1) == open_days.sum()
        sums = np.where(complete, actual.units.sum(axis=1), np.nan)
        pairs.append((expected, sums))
    return pairs
