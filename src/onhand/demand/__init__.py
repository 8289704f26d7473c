"""The numbers of demand: numpy over every series at once, nothing read from anywhere and nothing written.

Cleaning, families of forecasts, pooled weights, backtests and calibrated quantiles. `calibrate` learns from the whole
past, `forecast` says what comes of one series or a hundred thousand.
"""

from onhand.demand.batch import Batch, backtest, forecast
from onhand.demand.domain import (
    ALGORITHMS,
    BLEND,
    CLASSES,
    HORIZON_DAYS,
    MAX_HORIZON_DAYS,
    NAIVE,
    VERSION,
    WINDOWS,
    ClassChoice,
    Score,
    algorithm_named,
)
from onhand.demand.history import Bools, Demand, Floats, History, Ints, clean, closed_days
from onhand.demand.learning import SAMPLE, Learnt, backtest_days, calibrate
from onhand.demand.quantiles import TAUS, Calibration, Spread
from onhand.demand.scores import Errors

__all__ = [
    "ALGORITHMS",
    "BLEND",
    "CLASSES",
    "HORIZON_DAYS",
    "MAX_HORIZON_DAYS",
    "NAIVE",
    "SAMPLE",
    "TAUS",
    "VERSION",
    "WINDOWS",
    "Batch",
    "Bools",
    "Calibration",
    "ClassChoice",
    "Demand",
    "Errors",
    "Floats",
    "History",
    "Ints",
    "Learnt",
    "Score",
    "Spread",
    "algorithm_named",
    "backtest",
    "backtest_days",
    "calibrate",
    "clean",
    "closed_days",
    "forecast",
]
