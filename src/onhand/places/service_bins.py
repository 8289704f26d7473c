"""Verbs of the places inside a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row
from onhand.kernel import new_id
from onhand.places import store, store_bins
from onhand.places.domain import BadPattern, Spot, may_lie_in, spots
from onhand.places.errors_bins import (
    BadCodes,
    BinCodeTaken,
    BinHasParts,
    BinHoldsStock,
    BinNotEmpty,
    TakenCodes,
    UnknownBin,
    WrongPlace,
)
from onhand.places.events import BINS_CHANGED
from onhand.places.tables import Bin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.places.tables import Warehouse

SHOWN_CODES = 5


async def bin_by(session: AsyncSession, key: str, *, lock: bool = False) -> Bin:
    """The place with this id, or with this code as `CODE@WAREHOUSE`. Raises UnknownBin."""
    code, _, warehouse_key = key.rpartition("@")
    try:
        condition = Bin.id == UUID(key)
    except ValueError:
        warehouse = await store.find_warehouse(session, warehouse_key)
        if warehouse is None:
            raise UnknownBin(key=key) from None
        condition = (Bin.warehouse_id == warehouse.id) & (Bin.code_key == code.lower())
    found = await store_bins.find_bin(session, condition, lock=lock)
    if found is None:
        raise UnknownBin(key=key)
    return found


async def create_bin(session: AsyncSession, warehouse: Warehouse, values: Mapping[str, Any]) -> Bin:
    """Add a place inside a locked warehouse. Raises BinCodeTaken, WrongPlace."""
    given = dict(values)
    given["parent_id"] = await _parent(session, warehouse.id, given.pop("parent", None), given["code"], given["kind"])
    await _check_code(session, warehouse.id, given["code"], None)
    made = await add_row(session, Bin, given | {"warehouse_id": warehouse.id})
    await audit.record(session, "create", "bin", made.id, None, audit.snapshot(made))
    await _announce(session, warehouse.id, "create")
    return made


async def create_by_pattern(
    session: AsyncSession, warehouse: Warehouse, pattern: str, common: Mapping[str, Any]
) -> list[str]:
    """Add the places that a pattern stands for, all or none; answers with their codes.

    `common` has `kind`, `tree`, `parent`, `pick_order` of the first, and what all share. Those of the kinds above that
    are there already are used. Raises BadCodes, TakenCodes, WrongPlace.
    """
    shared = dict(common)
    kind, tree, order = shared.pop("kind"), shared.pop("tree"), shared.pop("pick_order")
    try:
        wanted = spots(pattern, kind, tree=tree)
    except BadPattern as problem:
        raise BadCodes(str(problem)) from problem
    parent = await _parent(session, warehouse.id, shared.pop("parent", None), wanted[0].code, wanted[0].kind)
    known = await store_bins.codes_in_use(session, warehouse.id, [spot.code for spot in wanted])
    _check_known(wanted, known, kind)
    ids = {spot.code.lower(): new_id() for spot in wanted}
    ids |= {code: one.id for code, one in known.items()}
    rows = []
    for spot in wanted:
        if spot.code.lower() not in known:
            leaf = spot.kind == kind
            extra = {**shared, "pick_order": order} if leaf else {"pick_order": order, "type": shared["type"]}
            extra = {"capacity": None, **extra}
            within = ids[spot.within.lower()] if spot.within else parent
            row = {"id": ids[spot.code.lower()], "warehouse_id": warehouse.id, "parent_id": within}
            rows.append({**row, "code": spot.code, "kind": spot.kind, **extra})
            order += leaf
    await store_bins.add_bins(session, rows)
    codes = [str(row["code"]) for row in rows]
    told = {"code": warehouse.code, "pattern": pattern, "places": len(codes)}
    await audit.record(session, "create", "bins", warehouse.id, None, told)
    await _announce(session, warehouse.id, "create")
    return codes


def _check_known(wanted: Sequence[Spot], known: Mapping[str, Bin], kind: str) -> None:
    """Steps above may be there already, if they are what they should be; what is to be made may not."""
    taken = [
        known[spot.code.lower()].code
        for spot in wanted
        if spot.code.lower() in known and (spot.kind == kind or known[spot.code.lower()].kind != spot.kind)
    ]
    if taken:
        more = ", …" if len(taken) > SHOWN_CODES else ""
        raise TakenCodes(count=len(taken), codes=", ".join(taken[:SHOWN_CODES]) + more)


async def change_bin(session: AsyncSession, found: Bin, changes: Mapping[str, Any]) -> Bin:
    """Write the changes to a locked place. Raises BinCodeTaken, WrongPlace, BinHoldsStock, BinNotEmpty."""
    before, values = audit.snapshot(found), dict(changes)
    await store_bins.lock_structure(session, found.warehouse_id)
    if "parent" in values or "kind" in values:
        await _check_tree(session, found, values)
    if values.get("type", found.type) != found.type:
        await _check_type(session, found)
    if "archived" in values:
        await _check_archive(session, found, values)
    await _check_code(session, found.warehouse_id, values.get("code", found.code), found.id)
    await change_row(session, found, values)
    await audit.record(session, "update", "bin", found.id, before, audit.snapshot(found))
    await _announce(session, found.warehouse_id, "update")
    return found


async def _check_tree(session: AsyncSession, found: Bin, values: dict[str, Any]) -> None:
    kind = values.get("kind", found.kind)
    if "parent" in values:
        key = values.pop("parent")
        values["parent_id"] = await _parent(session, found.warehouse_id, key, found.code, kind)
    elif found.parent_id:
        await _parent(session, found.warehouse_id, str(found.parent_id), found.code, kind, "/kind")
    parts = await store_bins.branch(session, found.id)
    wrong = [part for part in parts if part.parent_id == found.id and not may_lie_in(part.kind, kind)]
    if wrong:
        raise WrongPlace(found.code, f"{wrong[0].code}, a {wrong[0].kind}, lies in it", "/kind")


async def _check_type(session: AsyncSession, found: Bin) -> None:
    await store_bins.stop_postings(session)
    units = await store_bins.units_in(session, [found.id])
    if units:
        raise BinHoldsStock(code=found.code, units=f"{units:f}")


async def _check_archive(session: AsyncSession, found: Bin, values: dict[str, Any]) -> None:
    if not values.pop("archived"):
        values["archived_at"] = None
        return
    await _removable(session, found, with_parts=False)
    await store_bins.archive_bins(session, [found.id])


async def _removable(session: AsyncSession, found: Bin, *, with_parts: bool) -> list[Bin]:
    """The place and all below it, when nothing lies there. Raises BinHasParts, BinNotEmpty."""
    places = await store_bins.branch(session, found.id)
    parts = [one for one in places if one.id != found.id and one.archived_at is None]
    if parts and not with_parts:
        raise BinHasParts(code=found.code, parts=len(parts))
    await store_bins.stop_postings(session)
    units = await store_bins.units_in(session, [one.id for one in places])
    if units:
        raise BinNotEmpty(code=found.code, units=f"{units:f}")
    return places


async def remove_bin(session: AsyncSession, found: Bin, *, with_parts: bool) -> None:
    """Delete an empty locked place, with all below it if asked; archive what stock ever lay in.

    Raises BinHasParts, BinNotEmpty.
    """
    await store_bins.lock_structure(session, found.warehouse_id)
    places = await _removable(session, found, with_parts=with_parts)
    ids = [one.id for one in places]
    before = audit.snapshot(found) | {"places": len(ids)}
    if await store_bins.have_history(session, ids):
        await store_bins.archive_bins(session, ids)
        await audit.record(session, "archive", "bin", found.id, before, None)
    else:
        await store_bins.drop_bins(session, ids)
        await audit.record(session, "delete", "bin", found.id, before, None)
    await _announce(session, found.warehouse_id, "delete")


async def draw_plan(session: AsyncSession, warehouse: Warehouse, boxes: Sequence[Mapping[str, Any]]) -> None:
    """Write where places stand on the floor plan, or that they stand on none. Raises WrongPlace."""
    found = await store_bins.place_bins(session, warehouse.id, boxes)
    for n, box in enumerate(boxes):
        if box["id"] not in found:
            raise WrongPlace(str(box["id"]), "there is no such place in this warehouse", f"/places/{n}/id")
    told = {"code": warehouse.code, "places": len(boxes)}
    await audit.record(session, "draw", "plan", warehouse.id, None, told)
    await _announce(session, warehouse.id, "plan")


async def _parent(
    session: AsyncSession, warehouse_id: UUID, key: str | None, code: str, kind: str, pointer: str = "/parent"
) -> UUID | None:
    if key is None:
        return None
    try:
        found = await store_bins.find_bin(session, (Bin.id == UUID(key)) & (Bin.warehouse_id == warehouse_id))
    except ValueError:
        found = await store_bins.find_bin_by_code(session, warehouse_id, key)
    if found is None or found.archived_at is not None:
        raise WrongPlace(code, f"there is no place {key} in this warehouse")
    if not may_lie_in(kind, found.kind):
        raise WrongPlace(code, f"a {kind} does not lie in a {found.kind} such as {found.code}", pointer)
    return found.id


async def _check_code(session: AsyncSession, warehouse_id: UUID, code: str, than: UUID | None) -> None:
    other = await store_bins.find_bin_by_code(session, warehouse_id, code)
    if other is not None and other.id != than:
        raise BinCodeTaken(code=other.code)


async def _announce(session: AsyncSession, warehouse_id: UUID, change: str) -> None:
    await announce(session, BINS_CHANGED, {"warehouse_id": warehouse_id, "change": change})
