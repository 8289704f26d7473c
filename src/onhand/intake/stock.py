"""Rows that move stock: opening stock, levels, adjustments, counts. Each becomes one posting of the run's group."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from onhand import ledger, recordfile
from onhand.infra.schemas import jsonable
from onhand.intake import store
from onhand.intake.lookups import Named, Skus, Wrong, keys_of
from onhand.intake.records import refused
from onhand.intake.steps import Context, Step
from onhand.kernel import derived_id, new_id, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession


TYPES: dict[str, ledger.MovementType] = {
    "opening-stock": "opening", "levels": "adjustment", "adjustments": "adjustment", "counts": "count",
}  # fmt: skip
REASONS = {
    "opening-stock": "opening stock",
    "levels": "set by an import",
    "adjustments": "imported",
    "counts": "counted",
}
PIECE = ("bin", "lot", "serial")
ZERO = Decimal(0)
Level = tuple[UUID, UUID]


class Stock:
    """The rows of one kind that move stock."""

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self._lots: list[dict[str, Any]] = []

    async def plan(self, session: AsyncSession, rows: Sequence[recordfile.Row], context: Context) -> list[Step]:
        """What each row would do; `context.balances` follows the rows of a dry run."""
        skus = await Skus.of(session, rows)
        named = await Named.warehouses(session, rows, context.warehouse)
        ground = await _Ground.of(session, self.entity, skus.ids(), context)
        steps = []
        for row in rows:
            try:
                sku_id, warehouse = skus.need(row), named.need(row, context.warehouse)
                steps.append(self._step(row, (sku_id, warehouse["id"]), ground, context))
            except Wrong as wrong:
                steps.append(refused(row, wrong, context))
        self._lots = await _new_lots(session, rows, skus) if self.entity == "opening-stock" else []
        return steps

    def _step(self, row: recordfile.Row, level: Level, ground: _Ground, context: Context) -> Step:
        label = (
            f"{row.values.get('sku') or row.values.get('barcode')} @ {row.values.get('warehouse') or context.warehouse}"
        )
        if self.entity == "opening-stock" and level in ground.moved:
            fix = "Import stock levels to set it, or adjustments to change it."
            raise Wrong("sku", row.values.get("sku"), "Stock of it has moved there already.", fix)
        if row.values.get("serial") and row.values.get(_quantity(self.entity)) not in {Decimal(1), ZERO, Decimal(-1)}:
            raise Wrong(
                _quantity(self.entity),
                row.values.get(_quantity(self.entity)),
                "A serial is one piece.",
                "Write 1, or 0 where it is gone.",
            )
        held = ground.held(level, row)
        change = _change(self.entity, row, held)
        if change == 0 and self.entity != "counts":
            return Step(row.line, label, "same")
        available = ground.available(level)
        if self.entity != "counts" and available + change < 0:
            wanted = plain(-change)
            reason = f"Only {plain(available)} are available; {wanted} would go."
            column = _quantity(self.entity)
            raise Wrong(column, row.values.get(column), reason, "Free or count the stock first.")
        ground.follow(level, change)
        before, after = {"on_hand": plain(held)}, {"on_hand": plain(held + change)}
        posting = self._posting(row, level, change, context)
        return Step(row.line, label, "post", None, before, after, posting=posting)

    def _posting(self, row: recordfile.Row, level: Level, change: Decimal, context: Context) -> ledger.Posting:
        values = row.values
        at = cast("datetime | None", values.get("at"))
        common: dict[str, Any] = {
            "sku": level[0], "warehouse": level[1], "unit_cost": values.get("unit_cost") if change > 0 else None,
            "currency": values.get("currency") if change > 0 and values.get("unit_cost") else None,
            "note": values.get("note"),
        }  # fmt: skip
        piece: dict[str, Any] = {name: values[name] for name in PIECE if values.get(name)}
        line: ledger.Line
        if piece or self.entity in {"opening-stock", "adjustments"}:
            line = ledger.Move(quantity=change, **common, **piece)
        else:
            line = ledger.Set(quantity=cast("Decimal", values[_quantity(self.entity)]), **common)
        return ledger.Posting(
            id=derived_id(context.run_id, f"row {row.line}"),
            type=TYPES[self.entity],
            reason=str(values.get("reason") or REASONS[self.entity]),
            fact=self.entity == "counts",
            effective_at=at,
            reference_kind="import",
            reference_id=context.run_id,
            group_id=context.run_id,
            lines=[line],
        )

    async def write(self, session: AsyncSession, steps: Sequence[Step]) -> None:
        """Post; a row that the ledger refuses is refused with its sentence, its neighbours stand."""
        await store.insert(session, "lot", self._lots)
        posted = [step for step in steps if step.posting is not None]
        postings = [step.posting for step in posted if step.posting is not None]
        for step, outcome in zip(posted, await ledger.post(session, postings), strict=True):
            problem = ledger.refusal(outcome)
            if problem is not None:
                step.action = "refuse"
                step.problem = recordfile.Problem(
                    step.line, "", step.label, problem.sentence(), "Look at its stock, then import the row again."
                )


def _quantity(entity: str) -> str:
    return {"adjustments": "change", "counts": "counted"}.get(entity, "quantity")


def _change(entity: str, row: recordfile.Row, held: Decimal) -> Decimal:
    wanted = cast("Decimal", row.values[_quantity(entity)])
    return wanted - held if entity in {"levels", "counts"} else wanted


class _Ground:
    """What lies where, and what of it is free, before a row and as earlier rows leave it."""

    def __init__(self, context: Context) -> None:
        self.moved: set[Level] = set()
        self._on_hand: dict[Level, Decimal] = {}
        self._free: dict[Level, Decimal] = {}
        self._pieces: dict[tuple[Any, ...], Decimal] = {}
        self._followed = context.balances

    @classmethod
    async def of(cls, session: AsyncSession, entity: str, skus: list[UUID], context: Context) -> _Ground:
        ground = cls(context)
        if not context.dry:
            context.balances.clear()  # what earlier rows did stands in the ledger by now
        for one in await store.rows(session, store.LEVELS, skus=skus):
            level = (one["sku_id"], one["warehouse_id"])
            ground._on_hand[level], ground._free[level] = one["on_hand"], one["available"]
        for one in await store.rows(session, store.HOLDINGS, skus=skus):
            key = (one["sku_id"], one["warehouse_id"], one["bin"], one["lot"], one["serial"])
            ground._pieces[key] = one["on_hand"]
        if entity == "opening-stock":
            found = await store.rows(session, store.MOVED, skus=skus, run=context.run_id)
            ground.moved = {(one["sku_id"], one["warehouse_id"]) for one in found}
        return ground

    def held(self, level: Level, row: recordfile.Row) -> Decimal:
        """What lies there of the level, or of the lot, serial and bin that the row names."""
        named = {name: str(row.values[name]).lower() for name in PIECE if row.values.get(name)}
        if not named:
            return self._on_hand.get(level, ZERO) + self._followed.get(level, ZERO)
        fits = (
            amount for (sku, place, *piece), amount in self._pieces.items()
            if (sku, place) == level and all(dict(zip(PIECE, piece, strict=True))[n] == v for n, v in named.items())
        )  # fmt: skip
        return sum(fits, ZERO)

    def available(self, level: Level) -> Decimal:
        """What may go."""
        return self._free.get(level, ZERO) + self._followed.get(level, ZERO)

    def follow(self, level: Level, change: Decimal) -> None:
        """An earlier row did this."""
        self._followed[level] = self._followed.get(level, ZERO) + change


async def _new_lots(session: AsyncSession, rows: Sequence[recordfile.Row], skus: Skus) -> list[dict[str, Any]]:
    """Lots that the rows name with their dates and that are not on file yet."""
    batches = await store.matching(session, "lot", ("sku_id", "code_key"), "code_key", keys_of(rows, "lot"))
    known = {(one["sku_id"], one["code_key"]) for one in batches}
    new: dict[tuple[Any, str], dict[str, Any]] = {}
    for row in rows:
        sku_id, code = skus.find(row), row.values.get("lot")
        dates = {name: jsonable(row.values[name]) for name in ("made_on", "expires_on") if row.values.get(name)}
        if sku_id is not None and code is not None and dates and (sku_id, str(code).lower()) not in known:
            new[(sku_id, str(code).lower())] = {"id": new_id(), "sku_id": sku_id, "code": code, **dates}
    return list(new.values())
