"""How good a forecast was: errors per series over the days of a backtest, and pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onhand.demand.domain import Score
from onhand.demand.history import TINY, ratio

if TYPE_CHECKING:
    from onhand.demand.history import Bools, Demand, Floats


@dataclass(frozen=True)
class Scales:
    """What an error is divided by, per series: how much the past itself moved."""

    step: Floats  # root mean squared change from day to day
    week: Floats  # mean absolute change from week to week


def scales(demand: Demand) -> Scales:
    """Both scales since each series' first sale; 0 where the past never moved."""
    units, seen = demand.units, demand.seen
    pairs = seen[:, 1:] * seen[:, :-1]
    change = np.diff(units, axis=1)
    step = np.sqrt(_mean(change**2 * pairs, pairs))
    if units.shape[1] <= 7:  # noqa: PLR2004 (days in a week)
        return Scales(step, np.zeros_like(step))
    pairs = seen[:, 7:] * seen[:, :-7]
    return Scales(step, _mean(np.abs(units[:, 7:] - units[:, :-7]) * pairs, pairs))


def _mean(values: Floats, weights: Floats) -> Floats:
    return ratio(values.sum(axis=1), weights.sum(axis=1))


@dataclass(frozen=True)
class Errors:
    """Sums over the scored days of each series; sums of several windows can be added."""

    days: Floats
    absolute: Floats
    squared: Floats
    signed: Floats
    sold: Floats
    step: Floats  # squared scale times days, so that windows weigh by their days
    week: Floats

    def rows(self, chosen: Bools) -> Errors:
        """The errors of the chosen series only."""
        return Errors(**{name: values[chosen] for name, values in vars(self).items()})

    @property
    def rmsse(self) -> Floats:
        """RMSSE per series, NaN where the past never moved."""
        return np.sqrt(ratio(self.squared, self.step, empty=np.nan))

    @property
    def mase(self) -> Floats:
        """MASE per series, NaN where the past repeated itself exactly."""
        return ratio(self.absolute, self.week, empty=np.nan)


def errors(week: Floats, actual: Demand, scale: Scales) -> Errors:
    """The errors of a week per series on the days of `actual`; days that were not observed do not count."""
    seen = actual.seen
    off = (week[:, actual.weekdays] - actual.units) * seen
    days = seen.sum(axis=1)
    return Errors(
        days,
        np.abs(off).sum(axis=1),
        (off**2).sum(axis=1),
        off.sum(axis=1),
        (actual.units * seen).sum(axis=1),
        days * scale.step**2,
        days * scale.week,
    )


def pooled(found: Errors) -> Score | None:
    """One score of many series: relative errors averaged over series, absolute ones over days; None without a day."""
    days, sold = float(found.days.sum()), float(found.sold.sum())
    if days == 0:
        return None
    return Score(
        mae=float(found.absolute.sum()) / days,
        rmse=float(np.sqrt(found.squared.sum() / days)),
        rmsse=_nanmean(found.rmsse),
        mase=_nanmean(found.mase),
        wape=float(found.absolute.sum()) / max(sold, TINY),
        bias=float(found.signed.sum()) / max(sold, TINY),
    )


def _nanmean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else 0.0


def join(windows: list[Errors]) -> Errors:
    """The windows' errors, one below the other: a series counts once per window."""
    return Errors(**{name: np.concatenate([vars(one)[name] for one in windows]) for name in vars(windows[0])})


def add(windows: list[Errors]) -> Errors:
    """The errors of each series over all windows."""
    return Errors(**{name: np.sum([vars(one)[name] for one in windows], axis=0) for name in vars(windows[0])})
