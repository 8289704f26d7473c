"""Products and their SKUs: found by code, barcode or external id, made or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onhand import catalog, recordfile
from onhand.intake import store
from onhand.intake.lookups import Categories, Named, Skus, Wrong
from onhand.intake.records import refused
from onhand.intake.steps import Context, Facts, Step, differing
from onhand.kernel import new_id, now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


OF_PRODUCT = ("name", "description", "category_id", "supplier_id", "tags", "status")
OF_SKU = ("cost_price", "selling_price", "currency", "tracks_lots", "tracks_serials")
COPIED = ("name", "description", "tags", "status", *OF_SKU, "barcodes", "external_id")


class Products:
    """A row per SKU; its product is made or changed with it."""

    entity = "products"

    def __init__(self) -> None:
        self._categories: list[Facts] = []

    async def plan(self, session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Step]:
        """What each row would do."""
        skus, suppliers = await Skus.of(session, rows), await Named.suppliers(session, rows)
        categories = await Categories.of(session)
        ids = {row.line: skus.find(row) for row in rows}
        current = await self.current(session, [one for one in ids.values() if one])
        steps, taken = [], dict[str, str]()
        for row in rows:
            try:
                found = ids[row.line]
                values = _values(row, suppliers, categories)
                _check_barcodes(row, found, skus, taken)
                steps.append(_step(row, current.get(found) if found else None, values, context))
            except Wrong as wrong:
                steps.append(refused(row, wrong, context))
        self._categories = categories.new
        return _each_once(steps, rows, context)

    async def write(self, session: AsyncSession, steps: Sequence[Step]) -> None:
        """Make the categories, products and SKUs that are new, change the others."""
        await store.insert(session, "category", self._categories)
        new = [step for step in steps if step.action == "create"]
        await store.insert(session, "product", [_product(s.after) | {"id": s.after["product_id"]} for s in new])
        ids = [{"id": s.row_id, "product_id": s.after["product_id"], "code": s.after["sku"]} for s in new]
        await store.insert(
            session, "sku", [one | _sku(s.after) | _archived(s.after) for one, s in zip(ids, new, strict=True)]
        )
        for step in new:
            del step.after["product_id"]
        changed = {s.row_id: s.after for s in steps if s.action == "change" and s.row_id}
        await self._change(session, changed)
        await _write_barcodes(
            session, {s.row_id: s.after["barcodes"] for s in new if s.row_id and s.after.get("barcodes")}
        )
        await self._search_texts(
            session, [s.row_id for s in [*new, *steps] if s.row_id and s.action in {"create", "change"}]
        )
        named = {s.row_id: s.after["external_id"] for s in steps if s.row_id and s.after.get("external_id")}
        await store.run(session, store.ADD_EXTERNAL, values=list(named.values()), ids=list(named))

    async def _change(self, session: AsyncSession, changed: dict[UUID, Facts]) -> None:
        rows = await self.current(session, list(changed))
        products = [
            _product(v) | {"id": rows[i]["product_id"]} for i, v in changed.items() if i in rows and _product(v)
        ]
        await store.update(session, "product", products)
        skus = [{n: v[n] for n in OF_SKU if n in v} | _archived(v) | {"id": i} for i, v in changed.items()]
        await store.update(session, "sku", [one for one in skus if len(one) > 1])
        await _write_barcodes(session, {i: v["barcodes"] for i, v in changed.items() if "barcodes" in v})

    async def _search_texts(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        """What search looks through, as the catalogue keeps it."""
        rows = (await self.current(session, list(dict.fromkeys(ids)))).values()
        texts = [
            {"id": one["product_id"], "search_text": catalog.search_text([one["sku"]], one["barcodes"], one["name"])}
            for one in rows
        ]
        await store.update(session, "product", texts)

    async def current(self, session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Facts]:
        """SKUs with their products as they are now."""
        return {one["id"]: one for one in await store.rows(session, store.PRODUCTS, ids=list(ids))}

    async def restore(self, session: AsyncSession, values: Sequence[Facts]) -> None:
        """Put fields back."""
        changed = {one["id"]: {name: value for name, value in one.items() if name != "id"} for one in values}
        without = [i for i, v in changed.items() if "external_id" in v and v["external_id"] is None]
        await store.run(session, store.DROP_EXTERNAL, ids=without)
        await self._change(session, changed)
        await self._search_texts(session, list(changed))

    async def remove(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        """Delete SKUs, and products left without one; raises IntegrityError when something refers to one."""
        products = [one["product_id"] for one in (await self.current(session, ids)).values()]
        await store.delete(session, "sku", ids)
        await store.run(session, store.DROP_EMPTY, ids=products)

    async def archive(self, session: AsyncSession, row_id: UUID) -> bool:
        """Hide what is used elsewhere."""
        await store.run(session, store.ARCHIVE_SKU, id=row_id)
        return True


def _values(row: recordfile.Row, suppliers: Named, categories: Categories) -> Facts:
    values: dict[str, Any] = {name: row.values[name] for name in COPIED if name in row.values}
    if row.values.get("category"):
        values["category_id"] = categories.find(str(row.values["category"]))
    if row.values.get("supplier"):
        values["supplier_id"] = suppliers.need(row)["id"]
    return values


def _check_barcodes(row: recordfile.Row, found: UUID | None, skus: Skus, taken: dict[str, str]) -> None:
    """A barcode leads to one SKU, on file and in the file."""
    given = row.values.get("barcodes")
    for barcode in given if isinstance(given, list) else []:
        holder = skus.holder(barcode)
        if holder is not None and holder != found:
            raise Wrong("barcodes", barcode, f"{barcode} leads to another SKU.", "Take it from that one first.")
        me = str(row.values.get("sku") or found)
        if taken.setdefault(barcode, me) != me:
            raise Wrong("barcodes", barcode, f"{barcode} stands at {taken[barcode]}, too.", "Keep one of the two.")


def _step(row: recordfile.Row, current: Facts | None, values: Facts, context: Context) -> Step:
    code = row.values.get("sku")
    if current is not None:
        if current["external_id"] and values.get("external_id"):
            values = {name: value for name, value in values.items() if name != "external_id"}
        before, after = differing(values, current)
        return Step(row.line, current["sku"], "change" if after else "same", current["id"], before, after)
    if code is None:
        column = next(name for name in ("barcodes", "external_id") if row.values.get(name))
        fix = "Give the row a SKU, to make it, or correct what it is found by."
        raise Wrong(column, row.values[column], "Nothing has this, and a new product needs a SKU.", fix)
    if not values.get("name"):
        raise Wrong("name", "", f"{code} is new and has no name.", "Give it a name, or correct the SKU.")
    given = {name: value for name, value in values.items() if value is not None}
    after = {"currency": context.currency, **given, "sku": code, "product_id": new_id()}
    return Step(row.line, str(code), "create", new_id(), None, after)


def _each_once(steps: list[Step], rows: Sequence[recordfile.Row], context: Context) -> list[Step]:
    """Two rows may name one SKU in different ways; the second is refused."""
    seen: dict[Any, int] = {}
    for place, (step, row) in enumerate(zip(steps, rows, strict=True)):
        if step.action in {"change", "same"} and seen.setdefault(step.row_id, step.line) != step.line:
            wrong = Wrong("sku", step.label, f"Row {seen[step.row_id]} names the same SKU.", "Keep one of the two.")
            steps[place] = refused(row, wrong, context)
    return steps


def _product(values: Facts) -> Facts:
    return {name: values[name] for name in OF_PRODUCT if name in values} | _archived(values)


def _sku(values: Facts) -> Facts:
    return {name: values[name] for name in OF_SKU if name in values}


def _archived(values: Facts) -> Facts:
    if "status" not in values:
        return {}
    return {"archived_at": now() if values["status"] == "archived" else None}


async def _write_barcodes(session: AsyncSession, barcodes: dict[UUID, list[str]]) -> None:
    if barcodes:
        await store.run(session, store.DROP_BARCODES, ids=list(barcodes))
        rows = [
            {"sku_id": sku_id, "value": value, "position": position}
            for sku_id, values in barcodes.items()
            for position, value in enumerate(values)
        ]
        await store.insert(session, "barcode", rows)
