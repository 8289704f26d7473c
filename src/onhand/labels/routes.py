"""The API of labels."""

from __future__ import annotations

from fastapi.responses import Response

from onhand.infra.http import Router, Session
from onhand.infra.permissions import declare
from onhand.infra.schemas import Data
from onhand.labels import service
from onhand.labels.domain import SHEETS
from onhand.labels.schemas import LabelsIn, SheetOut

router = Router("labels")
PRINT = declare("labels.print", "Print labels", staff=True)
PDF = "application/pdf"
AS_PDF = {200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/labels/sheets", permission="stock.read")
async def list_sheets() -> Data[list[SheetOut]]:
    """The sheets and rolls that labels can be printed on."""
    return Data(data=[SheetOut.model_validate(sheet) for sheet in SHEETS.values()])


@router.post("/labels", permission=PRINT, status_code=200, response_class=Response, responses=AS_PDF)
async def print_labels(session: Session, body: LabelsIn) -> Response:
    """Labels as a PDF, for SKUs, lots, serials and bins. Nothing is changed by it.

    `auto` chooses the barcode: a SKU's EAN or UPC, else Code 128 of its code; a lot or serial gets a GS1 Data Matrix
    with GTIN, expiry, lot and serial where the SKU has a GTIN. Names in any script are printed as they are written.
    """
    wanted = [(item.kind, item.key, item.copies) for item in body.items]
    made = await service.print_labels(
        session, wanted, body.sheet, body.symbol, body.fields, first=body.first, outlines=body.outlines
    )
    return Response(made, media_type=PDF, headers={"Content-Disposition": 'inline; filename="labels.pdf"'})
