"""What the language of search knows of stock: how much, where, which lot, which piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, not_, select, tuple_

from onhand import catalog, ledger
from onhand.infra.query_terms import COMPARED, Term, Terms
from onhand.stock.store_names import BIN, LOT, PRODUCT, SERIAL, SKU, SUPPLIER, WAREHOUSE

Condition = ColumnElement[bool]
LowWhen = Callable[[Any, Any, Any], Condition]
Level, Holding = ledger.Level, ledger.Holding
# Of a product's levels as they are; what runs out of time meanwhile is told by the list of levels.
FREE = Level.on_hand - Level.reserved - Level.unavailable
LYING = select(Holding.sku_id, Holding.warehouse_id).where(Holding.on_hand > 0)
STOCK = "low, out or in; low is at or below the reorder point"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a level's row."""

    on_hand: Any
    reserved: Any
    unavailable: Any
    incoming: Any
    changed_at: Any

    @property
    def available(self) -> Any:
        """What may be promised."""
        return self.on_hand - self.reserved - self.unavailable


def pieces(holds: Callable[[Select[UUID, UUID]], Condition]) -> dict[str, Term]:
    """Terms of rows that hold what a select of (sku, warehouse) finds."""

    def within(table: Any, owner: Any) -> Callable[[str, str], Condition]:
        def condition(operator: str, value: str) -> Condition:
            if value == "*":
                return holds(LYING.where(owner.is_not(None)))
            known = select(table.c.id).where(catalog.coded(table.c.code_key)(operator, value))
            return holds(LYING.where(owner.in_(known)))

        return condition

    def expires(operator: str, value: Any) -> Condition:
        due = select(LOT.c.id).where(COMPARED[operator](LOT.c.expires_on, value))
        return holds(LYING.where(Holding.lot_id.in_(due)))

    return {
        "lot": Term("A lot that lies here", "code", where=within(LOT, Holding.lot_id), values="lot"),
        "serial": Term("A piece that lies here", "code", where=within(SERIAL, Holding.serial_id), values="serial"),
        "bin": Term("A bin that it lies in", "code", where=within(BIN, Holding.bin_id), values="bin"),
        "expires": Term("When a lot is best before; <30d for the next thirty days", "date", where=expires, ahead=True),
    }


def figure_terms(figures: Figures) -> dict[str, Term]:
    """The terms of the numbers that a row shows."""
    return {
        "on_hand": Term("How much lies there", "number", on=figures.on_hand),
        "reserved": Term("How much is promised", "number", on=figures.reserved),
        "unavailable": Term("How much is held back", "number", on=figures.unavailable),
        "available": Term("How much may be promised", "number", on=figures.available),
    }


def level_terms(v: Any, figures: Figures, low: LowWhen) -> Terms:
    """The terms of a list of levels, whose rows are `v`."""
    available = figures.available
    terms = catalog.product_terms(PRODUCT.c, SKU.c, SUPPLIER)
    terms.names.update(
        {
            "warehouse": Term("The warehouse's code", "code", where=_warehouse(v), values="warehouse"),
            "stock": Term(
                STOCK,
                "choice",
                choices={
                    "low": lambda: low(v.sku_id, v.warehouse_id, available),
                    "out": lambda: available <= 0,
                    "in": lambda: available > 0,
                },
            ),
            **figure_terms(figures),
            "incoming": Term("How much is under way to it", "number", on=figures.incoming),
            "changed": Term("When the stock changed last; <7d", "time", on=figures.changed_at),
            **pieces(lambda found: tuple_(v.sku_id, v.warehouse_id).in_(found)),
        }
    )
    return terms


def _warehouse(v: Any) -> Callable[[str, str], Condition]:
    def condition(operator: str, value: str) -> Condition:
        known = select(WAREHOUSE.c.id).where(catalog.coded(WAREHOUSE.c.code_key)(operator, value))
        at: Condition = v.warehouse_id.in_(known)
        return at

    return condition


def sku_terms(sku_id: Any, low: LowWhen) -> dict[str, Term]:
    """The terms of stock for a list of SKUs or products: those that have a level which fits."""

    def any_level(fits: Condition) -> Condition:
        has: Condition = sku_id.in_(select(Level.sku_id).where(fits))
        return has

    def figure(expression: Any) -> Callable[[str, Any], Condition]:
        return lambda operator, value: any_level(COMPARED[operator](expression, value))

    def at(operator: str, value: str) -> Condition:
        known = select(WAREHOUSE.c.id).where(catalog.coded(WAREHOUSE.c.code_key)(operator, value))
        return any_level(and_(Level.on_hand > 0, Level.warehouse_id.in_(known)))

    return {
        "warehouse": Term("A warehouse that has it", "code", where=at, values="warehouse"),
        "stock": Term(
            STOCK,
            "choice",
            choices={
                "low": lambda: any_level(low(Level.sku_id, Level.warehouse_id, FREE)),
                "out": lambda: not_(any_level(FREE > 0)),
                "in": lambda: any_level(FREE > 0),
            },
        ),
        "on_hand": Term("How much lies at one of its places", "number", where=figure(Level.on_hand)),
        "available": Term("How much may be promised at one of its places", "number", where=figure(FREE)),
        **pieces(lambda found: sku_id.in_(found.with_only_columns(Holding.sku_id))),
    }
