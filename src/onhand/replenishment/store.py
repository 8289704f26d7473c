"""Every SQL statement of replenishment: suppliers' terms in, computed levels out, lists against live stock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, Select, and_, case, column, func, literal, or_, select, table
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import insert

from onhand.infra.binary import copied, glued, ids_literal
from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.replenishment.domain import LEAST_HISTORY_DAYS, LEAST_SELLING_DAYS, Terms
from onhand.replenishment.tables import ReorderPolicy

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.binary import Cells

# Kept for the transaction: what is written beside the computed numbers needs not come and go through the driver.
TERMS_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS policy_terms (place integer, sku_id uuid, warehouse_id uuid, lead_days integer,
    review_days integer, service_level numeric, minimum_quantity numeric, pack_size numeric, supplier_id uuid)
    ON COMMIT DELETE ROWS
"""
# What was said by a person, else by the supplier, else the usual; the preferred supplier, else the cheapest.
TERMS = """
WITH said AS (
    INSERT INTO policy_terms
    SELECT k.place, k.sku_id, k.warehouse_id,
        coalesce(p.lead_days, i.lead_time_days, s.lead_time_days, %(lead_days)s),
        coalesce(p.review_days, %(review_days)s), coalesce(p.service_level, %(service_level)s),
        coalesce(nullif(i.minimum_quantity, 0), %(minimum_quantity)s),
        coalesce(nullif(i.pack_size, 0), %(pack_size)s), i.supplier_id
    FROM unnest(%(skus)s::uuid[], %(warehouses)s::uuid[]) WITH ORDINALITY k (sku_id, warehouse_id, place)
    LEFT JOIN reorder_policy p
        ON p.organization_id = %(organization)s AND p.sku_id = k.sku_id AND p.warehouse_id = k.warehouse_id
    LEFT JOIN LATERAL (
        SELECT i.* FROM supplier_item i
        JOIN supplier s ON s.organization_id = i.organization_id AND s.id = i.supplier_id
        WHERE i.organization_id = %(organization)s AND i.sku_id = k.sku_id AND s.active AND s.archived_at IS NULL
        ORDER BY i.preferred DESC, i.price, i.id LIMIT 1
    ) i ON true
    LEFT JOIN supplier s ON s.organization_id = i.organization_id AND s.id = i.supplier_id
    RETURNING *
)
SELECT string_agg(int4send(lead_days), '' ORDER BY place), string_agg(int4send(review_days), '' ORDER BY place),
    string_agg(float8send(service_level::float8), '' ORDER BY place)
FROM said
"""
COMPUTED = {
    "place": "integer", "point": "bigint", "safety_stock": "bigint", "up_to": "bigint", "expected": "bigint",
    "demand_limit": "bigint", "review_mean": "bigint", "selling_days": "integer", "history_days": "integer",
    "week": "real[]", "forecast_from": "integer",
}  # fmt: skip
COMPUTED_STAGE = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS policy_computed ({", ".join(f"{n} {kind}" for n, kind in COMPUTED.items())})
    ON COMMIT DELETE ROWS
"""
COPY = "COPY policy_computed FROM STDIN (FORMAT binary)"
# Thousandths become units again.
SOURCE = {
    "point": "c.point", "safety_stock": "c.safety_stock * 0.001", "up_to": "c.up_to", "expected": "c.expected * 0.001",
    "demand_limit": "c.demand_limit * 0.001", "review_mean": "c.review_mean * 0.001",
    "lead_days_used": "t.lead_days", "minimum_quantity": "t.minimum_quantity", "pack_size": "t.pack_size",
    "supplier_id": "t.supplier_id", "selling_days": "c.selling_days", "history_days": "c.history_days",
    "week": "c.week", "forecast_from": "%s::date + c.forecast_from",
}  # fmt: skip
KEEP = f"""
INSERT INTO reorder_policy (organization_id, sku_id, warehouse_id, {", ".join(SOURCE)}, computed_at)
SELECT %s, t.sku_id, t.warehouse_id, {", ".join(SOURCE.values())}, now()
FROM policy_computed c JOIN policy_terms t USING (place)
ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in SOURCE)}, computed_at = now()
"""

# Names from the floors below, for lists: joins are read, never written.
sku = table(
    "sku", *(column(name) for name in ("organization_id", "id", "product_id", "code", "code_key", "archived_at"))
)
product = table("product", column("organization_id"), column("id"), column("name"))
warehouse = table("warehouse", column("organization_id"), column("id"), column("code"), column("code_key"))
supplier = table("supplier", column("organization_id"), column("id"), column("name"))
level = table(
    "level",
    *(column(name) for name in ("organization_id", "sku_id", "warehouse_id")),
    *(column(name, Numeric) for name in ("on_hand", "reserved", "unavailable")),
)
transfer = table("transfer", *(column(name) for name in ("organization_id", "id", "destination_id", "status")))
transfer_line = table(
    "transfer_line",
    *(column(name) for name in ("organization_id", "transfer_id", "sku_id")),
    *(column(name, Numeric) for name in ("dispatched", "received", "lost", "returned")),
)

P = ReorderPolicy
ZERO = literal(0, Numeric)
AVAILABLE: ColumnElement[Decimal] = func.coalesce(level.c.on_hand - level.c.reserved - level.c.unavailable, ZERO)
ON_ITS_WAY = transfer_line.c.dispatched - transfer_line.c.received - transfer_line.c.lost - transfer_line.c.returned
# Summed once for the whole list: few transfers are under way at a time, while policies are many.
coming = (
    select(
        transfer.c.organization_id,
        transfer.c.destination_id,
        transfer_line.c.sku_id,
        func.sum(ON_ITS_WAY).label("quantity"),
    )
    .join_from(
        transfer,
        transfer_line,
        and_(
            transfer_line.c.organization_id == transfer.c.organization_id,
            transfer_line.c.transfer_id == transfer.c.id,
        ),
    )
    .where(transfer.c.status == "in_transit")
    .group_by(transfer.c.organization_id, transfer.c.destination_id, transfer_line.c.sku_id)
    .subquery("coming")
)
INCOMING: ColumnElement[Decimal] = func.coalesce(coming.c.quantity, ZERO)
POINT: ColumnElement[Decimal] = func.coalesce(P.manual_point, P.point)
POSITION = AVAILABLE + INCOMING
MEAN_PER_DAY = P.review_mean / as_type(P.review_days, Numeric)
DAYS_LEFT = case((MEAN_PER_DAY > 0, func.round(AVAILABLE / MEAN_PER_DAY, 1)))
LOW: ColumnElement[bool] = AVAILABLE < POINT
TRUSTED = and_(P.selling_days >= LEAST_SELLING_DAYS, P.history_days >= LEAST_HISTORY_DAYS)
DUE: ColumnElement[bool] = and_(
    P.active,
    POSITION <= POINT,
    or_(P.manual_point.is_not(None), TRUSTED),
    or_(P.manual_quantity.is_not(None), POINT + P.up_to - P.point > POSITION),
)


def _is(condition: ColumnElement[bool]) -> Column:
    return Column(condition, "bool", sortable=False)


SHOWN = {
    "id": Column(P.id, "uuid"),
    "sku_id": Column(P.sku_id, "uuid", sortable=False),
    "product_id": Column(sku.c.product_id, "uuid", sortable=False),
    "warehouse_id": Column(P.warehouse_id, "uuid", sortable=False),
    "supplier_id": Column(P.supplier_id, "uuid", sortable=False),
    "sku": Column(sku.c.code, "code"),
    "name": Column(product.c.name),
    "warehouse": Column(warehouse.c.code, "code"),
    "supplier": Column(supplier.c.name),
    "available": Column(AVAILABLE, "number"),
    "incoming": Column(INCOMING, "number"),
    "reorder_point": Column(POINT, "number"),
    "computed_point": Column(P.point, "number"),
    "manual_point": Column(P.manual_point, "number"),
    "manual_quantity": Column(P.manual_quantity, "number"),
    "safety_stock": Column(P.safety_stock, "number"),
    "up_to": Column(P.up_to, "number"),
    "days_left": Column(DAYS_LEFT, "number"),
    "low": _is(LOW),
    "due": _is(DUE),
    "active": Column(P.active, "bool"),
    "computed_at": Column(P.computed_at, "time"),
}
# What the rules need beside what is shown; the rows that leave do not carry it.
NEEDED = {
    name: Column(getattr(P, name), "number", sortable=False)
    for name in (
        "lead_days_used", "review_days", "service_level", "minimum_quantity", "pack_size", "expected", "demand_limit",
        "review_mean", "selling_days", "history_days", "week", "forecast_from", "lead_days",
    )
}  # fmt: skip


def _search(words: str) -> ColumnElement[bool]:
    low = words.lower()
    return sku.c.code_key.contains(low, autoescape=True) | func.lower(product.c.name).contains(low, autoescape=True)


def spec(default_sort: str, *extra: str) -> ListSpec:
    """The one grammar of all replenishment lists; they differ in their condition and their order."""
    return ListSpec(
        columns=SHOWN | NEEDED,
        default_sort=default_sort,
        search=_search,
        extra=frozenset(extra),
        aliases={
            "search": "q",
            "low_stock": "filter[low]",
            "product_id": "filter[product_id]",
            "warehouse_id": "filter[warehouse_id]",
            "supplier": "filter[supplier_id]",
        },
    )


POLICIES = spec("sku")
SUGGESTIONS = spec("days_left")
STOCKOUTS = spec("days_left", "days")


def policies() -> Select[Any]:
    """Policies with live stock and the names of what they are about; archived SKUs are left out."""
    owner = P.organization_id
    return (
        select()
        .select_from(P)
        .join(sku, and_(sku.c.organization_id == owner, sku.c.id == P.sku_id, sku.c.archived_at.is_(None)))
        .join(product, and_(product.c.organization_id == owner, product.c.id == sku.c.product_id))
        .join(warehouse, and_(warehouse.c.organization_id == owner, warehouse.c.id == P.warehouse_id))
        .outerjoin(supplier, and_(supplier.c.organization_id == owner, supplier.c.id == P.supplier_id))
        .outerjoin(
            level,
            and_(
                level.c.organization_id == owner,
                level.c.sku_id == P.sku_id,
                level.c.warehouse_id == P.warehouse_id,
            ),
        )
        .outerjoin(
            coming,
            and_(
                coming.c.organization_id == owner,
                coming.c.sku_id == P.sku_id,
                coming.c.destination_id == P.warehouse_id,
            ),
        )
    )


def stockouts(days: int) -> Select[Any]:
    """Those that run out within so many days if nothing comes in and demand is as expected."""
    return policies().where(P.active, MEAN_PER_DAY > 0, MEAN_PER_DAY * days > AVAILABLE)


async def terms(session: AsyncSession, skus: Cells, warehouses: Cells) -> list[Cells]:
    """Lead days, review days and service level of these levels, in their order; the rest waits for `keep`."""
    connection, usual = await raw(session), Terms()
    values = {
        "organization": actor_of(session).organization_id,
        "skus": ids_literal(skus),
        "warehouses": ids_literal(warehouses),
        **{name: getattr(usual, name) for name in ("lead_days", "review_days", "service_level")},
        **{name: getattr(usual, name) for name in ("minimum_quantity", "pack_size")},
    }
    await connection.execute(TERMS_STAGE)
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(TERMS, values)
        found = (await cursor.fetchall())[0]
    return [glued(part, kind) for part, kind in zip(found, (">i4", ">i4", ">f8"), strict=True)]


async def keep(session: AsyncSession, computed: Sequence[Cells], epoch: date) -> None:
    """Write computed levels, columns of `COMPUTED`, beside the terms asked for just before; what people set stays."""
    connection = await raw(session)
    await connection.execute(COMPUTED_STAGE)
    async with connection.cursor() as cursor:
        async with cursor.copy(COPY) as copy:
            await copy.write(copied(computed))
        await cursor.execute(KEEP, (actor_of(session).organization_id, epoch))


async def find_policy(session: AsyncSession, policy_id: UUID, *, lock: bool = False) -> ReorderPolicy | None:
    """One policy."""
    return await find_row(session, ReorderPolicy, ReorderPolicy.id == policy_id, lock=lock)


async def ensure_policy(session: AsyncSession, sku_id: UUID, warehouse_id: UUID) -> UUID:
    """The policy of a SKU at a warehouse, made with nothing computed yet if there is none; its id."""
    key = {"organization_id": actor_of(session).organization_id, "sku_id": sku_id, "warehouse_id": warehouse_id}
    made = insert(ReorderPolicy).values(**key).on_conflict_do_nothing(constraint="reorder_policy_level_key")
    await session.execute(made)
    found = await session.execute(select(P.id).where(P.sku_id == sku_id, P.warehouse_id == warehouse_id))
    return found.scalar_one()
