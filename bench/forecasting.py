"""How well and how fast demand is forecast: real retail data for accuracy, generated series for time.

    python -m bench.forecasting [--series 100000]

Accuracy: rolling origin, three windows of 28 days, nothing known before its day. Calibration: the last eight weeks held
back, seven origins, the sum over lead time and review (14 days). Ratios are within this one run.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq

from bench.report import Report
from onhand.demand import batch as batches
from onhand.demand import learning, models, quantiles, scores
from onhand.demand.domain import CLASSES
from onhand.demand.history import History, clean, closed_days

if TYPE_CHECKING:
    from bench.world import World
    from onhand.demand.domain import Score
    from onhand.demand.history import Bools, Floats

GOODS = re.compile(r"^\d{5}[A-Z]{0,3}$")
HORIZON = 28
HELD_BACK = 56
SPAN = 14
BASELINE = "seasonal_naive"
OURS = ("expected", "typical")


def retail(path: Path) -> History:
    """Daily net-able sales and returns of every code of goods in the real file."""
    table = pq.read_table(path)
    column = {name: table[name].to_numpy(zero_copy_only=False) for name in table.column_names}
    codes = np.array([str(code).strip().upper() for code in column["stock_code"]])
    goods = np.array([GOODS.match(code) is not None for code in codes])
    units, price = column["quantity"].astype(np.float32), column["unit_price"]
    came_back = np.char.startswith(column["invoice_no"].astype(str), "C")
    # Negative without C is a write-off, a price of 0 a gift or a write-off: neither is demand.
    sale, back = goods & (units > 0) & (price > 0), goods & came_back & (units < 0)
    day = column["invoice_date"].astype("datetime64[D]")
    names, series = np.unique(codes, return_inverse=True)
    first = day.min()
    place = (day - first).astype(int)
    sold, returned = np.zeros((2, len(names), int(place.max()) + 1), dtype=np.float32)
    np.add.at(sold, (series[sale], place[sale]), units[sale])
    np.add.at(returned, (series[back], place[back]), -units[back])
    ever = sold.any(axis=1)
    start = date.fromisoformat(str(first))
    return History(start, sold[ever], returned[ever], None, closed_days(sold[ever], start))


def known_at(history: History, days: int) -> History:
    """The history as it stood then, closed days judged by what was known then."""
    past = history.until(days)
    return History(past.first_day, past.sold, past.returned, past.missing, closed_days(past.sold, past.first_day))


def established(past: History) -> Bools:
    """Series that had sold at least four weeks before."""
    sold_before: Bools = np.any(past.sold[:, :-28], axis=1)
    return sold_before


def window_scores(history: History, origin: int) -> dict[str, Score]:
    """Every single model and both of our lines over one window."""
    past = known_at(history, origin)
    learnt = learning.calibrate(past)
    ours = batches.forecast(past, learnt)
    demand = clean(past)
    flat = np.ones((1, 7), dtype=np.float32)
    candidates = {
        "expected": ours.week,
        "typical": ours.typical,
        BASELINE: models.seasonal_naive(demand),
        "seasonal window average (8 weeks)": models.seasonal_window(demand),
        "moving average (28 days)": demand.units[:, -28:].mean(axis=1)[:, None] * flat,
        "exponential smoothing": models.level(demand.units, demand, flat, models.HALF_LIFE_DAYS)[:, None] * flat,
        "TSB": models.tsb(demand)[:, None] * flat,
    }
    actual, scale, judged = learning.actuals(history, origin, HORIZON), scores.scales(demand), established(past)
    found = {name: scores.pooled(scores.errors(week, actual, scale).rows(judged)) for name, week in candidates.items()}
    return {name: score for name, score in found.items() if score is not None}


def accuracy(history: History, report: Report) -> None:
    origins = [history.days - back * HORIZON for back in (3, 2, 1)]
    windows = [window_scores(history, origin) for origin in origins]
    mean = {
        name: {key: float(np.mean([vars(window[name])[key] for window in windows])) for key in vars(windows[0][name])}
        for name in windows[0]
    }
    report.title(f"Accuracy, {history.series} SKUs x {history.days} days of real retail, 3 windows of {HORIZON} days")
    print(f"  {'':34}{'RMSSE':>8}{'WAPE':>8}{'MASE':>8}{'bias':>9}{'MAE':>8}{'RMSE':>8}")
    for name, score in mean.items():
        numbers = f"{score['rmsse']:8.3f}{score['wape']:8.3f}{score['mase']:8.3f}{score['bias']:+9.1%}"
        print(f"  {name:34}{numbers}{score['mae']:8.2f}{score['rmse']:8.2f}")
    singles = {name: score for name, score in mean.items() if name not in OURS}
    for key, reach in (("rmsse", 0.985), ("wape", 0.93)):
        best = min(singles, key=lambda name: singles[name][key])
        ratios = {line: mean[line][key] / singles[best][key] for line in OURS}
        # The line that people are shown is judged by its distance; the line that stock is planned by, by its bias.
        report.at_most(f"{key.upper()} of the typical demand / best single", ratios["typical"], reach, "")
        report.line(f"  {key.upper()} over best single ({best})", ", ".join(f"{n} {r:.3f}" for n, r in ratios.items()))
        naive = ", ".join(f"{line} {mean[line][key] / mean[BASELINE][key]:.3f}" for line in OURS)
        report.line(f"  {key.upper()} over seasonal naive", naive)
    report.at_most("|bias| of the expected demand", abs(mean["expected"]["bias"]), 0.03, "")
    report.line("  bias per window", ", ".join(f"{window['expected'].bias:+.1%}" for window in windows))


def calibration(history: History, report: Report) -> None:
    """P(y <= q) of the demand over lead time + review on the held-back weeks."""
    hits: dict[str, list[Floats]] = {"all": [], **{name: [] for name in CLASSES}}
    for origin in range(history.days - HELD_BACK, history.days - SPAN + 1, 7):
        past = known_at(history, origin)
        learnt = learning.calibrate(past)
        batch = batches.forecast(past, learnt)
        _, limits = batch.total(np.full(history.series, SPAN), learnt)
        actual = learning.actuals(history, origin, SPAN).units.sum(axis=1)
        judged = established(past)
        hit = actual[:, None] <= limits
        hits["all"].append(hit[judged])
        for index, name in enumerate(CLASSES):
            hits[name].append(hit[judged & (batch.classes == index)])
    report.title(f"Calibration, sum over {SPAN} days, last {HELD_BACK} days held back: P(y <= q)")
    print("  " + " " * 16 + "".join(f"{tau:8}" for tau in quantiles.TAUS) + "   cases")
    for name, found in hits.items():
        cases = np.concatenate(found)
        if len(cases):
            print(f"  {name:16}" + "".join(f"{share:8.3f}" for share in cases.mean(axis=0)) + f"{len(cases):8}")
    overall = np.concatenate(hits["all"]).mean(axis=0)
    for tau, share in zip(quantiles.TAUS[1:4], overall[1:4], strict=True):
        report.at_most(f"|P(y <= q) - {tau}| overall", abs(float(share) - tau), 0.05, "")


def generated(series: int, days: int) -> History:
    """Gift-shop-like series: mostly lumpy, a few fast, one in ten out of stock for ten days."""
    rng = np.random.default_rng(1)
    rate = rng.lognormal(-2, 1.5, series).clip(0.005, 20).astype(np.float32)
    sold = np.zeros((series, days), dtype=np.float32)
    for start in range(0, series, 5000):
        part = rate[start : start + 5000, None]
        sells = rng.random((len(part), days), dtype=np.float32) < 1 - np.exp(-part)
        size = np.ceil(rng.standard_exponential((len(part), days), dtype=np.float32) * (1 + part))
        sold[start : start + 5000] = np.where(sells, size, 0)
    missing = np.zeros(sold.shape, dtype=bool)
    missing[::10, days // 2 : days // 2 + 10] = True
    first = date(2024, 1, 1)
    return History(first, sold, None, missing, closed_days(sold, first))


def timed(history: History, name: str, report: Report, seconds: float) -> None:
    begun = time.perf_counter()
    learnt = learning.calibrate(history)
    calibrated = time.perf_counter()
    batch = batches.forecast(history, learnt)
    _, limits = batch.total(np.full(history.series, SPAN), learnt)
    _ = np.ceil(limits[:, quantiles.TAUS.index(0.95)])  # the reorder points
    forecasted = time.perf_counter()
    batches.backtest(history, learnt)
    tested = time.perf_counter()
    report.at_most(f"{name}: forecast, quantiles, reorder points", forecasted - calibrated, seconds, "s")
    report.line("  pooled weights and spreads, learnt once", f"{calibrated - begun:10.2f} s")
    report.line("  backtest of each series", f"{tested - forecasted:10.2f} s")


def one_by_one(history: History, report: Report) -> None:
    learnt = learning.calibrate(history)
    spent = []
    for row in range(min(200, history.series)):
        begun = time.perf_counter()
        alone = history.rows(slice(row, row + 1))
        batch = batches.forecast(alone, learnt, workers=1)
        batch.band(HORIZON, learnt)
        batches.backtest(alone, learnt)
        spent.append(1000 * (time.perf_counter() - begun))
    report.at_most("one SKU with band and backtest, p95", float(np.quantile(spent, 0.95)), 50, "ms")


def run(series: int, days: int, report: Report) -> None:
    """All of it: time on generated and real series, accuracy and calibration on the real ones."""
    report.title(f"Forecasting in memory, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    many = generated(series, days)
    timed(many, f"{series:,} generated SKUs x {days} days", report, 5)
    one_by_one(many.rows(slice(0, 5000)), report)
    real = Path(os.environ.get("ONHAND_SHARED", "../shared")) / "data" / "online_retail_dev.parquet"
    if not real.exists():
        report.line("accuracy", "not measured: the shared data is not here (ONHAND_SHARED)")
        return
    history = retail(real)
    timed(history, f"{history.series:,} real SKUs x {history.days} days", report, 1)
    accuracy(history, report)
    calibration(history, report)
    report.line("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024:10.2f} GB")


def measure(_at: World, report: Report) -> None:
    """As part of `python -m bench`; needs nothing of the installation."""
    run(100_000, 730, report)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=100_000, help="generated series")
    parser.add_argument("--days", type=int, default=730)
    options = parser.parse_args()
    report = Report()
    run(options.series, options.days, report)
    report.close()


if __name__ == "__main__":
    main()
