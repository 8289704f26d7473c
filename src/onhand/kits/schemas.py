"""What the API of kits takes and gives."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Amount, Body, Code, Out, PositiveQuantity, Quantity
from onhand.kits.domain import MOST_COMPONENTS


class ComponentIn(Body):
    """So many of a SKU, by its code or id, in one kit."""

    sku: Code
    quantity: PositiveQuantity


class KitIn(Body):
    """All that one kit is made of."""

    components: Annotated[list[ComponentIn], Field(min_length=1, max_length=MOST_COMPONENTS)]


class ComponentOut(Out):
    """A component. `is_kit`: it is made of parts itself."""

    sku_id: UUID
    sku: str
    name: str
    quantity: Quantity
    is_kit: bool


class PartThereOut(Out):
    """A stocked part: `enough_for` is floor(available / quantity)."""

    sku_id: UUID
    sku: str
    name: str
    quantity: Quantity
    available: Quantity
    enough_for: Quantity


class MakeableOut(Out):
    """How many kits could be made there, and which part says so. Without a warehouse: of all together."""

    warehouse: str | None
    warehouse_id: UUID | None
    available: Quantity
    limited_by: str | None
    parts: list[PartThereOut]


class KitOut(Out):
    """A kit: what it is made of, and how many can be sold, explained."""

    sku_id: UUID
    sku: str
    name: str
    components: list[ComponentOut]
    available: Quantity
    total: MakeableOut
    warehouses: list[MakeableOut]


class KitRow(Out):
    """A kit in a list."""

    id: UUID
    sku: str
    product_id: UUID
    name: str
    components: int
    available: Quantity | None
    selling_price: Amount | None
    currency: str | None
