"""Records that lie in one table each: suppliers and their prices, customers, warehouses, lots, serials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from onhand import recordfile
from onhand.intake import store
from onhand.intake.lookups import Named, Skus, Wrong, keys_of
from onhand.intake.steps import Context, Facts, Step, differing
from onhand.kernel import new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


Key = tuple[Any, ...]
COPIED: dict[str, tuple[str, ...]] = {
    "suppliers": ("code", "name", "contact_name", "contact_email", "contact_phone", "address", "payment_terms",
                  "shipping_terms", "currency", "tax_id", "lead_time_days", "active", "notes"),
    "customers": ("code", "name", "email", "phone", "country", "shipping_address", "billing_address", "notes"),
    "warehouses": ("code", "name", "kind", "priority", "address", "city", "region", "postal_code", "country",
                   "contact_name", "contact_email", "contact_phone", "active"),
    "supplier-items": ("supplier_sku", "price", "currency", "minimum_quantity", "pack_size", "lead_time_days",
                       "preferred"),
    "lots": ("made_on", "expires_on", "supplier_lot", "status", "note"),
    "serials": ("certificate", "note"),
}  # fmt: skip


@dataclass(slots=True)
class Given:
    """What a row says of its record: by which key it is found, what it is called, and its columns in the table."""

    row: recordfile.Row
    key: Key
    label: str
    values: Facts


@dataclass(frozen=True, slots=True)
class Kind:
    """One such table: its columns, how its rows are found, what a new one cannot be without."""

    table: str
    columns: tuple[str, ...]
    read: Callable[[AsyncSession, Sequence[recordfile.Row], Context], Awaitable[list[Given | Step]]]
    by: str
    key_of: Callable[[Facts], list[Key]]
    needed: str | None = "name"
    archives: bool = True
    event: str = ""


def refused(row: recordfile.Row, wrong: Wrong, context: Context) -> Step:
    """The step of a row that cannot be taken."""
    return Step(row.line, str(wrong.value or ""), "refuse", problem=wrong.problem(row, context))


async def _coded(rows: Sequence[recordfile.Row], entity: str) -> list[Given | Step]:
    found: list[Given | Step] = []
    for row in rows:
        code = str(row.values.get("code") or row.values.get("email") or "")
        values = {name: row.values.get(name) for name in COPIED[entity] if name in row.values}
        found.append(Given(row, ("email" if row.values.get("code") is None else "code", code.lower()), code, values))
    return found


async def suppliers(_: AsyncSession, rows: Sequence[recordfile.Row], __: Context) -> list[Given | Step]:
    """By code."""
    return await _coded(rows, "suppliers")


async def customers(_: AsyncSession, rows: Sequence[recordfile.Row], __: Context) -> list[Given | Step]:
    """By code, else by e-mail."""
    return await _coded(rows, "customers")


async def warehouses(_: AsyncSession, rows: Sequence[recordfile.Row], __: Context) -> list[Given | Step]:
    """By code."""
    return await _coded(rows, "warehouses")


async def supplier_items(session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Given | Step]:
    """By supplier and SKU; what a supplier's own terms say already is not said again."""
    skus, named = await Skus.of(session, rows), await Named.suppliers(session, rows)
    found: list[Given | Step] = []
    for row in rows:
        try:
            sku_id, supplier = skus.need(row), named.need(row)
        except Wrong as wrong:
            found.append(refused(row, wrong, context))
            continue
        values = {name: row.values.get(name) for name in COPIED["supplier-items"] if name in row.values}
        values = {n: None if n in supplier and v == supplier[n] else v for n, v in values.items()}
        values |= {"supplier_id": supplier["id"], "sku_id": sku_id}
        found.append(Given(row, (supplier["id"], sku_id), f"{supplier['code']} {row.values.get('sku') or ''}", values))
    return found


async def lots(session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Given | Step]:
    """By SKU and code."""
    return await _pieces(session, rows, context, "lot")


async def serials(session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Given | Step]:
    """By SKU and code."""
    return await _pieces(session, rows, context, "serial")


async def _pieces(
    session: AsyncSession, rows: Sequence[recordfile.Row], context: Context, what: str
) -> list[Given | Step]:
    skus, named = await Skus.of(session, rows), await Named.suppliers(session, rows)
    batches = await store.matching(session, "lot", ("sku_id", "code_key"), "code_key", keys_of(rows, "lot"))
    lots_by = {(one["sku_id"], one["code_key"]): one["id"] for one in batches}
    found: list[Given | Step] = []
    for row in rows:
        try:
            values = _piece(row, what, skus.need(row), lots_by)
            if row.values.get("supplier"):
                values["supplier_id"] = named.need(row)["id"]
        except Wrong as wrong:
            found.append(refused(row, wrong, context))
            continue
        code = str(row.values[what])
        found.append(Given(row, (values["sku_id"], code.lower()), f"{row.values.get('sku') or ''} {code}", values))
    return found


def _piece(row: recordfile.Row, what: str, sku_id: UUID, lots_by: dict[tuple[UUID, str], UUID]) -> Facts:
    values = {name: row.values.get(name) for name in COPIED[f"{what}s"] if name in row.values}
    made, expires = cast("date | None", values.get("made_on")), cast("date | None", values.get("expires_on"))
    if made and expires and expires < made:
        raise Wrong(
            "expires_on", expires, "It is best before a day on which it was not made yet.", "Correct one of them."
        )
    if what == "serial" and row.values.get("lot"):
        lot_id = lots_by.get((sku_id, str(row.values["lot"]).lower()))
        if lot_id is None:
            raise Wrong("lot", row.values["lot"], f"The SKU has no lot {row.values['lot']}.", "Import its lots first.")
        values["lot_id"] = lot_id
    return values | {"sku_id": sku_id, "code": row.values[what]}


def _by_code(row: Facts) -> list[Key]:
    return [("code", str(row["code"]).lower())] if row["code"] else []


def _by_code_or_mail(row: Facts) -> list[Key]:
    return [*_by_code(row), *([("email", row["email"].lower())] if row["email"] else [])]


KINDS: dict[str, Kind] = {
    "suppliers": Kind("supplier", COPIED["suppliers"], suppliers, "code_key", _by_code,
                      event="partners.supplier_changed"),
    "customers": Kind("customer", COPIED["customers"], customers, "code_key", _by_code_or_mail,
                      event="partners.customers_imported"),
    "warehouses": Kind("warehouse", COPIED["warehouses"], warehouses, "code_key", _by_code,
                       event="places.warehouse_changed"),
    "supplier-items": Kind("supplier_item", (*COPIED["supplier-items"], "supplier_id", "sku_id"), supplier_items,
                           "sku_id", lambda row: [(row["supplier_id"], row["sku_id"])], needed=None, archives=False,
                           event="partners.supplier_item_changed"),
    "lots": Kind("lot", (*COPIED["lots"], "sku_id", "code", "supplier_id"), lots, "sku_id",
                 lambda row: [(row["sku_id"], row["code"].lower())], needed=None, archives=False),
    "serials": Kind("serial", (*COPIED["serials"], "sku_id", "code", "lot_id"), serials, "sku_id",
                    lambda row: [(row["sku_id"], row["code"].lower())], needed=None, archives=False),
}  # fmt: skip


class Records:
    """The records of one kind: planned, written, read again."""

    def __init__(self, entity: str) -> None:
        self.entity, self.kind = entity, KINDS[entity]

    async def plan(self, session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Step]:
        """What each row would do."""
        read = await self.kind.read(session, rows, context)
        given = [one for one in read if isinstance(one, Given)]
        existing = await self._existing(session, given)
        return [one if isinstance(one, Step) else self._step(one, existing.get(one.key), context) for one in read]

    async def _existing(self, session: AsyncSession, given: Sequence[Given]) -> dict[Key, Facts]:
        kind = self.kind
        found: list[Facts] = []
        if kind.by == "sku_id":
            wanted: list[Any] = list({one.values["sku_id"] for one in given})
            found = await store.matching(session, kind.table, kind.columns, "sku_id", wanted)
        else:
            codes = list({one.key[1] for one in given})
            found = await store.matching(session, kind.table, kind.columns, "code_key", codes)
            if self.entity == "customers":
                mails = list({str(one.values["email"]) for one in given if one.values.get("email")})
                found = [*await store.matching(session, kind.table, kind.columns, "email", mails), *found]
        return {key: row for row in found for key in kind.key_of(row)}

    def _step(self, one: Given, row: Facts | None, context: Context) -> Step:
        needed = self.kind.needed
        if row is None:
            if needed and not one.values.get(needed):
                fix = "Give it a name, or correct the code of one that exists."
                return refused(one.row, Wrong(needed, "", f"{one.label} is new and has no name.", fix), context)
            values = {name: value for name, value in one.values.items() if value is not None}
            return Step(one.row.line, one.label, "create", new_id(), None, values)
        before, after = differing(one.values, row)
        return Step(one.row.line, one.label, "change" if after else "same", row["id"], before, after)

    async def write(self, session: AsyncSession, steps: Sequence[Step]) -> None:
        """Bring it about, one statement for those that are new and one for each set of columns that change."""
        if self.entity == "supplier-items":
            preferred = [s for s in steps if s.after.get("preferred") and s.action in {"create", "change"}]
            await self._prefer(session, preferred)
        table = self.kind.table
        await store.insert(session, table, [s.after | {"id": s.row_id} for s in steps if s.action == "create"])
        await store.update(session, table, [s.after | {"id": s.row_id} for s in steps if s.action == "change"])

    async def _prefer(self, session: AsyncSession, steps: Sequence[Step]) -> None:
        """One supplier of a SKU is preferred: the others no longer."""
        ids = [step.row_id for step in steps]
        await store.run(session, store.UNPREFER, ids=ids)

    async def current(self, session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Facts]:
        """The records as they are now."""
        found = await store.matching(session, self.kind.table, self.kind.columns, "id", ids)
        return {one["id"]: one for one in found}

    async def restore(self, session: AsyncSession, values: Sequence[Facts]) -> None:
        """Put columns back."""
        await store.update(session, self.kind.table, values)

    async def remove(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        """Delete; raises IntegrityError when something refers to one."""
        await store.delete(session, self.kind.table, ids)

    async def archive(self, session: AsyncSession, row_id: UUID) -> bool:
        """Hide what is used elsewhere; False where there is no such thing."""
        if self.kind.archives:
            await store.run(session, store.ARCHIVE[self.kind.table], id=row_id)
        return self.kind.archives
