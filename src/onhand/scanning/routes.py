"""The API of scanning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from onhand.infra.http import Router, Session
from onhand.infra.schemas import Data
from onhand.scanning import service
from onhand.scanning.domain import LONGEST
from onhand.scanning.schemas import ElementOut, LabelOut, MatchOut, ScanOut, WhereOut

if TYPE_CHECKING:
    from onhand.scanning.domain import Label

ZERO = Decimal(0)
router = Router("scanning")
CODE = Query(min_length=1, max_length=LONGEST, description="What a scanner read, or what somebody typed")


@router.get("/scan", permission="stock.read")
async def scan(session: Session, code: Annotated[str, CODE]) -> Data[ScanOut]:
    """What a code is: a SKU by barcode or code, a lot, a serial, a bin, a warehouse, an order or a transfer.

    GS1-128, GS1 Data Matrix and Digital Links give product, lot, expiry, serial and weight in one scan. A code that
    leads nowhere is answered too: without matches, with what the label says and what is odd about it.
    """
    found = await service.scan(session, code)
    matches = [_match(each) for each in found.matches]
    return Data(
        data=ScanOut(code=found.code, label=_label(found.label), matches=matches, warnings=list(found.warnings))
    )


def _label(label: Label) -> LabelOut:
    measure = label.measure
    return LabelOut(
        gtin=label.gtin,
        lot=label.text_of("10"),
        serial=label.text_of("21"),
        expires_on=label.date_of("17"),
        best_before=label.date_of("15"),
        made_on=label.date_of("11"),
        count=label.count,
        measure=measure[0] if measure else None,
        measure_unit=measure[1] if measure else None,
        sscc=label.text_of("00"),
        elements=[ElementOut.model_validate(element) for element in label.elements],
    )


def _match(match: service.Match) -> MatchOut:
    found, sku = match.found, match.sku
    on_hand = _sum([where.on_hand for where in match.where]) if found.kind in {"sku", "lot", "serial"} else None
    there = _sum([where.available for where in match.where]) if on_hand is not None else None
    return MatchOut(
        kind=found.kind,  # type: ignore[arg-type]  # the statement names these kinds only
        id=found.id,
        code=found.code,
        name=found.name,
        status=found.status,
        sku=sku.code if sku else None,
        sku_id=found.sku_id,
        product_id=sku.product_id if sku else None,
        is_kit=match.is_kit,
        tracks_lots=bool(sku and sku.tracks_lots),
        tracks_serials=bool(sku and sku.tracks_serials),
        selling_price=sku.selling_price if sku else None,
        currency=sku.currency if sku else None,
        warehouse=match.warehouse,
        expires_on=found.expires_on,
        on_hand=on_hand,
        available=there if match.available is None else match.available,
        where=[WhereOut.model_validate(where) for where in match.where],
    )


def _sum(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, start=ZERO)
