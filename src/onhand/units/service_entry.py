"""Quantities as people enter them, in any unit of the product, turned into stock units before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from onhand.kernel import FieldError
from onhand.units import domain, service, store
from onhand.units.domain import Read
from onhand.units.errors import QuantityRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Entry:
    """A quantity of a SKU (its id or code), perhaps in a unit. `pointer` names the line: "/lines/0", or "" for none."""

    sku: UUID | str
    quantity: Decimal
    unit: str | None = None
    pointer: str = ""
    name: str = field(default="quantity")  # of the quantity's field, where it is another


def plain_pieces(entries: Sequence[Entry]) -> bool:
    """Whether nothing needs to be looked up: whole numbers without a unit are what they say, in any stock unit."""
    return all(one.unit is None and one.quantity == one.quantity.to_integral_value() for one in entries)


async def read_entries(session: AsyncSession, entries: Sequence[Entry]) -> list[Read]:
    """The entries in stock units, exactly; a few statements whatever their number, and none for plain pieces.

    Raises QuantityRefused naming each line and field: an unknown unit, one that the product is not measured in, a
    result with more than six decimals, half of what only comes whole. An unknown SKU is left to who looks it up next.
    """
    if plain_pieces(entries):
        return [Read(one.quantity) for one in entries]
    products = await store.products_of(session, [one.sku for one in entries])
    measures = await store.measures(session, list(set(products.values())))
    if any(one.unit for one in entries):
        await service.ensure_defaults(session)
    units = store.rules(await store.all_units(session))
    read: list[Read] = []
    errors: list[FieldError] = []
    for one in entries:
        product_id = products.get(one.sku.lower() if isinstance(one.sku, str) else one.sku)
        if product_id is None:
            read.append(Read(one.quantity))
            continue
        result = domain.read(one.quantity, one.unit, measures.get(product_id, domain.Measure()), units)
        if isinstance(result, domain.Refusal):
            part = one.name if result.part == "quantity" else one.name.replace("quantity", "unit")
            errors.append(FieldError(f"{one.pointer}/{part}", result.code, result.message))
        else:
            read.append(result)
    if errors:
        raise QuantityRefused(errors=errors, first=errors[0].message.rstrip("."))
    return read
