"""Labels to stick on things: sheets and rolls as PDF, with barcodes and with names in any script."""

from onhand.labels.routes import router

__all__ = ["router"]
