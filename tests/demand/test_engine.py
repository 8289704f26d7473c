from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from onhand.demand import batch as batches
from onhand.demand import blend, learning, models, quantiles, scores
from onhand.demand.classes import classify
from onhand.demand.domain import CLASSES, NAIVE, algorithm_named
from onhand.demand.history import Floats, History, clean, closed_days

MONDAY = date(2024, 1, 1)


def a_history(sold: Floats) -> History:
    units = sold.astype(np.float32)
    return History(MONDAY, units, None, None, closed_days(units, MONDAY))


def a_shop(series: int = 200, days: int = 300, seed: int = 7) -> History:
    """Poisson sales at lasting rates, quiet on Sundays."""
    rng = np.random.default_rng(seed)
    rate = rng.lognormal(0, 1, series)[:, None] * np.where(np.arange(days) % 7 == 6, 0.2, 1.1)
    return a_history(rng.poisson(rate).astype(np.float32))


def test_a_steady_seller_is_forecast_as_it_sells() -> None:
    history = a_history(np.full((1, 200), 4.0))
    batch = batches.forecast(history, learning.calibrate(history))
    assert batch.mean(28) == pytest.approx(np.full((1, 28), 4.0), rel=0.02)


def test_the_week_has_its_shape() -> None:
    history = a_shop()
    batch = batches.forecast(history, learning.calibrate(history))
    sunday, others = batch.week[:, 6].sum(), batch.week[:, :6].mean(axis=1).sum()
    assert sunday / others == pytest.approx(0.2 / 1.1, rel=0.25)


def test_days_out_of_stock_do_not_lower_the_forecast() -> None:
    sold = np.full((1, 200), 4.0)
    sold[0, -20:-5] = 0
    known = a_history(np.vstack([sold, np.full((1, 200), 4.0)]))
    missing = np.zeros(known.sold.shape, dtype=bool)
    missing[0, -20:-5] = True
    learnt = learning.calibrate(known)
    believed = batches.forecast(known, learnt).mean(7).sum(axis=1)[0]
    gaps = History(MONDAY, known.sold, None, missing, known.closed)
    corrected = batches.forecast(gaps, learnt).mean(7).sum(axis=1)[0]
    assert believed < 22
    assert corrected == pytest.approx(28, rel=0.02)


def test_classes_follow_rhythm_and_evenness() -> None:
    days = np.arange(200)
    series = [
        np.full(200, 5.0),
        np.where(days % 9 == 0, 40.0, 2.0),
        np.where(days % 5 == 0, 3.0, 0.0),
        np.where(days % 5 == 0, np.where(days % 25 == 0, 60.0, 1.0), 0.0),
        np.where(days == 100, 1.0, 0.0),
    ]
    found = classify(clean(a_history(np.stack(series))))
    assert [CLASSES[index] for index in found] == ["smooth", "erratic", "intermittent", "lumpy", "sparse"]


def test_tsb_forgets_an_item_that_stopped_selling() -> None:
    sold = np.full((2, 200), 3.0)
    sold[1, 100:] = 0
    alive, dead = models.tsb(clean(a_history(sold)))
    assert alive == pytest.approx(3, rel=0.01)
    assert dead < 0.03


def test_tsb_equals_its_recursion() -> None:
    """The loop of Teunter, Syntetos and Babai, started from nothing and corrected for it."""
    sold = np.random.default_rng(3).poisson(0.4, (20, 400)).astype(np.float32)
    sold[:, 0] = 1
    found = models.tsb(clean(a_history(sold)))
    step = 1 - 0.5 ** (1 / models.HALF_LIFE_DAYS)
    for series, units in enumerate(sold):
        chance = size = weight = 0.0
        for today in units:
            chance += step * ((today > 0) - chance)
            if today > 0:
                size, weight = 0.9 * size + 0.1 * today, 0.9 * weight + 0.1
        assert found[series] == pytest.approx(chance / (1 - (1 - step) ** 400) * size / weight, rel=1e-3)


def test_the_naive_forecast_repeats_last_week_and_skips_days_without_stock() -> None:
    sold = np.arange(1, 22, dtype=np.float32)[None, :]
    missing = np.zeros((1, 21), dtype=bool)
    missing[0, 20] = True
    demand = clean(History(MONDAY, sold, None, missing, np.zeros(21, dtype=bool)))
    assert models.seasonal_naive(demand).tolist() == [[15, 16, 17, 18, 19, 20, 14]]


def test_weights_find_the_family_that_is_right() -> None:
    rng = np.random.default_rng(1)
    weeks = rng.gamma(2, 2, (5, 300, 7)).astype(np.float32)
    truth = weeks[2]
    actual = clean(a_history(np.tile(truth, (1, 4))))
    found = blend.learn(*blend.normal_equations(weeks, actual, np.ones(300, dtype=np.float32)))
    assert found["tsb"] > 0.8
    assert NAIVE not in found


def test_where_the_blend_loses_the_naive_forecast_is_used_and_it_says_so() -> None:
    """Alternating strong weeks that no level follows, but last week's repeat hits exactly."""
    rng = np.random.default_rng(5)
    week = rng.integers(0, 40, (60, 7))
    history = a_history(np.tile(week, (1, 40)).astype(np.float32))
    learnt = learning.calibrate(history)
    choice = learnt.choices["erratic"]
    assert choice.naive is not None
    assert choice.naive.rmsse == 0
    assert choice.uses_naive
    assert choice.sentence.startswith(
        "Too few to be judged by themselves, so with all others: our blend lost its backtest"
    )
    assert batches.forecast(history, learnt).week == pytest.approx(week)


def test_where_the_blend_wins_it_is_used() -> None:
    history = a_shop()
    learnt = learning.calibrate(history)
    for choice in learnt.choices.values():
        assert choice.score is not None
        assert choice.naive is not None
        assert choice.score.rmsse < choice.naive.rmsse
        assert not choice.uses_naive
        assert "beat" in choice.sentence


def test_a_class_with_few_series_says_that_it_is_judged_with_all() -> None:
    learnt = learning.calibrate(a_shop(series=200, days=300))
    few = {name: choice for name, choice in learnt.choices.items() if choice.shared}
    assert few
    assert sum(choice.series for choice in learnt.choices.values()) == 200
    assert all(choice.series < learning.LEAST_SERIES for choice in few.values())
    assert all(choice.sentence.startswith("Too few to be judged by themselves") for choice in few.values())
    assert few.keys().isdisjoint(learnt.coverage)


def test_quantiles_of_sums_hold_on_days_that_were_not_seen() -> None:
    whole = a_shop(600, 320)
    past = whole.until(292)
    learnt = learning.calibrate(past)
    _, limits = batches.forecast(past, learnt).total(np.full(600, 14), learnt)
    wanted = whole.sold[:, 292:306].sum(axis=1)
    held = (wanted[:, None] <= limits).mean(axis=0)
    for tau, share in zip(quantiles.TAUS, held, strict=True):
        assert share == pytest.approx(tau, abs=0.05)


def test_the_quantile_of_a_sum_is_less_than_the_sum_of_quantiles() -> None:
    history = a_shop()
    learnt = learning.calibrate(history)
    batch = batches.forecast(history, learnt)
    _, limits = batch.total(np.full(history.series, 14), learnt)
    daily = batch.band(14, learnt)[quantiles.TAUS.index(0.95)].sum(axis=1)
    busy = batch.week.mean(axis=1) > 1
    assert (limits[busy, 3] < daily[busy]).all()


@settings(deadline=None)
@given(
    npst.arrays(np.float32, st.tuples(st.integers(1, 4), st.integers(1, 140)), elements=st.integers(0, 9).map(float)),
    st.integers(1, 120),
)
def test_any_history_gives_a_forecast_that_makes_sense(sold: Floats, span: int) -> None:
    history = a_history(sold)
    learnt = learning.calibrate(history)
    batch = batches.forecast(history, learnt, workers=1)
    mean, limits = batch.total(np.full(history.series, span), learnt)
    band = batch.band(10, learnt)
    for values in (batch.mean(10), mean, limits, band):
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    assert (np.diff(limits, axis=1) >= 0).all()
    assert (np.diff(band, axis=0) >= 0).all()
    assert (mean[sold.sum(axis=1) == 0] == 0).all()


@given(st.integers(0, 6), st.integers(0, 200))
def test_a_span_has_all_its_days(first: int, span: int) -> None:
    counts = batches.days_per_weekday(np.array([first]), np.array([span]))[0]
    expected = np.bincount([(first + ahead) % 7 for ahead in range(span)], minlength=7)
    assert counts.tolist() == expected.tolist()


def test_one_series_alone_gets_the_same_forecast_as_among_many() -> None:
    history = a_shop(50, 200)
    learnt = learning.calibrate(history)
    together = batches.forecast(history, learnt)
    alone = batches.forecast(history.rows(slice(7, 8)), learnt)
    assert alone.week[0] == pytest.approx(together.week[7], rel=1e-4)
    assert alone.band(7, learnt)[:, 0] == pytest.approx(together.band(7, learnt)[:, 7], rel=1e-3)


def test_scores_are_those_of_the_text_book() -> None:
    sold = np.array([[0, 2, 4, 2, 0, 2, 4, 2, 4, 6, 4, 2, 4, 6]], dtype=np.float32)
    demand = clean(a_history(sold))
    actual = clean(
        History(date(2024, 1, 15), np.array([[3, 5]], dtype=np.float32), None, None, np.zeros(2, dtype=bool))
    )
    week = np.array([[4, 4, 0, 0, 0, 0, 0]], dtype=np.float32)
    found = scores.pooled(scores.errors(week, actual, scores.scales(demand)))
    assert found is not None
    assert found.mae == 1
    assert found.rmse == 1
    assert found.wape == pytest.approx(2 / 8)
    assert found.bias == 0
    assert found.rmsse == pytest.approx(0.5)  # every step of the past was 2
    assert found.mase == pytest.approx(1 / np.mean(np.abs(sold[0, 8:] - sold[0, 1:7])))


def test_people_may_call_an_algorithm_by_its_common_names() -> None:
    assert algorithm_named(None) == "blend"
    assert algorithm_named("TSB") == "tsb"
    assert algorithm_named("Moving-Average") == "window_average"
    assert algorithm_named("crystal ball") is None
