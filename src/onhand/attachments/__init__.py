"""Photos and documents of products, SKUs, lots, serials, places, papers: kept once, shown small, swept when unused."""

from onhand.attachments.errors import UnknownAttachment, UnknownOwner, Unusable
from onhand.attachments.owners import let_own
from onhand.attachments.routes import router
from onhand.attachments.service import Attach, attach
from onhand.attachments.storage import storage_of
from onhand.attachments.sweep import Swept, sweep

__all__ = [
    "Attach",
    "Swept",
    "UnknownAttachment",
    "UnknownOwner",
    "Unusable",
    "attach",
    "let_own",
    "router",
    "storage_of",
    "sweep",
]
