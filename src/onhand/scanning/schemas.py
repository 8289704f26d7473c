"""What the API of scanning gives."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from onhand.infra.schemas import Amount, Out, Quantity

Kind = Literal["sku", "lot", "serial", "bin", "warehouse", "order", "transfer"]


class ElementOut(Out):
    """One element string of a GS1 label: its application identifier, its name, its value."""

    ai: str
    title: str
    value: str
    date: date | None
    number: Quantity | None


class LabelOut(Out):
    """What stands on the label. `best_before` is AI 15, `expires_on` AI 17, `made_on` AI 11, `count` AI 30 or 37."""

    gtin: str | None
    lot: str | None
    serial: str | None
    expires_on: date | None
    best_before: date | None
    made_on: date | None
    count: Quantity | None
    measure: Quantity | None
    measure_unit: str | None
    sscc: str | None
    elements: list[ElementOut]


class WhereOut(Out):
    """So much that lies somewhere."""

    sku: str
    name: str
    warehouse: str
    bin: str | None
    lot: str | None
    serial: str | None
    on_hand: Quantity
    available: Quantity


class MatchOut(Out):
    """Something that carries the code. Of a SKU, lot, serial or bin: how much there is, and where."""

    kind: Kind
    id: UUID
    code: str
    name: str
    status: str | None
    sku: str | None
    sku_id: UUID | None
    product_id: UUID | None
    is_kit: bool
    tracks_lots: bool
    tracks_serials: bool
    selling_price: Amount | None
    currency: str | None
    warehouse: str | None
    expires_on: date | None
    on_hand: Quantity | None
    available: Quantity | None
    where: list[WhereOut]


class ScanOut(Out):
    """What a code is: what its label says, and what it leads to here. `best` first; none when nothing carries it."""

    code: str
    label: LabelOut
    matches: list[MatchOut]
    warnings: list[str]
