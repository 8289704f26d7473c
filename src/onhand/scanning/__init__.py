"""What a scanned code is: a label read, and what it leads to."""

from onhand.scanning.routes import router

__all__ = ["router"]
