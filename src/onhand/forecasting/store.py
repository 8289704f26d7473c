"""The SQL of forecasts and of what was learnt for them; `store_series` reads the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from sqlalchemy import Select, column, delete, func, select, table, update

from onhand import demand
from onhand.forecasting import codec, states
from onhand.forecasting.series import EPOCH
from onhand.forecasting.tables import Forecast, ForecastRun
from onhand.infra.binary import copied
from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import add_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.forecasting.store_series import Levels, Span
    from onhand.infra.binary import Cells

# Into a table of this transaction first: what is the same in all rows comes with the statement, names of classes too.
STAGE = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS forecast_stage (sku_id uuid, warehouse_id uuid, history_from integer,
    {", ".join(f"{name} {kind}" for name, kind in states.COLUMNS.items())}) ON COMMIT DELETE ROWS
"""
COPY = "COPY forecast_stage FROM STDIN (FORMAT binary)"
PLAIN = [name for name in states.COLUMNS if name not in {"class", *states.SCORES}]
MERGE = f"""
INSERT INTO forecast (organization_id, sku_id, warehouse_id, algorithm, run_id, first_day, horizon_days, demand_class,
    history_from, {", ".join(PLAIN)}, {", ".join(states.SCORES)})
SELECT %(organization)s, sku_id, CASE WHEN NOT %(everywhere)s THEN warehouse_id END, %(algorithm)s, %(run)s,
    %(first_day)s, %(horizon)s, (%(classes)s::text[])[class + 1], %(epoch)s::date + history_from, {", ".join(PLAIN)},
    {", ".join(f"nullif({name}, 'NaN')" for name in states.SCORES)}
FROM forecast_stage
ON CONFLICT (organization_id, sku_id, warehouse_id, algorithm) DO UPDATE SET created_at = now(),
    {", ".join(f"{name} = excluded.{name}" for name in ("run_id", "first_day", "horizon_days", "demand_class"))},
    {", ".join(f"{name} = excluded.{name}" for name in ("history_from", *PLAIN))},
    {
    ", ".join(
        f"{name} = CASE WHEN excluded.mae IS NULL THEN forecast.{name} ELSE excluded.{name} END"
        for name in states.SCORES
    )
}
"""  # a series that was not tested this time keeps its scores
STATES = f"""
SELECT string_agg(uuid_send(sku_id), ''), string_agg(uuid_send(warehouse_id), ''),
    string_agg(date_send(first_day), ''), string_agg(date_send(history_from), ''),
    string_agg(int4send(selling_days), ''), string_agg(int4send(kind), ''),
    string_agg(float4send(variance), ''), string_agg(float4send(chance), ''),
    {", ".join(f"string_agg(array_send({name}), '')" for name in states.WEEKS)}
FROM (
    SELECT * FROM forecast
    WHERE organization_id = %s AND algorithm = %s AND (sku_id, warehouse_id) BETWEEN (%s, %s) AND (%s, %s)
    ORDER BY sku_id, warehouse_id LIMIT %s
) f
"""


@dataclass(frozen=True)
class Made:
    """Forecasts about to be written: what they have in common, and the columns that tell them apart."""

    algorithm: str
    run_id: UUID
    first_day: date
    levels: Levels
    states: Sequence[Cells]  # in the order of `states.COLUMNS`
    horizon_days: int = demand.HORIZON_DAYS
    everywhere: bool = False  # over all warehouses of a SKU


# Names from the floors below, for lists: a join is read, never written.
sku = table("sku", column("organization_id"), column("id"), column("product_id"), column("code"), column("code_key"))
product = table("product", column("organization_id"), column("id"), column("name"))
warehouse = table("warehouse", column("organization_id"), column("id"), column("code"), column("code_key"))

FORECASTS = ListSpec(
    columns={
        "id": Column(Forecast.id, "uuid"),
        "sku_id": Column(Forecast.sku_id, "uuid", sortable=False),
        "product_id": Column(sku.c.product_id, "uuid", sortable=False),
        "warehouse_id": Column(Forecast.warehouse_id, "uuid", sortable=False),
        "sku": Column(sku.c.code, "code"),
        "name": Column(product.c.name),
        "warehouse": Column(warehouse.c.code, "code"),
        "algorithm": Column(Forecast.algorithm),
        "demand_class": Column(Forecast.demand_class),
        "first_day": Column(Forecast.first_day, "date"),
        "horizon_days": Column(Forecast.horizon_days, "number"),
        "mean_per_day": Column(Forecast.mean_per_day, "number"),
        "selling_days": Column(Forecast.selling_days, "number"),
        "rmsse": Column(Forecast.rmsse, "number"),
        "naive_rmsse": Column(Forecast.naive_rmsse, "number"),
        "wape": Column(Forecast.wape, "number"),
        "bias": Column(Forecast.bias, "number"),
        "created_at": Column(Forecast.created_at, "time"),
    },
    default_sort="sku",
    search=lambda text: (
        sku.c.code_key.contains(text.lower(), autoescape=True)
        | func.lower(product.c.name).contains(text.lower(), autoescape=True)
    ),
    aliases={"search": "q", "product_id": "filter[product_id]", "warehouse_id": "filter[warehouse_id]"},
)


@cache
def listing() -> Select[Any]:
    """Forecasts with the names of what they are about."""
    owner = Forecast.organization_id
    return (
        select()
        .select_from(Forecast)
        .join(sku, (sku.c.organization_id == owner) & (sku.c.id == Forecast.sku_id))
        .join(product, (product.c.organization_id == owner) & (product.c.id == sku.c.product_id))
        .outerjoin(warehouse, (warehouse.c.organization_id == owner) & (warehouse.c.id == Forecast.warehouse_id))
    )


async def newest_run(session: AsyncSession, kind: str = "all") -> ForecastRun | None:
    """The latest run."""
    statement = select(ForecastRun).where(ForecastRun.kind == kind).order_by(ForecastRun.created_at.desc()).limit(1)
    return (await session.execute(statement)).scalar_one_or_none()


async def runs_by_ids(session: AsyncSession, ids: set[UUID]) -> dict[UUID, ForecastRun]:
    """These runs."""
    found = await session.execute(select(ForecastRun).where(ForecastRun.id.in_(ids)))
    return {run.id: run for run in found.scalars()}


async def write_forecasts(session: AsyncSession, made: Made) -> None:
    """Put forecasts in the place of older ones of the same SKU, warehouse and algorithm."""
    connection, levels = await raw(session), made.levels
    columns = [levels.skus, levels.warehouses, levels.first_days.astype(np.int32), *made.states]
    values = {
        "organization": actor_of(session).organization_id,
        "everywhere": made.everywhere,
        "algorithm": made.algorithm,
        "run": made.run_id,
        "first_day": made.first_day,
        "horizon": made.horizon_days,
        "classes": list(demand.CLASSES),
        "epoch": EPOCH,
    }
    await connection.execute(STAGE)
    async with connection.cursor() as cursor:
        async with cursor.copy(COPY) as copy:
            await copy.write(copied(columns))
        await cursor.execute(MERGE, values)


async def forecast_id(session: AsyncSession, sku_id: UUID, warehouse_id: UUID | None, algorithm: str) -> UUID:
    """The forecast of one SKU by one algorithm at one warehouse or (None) everywhere."""
    here = Forecast.warehouse_id.is_not_distinct_from(warehouse_id)
    statement = select(Forecast.id).where(Forecast.sku_id == sku_id, here, Forecast.algorithm == algorithm)
    return (await session.execute(statement)).scalar_one()


async def find_forecast(
    session: AsyncSession, forecast_id: UUID
) -> tuple[Forecast, ForecastRun, str, str | None] | None:
    """A forecast with its run and the codes of its SKU and warehouse."""
    statement = listing().join(
        ForecastRun,
        (ForecastRun.organization_id == Forecast.organization_id) & (ForecastRun.id == Forecast.run_id),
    )
    wanted = statement.where(Forecast.id == forecast_id)
    row = (await session.execute(wanted.with_only_columns(Forecast, ForecastRun, sku.c.code, warehouse.c.code))).first()
    return None if row is None else (row[0], row[1], row[2], row[3])


async def remove_forecast(session: AsyncSession, forecast_id: UUID) -> None:
    """Delete one."""
    await session.execute(delete(Forecast).where(Forecast.id == forecast_id))


async def add_run(
    session: AsyncSession, kind: str, as_of: date, series: int, learnt: dict[str, Any], begun: datetime
) -> ForecastRun:
    """Keep what was learnt from a past that ends on `as_of`."""
    values = {"kind": kind, "version": demand.VERSION, "as_of": as_of, "series": series, "learnt": learnt}
    return await add_row(session, ForecastRun, values | {"renewed_at": begun})


async def renew_run(
    session: AsyncSession, run_id: UUID, values: dict[str, Any], closed: Iterable[date] | None = None
) -> None:
    """Note what a night did with a run, and which days it found closed."""
    changes: dict[str, Any] = dict(values)
    if closed is not None:
        changes["learnt"] = ForecastRun.learnt.op("||")(codec.closed_json(closed))
    await session.execute(update(ForecastRun).where(ForecastRun.id == run_id).values(**changes))


async def states_of(session: AsyncSession, span: Span, limit: int) -> list[Any]:
    """The states of blended forecasts in a span of levels: glued columns in the order of `STATES`."""
    values = (actor_of(session).organization_id, demand.BLEND, *span[0], *span[1], limit)
    async with (await raw(session)).cursor(binary=True) as cursor:
        await cursor.execute(STATES, values)
        return [*(await cursor.fetchall())[0]]
