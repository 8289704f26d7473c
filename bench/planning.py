"""Planning through PostgreSQL: 100,000 SKUs of two years from the ledger to forecasts and reorder points."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

import psycopg

from onhand import forecasting, identity, replenishment
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.kernel import Actor

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from bench.report import Report
    from bench.world import World

SKUS = 100_000
SALES = 30
SEED = """
INSERT INTO warehouse (organization_id, code, name) VALUES (%(org)s, 'MAIN', 'Main');
INSERT INTO product (organization_id, name) SELECT %(org)s, 'Article ' || n FROM generate_series(1, %(skus)s) n;
INSERT INTO sku (organization_id, product_id, code)
SELECT organization_id, id, 'P-' || row_number() OVER (ORDER BY id) FROM product WHERE organization_id = %(org)s;
INSERT INTO level (organization_id, sku_id, warehouse_id, on_hand)
SELECT s.organization_id, s.id, w.id, 20 FROM sku s JOIN warehouse w USING (organization_id)
WHERE organization_id = %(org)s AND w.code = 'MAIN';
INSERT INTO movement (organization_id, posting_id, line, type, sku_id, warehouse_id, quantity, reserved, unavailable,
    balance, available, effective_at)
SELECT organization_id, uuidv7(), 1, 'opening', sku_id, warehouse_id, 1000, 0, 0, 1000, 1000,
    now() - interval '731 days'
FROM level WHERE organization_id = %(org)s;
INSERT INTO movement (organization_id, posting_id, line, type, sku_id, warehouse_id, quantity, reserved, unavailable,
    balance, available, effective_at)
SELECT organization_id, uuidv7(), 1, 'sale', sku_id, warehouse_id, -ceil(random() * random() * 10)::numeric, 0, 0,
    20, 20, now() - interval '10 days' - random() * interval '720 days'
FROM level, generate_series(1, %(sales)s) WHERE organization_id = %(org)s;
ANALYZE level, movement, sku, product;
"""
# A history that ended more than a week ago is planned from where it ends, so a sale of the day after moves every
# forecast by a day, as the next night does.
SOLD = """
INSERT INTO movement (organization_id, posting_id, line, type, sku_id, warehouse_id, quantity, reserved, unavailable,
    balance, available, effective_at, recorded_at)
SELECT organization_id, uuidv7(), 1, 'sale', sku_id, warehouse_id, -ceil(random() * random() * 10)::numeric, 0, 0,
    20, 20, now() - interval '9 days', now() + interval '3 hours'
FROM level WHERE organization_id = %(org)s AND random() < 0.3;
UPDATE forecast_run SET renewed_at = now() + interval '2 hours' WHERE organization_id = %(org)s;
"""


async def _unwatched(_done: int, _total: int) -> None:
    return None


async def _plan(database: Database, organization_id: UUID) -> tuple[float, float]:
    """Seconds of forecasting with backtests, and of computing reorder points."""

    def work() -> AbstractAsyncContextManager[AsyncSession]:
        return database.session(Actor(organization_id, label="bench"))

    began = time.perf_counter()
    await forecasting.forecast_all(work, _unwatched)
    forecasted = time.perf_counter()
    await replenishment.compute_all(work)
    return forecasted - began, time.perf_counter() - forecasted


async def _one(database: Database, organization_id: UUID) -> list[float]:
    spent = []
    for number in range(1, 51):
        began = time.perf_counter()
        async with database.session(Actor(organization_id, label="bench")) as session:
            await forecasting.forecast_one(session, forecasting.ForecastRequest(f"P-{number}", "MAIN"))
        spent.append(1000 * (time.perf_counter() - began))
    return sorted(spent)


async def _measure(at: World, report: Report) -> None:
    async with Database(app_url(at.settings), at.settings.pool_size) as database:
        async with database.anonymous() as session:
            command = identity.CreateOrganization("planning", "Planning")
            organization_id = (await identity.create_organization(session, command)).id
        values = {"org": organization_id, "skus": SKUS, "sales": SALES}
        with psycopg.connect(at.url, autocommit=True, cursor_factory=psycopg.ClientCursor) as admin:
            admin.execute("SET search_path = onhand")
            admin.execute(SEED, values)
            first = await _plan(database, organization_id)
            admin.execute(SOLD, values)
            night = await _plan(database, organization_id)
        report.at_most(f"{SKUS:,} SKUs from the ledger to forecasts, first time", first[0], 60, "s")
        report.at_most("  with reorder points", sum(first), 60, "s")
        report.at_most("the next night, 30 % sold again: all of it", sum(night), 60, "s")
        spent = await _one(database, organization_id)
        report.line("one SKU on demand, with its database work", f"p50 {spent[25]:.0f} ms, p95 {spent[47]:.0f} ms")


def measure(at: World, report: Report) -> None:
    """Seed an organization of its own, plan it, and plan it again."""
    report.title(f"Planning through PostgreSQL, {SKUS:,} SKUs, {SKUS * SALES:,} sales in two years")
    asyncio.run(_measure(at, report))
