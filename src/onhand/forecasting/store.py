"""Every SQL statement of forecasting. It reads the ledger's movements as days, and writes only its own tables."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import numpy as np
from sqlalchemy import Select, column, delete, func, select, table, tuple_, update

from onhand import demand
from onhand.forecasting.series import EPOCH, LedgerDays, Series, packed, unpacked
from onhand.forecasting.tables import Forecast, ForecastRun
from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

Key = tuple[UUID, UUID]
"""SKU and warehouse."""

LAST_SALE = """
SELECT max(effective_at AT TIME ZONE %s)::date FROM movement
WHERE organization_id = %s AND type = 'sale' AND quantity < 0
"""
CHANGED = """
SELECT sku_id, warehouse_id FROM level WHERE organization_id = %s AND changed_at > %s ORDER BY sku_id, warehouse_id
"""
LEVELS_OF = "SELECT sku_id, warehouse_id FROM level WHERE organization_id = %s AND sku_id = %s"
# Arrays travel as bytes that numpy reads in place: 100,000 series of two years would be 70 million Python numbers.
DAYS = """
SELECT sku_id, warehouse_id,
    string_agg(int4send(day), '' ORDER BY day), string_agg(float4send(sold), '' ORDER BY day),
    string_agg(float4send(back), '' ORDER BY day), string_agg(float4send(change), '' ORDER BY day),
    max(seen) = max(moved)
FROM (
    SELECT m.sku_id, m.warehouse_id, (m.effective_at AT TIME ZONE %(zone)s)::date - %(epoch)s AS day,
        coalesce(-sum(m.quantity) FILTER (WHERE m.type = 'sale' AND m.quantity < 0), 0)::real AS sold,
        coalesce(sum(m.quantity) FILTER (WHERE m.type IN ('sale', 'return') AND m.quantity > 0), 0)::real AS back,
        sum(m.quantity)::real AS change, max(m.effective_at) AS moved,
        max(m.effective_at) FILTER (WHERE m.recorded_at < m.effective_at + interval '2 days') AS seen
    FROM unnest(%(skus)s::uuid[], %(warehouses)s::uuid[]) k (sku_id, warehouse_id)
    JOIN movement m ON m.organization_id = %(organization)s AND m.sku_id = k.sku_id AND m.warehouse_id = k.warehouse_id
    WHERE m.quantity <> 0
    GROUP BY 1, 2, 3
) d GROUP BY 1, 2
"""
KEEP = """
INSERT INTO demand_series (organization_id, sku_id, warehouse_id, first_day, sold, returned, missing)
SELECT %s, t.* FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::bytea[], %s::bytea[], %s::bytea[]) t
ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE SET first_day = excluded.first_day, sold = excluded.sold,
    returned = excluded.returned, missing = excluded.missing, built_at = now()
"""
SERIES_KEYS = "SELECT sku_id, warehouse_id FROM demand_series WHERE organization_id = %s ORDER BY sku_id, warehouse_id"
SERIES = """
SELECT s.sku_id, s.warehouse_id, s.first_day, s.sold, s.returned, s.missing
FROM unnest(%s::uuid[], %s::uuid[]) k (sku_id, warehouse_id)
JOIN demand_series s ON s.organization_id = %s AND s.sku_id = k.sku_id AND s.warehouse_id = k.warehouse_id
"""
STATE = (
    Forecast.sku_id, Forecast.warehouse_id, Forecast.first_day, Forecast.history_from, Forecast.selling_days,
    Forecast.week, Forecast.typical, Forecast.centre, Forecast.profile, Forecast.variance, Forecast.chance,
    Forecast.kind,
)  # fmt: skip
BLENDED = select(*STATE).where(Forecast.algorithm == demand.BLEND, Forecast.warehouse_id.is_not(None))


class ForecastRow(NamedTuple):
    """A forecast about to be written, in the order of COLUMNS."""

    sku_id: UUID
    warehouse_id: UUID | None
    algorithm: str
    run_id: UUID
    demand_class: str
    first_day: date
    horizon_days: int
    history_from: date
    selling_days: int
    stockout_days: int
    bulk_days: int
    week: list[float]
    typical: list[float]
    centre: list[float]
    profile: list[float]
    variance: float
    chance: float
    kind: int
    mean_per_day: float
    scores: Sequence[float | None]  # in the order of SCORES


SCORES = ("mae", "rmse", "rmsse", "mase", "wape", "bias", "naive_rmsse", "naive_wape")
COLUMNS = [*ForecastRow._fields[:-1], *SCORES]
STAGE = "CREATE TEMPORARY TABLE IF NOT EXISTS forecast_stage (LIKE forecast INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
COPY = f"COPY forecast_stage (organization_id, {', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"
TYPES = [
    "uuid", "uuid", "uuid", "text", "uuid", "text", "date", "int4", "date", "int4", "int4", "int4",
    "float4[]", "float4[]", "float4[]", "float4[]", "float4", "float4", "int4", "float4", *["float4"] * len(SCORES),
]  # fmt: skip
CHANGES = ", ".join(
    f"{name} = excluded.{name}" for name in COLUMNS if name not in {"sku_id", "warehouse_id", "algorithm"}
)
MERGE = f"""
INSERT INTO forecast SELECT * FROM forecast_stage
ON CONFLICT (organization_id, sku_id, warehouse_id, algorithm) DO UPDATE SET {CHANGES}, created_at = now()
RETURNING id
"""

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
    default_sort="-created_at",
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


async def _rows(session: AsyncSession, statement: str, values: Sequence[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
    async with (await raw(session)).cursor(binary=True) as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchall()


async def last_sale(session: AsyncSession, zone: str) -> date | None:
    """The organization's last day with a sale, in its time zone."""
    found: date | None = (await _rows(session, LAST_SALE, (zone, actor_of(session).organization_id)))[0][0]
    return found


async def changed_levels(session: AsyncSession, since: datetime) -> list[Key]:
    """Levels that moved since a moment."""
    return [(row[0], row[1]) for row in await _rows(session, CHANGED, (actor_of(session).organization_id, since))]


async def levels_of(session: AsyncSession, sku_id: UUID) -> list[Key]:
    """Where a SKU has or had stock."""
    return [(row[0], row[1]) for row in await _rows(session, LEVELS_OF, (actor_of(session).organization_id, sku_id))]


async def ledger_days(session: AsyncSession, keys: Sequence[Key], zone: str) -> list[LedgerDays]:
    """What the ledger says of these levels, per business day; a level without movements is left out."""
    values = {
        "zone": zone,
        "epoch": EPOCH,
        "organization": actor_of(session).organization_id,
        "skus": [key[0] for key in keys],
        "warehouses": [key[1] for key in keys],
    }
    return [
        LedgerDays(
            row[0],
            row[1],
            np.frombuffer(row[2], ">i4"),
            np.frombuffer(row[3], ">f4"),
            np.frombuffer(row[4], ">f4"),
            np.frombuffer(row[5], ">f4"),
            bool(row[6]),
        )
        for row in await _rows(session, DAYS, values)
    ]


async def keep_series(session: AsyncSession, series: Sequence[Series]) -> None:
    """Write dense series over what was there."""
    parts = [packed(one) for one in series]
    columns: list[list[Any]] = [[one.sku_id for one in series], [one.warehouse_id for one in series]]
    columns += [[one.first_day for one in series], *([part[place] for part in parts] for place in range(3))]
    await (await raw(session)).execute(KEEP, [actor_of(session).organization_id, *columns], binary=True)


async def series_keys(session: AsyncSession) -> list[Key]:
    """All stored series in order."""
    return [(row[0], row[1]) for row in await _rows(session, SERIES_KEYS, (actor_of(session).organization_id,))]


async def stored_series(session: AsyncSession, keys: Sequence[Key]) -> list[Series]:
    """The dense series of these levels."""
    values = [[key[0] for key in keys], [key[1] for key in keys], actor_of(session).organization_id]
    return [unpacked(*row) for row in await _rows(session, SERIES, values)]


async def newest_run(session: AsyncSession, kind: str = "all") -> ForecastRun | None:
    """The latest run."""
    statement = select(ForecastRun).where(ForecastRun.kind == kind).order_by(ForecastRun.created_at.desc()).limit(1)
    return (await session.execute(statement)).scalar_one_or_none()


async def runs_by_ids(session: AsyncSession, ids: set[UUID]) -> dict[UUID, ForecastRun]:
    """These runs."""
    found = await session.execute(select(ForecastRun).where(ForecastRun.id.in_(ids)))
    return {run.id: run for run in found.scalars()}


async def write_forecasts(session: AsyncSession, rows: Sequence[ForecastRow]) -> list[UUID]:
    """Put forecasts in the place of older ones of the same SKU, warehouse and algorithm; their ids."""
    connection, organization_id = await raw(session), actor_of(session).organization_id
    await connection.execute(STAGE)
    async with connection.cursor() as cursor:
        async with cursor.copy(COPY) as copy:
            copy.set_types(TYPES)
            for row in rows:
                await copy.write_row((organization_id, *row[:-1], *row.scores))
        await cursor.execute(MERGE)
        return [found[0] for found in await cursor.fetchall()]


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


async def finish_run(session: AsyncSession, run_id: UUID, series: int, seconds: float) -> None:
    """Note how many series a run forecast and how long it took."""
    await session.execute(update(ForecastRun).where(ForecastRun.id == run_id).values(series=series, seconds=seconds))


async def states(session: AsyncSession, after: Key | None, limit: int) -> list[Any]:
    """The states of blended forecasts per warehouse, in order of SKU and warehouse."""
    here = tuple_(Forecast.sku_id, Forecast.warehouse_id)
    statement = BLENDED.order_by(Forecast.sku_id, Forecast.warehouse_id).limit(limit)
    return [*await session.execute(statement if after is None else statement.where(here > after))]


async def state_of(session: AsyncSession, sku_id: UUID, warehouse_id: UUID) -> list[Any]:
    """The state of the blended forecast of one level, if there is one."""
    return [*await session.execute(BLENDED.where(Forecast.sku_id == sku_id, Forecast.warehouse_id == warehouse_id))]
