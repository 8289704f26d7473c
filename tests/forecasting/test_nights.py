"""What a night takes up bit by bit is what reading everything again would say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text
from tests.forecasting.shop import LONDON, Shop

from onhand import forecasting, ledger, replenishment
from onhand.forecasting import night, service, states
from onhand.kernel import now

NIGHTS = 6
NUMBERS = (
    *("selling_days", "stockout_days", "bulk_days", "variance", "chance", "kind", "mean_per_day"),
    *states.WEEKS,
    *states.SCORES,
)
WORDS = ("demand_class", "first_day", "history_from", "horizon_days")
POLICY = (
    *("point", "safety_stock", "up_to", "expected", "demand_limit", "review_mean", "lead_days_used"),
    *("selling_days", "history_days", "week", "forecast_from"),
)
Move = tuple[str, ledger.MovementType, int, int]
"""SKU, what, how many days ago, units."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the business day to so many days ago. Small pages; a night looks at nothing that did not move since."""
    monkeypatch.setattr(night, "PAGE", 3)
    monkeypatch.setattr(night, "OVERLAP", timedelta(0))

    def turn(ago: int) -> None:
        monkeypatch.setattr(service, "now", lambda: now() - timedelta(days=ago))

    return turn


@pytest.fixture
def attentive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every night learns anew and tests every series, so that nothing is older than it would be from scratch."""
    monkeypatch.setattr(night, "LEARN_DAYS", 0)
    monkeypatch.setattr(night, "TEST_DAYS", 1)


class Cut(Exception):
    """Somebody pulled the plug."""


async def plan(shop: Shop, *, anew: bool = False, cut_after: int | None = None) -> int:
    """Forecast everything; `cut_after`: pull the plug when one transaction more than so many is asked for."""
    told = [(0, 0)]
    opened = 0

    async def watched(done: int, total: int) -> None:
        told.append((done, total))

    def work() -> Any:
        nonlocal opened
        if opened == cut_after:
            raise Cut
        opened += 1
        return shop.database.session(shop.actor)

    _, series = await forecasting.forecast_all(work, watched, anew=anew)
    assert max(told) == (series, series)
    await replenishment.compute_all(work)
    return series


async def post(shop: Shop, moves: Sequence[Move]) -> None:
    """Post moves in their order, whatever day they are about."""
    today = now().astimezone(LONDON).date()
    postings = [
        ledger.Posting(
            lines=[ledger.Move(sku=sku, warehouse="MAIN", quantity=Decimal(units))],
            type=kind,
            effective_at=datetime.combine(today - timedelta(days=ago), time(12), LONDON),
        )
        for sku, kind, ago, units in moves
        if units
    ]
    async with shop.database.session(shop.actor) as session:
        answers = await ledger.post(session, postings, silent=True)
    assert all(answer.ok for answer in answers)


def a_past(rng: np.random.Generator, sku: str, days: int, until: int) -> list[Move]:
    """Sales at a rate of its own, quiet on every day that is a multiple of 11, some of it coming back."""
    rate = rng.lognormal(0, 0.7)
    moves: list[Move] = [(sku, "opening", until + days, 40)]
    stock, sold = 40, 0
    for ago in range(until + days - 1, until - 1, -1):
        wanted = 0 if ago % 11 == 0 else int(rng.poisson(rate))
        taken = min(wanted, stock)
        moves.append((sku, "sale", ago, -taken))
        stock, sold = stock - taken, sold + taken
        if sold and rng.random() < 0.05:
            moves.append((sku, "return", ago, 1))
            stock, sold = stock + 1, sold - 1
        if stock == 0 and rng.random() < 0.08:  # empty for a while
            moves.append((sku, "purchase", ago, 30))
            stock += 30
    return moves


async def rows(shop: Shop, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    statement = text(f"SELECT {', '.join(columns)} FROM {table} ORDER BY sku_id, warehouse_id")
    async with shop.database.session(shop.actor) as session:
        return [tuple(row) for row in await session.execute(statement)]


def flat(found: Sequence[tuple[Any, ...]]) -> list[list[float]]:
    """Rows as plain numbers; what cannot be said is -1."""
    told = []
    for row in found:
        line: list[float] = []
        for cell in row:
            line += (
                [float(part) for part in cell] if isinstance(cell, list) else [-1.0 if cell is None else float(cell)]
            )
        told.append(line)
    return told


async def everything(shop: Shop) -> dict[str, Any]:
    return {
        "series": await rows(shop, "demand_series", ["sku_id", "first_day", "days", "seen_id", "moved_at", "live"]),
        "words": await rows(shop, "forecast", WORDS),
        "numbers": flat(await rows(shop, "forecast", NUMBERS)),
        "policies": flat(await rows(shop, "reorder_policy", [name for name in POLICY if name != "forecast_from"])),
    }


async def same_as_from_scratch(shop: Shop) -> None:
    by_night = await everything(shop)
    await plan(shop, anew=True)
    at_once = await everything(shop)
    assert by_night["series"] == at_once["series"]
    assert by_night["words"] == at_once["words"]
    for name in ("numbers", "policies"):
        assert len(by_night[name]) == len(at_once[name])
        for mine, theirs in zip(by_night[name], at_once[name], strict=True):
            assert mine == pytest.approx(theirs, rel=1e-4, abs=1e-4)


@pytest.mark.usefixtures("attentive")
@pytest.mark.parametrize("seed", range(3))
async def test_nights_add_up_to_what_a_full_run_says(shop: Shop, clock: Callable[[int], None], seed: int) -> None:
    rng = np.random.default_rng(seed)
    skus = [f"S{number}" for number in range(8)]
    await shop.open(*skus, "LATE")
    for sku in skus[:6]:
        await post(shop, a_past(rng, sku, int(rng.integers(5, 150)), NIGHTS + 1))
    clock(NIGHTS)
    await plan(shop)
    for ago in range(NIGHTS - 1, -1, -1):
        for sku in rng.choice(skus[:6], 2, replace=False):
            # Goods come in, sell, come back, are written off, sometimes to the last piece.
            bought, sold = int(rng.integers(1, 20)), int(rng.integers(1, 9))
            await post(shop, [(sku, "purchase", ago + 1, bought + sold), (sku, "sale", ago + 1, -sold)])
            await post(shop, [(sku, "return", ago + 1, int(rng.integers(0, 2)))])
        late = int(rng.integers(20, 200))  # facts that come late, also from before the level's first day
        await post(shop, [("S0", "purchase", late + 1, 3), ("S0", "sale", late, -3)])
        if ago == 2:
            await post(shop, a_past(rng, "S6", 40, 3))
            await post(shop, a_past(rng, "LATE", 30, 60))
        clock(ago)
        await plan(shop)
    await same_as_from_scratch(shop)


@pytest.mark.usefixtures("attentive")
async def test_a_shelf_that_empties_and_stays_so_is_out_of_stock_as_if_told_at_once(
    shop: Shop, clock: Callable[[int], None]
) -> None:
    await shop.open("A", "B")
    await post(shop, a_past(np.random.default_rng(1), "B", 100, 1))
    await post(shop, [("A", "opening", 60, 30), *(("A", "sale", ago, -1) for ago in range(50, 20, -1))])
    for ago in (20, 12, 3, 0):
        clock(ago)
        await plan(shop)
    await same_as_from_scratch(shop)


@pytest.mark.usefixtures("attentive")
async def test_a_night_cut_off_anywhere_leaves_forecasts_standing_and_the_next_repairs(
    shop: Shop, clock: Callable[[int], None]
) -> None:
    rng = np.random.default_rng(5)
    skus = [f"S{number}" for number in range(7)]
    await shop.open(*skus)
    for sku in skus:
        await post(shop, a_past(rng, sku, 130, 3))
    clock(2)
    await plan(shop)
    first = [row[1] for row in await rows(shop, "forecast", WORDS)]
    await post(shop, [(sku, "purchase", 2, 10) for sku in skus])
    clock(1)
    stood: list[int] = []  # after each cut, how many forecasts are a day ahead
    while await was_cut(shop, len(stood)):
        stand = [row[1] for row in await rows(shop, "forecast", WORDS)]
        assert len(stand) == len(first)
        stood.append(sum(day - before == timedelta(days=1) for day, before in zip(stand, first, strict=True)))
    assert stood == sorted(stood)
    assert {0, len(skus)} < set(stood)  # none, all, and something between
    clock(0)
    await plan(shop)
    await same_as_from_scratch(shop)


async def was_cut(shop: Shop, after: int) -> bool:
    """Plan, to be cut off after so many transactions; False when that was all of them."""
    try:
        await plan(shop, cut_after=after)
    except Cut:
        return True
    return False


async def test_what_was_learnt_is_kept_for_some_nights(
    shop: Shop, clock: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.open("A", "B")
    for number, sku in enumerate("AB"):
        await post(shop, a_past(np.random.default_rng(number), sku, 160, 3))
    clock(2)
    await plan(shop)
    learnt = await rows_of_runs(shop)
    await post(shop, [("A", "purchase", 2, 9), ("A", "sale", 2, -1), ("B", "purchase", 2, 9), ("B", "sale", 2, -2)])
    clock(1)
    await plan(shop)
    renewed = await rows_of_runs(shop)
    assert [(run[0], run[1]) for run in renewed] == [(run[0], run[1] + timedelta(days=1)) for run in learnt]
    assert renewed[0][2] > learnt[0][2]
    monkeypatch.setattr(service, "now", lambda: now() + timedelta(days=night.LEARN_DAYS))
    await plan(shop)
    assert len(await rows_of_runs(shop)) == 2


async def rows_of_runs(shop: Shop) -> list[tuple[Any, ...]]:
    statement = text("SELECT id, as_of, renewed_at FROM forecast_run WHERE kind = 'all' ORDER BY created_at")
    async with shop.database.session(shop.actor) as session:
        return [tuple(row) for row in await session.execute(statement)]


async def test_a_series_is_tested_once_a_week_and_keeps_its_scores_meanwhile(
    shop: Shop, clock: Callable[[int], None]
) -> None:
    skus = [f"S{number}" for number in range(20)]
    await shop.open(*skus)
    for number, sku in enumerate(skus):
        await post(shop, a_past(np.random.default_rng(number), sku, 130, night.TEST_DAYS + 1))
    changed = np.zeros(len(skus), dtype=int)
    clock(night.TEST_DAYS)
    await plan(shop)
    before = await rows(shop, "forecast", states.SCORES)
    assert all(row[0] is not None for row in before)
    for ago in range(night.TEST_DAYS - 1, -1, -1):
        await post(shop, [(sku, "purchase", ago + 1, 9) for sku in skus])
        await post(shop, [(sku, "sale", ago + 1, -7) for sku in skus])
        clock(ago)
        await plan(shop)
        after = await rows(shop, "forecast", states.SCORES)
        changed += [old != new for old, new in zip(before, after, strict=True)]
        before = after
    assert changed.tolist() == [1] * len(skus)
