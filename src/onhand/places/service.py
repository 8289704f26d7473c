"""Verbs of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import now
from onhand.places import store
from onhand.places.errors import UnknownWarehouse, WarehouseCodeTaken
from onhand.places.events import WAREHOUSE_CHANGED
from onhand.places.tables import Warehouse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

TRANSIT = "TRANSIT"


async def open_transit(session: AsyncSession) -> None:
    """Give a new organization its virtual place for goods under way."""
    await add_row(session, Warehouse, {"code": TRANSIT, "name": "In transit", "kind": "transit", "active": True})


async def transit_of(session: AsyncSession) -> UUID:
    """The id of the organization's transit. Raises UnknownWarehouse."""
    transit = await store.find_transit(session)
    if transit is None:
        raise UnknownWarehouse(key=TRANSIT)
    return transit.id


async def warehouse_by(session: AsyncSession, key: str, *, lock: bool = False) -> Warehouse:
    """The warehouse with this id or code; with `lock` nobody else changes it until we end. Raises UnknownWarehouse."""
    try:
        wanted: UUID | str = UUID(key)
    except ValueError:
        wanted = key
    warehouse = await store.find_warehouse(session, wanted, lock=lock)
    if warehouse is None:
        raise UnknownWarehouse(key=key)
    return warehouse


async def open_warehouses(session: AsyncSession) -> Sequence[Warehouse]:
    """The active warehouses in the order in which they serve orders: priority, then code."""
    return await store.open_for_orders(session)


async def create_warehouse(session: AsyncSession, values: Mapping[str, Any]) -> Warehouse:
    """Add a warehouse: `code`, `name`, and what else is known. Raises WarehouseCodeTaken."""
    await _check_code(session, values["code"], than=None)
    warehouse = await add_row(session, Warehouse, values)
    await _note(session, "create", warehouse, None, audit.snapshot(warehouse))
    return warehouse


async def ensure_warehouse(session: AsyncSession, code: str, name: str) -> UUID:
    """The id of the warehouse with this code, made if there is none."""
    known = await store.find_warehouse(session, code)
    return (known or await create_warehouse(session, {"code": code, "name": name})).id


async def change_warehouse(session: AsyncSession, warehouse: Warehouse, changes: Mapping[str, Any]) -> Warehouse:
    """Write the changes to a locked warehouse. Raises WarehouseCodeTaken."""
    await _check_code(session, changes.get("code", warehouse.code), than=warehouse.id)
    before, values = audit.snapshot(warehouse), dict(changes)
    if "archived" in values:
        values["archived_at"] = (warehouse.archived_at or now()) if values.pop("archived") else None
    await change_row(session, warehouse, values)
    await _note(session, "update", warehouse, before, audit.snapshot(warehouse))
    return warehouse


async def remove_warehouse(session: AsyncSession, warehouse: Warehouse) -> None:
    """Delete a locked warehouse that nothing refers to; archive any other, which also closes it for orders."""
    before = audit.snapshot(warehouse)
    if await remove_row(session, warehouse):
        await _note(session, "delete", warehouse, before, None)
    elif warehouse.archived_at is None:
        await change_warehouse(session, warehouse, {"archived": True, "active": False})


async def _check_code(session: AsyncSession, code: str, *, than: UUID | None) -> None:
    if taken := await store.code_in_use(session, code, than):
        raise WarehouseCodeTaken(code=taken)


async def _note(
    session: AsyncSession,
    change: str,
    warehouse: Warehouse,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    await audit.record(session, change, "warehouse", warehouse.id, before, after)
    facts = {"warehouse_id": warehouse.id, "code": warehouse.code, "change": change}
    await announce(session, WAREHOUSE_CHANGED, facts)
